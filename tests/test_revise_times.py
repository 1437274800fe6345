"""Corrections of a transcript with times: times and lines of the source stay with the words they belong to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.cite import time_at
from index.event import EventCard
from index.lines import source_lines
from index.revise import revised
from index.source import read_event, read_transcript
from index.types import Anchor, Origin

TEXT = "Ann: Apples are red.\nBob: Boats sail.\nAnn: Docks are wide.\nBob: No.\n"


def test_times_and_source_lines_move_with_a_correction() -> None:
    plain = read_transcript(TEXT, id="fair", event="fair", card=None)
    starts = [turn.start for turn in plain.turns]
    timed = replace(
        plain,
        anchors=tuple(Anchor(at, 10.0 * n) for n, at in enumerate(starts)),
        origins=tuple(Origin(at, 4 * n + 2, 4 * n + 1) for n, at in enumerate(starts)),
    )
    card = EventCard.model_validate(
        {"title": "Fair", "corrections": [{"quote": "Apples are red", "text": "Some apples are bright red"}]}
    )
    (fixed,) = revised([timed], card, Path("event.toml"))
    assert [fixed.text[a.offset :][:3] for a in fixed.anchors] == ["Ann", "Bob", "Ann", "Bob"]
    assert [a.seconds for a in fixed.anchors] == [0, 10, 20, 30]
    docks = fixed.text.index("Docks")
    assert source_lines(fixed, docks, docks + 5) == (10, 10)


CAPTIONS = """1
00:00:01,000 --> 00:00:04,000
Ann: We sell apples to everybody.

2
00:00:05,000 --> 00:00:08,000
Bob: Our boats sail in May, and my number is 555-0199.

3
00:00:10,000 --> 00:00:12,000
Ann: The docks are wide.

4
00:00:14,000 --> 00:00:16,000
Bob: Thank you.
"""
CARD = """title = "Fair"
[[corrections]]
quote = "sell apples"
text = "sell red and yellow apples"
[[hidden]]
quote = "my number is 555-0199"
[[notes]]
quote = "in May"
note = "of 2021"
"""


def test_captions_keep_their_times_and_lines_behind_a_correction_and_a_mask(tmp_path: Path) -> None:
    (tmp_path / "fair.srt").write_text(CAPTIONS, "utf-8")
    plain = read_event(tmp_path / "fair.srt").transcripts[0]
    (tmp_path / "event.toml").write_text(CARD, "utf-8")
    fixed = read_event(tmp_path / "fair.srt").transcripts[0]
    assert "555" not in fixed.text
    assert "sell red and yellow apples" in fixed.text
    for words in ("The docks are wide.", "Thank you."):
        before, now = plain.text.index(words), fixed.text.index(words)
        assert time_at(fixed, now) == time_at(plain, before) is not None
        assert source_lines(fixed, now, now + 1) == source_lines(plain, before, before + 1)
    (note,) = fixed.notes
    assert fixed.text[note.start : note.end] == "in May"
