"""The chat page in a real Chromium, over a scripted chatbot and the real transcript."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from scripted import FAR, LISTED, MOUNTAIN, NEAR, NEUTRAL, SECOND, WHY_NEUTRAL, YEAR
from web_browser import browser, marked, scripted_server, serious, watch


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def served(state: Path) -> Iterator[str]:
    with scripted_server(state, "question_limit=1000/minute") as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as launched:
        yield launched


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1360, "height": 850})
    found = context.new_page()
    foreign, faults = watch(found)
    found.goto(served)
    expect(found.locator(".rt-welcome")).to_be_visible(timeout=20000)
    expect(found.locator("#rt-reader .rt-turn").first).to_be_attached()
    yield found
    context.close()
    assert foreign == []
    assert faults == []


def ask(page: Page, question: str) -> None:
    before = page.locator("#rt-chat .rt-foot").count()
    page.locator("#rt-box textarea").fill(question)
    page.locator("#rt-send").click()
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(before + 1, timeout=15000)


def last(page: Page) -> str:
    return page.locator("#rt-chat .rt-answer").last.inner_text()


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
    page.goto(served)
    expect(page.locator(".rt-welcome")).to_be_visible(timeout=20000)
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


def test_language_follows_the_browser_and_the_switch(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(served)
    expect(page.locator("#rt-send")).to_have_text("Ask", timeout=20000)
    ask(page, MOUNTAIN)
    assert "Speakers' own words, not AI-generated" in last(page)
    assert page.locator("#rt-chat blockquote").first.get_attribute("lang") == "zh"
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("#rt-lang label", has_text="中文").click()
    expect(page.locator("#rt-send")).to_have_text("提问")
    expect(page.locator("#rt-reader .rt-search")).to_have_attribute("placeholder", "在文字稿里找")
    context.close()


def test_a_conversation_is_exported_with_its_labels(page: Page) -> None:
    ask(page, NEUTRAL)
    with page.expect_download() as saved:
        page.locator("#rt-md").click()
    text = Path(saved.value.path()).read_text("utf-8")
    assert saved.value.suggested_filename == "a-plan-01.md"
    assert text.startswith("# A计划第一期:基础架构软件创业之道\n\n## UCloud 为什么保持中立？")
    assert WHY_NEUTRAL in text
    assert "_原话，非 AI 生成_" in text


def test_a_thumb_and_its_word_are_stored(page: Page, state: Path) -> None:
    ask(page, NEUTRAL)
    page.locator(".rt-down").click()
    page.get_by_label("想说一句？（可不填）").fill("少了一句")
    page.get_by_text("发送", exact=True).click()
    expect(page.get_by_text("谢谢，已记下。")).to_be_visible()
    rows = sqlite3.connect(state / "feedback.sqlite")
    assert rows.execute("SELECT vote, word, question, outcome FROM votes").fetchall() == [
        ("down", "少了一句", NEUTRAL, "answer")
    ]
    rows.close()


def test_a_link_to_a_question_asks_it(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{served}/?q={NEUTRAL}")
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=20000)
    assert page.locator("#rt-chat .rt-question").inner_text() == NEUTRAL
    context.close()


def test_on_a_phone_the_transcript_is_a_sheet_that_back_closes(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(served)
    expect(page.locator(".rt-welcome")).to_be_visible(timeout=20000)
    expect(page.locator("#rt-reader .rt-turn").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    ask(page, NEUTRAL)
    expect(page.locator("#rt-side")).not_to_be_visible()
    page.locator(".rt-cite").first.click()
    expect(page.locator("#rt-side")).to_be_visible()
    assert marked(page) == WHY_NEUTRAL
    page.go_back()
    expect(page.locator("#rt-side")).not_to_be_visible()
    assert page.url.rstrip("/") == served
    expect(page.locator(".rt-cite").first).to_be_focused()
    context.close()


def test_enter_in_an_input_method_never_sends(page: Page) -> None:
    page.locator("#rt-box textarea").click()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "zhong", "selectionStart": 5, "selectionEnd": 5})
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter"})
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    assert page.locator("#rt-chat .rt-question").count() == 0
    session.send("Input.insertText", {"text": "中立"})
    page.keyboard.press("Enter")
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=15000)


def test_an_empty_question_and_one_that_is_too_long_are_not_sent(page: Page) -> None:
    page.locator("#rt-send").click()
    expect(page.get_by_text("先写个问题吧。")).to_be_visible()
    page.locator("#rt-box textarea").fill("字" * 501)
    page.locator("#rt-send").click()
    expect(page.get_by_text("问题请控制在 500 字以内（现在 501）。")).to_be_visible()
    assert page.locator("#rt-chat .rt-question").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, served: str, scheme: str) -> None:
    context = chromium.new_context(locale="zh-CN", color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(served)
    expect(page.locator(".rt-welcome")).to_be_visible(timeout=20000)
    ask(page, LISTED)
    page.locator(".rt-cite").first.click()
    page.wait_for_timeout(500)
    assert serious(page) == []
    context.close()


def test_only_the_routes_the_page_needs_are_open(page: Page, served: str) -> None:
    shut = [
        "/config", "/gradio_api/info", "/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://x",
        "/gradio_api/call/ask", "/gradio_api/openapi.json", "/monitoring", "/login", "/docs", "/redoc", "/openapi.json",
        "/web/..%2f..%2fsettings.py", "/assets/..%2f..%2f..%2fetc/passwd",
    ]  # fmt: skip
    for path in shut:
        assert page.request.get(served + path).status in (403, 404), path
    assert page.request.post(served + "/gradio_api/upload", data=b"x").status == 404
    assert page.request.post(served + "/gradio_api/queue/join", data=b"x" * 100_000).status == 413


def test_an_answer_can_be_stopped(chromium: Browser, tmp_path: Path) -> None:
    with scripted_server(tmp_path, "slow=4") as url:
        page = chromium.new_context(locale="zh-CN").new_page()
        page.goto(url)
        expect(page.locator(".rt-welcome")).to_be_visible(timeout=40000)
        page.locator("#rt-box textarea").fill(NEUTRAL)
        page.locator("#rt-send").click()
        page.locator("#rt-stop").click()
        expect(page.locator(".rt-fault")).to_contain_text("已停止。")
        expect(page.locator("#rt-send")).to_be_visible()
        page.context.close()


def test_a_page_that_asks_too_fast_waits_and_asks_again(chromium: Browser, tmp_path: Path) -> None:
    with scripted_server(tmp_path, "question_limit=1/3second") as url:
        page = chromium.new_context(locale="zh-CN").new_page()
        page.goto(url)
        expect(page.locator(".rt-welcome")).to_be_visible(timeout=20000)
        ask(page, NEUTRAL)
        page.locator("#rt-box textarea").fill(LISTED)
        page.locator("#rt-send").click()
        expect(page.locator("#rt-chat .rt-foot")).to_have_count(2, timeout=15000)
        assert page.locator("#rt-chat .rt-question").all_inner_texts() == [NEUTRAL, LISTED]
        page.context.close()


def test_a_copy_says_what_it_is(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(served)
    expect(page.locator(".rt-welcome")).to_be_visible(timeout=20000)
    ask(page, NEUTRAL)
    page.locator(".rt-copy").click()
    expect(page.locator(".rt-copy")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(NEUTRAL)
    assert f"{WHY_NEUTRAL}[1]" in copied
    assert copied.endswith("原话，非 AI 生成")
    page.locator(".rt-share").click()
    expect(page.locator(".rt-share")).to_have_text("链接已复制")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{served}/?event=a-plan-01&lang=zh&q=UCloud")
    context.close()


def test_an_unknown_event_and_an_empty_export_are_said(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{served}/?event=nope")
    expect(page.get_by_text("没有找到这场活动，请向主办方要新链接。")).to_be_visible(timeout=20000)
    page.locator("#rt-md").click()
    expect(page.get_by_text("还没有可以导出的对话。")).to_be_visible()
    context.close()
