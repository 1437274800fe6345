"""Questions that a speaker puts to the next one: what a reply leans on, as "About forty days." does."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .types import Sentence, Transcript

_MARK = re.compile(r"[?？][”’」』\"']?$")
# Tags seek assent and ask nothing: "……,对吧?" closes a statement.
_TAG = re.compile(
    r"(?:对吧|对吗|对不对|是吧|是不是|好吧|行吧|懂吧|知道吧|你知道吗|\bright|\byou know|\bok(?:ay)?)\s*[?？]\W*$",
    re.IGNORECASE,
)


def asks(words: str) -> bool:
    """Whether words end in a question that wants an answer."""
    return bool(_MARK.search(words)) and not _TAG.search(words)


def handed_on(transcript: Transcript, sentences: Sequence[Sentence], turns: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which sentences [n] ask something in a turn that somebody else's follows."""
    after = [
        after.speaker not in (turn.speaker, None)
        for turn, after in zip(transcript.turns, transcript.turns[1:], strict=False)
    ]
    followed = np.array([*after, False], bool)[turns]
    found = np.zeros(len(sentences), bool)
    for n in map(int, np.flatnonzero(followed)):
        found[n] = asks(transcript.text[sentences[n].start : sentences[n].end].rstrip())
    return found
