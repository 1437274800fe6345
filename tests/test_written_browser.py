"""The served bot with a model behind a real socket, in a real Chromium: checked prose, its marks, and a wrong key."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from model_server import Behaviour, saying, sending
from model_server import serving as model_at
from playwright.sync_api import Browser, FrameLocator, Page, expect
from web_browser import free_port, running, watch

KEY = "sk-canary-6f1d0a"
QUESTION = "UCloud为什么保持中立？"
TRUE = "UCloud坚持中立，也不接受BAT投资[S1]。"
INVENTED = "UCloud在2019年赚了三十亿[S1]。"
WHOLE = "做电商的不太敢用阿里云，所以可能选择UCloud[S1]。"


@contextmanager
def served(state: Path, behaviour: Behaviour) -> Iterator[tuple[str, Path]]:
    """The bot's address, and the file its log goes to."""
    port, log = free_port(), state / "log"
    command = [sys.executable, "-c", _SERVE, str(log), "serve", "--demo", "--port", str(port)]
    with model_at(behaviour) as model:
        given = {"MODEL": "openai:scripted", "MODEL_URL": model.url, "MODEL_KEY": KEY, "STATE": str(state)}
        variables = {f"ROUNDTABLE_{name}": value for name, value in given.items()}
        with running(command, "Roundtable is at", **variables):
            yield f"http://127.0.0.1:{port}", log


_SERVE = (
    "import sys; log = sys.argv.pop(1); sys.stderr = open(log, 'w', buffering=1); from index.cli import main; main()"
)


def asked(page: Page, bot: str, face: str) -> FrameLocator | Page:
    page.goto(bot + {"widget": "/demo", "light": "/e/a-plan-01?lang=zh", "chat": "/"}[face])
    frame: FrameLocator | Page = page
    if face == "chat":
        expect(page.locator(".rt-welcome")).to_be_visible(timeout=20000)
        page.locator("#rt-box textarea").fill(QUESTION)
        page.locator("#rt-box textarea").press("Enter")
        return page
    if face == "widget":
        page.locator("button.open").first.click()
        frame = page.frame_locator("iframe").last
    frame.locator("#box").fill(QUESTION)
    frame.locator("#send").click()
    return frame


@pytest.mark.parametrize("face", ["widget", "light", "chat"])
def test_checked_prose_streams_in_with_marks_that_lead_to_exact_words(
    chromium: Browser, tmp_path: Path, face: str
) -> None:
    with served(tmp_path, saying(TRUE, INVENTED, WHOLE, " ", every=1.5)) as (bot, _):
        page = chromium.new_context(locale="zh-CN").new_page()
        foreign, faults = watch(page)
        frame = asked(page, bot, face)
        said = frame.locator(".rt-said")
        expect(said).to_have_count(1, timeout=10000)
        expect(said.first).to_contain_text("UCloud坚持中立，也不接受BAT投资。")
        expect(frame.locator(".rt-foot")).to_have_count(0)  # the first sentence stands before the reply has ended
        expect(frame.locator(".rt-foot")).to_contain_text("AI 生成，引文已核对", timeout=10000)
        expect(said).to_have_count(2)
        assert "三十亿" not in "".join(said.all_text_contents())
        said.first.locator(".rt-cite").first.click()
        expect(frame.locator("mark.rt-cited").first).to_be_visible()
        assert "坚持中立,不被BAT投资" in "".join(frame.locator("mark.rt-cited").all_text_contents())
        assert (foreign, faults) == ([], [])


def test_with_a_wrong_key_the_visitor_gets_the_speakers_words_and_the_organiser_the_remedy(
    chromium: Browser, tmp_path: Path
) -> None:
    told = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"}}).encode()
    with served(tmp_path, sending(told, 401, "application/json")) as (bot, log):
        page = chromium.new_context(locale="zh-CN").new_page()
        replies: list[str] = []
        page.on("response", lambda reply: replies.append(reply.text()) if "/ask" in reply.url else None)
        frame = asked(page, bot, "light")
        expect(frame.locator(".rt-foot")).to_contain_text("原话，非 AI 生成", timeout=20000)
        shown = frame.locator("main").inner_text()
        assert "坚持中立" in shown
        assert "这次没有用 AI 改写" in shown
        written = log.read_text("utf-8")
        assert "answered with status 401; check its key (ROUNDTABLE_MODEL_KEY" in written
        assert KEY not in written + shown + "".join(replies)
