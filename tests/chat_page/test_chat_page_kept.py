"""What a visitor takes from the chat page and leaves there: copies, exports, links and votes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from chatting import ask
from playwright.sync_api import Browser, Page, expect
from scripted import NEUTRAL, WHY_NEUTRAL
from web_browser import open_chat


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


def test_a_copy_says_what_it_is(chromium: Browser, served: str) -> None:
    context = chromium.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_chat(page, served)
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
