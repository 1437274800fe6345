"""Acronyms in the number in which the talk writes them: no stemmer knows that GPUs are more than one GPU."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Transcript

_PLURAL = re.compile(r"(?<![A-Za-z0-9])([A-Z][A-Z0-9]+)s(?![A-Za-z0-9])")
_SINGULAR = re.compile(r"(?<![A-Za-z0-9])([A-Z][A-Z0-9]+)(?![A-Za-z0-9])")


def in_number(question: str, transcripts: Sequence[Transcript]) -> str:
    """The question with each acronym as the talk writes it, where it has only the other number."""

    def one(found: re.Match[str]) -> str:
        return found[1] if _only(found[1], found.group(), transcripts) else found.group()

    def many(found: re.Match[str]) -> str:
        return f"{found[1]}s" if _only(f"{found[1]}s", found[1], transcripts) else found.group()

    return _SINGULAR.sub(many, _PLURAL.sub(one, question))


def _only(this: str, other: str, transcripts: Sequence[Transcript]) -> bool:
    """Whether the transcripts write one form and not the other."""
    return _written(this, transcripts) and not _written(other, transcripts)


def _written(acronym: str, transcripts: Sequence[Transcript]) -> bool:
    whole = re.compile(rf"(?<![A-Za-z0-9]){acronym}(?![A-Za-z0-9])")
    return any(whole.search(transcript.text) for transcript in transcripts)
