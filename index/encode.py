"""Encoding a draft into the files of a segment; what an older segment of the transcript has encoded is taken from it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
from numpy.typing import NDArray

from . import dense
from .event import EventCard
from .maxsim import TokenStates, quantise
from .passage import weigh
from .reach import reach
from .segment import MAPPED, TRANSCRIPT, Draft, Progress, Segment, cjk, draft, transcript_json
from .sparse import invert
from .types import Encoder, Encoding

Vector = NDArray[np.float32] | NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Row:
    """A text as a segment stores it: the vector of a passage is float32 [d], of a sentence float16 [d]."""

    vector: Vector
    tokens: TokenStates


@dataclass(frozen=True, slots=True)
class Known:
    """Texts that need not be encoded: every text is encoded alone, so its row is the same in any segment."""

    passages: Mapping[str, Row] = field(default_factory=dict)
    sentences: Mapping[str, Row] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.passages) + len(self.sentences)


NOTHING = Known()


def known(segment: Segment, card: EventCard, key: str, fingerprint: str) -> Known:
    """The rows of a segment by text; nothing where today's code cuts its transcript otherwise than it was cut."""
    drafted = draft(segment.transcript, card)
    if drafted.key(fingerprint) != key:
        return NOTHING
    behind = len(drafted.texts)
    return Known(
        {text: Row(segment.vectors[n], segment.tokens.of(n)) for n, text in enumerate(drafted.texts)},
        {
            text: Row(segment.sentence_vectors[n], segment.tokens.of(behind + n))
            for n, text in enumerate(drafted.sentence_texts)
        },
    )


def encode(draft: Draft, encoder: Encoder, progress: Progress, known: Known = NOTHING) -> dict[str, bytes]:
    """The files of a segment; every vector is the same in any build, whatever else is built with it or is known."""
    passages, sentences, d = len(draft.texts), len(draft.sentences), encoder.dimensions
    rows = list(_rows(draft, encoder, progress, known))
    vectors = np.array([row.vector for row in rows[:passages]], np.float32).reshape(passages, d)
    sentence_vectors = np.array([row.vector for row in rows[passages:]], np.float16).reshape(sentences, d)
    states = _joined([row.tokens for row in rows], d)
    arrays = {
        **{f"passage-{part}": array for part, array in asdict(invert(draft.texts)).items()},
        **{f"sentence-{part}": array for part, array in asdict(invert(draft.sentence_texts)).items()},
        "weights": np.array([*map(weigh, _slices(draft))], np.float32),
        "measures": np.array([reach(draft.transcript), cjk(draft.transcript.text)], np.float32),
        "sentence-vectors": sentence_vectors,
        MAPPED: states.codes,
        "token-scales": states.scales,
        "token-starts": states.starts,
    }
    return {
        TRANSCRIPT: transcript_json(draft),
        "vectors.faiss": dense.dump(vectors),
        **{f"{name}.npy": _npy(array) for name, array in arrays.items()},
    }


def fresh(draft: Draft, known: Known) -> tuple[str, ...]:
    """The texts that have to be encoded, passages before sentences."""
    return (
        *(text for text in draft.texts if text not in known.passages),
        *(text for text in draft.sentence_texts if text not in known.sentences),
    )


def _rows(draft: Draft, encoder: Encoder, progress: Progress, known: Known) -> Iterator[Row]:
    encoded = encoder.encode_passages(fresh(draft, known))
    total, done = len(draft.texts) + len(draft.sentences), 0
    for texts, held in ((draft.texts, known.passages), (draft.sentence_texts, known.sentences)):
        for text in texts:
            yield held[text] if text in held else _row(next(encoded), encoder.dimensions, half=held is known.sentences)
            done += 1
            progress(draft.transcript.id, done, total)


def _row(encoding: Encoding, d: int, *, half: bool) -> Row:
    none = np.zeros((0, d), np.float32)
    tokens = quantise([none if encoding.tokens is None else encoding.tokens], d)
    return Row(encoding.vector.astype(np.float16) if half else encoding.vector, tokens)


def _joined(states: Sequence[TokenStates], d: int) -> TokenStates:
    return TokenStates(
        codes=np.concatenate([np.zeros((0, d), np.int8), *(s.codes for s in states)]),
        scales=np.concatenate([np.zeros(0, np.float16), *(s.scales for s in states)]),
        starts=np.concatenate([[0], np.cumsum([len(s.codes) for s in states])]).astype(np.int64),
    )


def _slices(draft: Draft) -> Iterator[str]:
    return (draft.transcript.text[passage.start : passage.end] for passage in draft.passages)


def _npy(array: NDArray[np.generic]) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()
