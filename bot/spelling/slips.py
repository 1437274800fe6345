"""Slips of the keyboard: a question as it is read, with names and terms of the talk where it writes something like them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.event import EventCard
from index.script import in_script, is_traditional
from index.types import Transcript

from .acronym import in_number
from .colloquial import written_out
from .manner import plainly
from .misspelt import in_pinyin, misspelt
from .miswritten import doubled, miswritten
from .terms import terms_of

Slips = tuple[tuple[str, str], ...]
"""What was written, and what was read for it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A question as it is read, and what was read for what was written."""

    text: str
    slips: Slips = ()


def read(
    question: str, transcripts: Sequence[Transcript], card: EventCard, common: Container[str] | None = None
) -> Read:
    """The question without its manners and with slips mended; what the talk or the card writes the same way is no slip.

    ``common`` holds words of the language in Latin letters, where they are known.
    """
    text, slips = plainly(in_number(_in_script(question, transcripts), transcripts)), list[tuple[str, str]]()
    terms = terms_of(transcripts, card)
    for find in (in_pinyin, doubled, miswritten):
        for written, meant in tuple(find(text, terms)):
            text = text.replace(written, meant)
            slips.append((written, meant))
    for written, meant in tuple(misspelt(text, terms, common)):
        text = text.replace(written, meant)
        slips.append((written, meant))
    return Read(text, tuple(slips))


def _in_script(question: str, transcripts: Sequence[Transcript]) -> str:
    """The question in Simplified characters where the talk is: every cue of a question is written in them."""
    if any(_is_traditional(t) for t in transcripts):
        return question
    return written_out(in_script(question, traditional=False))


@lru_cache(maxsize=64)
def _is_traditional(transcript: Transcript) -> bool:
    return is_traditional(transcript.text)
