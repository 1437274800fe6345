"""Which words of a question its answer must match."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from index.attention import attention
from index.embed import load_encoder
from index.late import late
from index.maxsim import quantise
from index.types import Encoder, Encoding

SUBJECT, ASKED = [1.0, 0.0], [0.0, 1.0]


@dataclass
class Other:
    """Another encoder than the one the direction was fitted for."""

    fingerprint: str = "another"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.mark.parametrize(
    ("question", "asked", "frame"),
    [
        ("《幻之城》是由哪家公司开发的", "开发", "城"),
        ("李浩源是哪年毕业的", "毕业", "李"),
        ("Who funded the company when it was young?", "funded", "the"),
    ],
)
def test_what_is_asked_counts_more_than_what_it_is_asked_of(
    encoder: Encoder, question: str, asked: str, frame: str
) -> None:
    encoding = encoder.encode_query(question)
    assert encoding.tokens is not None
    weights = attention(encoder, encoding.tokens)
    assert weights.sum() == pytest.approx(1, abs=1e-5)
    by_piece = {piece.strip(): float(weight) for piece, weight in zip(encoding.pieces, weights, strict=True)}
    high = max(weight for piece, weight in by_piece.items() if piece and piece in asked)
    low = min(weight for piece, weight in by_piece.items() if piece and frame in piece)
    assert high > 1.2 * low


def test_under_another_encoder_all_words_count_the_same() -> None:
    weights = attention(Other(), np.eye(4, 3, dtype=np.float32))  # type: ignore[arg-type]
    assert weights.tolist() == [0.25] * 4
    assert attention(Other(), np.zeros((0, 3), np.float32)).shape == (0,)  # type: ignore[arg-type]


def test_a_sentence_with_the_heavier_word_comes_first() -> None:
    question = Encoding(np.array([1, 0], np.float32), np.array([SUBJECT, ASKED], np.float32))
    states = quantise([np.array([SUBJECT], np.float32), np.array([ASKED], np.float32)], 2)
    turns = np.array([0, 1], np.int32)
    alike = late(question, states.of, turns, range(2))
    weighed = late(question, states.of, turns, range(2), weights=np.array([0.2, 0.8], np.float32))
    assert alike.own[0] == pytest.approx(alike.own[1])
    assert weighed.own[1] > weighed.own[0]
    assert weighed.standing[1] > weighed.standing[0]
    assert alike.weights.tolist() == [0.5, 0.5]
