"""Asking on the chat page, and the transcript beside its answers."""

from __future__ import annotations

import json
from pathlib import Path

from chatting import ask, last
from playwright.sync_api import Browser, Page, expect
from scripted import FAR, LISTED, NEAR, NEUTRAL, SECOND, WHY_NEUTRAL, YEAR
from web_browser import marked, open_chat, scripted_server


def test_the_event_is_seen_at_a_glance(page: Page) -> None:
    head = page.locator("#rt-head")
    expect(head.locator("h1")).to_have_text("A计划第一期:基础架构软件创业之道")
    assert "季昕华 UCloud创始人" in head.inner_text()
    assert head.locator(".rt-jump").all_inner_texts()[1] == "季昕华的分享"
    assert page.locator(".rt-welcome .rt-ask").all_inner_texts() == [NEUTRAL, LISTED]
    assert "文字稿由主办方提供，有缺字，末尾不完整。" in page.locator(".rt-welcome").inner_text()


def test_a_citation_opens_the_transcript_at_exactly_its_characters(page: Page) -> None:
    ask(page, NEUTRAL)
    page.locator(".rt-cite").first.click()
    assert marked(page) == WHY_NEUTRAL
    assert page.locator("#rt-reader .rt-where").inner_text() == "季昕华\n季昕华的分享 · 第 26/32 段"
    expect(page.locator("#rt-reader mark.rt-cited").first).to_be_in_viewport()
    page.locator(".rt-cite").nth(1).click()
    assert marked(page) == SECOND
    page.get_by_label("上一段发言").click()
    assert "主办方介绍" in page.locator("#rt-reader .rt-where").inner_text()


def test_a_citation_that_is_gone_says_so_and_offers_to_ask_again(page: Page) -> None:
    ask(page, NEUTRAL)
    older = "node => { node.value = JSON.stringify({ ...JSON.parse(node.value), revision: 'older' }); }"
    page.locator(".rt-cite").first.evaluate(older)
    page.locator(".rt-cite").first.click()
    expect(page.locator("#rt-reader .rt-where")).to_contain_text("文字稿已更新，这处引用不在了。")
    page.get_by_role("button", name="重新提问").click()
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(2, timeout=15000)
    assert page.locator("#rt-chat .rt-question").all_inner_texts() == [NEUTRAL, NEUTRAL]
    page.locator(".rt-answer").last.locator(".rt-cite").first.click()
    expect(page.locator("#rt-reader mark.rt-cited").first).to_be_in_viewport()
    assert marked(page) == WHY_NEUTRAL


def test_the_transcript_can_be_searched(page: Page) -> None:
    page.locator(".rt-search").fill("云备胎")
    expect(page.locator("#rt-reader .rt-count")).to_have_text("1/1")
    assert marked(page, "rt-here") == "云备胎"
    expect(page.locator("#rt-reader mark.rt-here")).to_be_in_viewport()
    page.locator(".rt-search").fill("没有这个词")
    expect(page.locator("#rt-reader .rt-count")).to_have_text("没有找到")


def test_the_four_outcomes_look_different(page: Page) -> None:
    for question, badge in ((LISTED, "说到一部分"), (NEAR, "没有直接回答"), (FAR, "没有谈到")):
        ask(page, question)
        assert last(page).startswith(badge)
    assert page.locator("#rt-chat .rt-partial blockquote").inner_text().startswith(YEAR)
    assert "年份：文字稿里缺失，未补。" in page.locator("#rt-chat .rt-partial").inner_text()
    assert page.locator("#rt-chat .rt-abstain blockquote").count() == 0
    ask(page, NEUTRAL)
    assert "原话，非 AI 生成" in last(page)


def test_a_suggestion_asks_and_a_follow_up_knows_what_went_before(page: Page) -> None:
    page.locator(".rt-welcome .rt-ask").first.click()
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=15000)
    assert page.locator("#rt-chat .rt-question").inner_text() == NEUTRAL
    ask(page, "那后来呢")  # the script answers this only where there is a history
    assert WHY_NEUTRAL in last(page)


def test_the_question_stays_in_sight_while_its_answer_comes(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 560})
    page = context.new_page()
    open_chat(page, served)
    for question in (NEUTRAL, LISTED, NEUTRAL):
        ask(page, question)
        page.wait_for_timeout(200)
        log = page.locator("#rt-chat [role=log]").bounding_box()
        box = page.locator("#rt-chat .rt-question").last.bounding_box()
        assert log["y"] <= box["y"] < log["y"] + log["height"] / 2
    context.close()


def test_the_speaker_filter_reaches_the_bot(page: Page) -> None:
    page.locator("#rt-speaker input").click()
    page.get_by_role("option", name="季昕华").click()
    ask(page, NEUTRAL)
    with page.expect_download() as saved:
        page.locator("#rt-json").click()
    rows = json.loads(Path(saved.value.path()).read_text("utf-8"))
    assert rows["answers"][0]["asked"] == f"{NEUTRAL} @季昕华"


def test_an_empty_question_and_one_that_is_too_long_are_not_sent(page: Page) -> None:
    page.locator("#rt-send").click()
    expect(page.get_by_text("先写个问题吧。")).to_be_visible()
    page.locator("#rt-box textarea").fill("\u200b\u2060")  # pasted: there is nothing to be read in it
    page.locator("#rt-send").click()
    expect(page.get_by_text("先写个问题吧。")).to_have_count(2)
    page.locator("#rt-box textarea").fill("字" * 501)
    page.locator("#rt-send").click()
    expect(page.get_by_text("问题请控制在 500 字以内（现在 501）。")).to_be_visible()
    assert page.locator("#rt-chat .rt-question").count() == 0


def test_an_answer_can_be_stopped(chromium: Browser, tmp_path: Path) -> None:
    with scripted_server(tmp_path, "slow=4") as url:
        page = chromium.new_context(locale="zh-CN").new_page()
        open_chat(page, url)
        page.locator("#rt-box textarea").fill(NEUTRAL)
        page.locator("#rt-send").click()
        expect(page.locator("#rt-chat blockquote")).to_have_count(1, timeout=15000)
        page.locator("#rt-stop").click()
        expect(page.locator(".rt-fault")).to_contain_text("已停止。")
        expect(page.locator("#rt-send")).to_be_visible()
        assert page.locator("#rt-chat blockquote").count() == 1  # what was shown is not taken back
        page.context.close()


def test_a_page_that_asks_too_fast_waits_and_asks_again(chromium: Browser, tmp_path: Path) -> None:
    with scripted_server(tmp_path, "question_limit=1/3second") as url:
        page = chromium.new_context(locale="zh-CN").new_page()
        open_chat(page, url)
        ask(page, NEUTRAL)
        page.locator("#rt-box textarea").fill(LISTED)
        page.locator("#rt-send").click()
        expect(page.locator("#rt-chat .rt-foot")).to_have_count(2, timeout=15000)
        assert page.locator("#rt-chat .rt-question").all_inner_texts() == [NEUTRAL, LISTED]
        page.context.close()
