"""Questions that nobody can answer: those that name nothing, and those that are too long to be one."""

from __future__ import annotations

import re

from index.clean import clean as readable
from index.retriever import LONGEST

from .followup.anaphora import ADDRESSES_ALL
from .followup.ellipsis import EVERYBODY
from .question import Asked, Kind, language
from .types import Answer, Outcome, Question, Reason
from .wording import say

# What is meant by what? Words that are content to a dictionary and name nothing by themselves.
_EMPTY = frozenset(["意思", "什么", "mean", "meant", "meaning", "something", "thing", "else", "really", "exactly"])
_PARDON = re.compile(r"^(?:什么|什麼|啥|嗯|哦|what|huh|pardon|sorry)[\s?？!！.。呀啊~]*$", re.IGNORECASE)


def names_nothing(asked: Asked) -> bool:
    """Whether a question has question words only ("谁", "why?", "what does it mean"), so that any sentence fits it."""
    if asked.people.spans or asked.people.strangers or not set(asked.topic) <= _EMPTY or asked.is_(Kind.OVERVIEW):
        return False
    return not ADDRESSES_ALL.search(asked.text) and not EVERYBODY.search(asked.text)


def begs_pardon(text: str) -> bool:
    """Whether words only ask to be told again: they ask on from nothing."""
    return bool(_PARDON.match(text.strip()))


def too_long(text: str) -> bool:
    """Whether a text is longer than what is read of a question, without what carries no words."""
    return len(readable(text[: 4 * LONGEST])) > LONGEST


def shortened(question: Question, text: str) -> Answer:
    """The answer to a question that is too long: nothing is searched, and ``text`` is what was read of it."""
    lang = question.lang or language(text)
    lead = say(lang, "too_long", n=LONGEST)
    return Answer(text, text, Outcome.ABSTAIN, Reason.CHITCHAT, lang=lang, lead=lead)
