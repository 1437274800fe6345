"""Whom the chat page serves, and what it keeps shut: languages, phones, input methods, aids, routes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from chatting import ask, last
from playwright.sync_api import Browser, Page, expect
from scripted import LISTED, MOUNTAIN, NEUTRAL, THANKS, WHY_NEUTRAL
from web_browser import compose, marked, open_chat, scripted_server, serious

from bot.page.words import LANGS, asked_in
from bot.types import Lang


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two events, so that the page has a picker."""
    with scripted_server(tmp_path_factory.mktemp("library"), "--library") as url:
        yield url


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


def test_a_question_is_answered_in_its_own_language_whatever_the_page_is_in(page: Page) -> None:
    ask(page, MOUNTAIN)
    told = last(page)
    assert "in Ji Xinhua's talk" in told
    assert "Ji Xinhua · Ji Xinhua's talk" in told
    ask(page, NEUTRAL)
    assert "季昕华 · 季昕华的分享" in last(page)


HEARD: dict[str, Lang | None] = {
    "What did 周杨 talk about?": "en",
    "and why did 说话人 3 say so?": "en",
    "UCloud 到底哪年上市的": "zh",
    "IS什么意思": "zh",
    "tell me about open source": "en",
    "TiDB?": None,
    "PingCAP 2021": None,
}


def test_both_pages_hear_the_same_language(page: Page) -> None:
    script = "async ([text, own]) => (await import(new URL('web/dom.js', location))).askedIn(text, own)"
    for own in LANGS:
        for text, lang in HEARD.items():
            assert page.evaluate(script, [text, own]) == asked_in(text, own) == (lang or own), text


def test_thanks_are_no_question_that_was_not_answered(page: Page) -> None:
    ask(page, THANKS)
    assert last(page).startswith("不客气")


def test_the_tools_stay_within_their_column(chromium: Browser, library: str) -> None:
    context = chromium.new_context(locale="en-US")
    page = context.new_page()
    open_chat(page, f"{library}/?event=a-plan-01")
    for width in (360, 700, 1000, 1200):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(200)
        ends = page.locator("#rt-main").evaluate("column => column.getBoundingClientRect().right")
        rights = page.locator("#rt-tools > *:visible").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().right)"
        )
        assert len(rights) >= 4
        assert max(rights) <= ends, width
    context.close()


def test_on_a_phone_the_transcript_is_a_sheet_that_back_closes(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    open_chat(page, served)
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
    session = compose(page)
    page.wait_for_timeout(400)
    assert page.locator("#rt-chat .rt-question").count() == 0
    session.send("Input.insertText", {"text": "中立"})
    page.keyboard.press("Enter")
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=15000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, served: str, scheme: str) -> None:
    context = chromium.new_context(locale="zh-CN", color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    open_chat(page, served)
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
