"""The widget in a real Chromium: on pages of other origins, allowed, refused and hostile."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from scripted import LISTED, NEUTRAL, WHY_NEUTRAL
from visiting import Place, ask, highlighted, opened
from web_browser import free_port, marked, scripted_server, serious
from web_host import host_pages


@pytest.mark.parametrize("path", ["/plain", "/late", "/module", "/strict", "/hostile"])
def test_it_answers_on_a_page_of_an_allowed_site(page: Page, place: Place, path: str) -> None:
    page.goto(place.allowed + path)
    frame = opened(page)
    ask(frame)
    frame.locator(".rt-cite").first.click()
    expect(frame.locator("#reader")).to_be_visible()
    assert highlighted(frame) == WHY_NEUTRAL
    assert page.context.cookies() == []


def test_nothing_is_loaded_before_it_is_opened(page: Page, place: Place) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(place.allowed + "/plain")
    expect(page.locator("button.open")).to_be_visible()
    assert [url for url in asked if place.bot in url] == [f"{place.bot}/widget.js"]


@pytest.mark.parametrize("path", ["/plain", "/module"])
def test_a_refused_site_gets_a_sentence(page: Page, place: Place, path: str) -> None:
    page.goto(place.refused + path)
    frame = opened(page)
    expect(frame.locator("main")).to_contain_text(f"这个网站还没有开通，请主办方把 {place.refused} 加入允许列表。")
    expect(frame.locator("a")).to_have_attribute("href", "/e/a-plan-01")


def test_a_site_that_pretends_to_be_another_gets_no_page(page: Page, place: Place) -> None:
    page.goto(place.refused + "/plain")
    claimed = f"{place.bot}/embed/a-plan-01?o={place.allowed}"
    page.evaluate(
        "(url) => { const f = document.createElement('iframe'); f.src = url; document.body.append(f) }", claimed
    )
    page.wait_for_timeout(1500)
    assert all("rt-config" not in frame.content() for frame in page.frames[1:])


def test_a_page_that_forbids_frames_gets_a_sentence_too(page: Page, place: Place) -> None:
    page.goto(place.allowed + "/unframed")
    expect(page.get_by_role("alert")).to_contain_text("直接打开", timeout=12000)


def test_two_on_a_page_keep_to_themselves(page: Page, place: Place) -> None:
    page.goto(place.allowed + "/two")
    inline = page.frame_locator("iframe").first
    ask(inline)
    assert page.locator("iframe").first.bounding_box()["height"] > 300
    panel = opened(page)
    expect(panel.locator("html")).to_have_attribute("style", re.compile("--rt-accent"), timeout=8000)
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--rt-accent').trim()"
    colours = [frame.evaluate(accent) for frame in page.frames[1:]]
    assert colours == ["#2a56b8", "#0b6b50"]


@pytest.mark.parametrize("open_too", [True, False])
def test_two_events_on_a_page_keep_apart(chromium: Browser, tmp_path: Path, open_too: bool) -> None:
    port = free_port()
    with host_pages(f"http://bot.test:{port}") as host:
        site = f"http://host.test:{host}"
        options = [f"port={port}", "chat=false", f"sites={site}", "--library", *(["--open"] if open_too else [])]
        with scripted_server(tmp_path, *options):
            page = chromium.new_context(locale="zh-CN").new_page()
            asked: list[str] = []
            page.on(
                "request", lambda request: asked.append(request.post_data or "") if request.method == "POST" else None
            )
            page.goto(site + "/events")
            panel, other = (page.frame_locator("iframe").nth(at) for at in (0, 1))
            ask(panel)
            if open_too:
                expect(other.locator("h1")).to_have_text("另一场")
                assert other.locator(".rt-foot").count() == 0
                ask(other)
                assert [json.loads(body)["event"] for body in asked] == ["a-plan-01", "other"]
            else:
                expect(other.locator("main")).to_contain_text(f"这个网站还没有开通，请主办方把 {site} 加入允许列表。")
                assert [json.loads(body)["event"] for body in asked] == ["a-plan-01"]
            assert panel.locator(".rt-foot").count() == 1
            page.context.close()


def test_the_keyboard_is_enough(page: Page, place: Place) -> None:
    page.goto(place.allowed + "/plain")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.getAttribute('aria-expanded')") == "false"
    page.keyboard.press("Enter")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#box")).to_be_focused(timeout=8000)
    page.keyboard.type(NEUTRAL)
    page.keyboard.press("Enter")
    expect(frame.locator(".rt-cite").first).to_be_visible(timeout=8000)
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if frame.locator(".rt-cite").first.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(frame.locator("#reader .rt-close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(frame.locator(".rt-cite").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("button.open")).to_be_focused()
    assert page.locator("button.open").get_attribute("aria-expanded") == "false"


def test_the_host_page_hears_of_citations_as_events(page: Page, place: Place) -> None:
    page.goto(place.allowed + "/plain")
    frame = opened(page)
    ask(frame)
    frame.locator(".rt-cite").first.click()
    page.wait_for_timeout(300)
    seen = page.evaluate("seen")
    assert [name for name, _ in seen] == ["ready", "cite"]
    assert seen[1][1]["citation"]["quote"] == WHY_NEUTRAL


def test_messages_from_elsewhere_are_ignored(page: Page, place: Place) -> None:
    page.goto(place.allowed + "/plain")
    opened(page)
    page.wait_for_timeout(600)
    page.evaluate("seen.length = 0; postMessage({ roundtable: 1, type: 'cite', citation: {} }, '*')")
    page.wait_for_timeout(300)
    assert page.evaluate("seen") == []


def test_it_works_where_storage_is_denied(page: Page, place: Place) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, "
        "{ get() { throw new DOMException('denied', 'SecurityError') } })"
    )
    page.goto(place.allowed + "/plain")
    ask(opened(page))


def test_a_bot_that_is_not_there_is_no_site_that_is_not_allowed(page: Page, place: Place) -> None:
    page.goto(place.allowed + "/plain")
    page.route(f"{place.bot}/**", lambda route: route.abort())
    page.locator("button.open").click()
    note = page.locator(".panel .note")
    expect(note).to_contain_text("现在连不上，可能是网络断了。", timeout=15000)
    assert "允许列表" not in note.inner_text()
    page.unroute_all()
    note.get_by_role("button", name="重试").click()
    expect(page.frame_locator("iframe").locator(".rt-welcome .rt-ask").first).to_be_visible(timeout=15000)
    expect(note).to_have_count(0)


def test_on_a_phone_the_panel_fills_the_screen(chromium: Browser, place: Place) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN", has_touch=True)
    page = context.new_page()
    page.goto(place.allowed + "/plain")
    ask(opened(page))
    box = page.locator(".panel").bounding_box()
    assert (box["width"], box["height"]) == (390, 800)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, place: Place, scheme: str) -> None:
    context = chromium.new_context(locale="zh-CN", color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{place.bot}/e/a-plan-01?q={LISTED}")
    page.locator(".rt-cite").first.click()
    page.wait_for_timeout(400)
    assert serious(page) == []
    page.goto(place.allowed + "/plain")
    ask(opened(page))
    assert serious(page) == []
    context.close()


def test_the_demo_page_shows_both_ways(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/demo")
    ask(page.frame_locator("iframe").first)
    assert marked(page) == ""
    expect(page.locator("button.open")).to_be_visible()
