"""The events of an index at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from .store import Index


class EventRow(TypedDict):
    """An event of ``roundtable events --json``; ``megabytes`` is what it takes on the disk."""

    id: str
    title: str
    date: str
    speakers: list[str]
    transcripts: list[str]
    megabytes: float


def rows(index: Index) -> Iterator[EventRow]:
    """The events by id."""
    for event in index.events:
        size = sum(size for stored in event.stored for size, _ in stored.files.values())
        yield EventRow(
            id=event.id,
            title=event.card.title,
            date=event.card.date,
            speakers=[speaker.name for speaker in event.card.speakers],
            transcripts=list(event.transcripts),
            megabytes=round(size / 1e6, 1),
        )
