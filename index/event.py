"""The event card (``event.toml``): what a transcript does not say of itself, and the event it describes."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from .errors import CardError
from .types import Transcript

CARD = "event.toml"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Speaker(_Part):
    """A person on stage: ``name`` as displayed, ``spellings`` as the text writes it, ``aliases`` as visitors may."""

    name: str = Field(min_length=1, max_length=80)
    name_en: str = Field("", max_length=80)
    spellings: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    organisation: str = Field("", max_length=120)
    organisation_aliases: tuple[str, ...] = ()
    role: str = Field("", max_length=120)
    role_en: str = Field("", max_length=120)
    host: bool = False

    def written(self) -> tuple[str, ...]:
        """Every way the transcript's own labels may write this speaker."""
        return tuple(dict.fromkeys(n for n in (self.name, *self.spellings, self.name_en) if n))


class Section(_Part):
    """A part of the event; it begins at the line that reads ``heading`` (the first part may have none)."""

    title: str = Field(min_length=1, max_length=120)
    title_en: str = Field("", max_length=120)
    heading: str = Field("", max_length=120)


class Anchored(_Part):
    """Something an organiser says of a place: the exact words of the text as read, which must stand there once.

    ``near`` is other words that stand once, next to those meant; ``transcript`` the stem of the file, if several match.
    """

    quote: str = Field(min_length=1, max_length=4000)
    near: str = Field("", max_length=4000)
    transcript: str = Field("", max_length=200)


class Noted(Anchored):
    """A remark of the organiser's on what was said; shown as theirs, never as a speaker's."""

    note: str = Field(min_length=1, max_length=1000)


class Hidden(Anchored):
    """Words that nobody shall see any more."""


class Corrected(Anchored):
    """What stands there in truth: other words, or another speaker of the turn that holds the quote."""

    text: str | None = Field(None, min_length=1, max_length=4000)
    speaker: str | None = Field(None, min_length=1, max_length=80)


class EventCard(_Part):
    """Everything an organiser says about an event; every field is optional but the title."""

    title: str = Field(min_length=1, max_length=200)
    title_en: str = Field("", max_length=200)
    series: str = Field("", max_length=120)
    series_en: str = Field("", max_length=120)
    language: str = Field("", max_length=20)
    link: str = Field("", max_length=500, pattern=r"^$|^https?://")
    date: str = Field("", max_length=40)
    speakers: tuple[Speaker, ...] = ()
    parts: tuple[Section, ...] = ()
    pinned: tuple[str, ...] = ()
    glossary: dict[str, str] = Field(default_factory=dict)
    allowed_sites: tuple[str, ...] = ()
    notes: tuple[Noted, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    voices: dict[str, str] = Field(default_factory=dict)
    """The transcript's own labels and who they are; the empty string for one that nobody has named yet."""
    media: str | dict[str, str] = ""
    """Where the recording is: one address, or one per transcript, by its file's name without the ending."""

    @field_validator("media")
    @classmethod
    def _web_address(cls, media: str | dict[str, str]) -> str | dict[str, str]:
        for address in [media] if isinstance(media, str) else media.values():
            if address and (
                not re.match(r"https?://[^\s/]", address) or len(address) > 500 or re.search(r"\s", address)
            ):
                raise ValueError("a recording's address begins with http:// or https:// and has no spaces")
        return media

    @cached_property
    def by_name(self) -> dict[str, Speaker]:
        """Speakers by displayed name."""
        return {s.name: s for s in self.speakers}

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The names of those who lead through the event."""
        return frozenset(s.name for s in self.speakers if s.host)

    @cached_property
    def by_label(self) -> dict[str, str]:
        """Every way the transcript's labels may write a speaker, and the name that is shown."""
        written = {way: s.name for s in self.speakers for way in (*s.aliases, *s.written())}
        return written | {label: written.get(name, name) or label for label, name in self.voices.items()}

    def named(self, label: str | None) -> str | None:
        """The name shown for a label, which is the label itself where the card does not know it."""
        return None if label is None else self.by_label.get(label, label)

    def speaker(self, name: str | None) -> Speaker | None:
        """The speaker of that displayed name, if the card has one."""
        return self.by_name.get(name or "")

    def section(self, title: str | None) -> Section | None:
        """The part of that title, if the card has one."""
        return next((p for p in self.parts if p.title == title), None)

    def shown(self) -> EventCard:
        """The card as an index may hold it: what it says of places is in the transcripts, hidden words nowhere."""
        return self.model_copy(update={"notes": (), "hidden": (), "corrections": ()})


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its card and its transcripts; ``id`` is its folder's name, or a lone file's stem."""

    id: str
    card: EventCard
    transcripts: tuple[Transcript, ...]
    carded: bool = True
    """Whether the card is the organiser's, rather than made up from the file's name."""


def read_card(path: Path) -> EventCard:
    """Read a card; an unknown key is an error with the nearest right one."""
    try:
        card = EventCard.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CardError(f"{path} is not valid TOML: {error}") from error
    except ValidationError as error:
        raise CardError(f"{path}: {_first_fault(error)}") from error
    _refuse_ambiguous(path, card)
    return card


def _refuse_ambiguous(path: Path, card: EventCard) -> None:
    seen: dict[str, str] = {}
    for speaker in card.speakers:
        for written in speaker.written():
            if seen.setdefault(written, speaker.name) != speaker.name:
                raise CardError(f"{path}: {written!r} names both {seen[written]!r} and {speaker.name!r}; keep one")
    if len(card.by_name) < len(card.speakers):
        raise CardError(f"{path}: two speakers have the same name; give each its own")


_TABLES: dict[str, type[BaseModel]] = {
    "speakers": Speaker,
    "parts": Section,
    "notes": Noted,
    "hidden": Hidden,
    "corrections": Corrected,
}


def _first_fault(error: ValidationError) -> str:
    fault = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    place = ".".join(str(part) for part in fault["loc"])
    if fault["type"] != "extra_forbidden":
        return f"{place}: {fault['msg']} (found {fault['input']!r})"
    model = _TABLES.get(str(fault["loc"][0]), EventCard) if len(fault["loc"]) > 1 else EventCard
    near = difflib.get_close_matches(str(fault["loc"][-1]), model.model_fields, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; known keys: {', '.join(model.model_fields)}"
    return f"unknown key {place!r}{hint}"
