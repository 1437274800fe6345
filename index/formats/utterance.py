"""What the readers of timed formats find, before it becomes a transcript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..types import Anchor, Origin, Turn


class Piece(NamedTuple):
    """Words that stand on one line of the source file, and when they were spoken, where that is known.

    A tuple, as there is one a word: a dataclass takes three times as long to make.
    """

    text: str
    line: int
    seconds: float | None = None


class Utterance(NamedTuple):
    """A cue or a segment: who, what, and the line of the file its block begins on. ``pieces`` read as they join; a tuple
    for the same reason.
    """

    speaker: str | None
    pieces: tuple[Piece, ...]
    block: int
    start: float | None = None
    end: float | None = None

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: the parts of a transcript that depend on the file alone. Without ``origins`` the text is the
    file itself.
    """

    text: str
    turns: tuple[Turn, ...]
    anchors: Sequence[Anchor] = ()
    origins: Sequence[Origin] = ()
