"""Whose words a claim is in: a copy of what was said is no prose of ours."""

from __future__ import annotations

import re

from .source import Source

_MARKS = re.compile(r"[\W_]+")
_COPIED = 8  # letters; what is shorter may be the only way to say it


def copied(claim: str, source: Source) -> bool:
    """Whether a claim is a slice of what was said, but for its punctuation."""
    said = _MARKS.sub("", claim)
    return len(said) >= _COPIED and said in _MARKS.sub("", source.text)
