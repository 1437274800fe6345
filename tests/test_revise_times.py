"""Corrections of a transcript with times: times and lines of the source stay with the words they belong to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.event import EventCard
from index.lines import source_lines
from index.revise import revised
from index.source import read_transcript
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
