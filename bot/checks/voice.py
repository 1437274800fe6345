"""Whose words a claim is in: a copy of what was said is no prose of ours."""

from __future__ import annotations

import re

from .attribution import after_credit
from .source import Source

_MARKS = re.compile(r"[\W_]+")
_LOST = re.compile(r"〔[^〕\n]{1,6}〕")  # as the sheet marks a loss
_COPIED = 2  # letters


def copied(claim: str, source: Source) -> bool:
    """Whether a claim is a slice of what was said but for its punctuation, perhaps behind "so-and-so says"."""
    held = _MARKS.sub("", source.text)
    claim = _LOST.sub("", claim)
    wordings = (_MARKS.sub("", words) for words in (claim, after_credit(claim, source.card)))
    return any(len(said) >= _COPIED and said in held for said in wordings)
