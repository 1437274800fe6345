"""Whom the chat page serves, and what it keeps shut: languages, phones, input methods, aids, routes."""

from __future__ import annotations

import pytest
from chatting import ask, last
from playwright.sync_api import Browser, Page, expect
from scripted import LISTED, MOUNTAIN, NEUTRAL, WHY_NEUTRAL
from web_browser import compose, marked, open_chat, serious


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
