"""The light page in a real Chromium, as a link or the widget opens it."""

from __future__ import annotations

import urllib.request
from pathlib import Path

from playwright.sync_api import Page, Route, expect
from scripted import FAR, LISTED, MOUNTAIN, NEUTRAL, THANKS, WHY_NEUTRAL
from visiting import EMBED, Place, ask
from web_browser import compose, free_port, marked, scripted_server


def test_a_reload_keeps_the_chat_and_a_new_one_forgets_it(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/e/a-plan-01")
    ask(page)
    page.reload()
    expect(page.locator(".rt-foot")).to_have_count(1)
    ask(page, "那后来呢")
    assert WHY_NEUTRAL in page.locator(".rt-answer").last.inner_text()
    page.locator("#new").click()
    expect(page.locator(".rt-foot")).to_have_count(0)


def test_an_expired_session_renews_silently(page: Page, place: Place) -> None:
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]) if request.method == "POST" else None
    )

    def expire(route: Route) -> None:
        route.continue_(headers=route.request.headers | {"authorization": "Bearer expired"})

    page.route("**/ask/stream", expire, times=1)
    page.goto(f"{place.bot}/e/a-plan-01")
    ask(page)
    assert asked == ["stream", "session", "stream"]


def test_a_broken_line_keeps_the_question_and_offers_one_action(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/e/a-plan-01")
    expect(page.locator(".rt-welcome .rt-ask").first).to_be_visible()
    page.context.set_offline(True)
    page.locator("#box").fill(NEUTRAL)
    page.locator("#send").click()
    expect(page.locator(".rt-fault")).to_contain_text("网络断了，你的问题还在。")
    page.context.set_offline(False)
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".rt-foot")).to_have_count(1)
    assert page.locator("#log > .rt-question").count() == 1


def test_what_was_said_before_a_stop_stays_and_may_be_asked_again(page: Page, tmp_path: Path) -> None:
    with scripted_server(tmp_path, "chat=false", "slow=2") as url:
        page.goto(f"{url}/e/a-plan-01")
        page.locator("#box").fill(NEUTRAL)
        page.keyboard.press("Enter")
        expect(page.locator("blockquote")).to_have_count(1, timeout=15000)
        page.locator("#send").click()
        expect(page.locator(".rt-fault")).to_contain_text("已停止。")
        assert page.locator("blockquote").count() == 1
        page.get_by_role("button", name="重试").click()
        expect(page.locator(".rt-foot")).to_have_count(1, timeout=15000)
        assert page.locator("blockquote").count() == 2


def test_back_closes_the_citation_before_the_page(page: Page, place: Place) -> None:
    page.goto("about:blank")
    page.goto(f"{place.bot}/e/a-plan-01?q={NEUTRAL}")
    page.locator(".rt-cite").first.click()
    expect(page.locator("#sheet")).to_be_visible()
    page.go_back()
    expect(page.locator("#sheet")).not_to_be_visible()
    assert place.bot in page.url
    expect(page.locator(".rt-cite").first).to_be_focused()


def test_a_citation_of_a_corrected_transcript_says_so_and_offers_to_ask_again(page: Page, tmp_path: Path) -> None:
    port = f"port={free_port()}"
    with scripted_server(tmp_path, port, "chat=false") as url:
        page.goto(f"{url}/e/a-plan-01")
        ask(page)
    with scripted_server(tmp_path, port, "chat=false", "edited=原阿里体育CTO") as url:
        page.reload()
        page.locator(".rt-cite").first.click()
        expect(page.locator("#reader .rt-where")).to_contain_text("文字稿已更新，这处引用不在了。")
        assert marked(page) == ""
        page.get_by_role("button", name="重新提问").click()
        expect(page.locator(".rt-foot")).to_have_count(2)
        assert page.locator("#log > .rt-question").last.inner_text().endswith(NEUTRAL)
        page.locator(".rt-answer").last.locator(".rt-cite").first.click()
        assert marked(page) == WHY_NEUTRAL


def test_outcomes_thumbs_and_language_on_the_light_page(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/e/a-plan-01")
    ask(page, LISTED)
    assert page.locator(".rt-partial .rt-missing").inner_text() == "年份：文字稿里缺失，未补。"
    ask(page, FAR)
    assert page.locator(".rt-abstain").inner_text().startswith("没有谈到")
    page.locator(".rt-up").first.click()
    page.get_by_label("想说一句？（可不填）").fill("好")
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("谢谢，已记下。")).to_be_visible()
    page.locator("#lang").click()
    expect(page.locator("#send")).to_have_text("Ask")


def test_the_light_page_answers_in_the_language_of_the_question(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/e/a-plan-01?lang=zh")
    ask(page, MOUNTAIN)
    assert page.locator(".rt-place").first.inner_text().startswith("Ji Xinhua · Ji Xinhua's talk")
    ask(page, THANKS)
    assert page.locator(".rt-answer").last.inner_text().startswith("不客气")


def test_enter_in_an_input_method_never_sends(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/e/a-plan-01")
    page.locator("#box").click()
    compose(page)
    page.wait_for_timeout(300)
    assert page.locator(".rt-question").count() == 0


def test_an_unknown_event_is_a_sentence(page: Page, place: Place) -> None:
    assert page.goto(f"{place.bot}/e/nope").status == 404
    expect(page.locator("main")).to_contain_text("没有找到这场活动，请向主办方要新链接。")


def test_it_is_small_and_asks_nothing_before_the_visitor_does(page: Page, place: Place) -> None:
    assert (EMBED / "widget.js").stat().st_size <= 20_000
    sizes: list[int] = []
    asked: list[str] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{place.bot}/embed/a-plan-01", wait_until="networkidle")
    assert sum(sizes) <= 60_000
    expect(page.locator(".rt-welcome .rt-ask").first).to_be_visible()
    assert not [url for url in asked if "/api/" in url]


def test_a_qr_code_and_preview_tags_are_there_for_pages_without_script(place: Place) -> None:
    local = place.bot.replace("bot.test", "127.0.0.1")
    with urllib.request.urlopen(f"{local}/e/a-plan-01/qr.svg") as response:
        assert response.headers["content-type"] == "image/svg+xml"
        assert b"<svg" in response.read()
    with urllib.request.urlopen(f"{local}/e/a-plan-01") as response:
        assert 'property="og:title" content="A计划第一期:基础架构软件创业之道"' in response.read().decode()
