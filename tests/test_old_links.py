"""A link into an earlier revision of a transcript, followed in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

from test_revise import TALK, made
from web_browser import browser, scripted_server

from bot.web.rows import transcript_rows
from index.build import build
from index.source import find_events
from index.store import open_index
from tests.words import WordEncoder

_SHOW = """async ([rows, old]) => {
  const { Reader } = await import("/web/reader.js");
  const reader = new Reader(document.body, {}, () => {});
  reader.load(rows);
  const found = reader.show(old);
  return [found, reader.body.querySelector(".rt-cited")?.textContent ?? "", reader.show({ ...old, revision: "gone" }),
    reader.body.querySelector(".rt-corrected").textContent, reader.body.querySelector(".rt-note").textContent];
}"""


def test_an_old_link_leads_to_the_same_words_of_a_corrected_transcript(tmp_path: Path) -> None:
    plain = made(tmp_path / "events").transcripts[0]
    at = TALK.index("Docks are wide.")
    old = {"transcript": "fair", "revision": plain.revision, "start": at, "end": at + 15, "emphasis": []}
    card = (
        '[[corrections]]\nquote = "Boats"\ntext = "Very long boats"\n[[notes]]\nquote = "Apples"\nnote = "Pears, too."'
    )
    made(tmp_path / "events", card)
    build(tmp_path / "index", find_events([tmp_path / "events"]), WordEncoder())
    index = open_index(tmp_path / "index")
    rows = json.loads(json.dumps(transcript_rows(index, index.events[0], "en")))
    with scripted_server(tmp_path) as url, browser() as chromium:
        page = chromium.new_page()
        page.goto(f"{url}/e/a-plan-01")
        found, cited, gone, corrected, note = page.evaluate(_SHOW, [rows, old])
    assert (found, cited, gone, corrected) == (True, "Docks are wide.", False, "Very long boats")
    assert note == "Organiser's note (not a quote): Pears, too."
