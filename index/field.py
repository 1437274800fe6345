"""The passages a search looks through, and what each leg says of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .errors import NotIndexed
from .focus import focus
from .fuse import lent
from .gloss import bm25_glossed
from .maxsim import matches
from .script import in_script
from .segment import Segment
from .sparse import bm25
from .store import Index
from .types import Encoding, Floats, Scope

_Number = TypeVar("_Number", np.float32, np.bool_)


@dataclass(frozen=True, slots=True)
class Field:
    """Rows of passages in scope, segment by segment; position i of every array below is the i-th of them."""

    segments: tuple[Segment, ...]
    rows: tuple[NDArray[np.int64], ...]

    def places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of each position, which segment and which row."""
        which = np.repeat(np.arange(len(self.segments)), [len(rows) for rows in self.rows])
        return which, np.concatenate([np.empty(0, np.int64), *self.rows])

    def in_script(self, question: str) -> str:
        """The question in the script of the transcripts; as it is where they are of both."""
        written = {segment.traditional for segment in self.segments}
        return in_script(question, traditional=written.pop()) if len(written) == 1 else question

    def dense(self, question: Encoding) -> Floats:
        """The cosine of each passage with the question. Segment by segment: a product's last bits depend on its shape."""
        return self._over([segment.vectors @ question.vector for segment in self.segments])

    def sparse(self, question: str) -> Floats:
        """BM25 of each passage, with frequencies of the segments in scope only."""
        foreign = [segment.is_foreign_to(question) for segment in self.segments]
        parts = [segment.postings for segment in self.segments]
        scores = [np.zeros(0, np.float32)] * len(parts)
        if not all(foreign):
            scores = bm25(parts, focus(question))
        if any(foreign):
            abroad = [segment.transcript for segment, f in zip(self.segments, foreign, strict=True) if f]
            glossed = bm25_glossed(parts, question, abroad)
            scores = [new if f else old for new, old, f in zip(glossed, scores, foreign, strict=True)]
        return self._over(scores)

    def sentences(self, questions: Floats, positions: Sequence[int]) -> Floats:
        """The best product [k, n] of a sentence that begins in each passage with each vector [k, d] of a question."""
        which, rows = self.places()
        held = [_sentences(self.segments[which[n]], int(rows[n])) for n in positions]
        if not held:
            return np.zeros((len(questions), 0), np.float32)
        vectors = np.concatenate(held).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum([len(vectors) for vectors in held])[:-1]])
        return np.array([np.maximum.reduceat(vectors @ question, starts) for question in questions], np.float32)

    def matches(self, question: Encoding, positions: Sequence[int]) -> Floats | None:
        """How well each passage [n] matches each token [q] of the question; None where there are no token states."""
        if question.tokens is None or not len(question.tokens):
            return None
        which, rows = self.places()
        states = [self.segments[which[i]].tokens.of(int(rows[i])) for i in positions]
        return matches(question.tokens, states)

    def following(self, values: Floats, positions: Sequence[int]) -> Floats:
        """Of each position the value of the passage that follows it in the talk and in the field; 0 where none does."""
        behind = np.zeros_like(values)
        behind[:-1] = np.where(self._adjoin(), values[1:], 0)
        return behind[list(positions)]

    def answered(self, scores: Floats) -> Floats:
        """Scores where questions asked on stage have lent theirs to the passages that answer them."""
        lending = scores.copy()
        for asking in self._asked():
            lending[asking : asking + 2] = lent(lending[asking], lending[asking + 1])
        return lending

    def _asked(self) -> NDArray[np.int64]:
        """Positions of passages that only ask on stage, where what answers or asks on is the next position."""
        asks = self._over([segment.asks for segment in self.segments])
        answers = self._over([segment.answers for segment in self.segments])
        return np.flatnonzero(asks[:-1] & (asks | answers)[1:] & self._adjoin())

    def _adjoin(self) -> NDArray[np.bool_]:
        """Of every position but the last, whether the next is the passage that follows it in its talk."""
        which, rows = self.places()
        return np.asarray((which[1:] == which[:-1]) & (rows[1:] == rows[:-1] + 1), bool)

    def _over(self, values: Sequence[NDArray[_Number]]) -> NDArray[_Number]:
        none = np.zeros(0, np.float32) if not values else values[0][:0]
        return np.concatenate([none, *(value[rows] for value, rows in zip(values, self.rows, strict=True))])


def field(index: Index, scope: Scope, speakers: Collection[str]) -> Field:
    """What a scope holds; ``speakers`` narrows it where any of its passages is theirs."""
    segments = tuple(map(index.segment, _transcripts(index, scope)))
    theirs = tuple(_rows(segment, speakers) for segment in segments)
    if speakers and scope.speaker is None and not any(map(len, theirs)):
        theirs = tuple(_rows(segment, ()) for segment in segments)
    return Field(segments, theirs)


def _transcripts(index: Index, scope: Scope) -> Iterator[str]:
    wanted = index.resolve(scope.transcript) if scope.transcript else None
    events = (index.event(scope.event),) if scope.event else index.events
    held = [id for event in events for id in event.transcripts]
    if wanted is not None and wanted not in held:
        raise NotIndexed(f"transcript {wanted!r} is not of the event {scope.event!r}; give one or the other")
    return iter(held if wanted is None else [wanted])


def _rows(segment: Segment, speakers: Collection[str]) -> NDArray[np.int64]:
    if not speakers:
        return np.arange(len(segment.passages))
    theirs = (n for n, passage in enumerate(segment.passages) if not set(speakers).isdisjoint(passage.speakers))
    return np.fromiter(theirs, np.int64)


def _sentences(segment: Segment, row: int) -> NDArray[np.float16]:
    passage = segment.passages[row]
    first, last = np.searchsorted(segment.starts, (passage.start, passage.end))
    if first == last:  # a passage cut out of the middle of a sentence stands for itself
        return segment.vectors[row : row + 1].astype(np.float16)
    return segment.sentence_vectors[first:last]
