"""The faces name the talk of every quote: the command line, the API and the pages."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from day_answers import OPEN_SOURCE, RUN, Ask
from playwright.sync_api import expect
from three_talks import TALKS, ZH
from web_browser import browser, free_port, marked, running

from bot.chatbot import Chatbot
from bot.page.talk import Item, Talk, messages, seen
from bot.settings import Settings
from bot.web.app import build_app
from bot.web.desk import open_desk


def test_the_command_line_names_the_talk_of_every_quote(index: Path, days: Chatbot) -> None:
    command = [sys.executable, "-c", RUN, "ask", "谁谈到了开源", "--event", ZH, "--index", str(index)]
    shown = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    for number, (stem, who) in enumerate(OPEN_SOURCE.items(), 1):
        assert f"《{stem}》 · {who}" in shown
        assert f"[{number}] {who} · 《{stem}》 · " in shown
    row = json.loads(
        subprocess.run([*command, "--json"], capture_output=True, text=True, encoding="utf-8", check=True).stdout
    )
    assert [c["transcript"] for c in row["citations"]] == [f"{ZH}/{stem}" for stem in OPEN_SOURCE]


def test_the_api_sends_the_talk_of_every_quote_and_all_talks_for_the_reader(days: Chatbot, tmp_path: Path) -> None:
    app = build_app(open_desk(days, Settings.model_validate({"state": tmp_path, "chat": False})))

    async def sent() -> tuple[Any, Any]:
        transport = httpx.ASGITransport(app=app, client=("203.0.113.9", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
            answer = await client.post("/api/v1/ask", json={"question": "谁谈到了开源", "event": ZH})
            turns = await client.get(f"/api/v1/events/{ZH}/turns")
            return answer.json(), turns.json()

    row, turns = asyncio.run(sent())
    texts = {t["id"]: "".join(p["text"] for r in t["turns"] for p in r["paragraphs"]) for t in turns}
    assert {*texts} == {f"{ZH}/{stem}" for stem in TALKS[ZH]}
    assert all(c["quote"] in texts[c["transcript"]] for c in row["citations"])
    assert [c["transcript"] for c in row["citations"]] == [f"{ZH}/{stem}" for stem in OPEN_SOURCE]


def test_the_chat_page_shows_a_block_for_each_talk(days: Chatbot, ask: Ask) -> None:
    answer = ask("谁谈到了开源")
    item = Item("谁谈到了开源", "a-1", answer, seen=seen(answer, days.index))
    html = messages(Talk(ZH, (item,)), "", "zh", votes=False, index=days.index)[-1]["content"]
    for stem, who in OPEN_SOURCE.items():
        assert f"《{stem}》 · {who}" in html
        assert f"{who} · 《{stem}》" in html


@pytest.fixture(scope="module")
def served(index: Path, days: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-c", RUN, "serve", "--index", str(index), "--port", str(port)]
    with running(command, "Roundtable is at", ROUNDTABLE_STATE=str(tmp_path_factory.mktemp("state"))):
        yield f"http://127.0.0.1:{port}"


def test_a_click_on_a_quote_marks_it_in_its_own_talk(served: str, ask: Ask) -> None:
    quotes = [citation.quote for citation in ask("谁谈到了开源").citations]
    with browser() as chromium:
        page = chromium.new_page(locale="zh-CN", viewport={"width": 1360, "height": 850})
        page.goto(f"{served}/e/{ZH}?q=谁谈到了开源")
        page.locator("textarea, #question").first.press("Enter")
        expect(page.locator(".rt-cite")).to_have_count(3, timeout=15000)
        for n, quote in enumerate(quotes):
            page.locator(".rt-cite").nth(n).click()
            expect(page.locator("#reader mark.rt-cited").first).to_be_visible()
            assert marked(page) == quote
        assert page.locator("#reader h3").all_text_contents() == ["panel", "search", "storage"]
