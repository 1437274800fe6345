"""Where the organiser's quotes stand: exactly, once, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import CardError
from .event import Anchored
from .types import Transcript


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the transcript of that number, in its text as read."""

    number: int
    start: int
    end: int


def locate(anchor: Anchored, transcripts: Sequence[Transcript], path: Path) -> Place:
    """The one place of a quote; none or several is an error that says what to do. ``path`` is the card's."""
    meant = [
        (number, transcript.text)
        for number, transcript in enumerate(transcripts)
        if anchor.transcript in ("", transcript.id, transcript.id.rsplit("/", 1)[-1])
    ]
    found = [Place(number, at, at + len(anchor.quote)) for number, text in meant for at in _all(anchor.quote, text)]
    if len(found) > 1 and anchor.near:
        beside = [(number, at) for number, text in meant for at in _all(anchor.near, text)]
        if len(beside) != 1:
            raise CardError(
                f"{path}: the words {anchor.near!r}, near the quote {anchor.quote!r}, stand {_times(len(beside))} in "
                "the text; give words that stand there once"
            )
        found = _nearest(found, *beside[0])
    if not found:
        raise CardError(
            f"{path}: the quote {anchor.quote!r} is not in the text as it was read; copy the words exactly as the file "
            "has them, or take the entry out of the card"
        )
    if len(found) > 1:
        raise CardError(
            f"{path}: the quote {anchor.quote!r} stands {_times(len(found))} in the text; make it longer, or add "
            'near = "..." with words beside the place that is meant'
        )
    return found[0]


def _all(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _nearest(places: Sequence[Place], number: int, at: int) -> list[Place]:
    """The places nearest to an offset; several where they are as near."""
    same = [place for place in places if place.number == number]
    least = min((abs(place.start - at) for place in same), default=0)
    return [place for place in same if abs(place.start - at) == least]


def _times(n: int) -> str:
    return "nowhere" if n == 0 else f"{n} times"
