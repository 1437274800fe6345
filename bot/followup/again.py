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
    for n in range(len(question.history) - 1, -1, -1):
        last = question.history[n].user.strip()
        if last and not AGAIN.match(last) and not understand(last, card).is_(Kind.CHITCHAT):
            return replace(question, text=last, history=question.history[:n])
    return None
