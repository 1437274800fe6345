"""Words in quotation marks: each must be an exact slice of what is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .source import Source

# Straight single quotes count only where no letter stands before them, as in "don't" one does.
QUOTED = re.compile(
    r"“([^“”\n]{1,400})”|‘([^‘’\n]{1,400})’|「([^「」\n]{1,400})」|『([^『』\n]{1,400})』|\"([^\"\n]{1,400})\"|＂([^＂\n]{1,400})＂"
    r"|(?<![A-Za-z0-9])'([^'\n]{2,400})'(?![A-Za-z0-9])|«([^«»\n]{1,400})»|《([^《》\n]{1,400})》"
)
_MARKUP = re.compile(
    r"https?://|www\.|!?\[[^\]\n]*\]\(|</?[A-Za-z!][^>\n]*>|&#?\w{2,8};|javascript:|data:\w+/|```|[\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)
_TRAILING = " ,，.。!！?？;；、…"


def quotes(claim: str) -> Iterator[str]:
    """What a claim puts in quotation marks, without the sentence's own punctuation at its ends."""
    for m in QUOTED.finditer(claim):
        words = next(group for group in m.groups() if group is not None).strip(_TRAILING)
        if words:
            yield words


def inexact_quotes(claim: str, source: Source) -> Iterator[str]:
    """Quoted words that are no slice of the source."""
    yield from (words for words in quotes(claim) if words not in source.text)


def markup(claim: str) -> Iterator[str]:
    """Links, images, tags and direction marks: a model makes none for us."""
    yield from (m.group() for m in _MARKUP.finditer(claim))
