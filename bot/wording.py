"""The words a visitor reads: one table a language, in ``words/``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from index.event import EventCard, Speaker

from .types import Lang


@cache
def table(lang: Lang) -> Mapping[str, str]:
    """All messages of a language."""
    text = (resources.files("bot") / "words" / f"{lang}.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def say(lang: Lang, key: str, **fields: object) -> str:
    """A message with its fields filled in."""
    return table(lang)[key].format(**fields)


def names(lang: Lang, card: EventCard, speakers: Sequence[str]) -> str:
    """Speakers' names as a list in running text."""
    return say(lang, "separator").join(name(lang, card, speaker) for speaker in speakers)


def name(lang: Lang, card: EventCard, speaker: str) -> str:
    """A speaker's name in the reader's language, where the card has it."""
    known = card.speaker(speaker)
    return known.name_en if lang == "en" and known and known.name_en else speaker


def introduction(lang: Lang, card: EventCard, speaker: str, part: str | None) -> str:
    """The line before a quote: who, what they are, in which part. A label of one character (答, 男, A) marks a voice and
    names nobody who says something: it stands as in the transcript.
    """
    if len(speaker) == 1:
        return say(lang, "speaker_plain", name=speaker)
    known, section = card.speaker(speaker), card.section(part)
    role = _role(lang, known)
    where = section and ((section.title_en or "") if lang == "en" else section.title)
    if known is None or not role:
        return say(lang, "speaker_in_plain" if where else "speaker_bare", name=name(lang, card, speaker), part=where)
    key = "speaker_in" if where else "speaker"
    return say(lang, key, name=name(lang, card, speaker), role=role, part=where)


def attribution(lang: Lang, card: EventCard, speaker: str) -> str:
    """The short line before one of several speakers' quotes."""
    role = _role(lang, card.speaker(speaker))
    return say(lang, "speaker" if role else "speaker_plain", name=name(lang, card, speaker), role=role)


def part_title(lang: Lang, card: EventCard, section: str | None) -> str:
    """A part's title in the reader's language, or the empty string."""
    known = card.section(section)
    if known is None:
        return section or ""
    return known.title_en or known.title if lang == "en" else known.title


def as_spoken(card: EventCard, lang: Lang) -> tuple[str, ...]:
    """What a reader is told of the quotes of a talk in the other language, where the card names it."""
    other = card.language[:2] in ("zh", "en") and card.language[:2] != lang
    return (say(lang, "as_spoken"),) if other else ()


def _role(lang: Lang, speaker: Speaker | None) -> str:
    if speaker is None:
        return ""
    return speaker.role_en if lang == "en" else speaker.role
