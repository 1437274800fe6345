"""Whose words a claim is in: a copy of what was said is no prose of ours."""

from __future__ import annotations

import re

from .attribution import sayers
from .source import Source

_MARKS = re.compile(r"[\W_]+")
_COPIED = 6  # letters; what is shorter may be the only way to say it
_SAYS = 6  # letters between a name and the copy: 说, 还提到, says that


def copied(claim: str, source: Source) -> bool:
    """Whether a claim is a slice of what was said but for its punctuation, perhaps behind the name of who said it."""
    held = _MARKS.sub("", source.text)
    first = next(iter(sayers(claim, source.card)), None)
    if first is not None and first.start == 0:
        said = _MARKS.sub("", claim[first.end :])
        return any(len(said) - n >= _COPIED and said[n:] in held for n in range(_SAYS))
    said = _MARKS.sub("", claim)
    return len(said) >= _COPIED and said in held
