"""The chat page where things go wrong or are narrow: a line that breaks, a keyboard, little room."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from scripted import FAR, LISTED, NEUTRAL
from web_browser import free_port, open_chat, running, scripted_server

OFFLINE = "网络断了，你的问题还在。"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with scripted_server(tmp_path_factory.mktemp("state"), "question_limit=1000/minute") as url:
        yield url


def opened(chromium: Browser, url: str, width: int = 1360, height: int = 850, **options: object) -> Page:
    page = chromium.new_context(locale="zh-CN", viewport={"width": width, "height": height}, **options).new_page()
    open_chat(page, url)
    return page


def send(page: Page, question: str) -> None:
    page.locator("#rt-box textarea").fill(question)
    page.locator("#rt-box textarea").press("Enter")


def test_a_question_asked_offline_waits_in_the_box_and_the_conversation_goes_on(chromium: Browser, served: str) -> None:
    page = opened(chromium, served)
    send(page, NEUTRAL)
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=15000)
    page.context.set_offline(True)
    send(page, LISTED)
    expect(page.locator("#rt-notice")).to_contain_text(OFFLINE)
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#rt-notice")).to_contain_text(OFFLINE)  # still away
    assert page.locator("#rt-box textarea").input_value() == LISTED
    page.context.set_offline(False)
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(2, timeout=15000)
    assert page.locator("#rt-chat .rt-question").all_inner_texts() == [NEUTRAL, LISTED]
    expect(page.locator("#rt-notice")).to_have_count(0)
    page.context.close()


def test_a_question_mended_while_the_line_is_away_is_the_one_that_is_asked(chromium: Browser, served: str) -> None:
    page = opened(chromium, served)
    page.context.set_offline(True)
    send(page, LISTED)
    expect(page.locator("#rt-notice")).to_contain_text(OFFLINE)
    page.context.set_offline(False)
    send(page, NEUTRAL)  # Enter is as good as the button
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=15000)
    assert page.locator("#rt-chat .rt-question").all_inner_texts() == [NEUTRAL]
    page.context.close()


def test_a_proxy_whose_server_restarts_is_a_line_that_broke(chromium: Browser, served: str) -> None:
    page = opened(chromium, served)
    page.route("**/queue/join*", lambda route: route.fulfill(status=502, body="Bad Gateway"), times=1)
    send(page, NEUTRAL)
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=15000)
    page.context.close()


def test_a_server_that_dies_in_the_middle_of_an_answer_is_told_in_the_visitors_language(
    chromium: Browser, tmp_path: Path
) -> None:
    port, script = free_port(), str(Path(__file__).with_name("web_scripted.py"))
    with running([sys.executable, script, str(tmp_path), f"port={port}", "slow=4"]) as server:
        page = opened(chromium, f"http://127.0.0.1:{port}")
        send(page, NEUTRAL)
        expect(page.locator("#rt-chat .rt-question")).to_have_count(1)
        server.kill()
        expect(page.locator("#rt-notice")).to_contain_text(OFFLINE, timeout=15000)
        assert not page.get_by_text("Connection").is_visible()
    with scripted_server(tmp_path, f"port={port}"):
        page.get_by_role("button", name="重试").click()
        expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=30000)
        assert page.locator("#rt-chat .rt-question").all_inner_texts() == [NEUTRAL]
        page.context.close()


def test_leaving_the_list_of_speakers_with_tab_closes_it(chromium: Browser, served: str) -> None:
    page = opened(chromium, served)
    page.locator("#rt-speaker input").focus()
    expect(page.locator("#rt-speaker [role=option]")).to_have_count(6)
    page.keyboard.press("Tab")
    expect(page.locator("#rt-new")).to_be_focused()
    expect(page.locator("#rt-speaker [role=option]")).to_have_count(0)
    page.context.close()


def test_a_closed_transcript_leaves_its_room_to_the_chat_and_opens_again(chromium: Browser, served: str) -> None:
    page = opened(chromium, served)
    narrow = page.locator("#rt-main").bounding_box()["width"]
    page.get_by_role("button", name="关闭").click()
    expect(page.locator("#rt-side")).to_be_hidden()
    assert page.locator("#rt-main").bounding_box()["width"] == 1360 > narrow
    page.get_by_role("button", name="文字稿").click()
    expect(page.locator("#rt-side")).to_be_visible()
    assert page.locator("#rt-main").bounding_box()["width"] == narrow
    page.context.close()


def test_a_message_has_no_word_of_another_language(chromium: Browser, served: str) -> None:
    page = opened(chromium, served)
    send(page, " ")
    expect(page.get_by_text("先写个问题吧。")).to_be_visible()
    assert page.locator(".toast-body").inner_text().replace("×", "").strip() == "先写个问题吧。"
    page.context.close()


@pytest.mark.parametrize("width", [320, 375, 1000, 1280])
def test_nothing_below_the_box_is_cut_off_and_nothing_covers_the_title(
    chromium: Browser, served: str, width: int
) -> None:
    page = opened(chromium, served, width)
    tools = page.locator("#rt-tools")
    assert tools.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    right = page.locator("#rt-main").bounding_box()
    last = page.locator("#rt-tools button:visible").last.bounding_box()
    assert last["x"] + last["width"] <= right["x"] + right["width"]
    assert len({round(node.bounding_box()["y"] / 12) for node in page.locator("#rt-tools button:visible").all()}) == 1
    languages, title = page.locator("#rt-lang").bounding_box(), page.locator("#rt-head h1").bounding_box()
    assert languages["y"] + languages["height"] <= title["y"] + 4 or languages["x"] >= title["x"] + title["width"]
    page.context.close()


def test_a_citation_mark_never_begins_a_line_alone(chromium: Browser, served: str) -> None:
    page = opened(chromium, served, 375)
    for question in (NEUTRAL, LISTED, FAR):
        send(page, question)
        expect(page.locator("#rt-chat .rt-foot, #rt-chat .rt-abstain").last).to_be_visible(timeout=15000)
    for width in range(320, 440, 8):
        page.set_viewport_size({"width": width, "height": 800})
        alone = page.evaluate(
            """() => [...document.querySelectorAll(".rt-cite")].filter((mark) => {
              const words = document.createRange(); words.selectNodeContents(mark.parentNode); words.setEndBefore(mark);
              const text = [...words.getClientRects()].at(-1), own = mark.getBoundingClientRect();
              return !text || own.top >= text.bottom; }).length"""
        )
        assert alone == 0, width
    page.context.close()
