"""What a visitor of the chat page does and sees."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def ask(page: Page, question: str) -> None:
    before = page.locator("#rt-chat .rt-foot").count()
    page.locator("#rt-box textarea").fill(question)
    page.locator("#rt-send").click()
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(before + 1, timeout=15000)


def last(page: Page) -> str:
    return page.locator("#rt-chat .rt-answer").last.inner_text()
