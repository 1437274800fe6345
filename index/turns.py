"""What ``roundtable turns`` shows: how a transcript was read, and the worklist of what it lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from .event import Event
from .lines import source_line, turn_lines
from .types import HoleKind, Transcript

_AROUND = 14  # characters shown on either side of a hole


class Row(TypedDict):
    """A turn as the frozen JSON shows it; lines are 1-based, inclusive."""

    transcript: str
    start_line: int
    end_line: int
    speaker: str | None
    about: str | None
    section: str | None
    kind: str


class Gap(TypedDict):
    """A hole of the worklist."""

    transcript: str
    line: int
    offset: int
    kind: str
    before: str
    after: str


def rows(event: Event) -> Iterator[Row]:
    """The turns of an event; every line of each file lies in exactly one row."""
    for transcript in event.transcripts:
        for turn, (first, last) in zip(transcript.turns, turn_lines(transcript), strict=True):
            yield Row(
                transcript=transcript.id, start_line=first, end_line=last, speaker=turn.speaker,
                about=turn.about, section=turn.section, kind=turn.kind.value,
            )  # fmt: skip


def gaps(event: Event) -> Iterator[Gap]:
    """The holes of an event in reading order; a mask that the card resolves is no work."""
    known = {written for speaker in event.card.speakers for written in speaker.spellings}
    for transcript in event.transcripts:
        for hole in transcript.holes:
            if hole.kind is HoleKind.MASK and any(transcript.text.startswith(w, hole.offset) for w in known):
                continue
            yield _gap(transcript, hole.offset, hole.kind)


def _gap(transcript: Transcript, offset: int, kind: HoleKind) -> Gap:
    text = transcript.text
    before, after = text[max(0, offset - _AROUND) : offset], text[offset : offset + _AROUND]
    return Gap(
        transcript=transcript.id, line=source_line(transcript, max(0, offset - (offset == len(text)))), offset=offset,
        kind=kind.value, before=before.rsplit("\n")[-1], after=after.split("\n")[0],
    )  # fmt: skip
