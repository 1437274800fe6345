"""The widget and the light page in a real Chromium: on pages of other origins, allowed, refused and hostile."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect
from scripted import FAR, LISTED, NEUTRAL, WHY_NEUTRAL
from web_browser import browser, free_port, marked, scripted_server, serious, watch
from web_host import host_pages

EMBED = Path(__file__).parent.parent / "bot" / "embed"


class Place:
    """Where things are: the bot, and the same host pages under an allowed and a refused name."""

    def __init__(self, bot: str, port: int) -> None:
        self.bot, self.allowed, self.refused = bot, f"http://host.test:{port}", f"http://evil.host:{port}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    port = free_port()
    bot = f"http://bot.test:{port}"
    with (
        host_pages(bot) as host,
        scripted_server(
            tmp_path_factory.mktemp("state"), f"port={port}", "chat=false", "demo=true", "question_limit=1000/minute",
            f"sites=http://host.test:{host}",
        ),
    ):  # fmt: skip
        yield Place(bot, host)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    rules = "--host-resolver-rules=MAP bot.test 127.0.0.1,MAP host.test 127.0.0.1,MAP evil.host 127.0.0.1"
    with browser(rules) as launched:
        yield launched


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1200, "height": 850})
    found = context.new_page()
    foreign, faults = watch(found)
    yield found
    context.close()
    assert foreign == []
    assert faults == []


def opened(page: Page, index: int = 0) -> FrameLocator:
    page.locator("button.open").nth(index).click()
    return page.frame_locator("iframe").last


def ask(frame: FrameLocator | Page, question: str = NEUTRAL) -> None:
    before = frame.locator(".rt-foot").count()
    frame.locator("#box").fill(question)
    frame.locator("#send").click()
    expect(frame.locator(".rt-foot")).to_have_count(before + 1, timeout=10000)


def highlighted(frame: FrameLocator) -> str:
    return "".join(frame.locator("#reader mark.rt-cited").all_text_contents())


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


def test_a_reload_keeps_the_chat_and_a_new_one_forgets_it(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/e/a-plan-01")
    ask(page)
    page.reload()
    expect(page.locator(".rt-foot")).to_have_count(1)
    ask(page, "那后来呢")
    assert WHY_NEUTRAL in page.locator(".rt-answer").last.inner_text()
    page.locator("#new").click()
    expect(page.locator(".rt-foot")).to_have_count(0)


def test_it_works_where_storage_is_denied(page: Page, place: Place) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, "
        "{ get() { throw new DOMException('denied', 'SecurityError') } })"
    )
    page.goto(place.allowed + "/plain")
    ask(opened(page))


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


def test_enter_in_an_input_method_never_sends(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/e/a-plan-01")
    page.locator("#box").click()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "zhong", "selectionStart": 5, "selectionEnd": 5})
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter"})
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator(".rt-question").count() == 0


def test_on_a_phone_the_panel_fills_the_screen(chromium: Browser, place: Place) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN", has_touch=True)
    page = context.new_page()
    page.goto(place.allowed + "/plain")
    ask(opened(page))
    box = page.locator(".panel").bounding_box()
    assert (box["width"], box["height"]) == (390, 800)
    context.close()


def test_an_unknown_event_is_a_sentence(page: Page, place: Place) -> None:
    assert page.goto(f"{place.bot}/e/nope").status == 404
    expect(page.locator("main")).to_contain_text("没有找到这场活动，请向主办方要新链接。")


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


def test_it_is_small_and_quick(page: Page, place: Place) -> None:
    assert (EMBED / "widget.js").stat().st_size <= 20_000
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(f"{place.bot}/embed/a-plan-01", wait_until="networkidle")
    assert sum(sizes) <= 60_000
    page.goto(f"{place.bot}/embed/a-plan-01")
    began = page.evaluate("performance.timeOrigin")
    expect(page.locator(".rt-welcome .rt-ask").first).to_be_visible()
    assert page.evaluate("Date.now()") - began < 1500


def test_a_qr_code_and_preview_tags_are_there_for_pages_without_script(place: Place) -> None:
    local = place.bot.replace("bot.test", "127.0.0.1")
    with urllib.request.urlopen(f"{local}/e/a-plan-01/qr.svg") as response:
        assert response.headers["content-type"] == "image/svg+xml"
        assert b"<svg" in response.read()
    with urllib.request.urlopen(f"{local}/e/a-plan-01") as response:
        assert 'property="og:title" content="A计划第一期:基础架构软件创业之道"' in response.read().decode()


def test_the_demo_page_shows_both_ways(page: Page, place: Place) -> None:
    page.goto(f"{place.bot}/demo")
    ask(page.frame_locator("iframe").first)
    assert marked(page) == ""
    expect(page.locator("button.open")).to_be_visible()
