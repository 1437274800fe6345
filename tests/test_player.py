"""A click on a timed citation moves the player of the page around the widget, in a real browser with the real bot."""

from __future__ import annotations

import io
import shutil
import sys
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from fixture_files import FIXTURES
from playwright.sync_api import Browser, Page, expect
from web_browser import browser, free_port, running
from web_serving import serving_with

from index.build import build
from index.embed import load_encoder
from index.source import read_events

QUESTION, TIME = "How many bags with plastic and rope were filled?", 12.3


def silence(seconds: int = 60) -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)
    return held.getvalue()


PLAYERS = {
    "/audio": '<audio id="p" preload="none" src="/talk.wav"></audio><audio src="/jingle.wav"></audio>',
    "/named": '<audio src="/jingle.wav"></audio><audio id="p" src="/other.wav"></audio>',
    "/strange": '<audio id="p" src="/jingle.wav"></audio>',
}


@contextmanager
def event_pages(bot: str) -> Iterator[int]:
    media = silence()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith(".wav"):
                self.sound()
                return
            named = 'data-player="#p"' if self.path == "/named" else ""
            tag = f'<script src="{bot}/widget.js" data-event="zoom" data-lang="en" data-mode="inline" {named}></script>'
            body = f"<!doctype html><title>event</title>{PLAYERS.get(self.path, '')}{tag}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def sound(self) -> None:
            start = int((self.headers.get("Range") or "bytes=0-").split("=")[1].split("-")[0])
            self.send_response(206)
            self.send_header("Content-Type", "audio/wav")
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Range", f"bytes {start}-{len(media) - 1}/{len(media)}")
            self.send_header("Content-Length", str(len(media) - start))
            self.end_headers()
            self.wfile.write(media[start:])

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving_with(Handler) as port:
        yield port


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the bot and that of the event's pages."""
    root, port = tmp_path_factory.mktemp("served"), free_port()
    with event_pages(f"http://bot.test:{port}") as host:
        folder = root / "zoom"
        folder.mkdir()
        shutil.copy(FIXTURES / "zoom.vtt", folder)
        site = f"http://host.test:{host}"
        (folder / "event.toml").write_text(f'title = "Rivers"\nallowed_sites = ["{site}"]\nmedia = "{site}/talk.wav"\n')
        build(root / "index", read_events([folder]), load_encoder())
        code = "import sys; from index.cli import main; sys.argv[0] = 'roundtable'; main()"
        command = [sys.executable, "-c", code, "serve", "--index", str(root / "index"), "--port", str(port)]
        with running(command, "Roundtable is at", ROUNDTABLE_STATE=str(root / "state")):
            yield f"http://bot.test:{port}", site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    rules = "--host-resolver-rules=MAP bot.test 127.0.0.1,MAP host.test 127.0.0.1"
    with browser(rules, "--autoplay-policy=no-user-gesture-required") as launched:
        yield launched


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-US", viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


def answered(page: Page, address: str) -> None:
    page.goto(address)
    frame = page.frame_locator("iframe")
    frame.locator("#box").fill(QUESTION)
    frame.locator("#send").click()
    expect(frame.locator(".rt-time").first).to_have_text("0:12", timeout=20000)


@pytest.mark.parametrize("path", ["/audio", "/named"])
@pytest.mark.parametrize("target", [".rt-time", ".rt-cite"])
def test_a_click_moves_the_player_to_the_words(page: Page, places: tuple[str, str], path: str, target: str) -> None:
    answered(page, places[1] + path)
    page.frame_locator("iframe").locator(target).first.click()
    page.wait_for_function(f"Math.abs(document.getElementById('p').currentTime - {TIME}) < 1", timeout=10000)


def test_a_player_of_something_else_stays_where_it_is(page: Page, places: tuple[str, str]) -> None:
    answered(page, places[1] + "/strange")
    with page.context.expect_page() as opened:
        page.frame_locator("iframe").locator(".rt-time").first.click()
    assert opened.value.url.endswith(f"/talk.wav#t={TIME}")
    assert page.evaluate("document.getElementById('p').currentTime") == 0


YOUTUBE = "https://www.youtube.com/embed/abc?enablejsapi=1"
BILIBILI = "https://player.bilibili.com/player.html?bvid=BV1xx&page=2"


def test_players_of_other_sites_are_driven_as_their_makers_say(page: Page, places: tuple[str, str]) -> None:
    heard = "<script>addEventListener('message', (e) => { document.title = e.data; })</script>"
    page.route("**/*youtube.com/**", lambda route: route.fulfill(content_type="text/html", body=heard))
    page.route("**/*bilibili.com/**", lambda route: route.fulfill(content_type="text/html", body=""))
    answered(page, places[1] + "/audio")
    page.evaluate(
        "([a, b]) => { for (const src of [a, b]) { const f = document.createElement('iframe'); f.src = src; document.body.append(f); } }",
        [YOUTUBE, BILIBILI],
    )
    page.wait_for_timeout(500)
    frame = next(f for f in page.frames if "/embed/zoom" in f.url)
    for link in ("https://youtu.be/abc?t=26", "https://www.bilibili.com/video/BV1xx?p=2&t=26"):
        frame.evaluate(
            "(link) => parent.postMessage({ roundtable: 1, type: 'seek', event: 'zoom', time: 26.25, link, play: false }, '*')",
            link,
        )
    youtube = next(f for f in page.frames if "youtube.com" in f.url)
    youtube.wait_for_function("""document.title === '{"event":"command","func":"seekTo","args":[26.25,true]}'""")
    expect(page.locator("iframe[src*=bilibili]")).to_have_attribute("src", f"{BILIBILI}&t=26&autoplay=0")


def test_the_chat_page_links_to_the_moment(page: Page, places: tuple[str, str]) -> None:
    page.goto(f"{places[0]}/?event=zoom&lang=en&q={QUESTION}")
    link = page.locator("#rt-chat a.rt-time").first
    expect(link).to_have_text("0:12", timeout=30000)
    expect(link).to_have_attribute("href", f"{places[1]}/talk.wav#t={TIME}")


def test_the_widget_stays_small() -> None:
    assert (Path(__file__).parent.parent / "bot" / "embed" / "widget.js").stat().st_size <= 20_000
