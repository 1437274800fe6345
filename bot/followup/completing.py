"""How a follow-up is completed: its own words, the topic or subject of the conversation, a name where a pronoun stands."""

from __future__ import annotations

import re

from index.event import EventCard
from index.people import people

from ..question import Asked, language
from ..wording import name
from .ellipsis import subject
from .resolved import Before, Resolved

_GENERIC = frozenset(
    "自己 做的 怎样 具体 情况 现在 业界 意思 一点 这样 那样 详细 说说 讲讲 说一 什么 后来 最后 结果 好处".split()
)

_BARE = re.compile(r"(?:and |but |so )?(why|how|when|where|since when)(?: (?:not|exactly|so))?[\s?.!]*", re.IGNORECASE)
_ASKS_WHETHER = re.compile(r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.IGNORECASE)


def carried(question: str, before: Before) -> Resolved:
    """The question with the topic of the conversation."""
    asked = joined(question, before.topic)
    return Resolved(asked, before.topic, before.speaker, True, before.about, near=before.quotes)


def joined(first: str, then: str) -> str:
    """Two questions as one: "Why?" after "Did X do it?" is "Why did X do it?"; else an English one ends, or the capital of
    the next would make its first word a name.
    """
    bare = _BARE.fullmatch(first)
    if bare and _ASKS_WHETHER.match(then):
        return f"{bare[1]} {then[0].lower()}{then[1:]}"
    apart = "? " if language(first) == "en" and first[-1:].isalnum() else " "
    return f"{first}{apart}{then}"


def subject_of(before: Before, card: EventCard) -> str:
    """The thing that was talked of, or nothing."""
    return before.about or subject(before.question, card)


def content(asked: Asked) -> tuple[str, ...]:
    """What a question is about in words of its own."""
    return tuple(t for t in asked.topic if t not in _GENERIC and len(t) > 1)


def without_people(question: str, card: EventCard) -> str:
    """A question without the people it names."""
    for mention in reversed(people(question, card).spans):
        question = question[: mention.start] + " " + question[mention.end :]
    return question.strip()


def named_for(question: str, pronoun: re.Match[str], person: str, card: EventCard) -> str:
    """The question with a person's name where a pronoun stands for them."""
    word = pronoun.group()
    of = "的" if word.endswith("的") else "'s" if word.casefold() in ("his",) else ""
    return question[: pronoun.start()] + name(language(question), card, person) + of + question[pronoun.end() :]
