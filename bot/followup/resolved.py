"""A question made to stand alone, and what it can have been completed from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made to stand alone: ``asked`` is what is searched, ``carried`` the topic taken over, if any."""

    asked: str
    carried: str = ""
    speaker: str | None = None
    leaning: bool = False
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
    speaker: str | None
    person: str | None
    quotes: tuple[str, ...]
    heard: tuple[str, ...]
    shown: tuple[str, ...]
