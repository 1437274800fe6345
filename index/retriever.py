"""The retriever: a question in, ranked passages out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from . import fuse
from .errors import NotIndexed, QuestionError
from .maxsim import maxsim
from .segment import Segment
from .sparse import CJK, bm25, query_terms
from .store import Index
from .types import Encoder, Encoding, Floats, Hit, Legs, Passage, Scope, Sentence

EVERYWHERE = Scope()
LONGEST = 1000  # characters of a question that are read; the encoder's window is 512 tokens
RERANKED = 20  # passages whose tokens are compared; RETRIEVAL: +9 points recall@1 on the panel
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+")
_CJK = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Every sentence of a transcript with its turn and what each leg says of it; ``*_z`` over the transcript."""

    sentences: tuple[Sentence, ...]
    turns: NDArray[np.int32]
    dense: Floats
    sparse: Floats
    dense_z: Floats
    sparse_z: Floats


@dataclass(frozen=True, slots=True)
class _Field:
    """What a search looks through: rows of the passages in scope, in the order of their ids' transcripts."""

    segments: tuple[Segment, ...]
    rows: tuple[NDArray[np.int64], ...]

    def over(self, scores: Sequence[Floats]) -> Floats:
        return np.concatenate([score[rows] for score, rows in zip(scores, self.rows, strict=True)])

    def places(self) -> list[tuple[Segment, int]]:
        return [(segment, int(row)) for segment, rows in zip(self.segments, self.rows, strict=True) for row in rows]


def clean(question: str) -> str:
    """The question as it is searched: no control characters, single spaces, at most ``LONGEST`` characters."""
    text = " ".join(_CONTROL.sub(" ", question[: 4 * LONGEST]).split())[:LONGEST]
    if not text:
        raise QuestionError(f"the question {question[:40]!r} is empty; ask in a few words")
    return text


class Retriever:
    """Searches an index with the encoder it was built with."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self.index = index
        self.encoder = encoder
        self._encode: Callable[[str], Encoding] = lru_cache(maxsize=64)(encoder.encode_query)

    def search(self, question: str, *, scope: Scope = EVERYWHERE, k: int = 10) -> tuple[Hit, ...]:
        """The k best passages in scope, best first; ties in the order of the text."""
        asked = clean(question)
        field = self._field(scope)
        encoded = self._encode(asked)
        dense = field.over([segment.vectors @ encoded.vector for segment in field.segments])
        sparse = field.over(_sparse(asked, field.segments))
        fused = fuse.DENSE * fuse.z(dense) + (1 - fuse.DENSE) * fuse.z(sparse)
        places = field.places()
        top = fuse.best(fused)[:RERANKED]
        late = {i: _late(encoded, *places[i]) for i in top}
        score = fused.copy()
        if encoded.tokens is not None and len(top) > 1:
            mz = fuse.z(np.array([late[i] for i in top], np.float32))
            tz = fuse.z(fused[top])
            score[top] = fused.max() + 10 + tz + 1.5 * mz
        return tuple(
            Hit(
                passage=places[i][0].passages[places[i][1]],
                score=float(score[i]),
                legs=Legs(float(dense[i]), float(sparse[i]), late.get(i)),
            )
            for i in fuse.best(score)[:k]
        )

    def sentence_scores(self, question: str, transcript_id: str) -> SentenceScores:
        """What the dense and the sparse leg say of every sentence of a transcript."""
        asked = clean(question)
        segment = self.index.segment(self.index.resolve(transcript_id))
        dense = segment.sentence_vectors.astype(np.float32) @ self._encode(asked).vector
        sparse = bm25([segment.sentence_postings], _shared(asked, segment))[0]
        return SentenceScores(segment.sentences, segment.turns, dense, sparse, fuse.z(dense), fuse.z(sparse))

    def maxsim(self, question: str, passages: Sequence[Passage | str]) -> tuple[float, ...]:
        """How well each passage, or any other text, matches the question token by token."""
        encoded = self._encode(clean(question))
        texts = iter(self.encoder.encode_passages(p for p in passages if isinstance(p, str)))
        return tuple(self._maxsim(encoded, next(texts) if isinstance(p, str) else p) for p in passages)

    def _maxsim(self, question: Encoding, text: Passage | Encoding) -> float:
        if question.tokens is None:
            return 0.0
        if isinstance(text, Passage):
            segment = self.index.segment(text.transcript)
            return maxsim(question.tokens, segment.tokens.of(segment.passages.index(text)))
        return 0.0 if text.tokens is None else maxsim(question.tokens, text.tokens)

    def _field(self, scope: Scope) -> _Field:
        events = [self.index.event(scope.event)] if scope.event else self.index.events
        ids = [id for event in events for id in event.transcripts]
        if scope.transcript:
            wanted = self.index.resolve(scope.transcript)
            if wanted not in ids:
                raise NotIndexed(f"transcript {wanted!r} is not of the event {scope.event!r}; give one or the other")
            ids = [wanted]
        segments = tuple(map(self.index.segment, ids))
        return _Field(segments, tuple(_rows(segment, scope.speaker) for segment in segments))


def _rows(segment: Segment, speaker: str | None) -> NDArray[np.int64]:
    wanted = (n for n, passage in enumerate(segment.passages) if speaker is None or speaker in passage.speakers)
    return np.fromiter(wanted, np.int64)


def _late(question: Encoding, segment: Segment, row: int) -> float | None:
    return None if question.tokens is None else maxsim(question.tokens, segment.tokens.of(row))


def _sparse(question: str, segments: Sequence[Segment]) -> list[Floats]:
    return bm25([segment.postings for segment in segments], query_terms(question))


def _shared(question: str, segment: Segment) -> dict[str, float]:
    return query_terms(question)
