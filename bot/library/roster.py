"""Who speaks at which event of an index: a question that names somebody is put to their events only."""

from __future__ import annotations

import re
from functools import lru_cache

from index.mention import ways_to_name
from index.store import Index


def events_of(index: Index, text: str) -> frozenset[str]:
    """The events with a speaker whom the text names, by any of their names."""
    folded = text.casefold()
    return frozenset(event for way, events in _ways(index).items() if _names(folded, way) for event in events)


def _names(text: str, way: str) -> bool:
    if way not in text:
        return False
    return not way.isascii() or re.search(rf"(?<![a-z0-9]){re.escape(way)}(?![a-z0-9])", text) is not None


@lru_cache(maxsize=2)  # the index that is served, and the one before it
def _ways(index: Index) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for event in index.events:
        for speaker in event.card.speakers:
            for way in ways_to_name(speaker, event.card):
                if len(way) > 1:
                    found.setdefault(way.casefold(), set()).add(event.id)
    return {way: frozenset(events) for way, events in found.items()}
