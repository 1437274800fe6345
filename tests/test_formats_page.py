"""Every format's file asked on the chat page, in a real browser with the real bot: the words, who, where and when."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from fixture_files import events_of_formats
from playwright.sync_api import Page, expect
from test_formats import ASKED
from web_browser import browser, free_port, marked, running, watch

from index.build import build
from index.embed import load_encoder
from index.source import read_events

# file: who and where, and when, as the page says it under the quote
SHOWN = {
    "zoom.vtt": ("Tomas Berg · paragraph 2 of 4", ["0:12"]),
    "teams.vtt": ("Jonas Weber · paragraph 2 of 4", ["1:02"]),
    "webex.vtt": ("Elena Rossi · paragraph 3 of 3", ["0:10"]),
    "youtube.vtt": ("paragraph 2 of 4", ["0:07"]),
    "interview.srt": ("KARIN · paragraph 4 of 4", ["0:14"]),
    "whisperx.json": ("SPEAKER_00 · paragraph 1 of 3", ["0:00"]),
    "whispercpp.json": ("paragraph 1 of 1", ["0:04"]),
    "diarised.json": ("林岚 · 第 3/4 段", ["0:10"]),
    "tencent.txt": ("说话人 2 · 第 2/4 段", ["3:12"]),
    "otter.txt": ("Grace Lin · paragraph 3 of 3", ["0:47"]),
    "chat.txt": ("Nadia · paragraph 3 of 3", ["1:05"]),
    "meeting.md": ("Ines · Harbour meeting · paragraph 1 of 3", []),
    "teams.docx": ("Ben Adeyemi · paragraph 2 of 3", ["0:44"]),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one server with an event for each file."""
    root, port = tmp_path_factory.mktemp("served"), free_port()
    events_of_formats(root / "events")
    build(root / "index", read_events([root / "events"]), load_encoder())
    code = "import sys; from index.cli import main; sys.argv[0] = 'roundtable'; main()"
    command = [sys.executable, "-c", code, "serve", "--index", str(root / "index"), "--port", str(port)]
    with running(command, "Roundtable is at", ROUNDTABLE_STATE=str(root / "state")):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser() as chromium:
        found = chromium.new_page(locale="en-US", viewport={"width": 1360, "height": 850})
        foreign, faults = watch(found)
        yield found
        assert (foreign, faults) == ([], [])


@pytest.mark.parametrize(("name", "question", "words"), [(row[0], row[1], row[3]) for row in ASKED])
def test_each_format_is_answered_on_the_chat_page(
    page: Page, served: str, name: str, question: str, words: str
) -> None:
    page.goto(f"{served}/?event={name.replace('.', '-')}&lang=en&q={question}")
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=60000)
    quote = page.locator("#rt-chat .rt-quote").filter(has_text=" ".join(words.split())).first
    expect(quote).to_be_visible()
    times = quote.locator(".rt-time").all_text_contents()
    place = quote.locator(".rt-place").text_content() or ""
    assert (place.removesuffix("".join(times)), times) == SHOWN[name]
    quote.locator(".rt-cite").click()
    expect(page.locator("#rt-reader .rt-cited").first).to_be_visible()
    assert " ".join(words.split()) in " ".join(marked(page).split())
