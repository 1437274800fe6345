"""A question made to stand alone, and what it can have been completed from."""

from __future__ import annotations

from dataclasses import dataclass

from ..types import Exchange


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made to stand alone: ``asked`` is what is searched, ``carried`` the topic taken over, if any."""

    asked: str
    carried: str = ""
    speaker: str | None = None
    leaning: bool = False
    about: str = ""
    """What "it" will mean, where that is known from more than the words of the question."""
    others: tuple[str, ...] = ()
    """Speakers already heard, where the question asks for the others."""
    near: tuple[str, ...] = ()
    """Quotes of the last answer that it asks on from."""
    seen: tuple[str, ...] = ()
    """Quotes that are not wanted again."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the conversation was about: the last question made to stand alone, its topic, whom it was about, quotes."""

    question: str
    topic: str
    about: str
    """The thing it was about; empty where its words do not tell."""
    speaker: str | None
    person: str | None
    quotes: tuple[str, ...]
    heard: tuple[str, ...]
    shown: tuple[str, ...]
    """Every quote that was read, the latest last."""
    past: tuple[Exchange, ...]
