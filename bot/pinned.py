"""Pinned questions: an organiser's suggestions, each of which must have an answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from index.errors import CheckFailed
from index.types import Scope

from .types import Answer, Outcome, Question

if TYPE_CHECKING:
    from index.store import Entry, Index
    from index.types import Encoder

ANSWERED = (Outcome.ANSWER, Outcome.PARTIAL)


def check_pinned(index: Index, encoder: Encoder, built: Collection[str]) -> None:
    """Refuse an index of which an event just built pins a question without an answer (entry point of ``build``)."""
    wanted = [entry for entry in index.events if entry.id in built and entry.card.pinned]
    if not wanted:
        return
    from index.retriever import Retriever

    from .chatbot import Chatbot

    refuse_unanswered(wanted, Chatbot(Retriever(index, encoder)).ask)


def refuse_unanswered(events: Iterable[Entry], ask: Callable[[Question], Answer]) -> None:
    """Ask every pinned question of the events.

    Raises:
        CheckFailed: one has no answer.
    """
    for event in events:
        for text in event.card.pinned:
            if not text.strip() or not is_answered(text, event.id, ask):
                raise CheckFailed(
                    f"the card of {event.id!r} pins the question {text!r}, which has no answer; "
                    "ask it otherwise, or take it out"
                )


def is_answered(text: str, event: str, ask: Callable[[Question], Answer]) -> bool:
    """Whether a question to an event gets an answer, or at least a part of one."""
    return ask(Question(text, scope=Scope(event=event))).outcome in ANSWERED
