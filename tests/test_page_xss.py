"""Nothing that a card, a transcript or a visitor says runs as script, on the chat page, the light page or in an export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from web_browser import open_chat, scripted_server, watch
from web_hostile import PAYLOADS

QUESTIONS = [*PAYLOADS, "everything"]
_PLANTED = "script[src*='evil'], img, iframe:not([src*='embed']), form[action*='evil'], base[href*='evil'], [onerror], [onload], [onclick]"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    state = tmp_path_factory.mktemp("state")
    with scripted_server(state, "--hostile", "question_limit=1000/minute", "demo=true") as url:
        yield url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", bypass_csp=True)  # escaping must hold without the policy
    found = context.new_page()
    foreign, _ = watch(found)
    yield found
    context.close()
    assert foreign == []


def harmless(page: Page, inside: str) -> None:
    page.mouse.move(300, 300)
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked ?? null") is None
    planted = (
        page.locator(inside)
        .locator(_PLANTED)
        .evaluate_all("nodes => nodes.map((node) => node.outerHTML.slice(0, 120))")
    )
    assert planted == []
    links = page.locator(f"{inside} a").evaluate_all("nodes => nodes.map((node) => node.href)")
    assert not [link for link in links if link.startswith("javascript:")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_chat_page_shows_hostile_text_as_text(page: Page, served: str, lang: str) -> None:
    open_chat(page, f"{served}/?lang={lang}")
    for number, question in enumerate(QUESTIONS, 1):
        page.locator("#rt-box textarea").fill(question)
        page.locator("#rt-send").click()
        expect(page.locator("#rt-chat .rt-foot")).to_have_count(number, timeout=15000)
        asked = page.locator("#rt-chat .rt-question").last.inner_text()
        assert asked.split() == question.split()
    for cite in page.locator(".rt-cite").all()[:3]:
        cite.click()
    page.locator(".rt-jump").first.click()
    assert PAYLOADS[1] in page.locator("#rt-chat").inner_text()
    assert PAYLOADS[0] in page.locator("#rt-reader").inner_text()
    harmless(page, ".gradio-container")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_light_page_shows_hostile_text_as_text(page: Page, served: str, lang: str) -> None:
    page.goto(f"{served}/e/hostile?lang={lang}&q={quote(PAYLOADS[1])}&theme={quote(PAYLOADS[5])}")
    expect(page.locator(".rt-foot")).to_have_count(1)
    for number, question in enumerate(QUESTIONS, 2):
        page.locator("#box").fill(question)
        page.locator("#send").click()
        expect(page.locator(".rt-foot")).to_have_count(number)
    page.locator(".rt-cite").first.click()
    page.wait_for_timeout(300)
    harmless(page, "html")


def test_the_demo_page_and_a_refusal_show_hostile_text_as_text(page: Page, served: str) -> None:
    page.goto(f"{served}/demo")
    page.wait_for_timeout(800)
    harmless(page, "main")
    page.goto(f"{served}/embed/hostile?o={quote(PAYLOADS[0])}&lang=zh")
    harmless(page, "html")
    page.goto(f"{served}/e/{quote(PAYLOADS[1], safe='')}")
    harmless(page, "html")


def test_an_export_holds_no_markup_of_theirs(page: Page, served: str) -> None:
    open_chat(page, served)
    page.locator("#rt-box textarea").fill("everything " + PAYLOADS[3] + PAYLOADS[4])
    page.locator("#rt-send").click()
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=15000)
    with page.expect_download() as saved:
        page.locator("#rt-md").click()
    text = Path(saved.value.path()).read_text("utf-8")
    assert "\\[click\\](javascript" in text
    assert "\\!\\[x\\]" in text
    assert "<script" not in text.replace("\\<script", "")
