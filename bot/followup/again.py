"""Doubt of the last answer, or whose words it gave: its question is answered once more, which shows both."""

from __future__ import annotations

from dataclasses import replace

from index.event import EventCard

from ..question import Kind, understand
from ..types import Question
from .anaphora import AGAIN


def again(question: Question, text: str, card: EventCard) -> Question | None:
    """The last question as it was asked, where ``text`` ("are you sure?", "who said that?") only asks for it again."""
    if not AGAIN.match(text):
        return None
    past = [*question.history]
    while past and (AGAIN.match(past[-1].user.strip()) or understand(past[-1].user, card).is_(Kind.CHITCHAT)):
        past.pop()
    return replace(question, text=past[-1].user, history=tuple(past[:-1])) if past else None
