"""Where a question is put: to which event and transcript of an index, and to whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.event import EventCard
from index.people import speaker_named
from index.segment import Segment
from index.store import Index
from index.types import Hit, Scope

from .followup.resolved import Resolved
from .question import understand


def is_across(index: Index, scope: Scope) -> bool:
    """Whether a question is put to several events."""
    return scope.event is None and scope.transcript is None and len(index.events) > 1


def scoped(index: Index, scope: Scope) -> tuple[Scope, EventCard]:
    """The scope with its event named, the only one where it names none, and that event's card.

    Raises:
        RoundtableError: the index has no such event or transcript, or the event no such speaker.
    """
    if scope.transcript:
        entry = index.event_of(scope.transcript)
    elif scope.event:
        entry = index.event(scope.event)
    else:
        entry = index.events[0]
    speaker = None if scope.speaker is None else speaker_named(scope.speaker, entry.card)
    return replace(scope, event=entry.id, speaker=speaker), entry.card


def for_whom(resolved: Resolved, scope: Scope, card: EventCard) -> Scope:
    """Filter both legs to the one person whose words are asked for, unless the visitor chose somebody."""
    by = understand(resolved.asked, card).people.by
    return scope if scope.speaker or len(by) != 1 else replace(scope, speaker=by[0])


def home(index: Index, scope: Scope, card: EventCard, hits: Sequence[Hit]) -> tuple[Segment, EventCard]:
    """The transcript that answers, and its event's card."""
    first = scope.transcript or (hits[0].passage.transcript if hits else _first(index, scope))
    segment = index.segment(index.resolve(first))
    return segment, card if scope.event else index.event_of(first).card


def _first(index: Index, scope: Scope) -> str:
    entry = index.event(scope.event) if scope.event else index.events[0]
    return entry.transcripts[0]
