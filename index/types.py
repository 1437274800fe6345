"""The vocabulary of the index: a transcript in, ranked passages out.

Offsets are code points into ``Transcript.text``, half open, made once at ingest and never searched for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
"""Single-precision array; shapes are given where it is used."""


class TurnKind(StrEnum):
    """What a turn is: words of the page (title, bio) or of a person: in a talk, or a question or answer on stage."""

    TITLE = "title"
    BIO = "bio"
    TALK = "talk"
    QUESTION = "question"
    ANSWER = "answer"


class HoleKind(StrEnum):
    """What was lost from the text at a place: a figure, characters masked with a sign, a word, or all that followed."""

    FIGURE = "figure"
    MASK = "mask"
    WORD = "word"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a slice of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hole:
    """A place where something was lost; ``offset`` is the first character after the gap (for a mask, the mask)."""

    offset: int
    kind: HoleKind


@dataclass(frozen=True, slots=True)
class Turn:
    """Whole lines of one voice. ``start:end`` tiles the text with its neighbours; the words begin at ``body``.

    ``speaker`` is the card's name, None for title and bio; a bio has ``about``. ``section`` is the part's title.
    """

    speaker: str | None
    about: str | None
    section: str | None
    kind: TurnKind
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """A known time: the character at ``offset`` was spoken at ``seconds``; None where from here on no time is known."""

    offset: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the source file has what stands at ``offset`` and after it: on ``line``, in a cue, message or paragraph
    that begins on line ``block``; both are 1-based.
    """

    offset: int
    line: int
    block: int


@dataclass(frozen=True, slots=True)
class Note:
    """The organiser's remark on ``start:end``; never a part of what was said."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction of the organiser's: what stood at ``before_start:before_end`` now stands at ``start:end``."""

    before_start: int
    before_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier revision, and the edits that lead from its offsets to today's."""

    revision: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript as read.

    ``text`` is the file itself for plain text, for other formats what their reader extracts; what the organiser hides is
    masked in it. ``revision`` is a hash of text and turns. ``origins`` lead back to the file, the last one to its last
    line. ``edits`` lead from the text as read to this one; ``reassigned`` are the turns with another speaker than was read.
    """

    id: str
    event: str
    text: str
    revision: str
    turns: tuple[Turn, ...]
    holes: tuple[Hole, ...]
    anchors: tuple[Anchor, ...] = ()
    origins: tuple[Origin, ...] = ()
    notes: tuple[Note, ...] = ()
    edits: tuple[Edit, ...] = ()
    past: tuple[Past, ...] = ()
    reassigned: tuple[int, ...] = ()

    def __hash__(self) -> int:
        """By what tells it from others; what is kept of a transcript is looked up by it a dozen times a question."""
        return hash((self.id, self.revision))


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole turns, or a run of sentences of one turn; the unit that is indexed and ranked.

    ``first`` and ``last`` are turn numbers, inclusive; ``id`` is readable and stable across builds.
    """

    id: str
    transcript: str
    first: int
    last: int
    start: int
    end: int
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Legs:
    """What each leg of the search said of a passage, before fusion; None where the leg had no say.

    ``dense`` is a cosine, ``sparse`` a BM25 score (0 or more), ``maxsim`` the mean over the question's tokens of their best
    cosine with a token of the passage.
    """

    dense: float | None = None
    sparse: float | None = None
    maxsim: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score (comparable within one search only)."""

    passage: Passage
    score: float
    legs: Legs


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is limited to; None means everything. ``speaker`` is a card's name."""

    event: str | None = None
    transcript: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Encoding:
    """One text encoded: ``vector`` float32 [d] of length 1; ``tokens`` float32 [t, d], unit rows without prefix and
    special tokens, or None where the encoder gives none; ``pieces`` is the text of each token of a question, empty
    where the encoder does not tell.
    """

    vector: Floats
    tokens: Floats | None
    pieces: tuple[str, ...] = ()


class Encoder(Protocol):
    """Turns text into vectors, with the query and passage prompts its model was trained with."""

    @property
    def name(self) -> str:
        """The name people choose it by."""

    @property
    def fingerprint(self) -> str:
        """A hash of the weights, tokenizer, prompts and numeric format."""

    @property
    def dimensions(self) -> int:
        """The length d of its vectors."""

    def encode_query(self, text: str) -> Encoding:
        """Encode a question, cut at the model's window; the same text gives the same bytes."""

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        """Encode passages one by one, each independent of its neighbours."""
