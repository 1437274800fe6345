"""What an organiser should look at in a transcript as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .draft_card import first_words, is_unnamed
from .event import Event
from .lines import source_line
from .turns import gaps
from .types import Transcript, TurnKind

_SHOWN = 30  # characters of the text that tell the place
LONG_TURN = 8000  # characters; half an hour of Chinese without anybody else
_BACK = 5.0  # seconds; captions of two people overlap by less


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: ``what`` is a key of the message table, ``line`` of the source file, None for the event."""

    what: str
    transcript: str
    line: int | None
    fields: dict[str, object] = field(default_factory=dict)


def doubts(event: Event) -> Iterator[Doubt]:
    """Everything doubtful of an event, file by file, in the order of the lines."""
    if not event.carded:
        yield Doubt("no_card", event.id, None)
    for transcript in event.transcripts:
        found = [*_lost(event, transcript), *_people(event, transcript), *_times(transcript)]
        yield from sorted(found, key=lambda doubt: doubt.line or 0)


def _lost(event: Event, transcript: Transcript) -> Iterator[Doubt]:
    for gap in gaps(event):
        if gap["transcript"] == transcript.id:
            text = f"{gap['before']}▯{gap['after']}"
            yield Doubt(gap["kind"], transcript.id, gap["line"], {"text": text})


def _people(event: Event, transcript: Transcript) -> Iterator[Doubt]:
    has_speakers = any(turn.speaker for turn in transcript.turns)
    seen: set[str] = set()
    for turn in transcript.turns:
        if turn.kind in (TurnKind.TITLE, TurnKind.BIO) or not transcript.text[turn.body : turn.end].strip():
            continue
        if turn.speaker is None and has_speakers:
            yield _at(transcript, turn.body, "nobody")
        if (
            turn.speaker
            and turn.speaker not in seen
            and is_unnamed(turn.speaker)
            and not _is_named(event, turn.speaker)
        ):
            words = first_words(event, turn.speaker)
            yield _at(transcript, turn.body, "unnamed", name=turn.speaker, text=words)
        seen.add(turn.speaker or "")
        if has_speakers and turn.end - turn.body > LONG_TURN:
            yield _at(transcript, turn.body, "long_turn", n=turn.end - turn.body)


def _is_named(event: Event, label: str) -> bool:
    """Whether the organiser has said that this is how the speaker shall be called."""
    return event.card.voices.get(label) == label


def _times(transcript: Transcript) -> Iterator[Doubt]:
    titles = {turn.body for turn in transcript.turns if turn.kind is TurnKind.TITLE}
    for anchor in transcript.anchors:
        if anchor.seconds is None and anchor.offset not in titles:
            yield _at(transcript, anchor.offset, "no_time")
    for one, other in pairwise(a for a in transcript.anchors if a.seconds is not None):
        if one.seconds is not None and other.seconds is not None and other.seconds < one.seconds - _BACK:
            yield _at(transcript, other.offset, "backwards", before=one.seconds, after=other.seconds)


def _at(transcript: Transcript, offset: int, what: str, **fields: object) -> Doubt:
    words = transcript.text[offset : offset + 2 * _SHOWN].strip().split("\n")[0][:_SHOWN]
    return Doubt(what, transcript.id, source_line(transcript, offset), {"text": words, **fields})
