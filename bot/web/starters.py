"""Questions to begin with: the card's pinned ones and the bot's own, each asked once to see that it has an answer."""

from __future__ import annotations

import threading
from itertools import islice

from index.types import Scope

from ..pinned import is_answered, refuse_unanswered
from ..types import Lang, Question
from .asks import Asks

_GREETING = {"zh": "你好", "en": "Hello"}  # the bot answers a greeting with questions it can answer
SHOWN = 4  # questions to begin with; pinned ones are all shown


class Starters:
    """Questions that do have answers, by event and language; found once, when first needed."""

    def __init__(self, chatbot: Asks) -> None:
        self._chatbot, self._lock = chatbot, threading.Lock()
        self._found: dict[tuple[str, Lang], tuple[str, ...]] = {}

    def of(self, event: str, lang: Lang) -> tuple[str, ...]:
        """The questions of an event, in a language."""
        with self._lock:
            if (event, lang) not in self._found:
                self._found[event, lang] = self._find(event, lang)
            return self._found[event, lang]

    def check_pinned(self) -> None:
        """Refuse a card that pins a question without an answer."""
        refuse_unanswered(self._chatbot.index.events, self._chatbot.ask)

    def _find(self, event: str, lang: Lang) -> tuple[str, ...]:
        pinned = self._chatbot.index.event(event).card.pinned
        greeted = self._chatbot.ask(Question(_GREETING[lang], scope=Scope(event=event), lang=lang))
        offered = dict.fromkeys((*pinned, *greeted.suggestions))
        answered = (text for text in offered if text in pinned or is_answered(text, event, self._chatbot.ask))
        return tuple(islice(answered, max(SHOWN, len(pinned))))
