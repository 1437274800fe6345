"""Late interaction of a question with sentences that lean on each other.

A sentence of a talk rarely repeats what it is about: who or what the question names was said a sentence or two before.
Comparing whole sentences therefore finds the one that names the subject ("X is a town in ..."), not the one that
answers ("it has 15,518 inhabitants"). So every word of the question may be matched by the sentence itself or, for a
small fee, by its neighbours in the same turn; what sets sentences apart is then the word that asks. Fitted with and without
these features, the sentence with the answer came first for 76.9 instead of 74.1 of 100 held-out questions of cmrc2018,
among three for 91.2 instead of 90.7; on drcd first for 84.2 both times, among three for 95.8 instead of 93.9.

A reply repeats even less of the question put to it, which is in another's turn. Lent it, the gold line of c3interview comes
first for 73.3 instead of 69.2 of 100 questions, that of qmsum for 46.3 instead of 44.9, of vcsum for 59.2 instead of 58.4;
without the fee of qmsum for 49.3, but then whoever is handed a question seems to speak to all its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .maxsim import TokenStates, matches
from .types import Encoding, Floats

REACH = 4  # sentences on either side that may match a word of the question for another
BEFORE, AFTER = np.float32(0.04), np.float32(0.06)  # what that costs, as cosine; 0 or .08 lose half a point of mrr
BEFORE_Z, AFTER_Z = np.float32(1.0), np.float32(1.5)  # the same in standard deviations
_CLIP = (-2.0, 4.0)  # one word found by chance must not outweigh the rest
_SCALE = np.float32(20)  # brings mean cosines above their mean to about the size of a z-score


@dataclass(frozen=True, slots=True)
class Late:
    """What token states say of each of n sentences, about the size of z-scores.

    ``own`` by the sentence alone, ``inherited`` with its neighbours' help, ``standing`` the latter with each word of
    the question standardised over the sentences compared. ``words`` [q, n] are plain cosines: how well each token of
    the question is matched by each sentence itself, for judging whether anything answers at all;
    ``weights`` [q] say how much each token counted.
    """

    own: Floats
    inherited: Floats
    standing: Floats
    words: Floats
    weights: Floats


def late(
    question: Encoding,
    states: Callable[[int], TokenStates],
    turns: NDArray[np.int32],
    compared: Sequence[int],
    *,
    handed_on: NDArray[np.bool_] | None = None,
    weights: Floats | None = None,
) -> Late:
    """Compare a question with the sentences ``compared`` (ascending); the others have the least of what these have.

    ``handed_on`` [n] are the sentences that put a question to the next turn's speaker, none without; ``weights`` [q] of
    the question's tokens, summing to 1, all the same without.
    """
    n, tokens = len(turns), question.tokens
    if tokens is None or not len(tokens) or not len(compared):
        none = np.zeros(n, np.float32)
        return Late(none, none, none, np.zeros((0, n), np.float32), np.zeros(0, np.float32))
    weighed = np.full(len(tokens), 1 / len(tokens), np.float32) if weights is None else weights
    rows = np.asarray(compared)
    found = matches(tokens, [states(int(row)) for row in rows], least=-1)
    put = np.zeros(n, bool) if handed_on is None else handed_on
    own, inherited, standing = (_spread(weighed @ part, rows, n) for part in parts(found, rows, turns, put))
    return Late(own * _SCALE, inherited * _SCALE, standing, _spread(found, rows, n), weighed)


def between(asked: Late, said: Late) -> Late:
    """The mean of what a question and its form in other words say; what is judged by is the question's own."""
    return replace(
        asked,
        own=_mean(asked.own, said.own),
        inherited=_mean(asked.inherited, said.inherited),
        standing=_mean(asked.standing, said.standing),
    )


def _mean(one: Floats, other: Floats) -> Floats:
    return np.asarray((one + other) / 2, np.float32)


def parts(
    found: Floats, rows: NDArray[np.int64], turns: NDArray[np.int32], handed_on: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """What each token of the question says of the sentences ``rows``, from its cosines [q, s] with them: above its mean,
    the same with the neighbours' help, and the latter in standard deviations.
    """
    centred = found - found.mean(axis=1, keepdims=True)
    standard = np.clip(centred / (found.std(axis=1, keepdims=True) + np.float32(1e-3)), *_CLIP)
    return (
        centred,
        _inherit(centred, rows, turns, handed_on, BEFORE, AFTER),
        _inherit(standard, rows, turns, handed_on, BEFORE_Z, AFTER_Z),
    )


def _inherit(
    values: Floats,
    rows: NDArray[np.int64],
    turns: NDArray[np.int32],
    handed_on: NDArray[np.bool_],
    before: np.float32,
    after: np.float32,
) -> Floats:
    """Values [q, s] where each sentence may take a neighbour's of the same turn, and a reply those of the question it
    replies to, less the fee.
    """
    best = values.copy()
    for step in range(1, min(REACH, len(rows) - 1) + 1):
        # The step-th row before is a neighbour only where it is near in the talk as well.
        close, apart = rows[step:] - rows[:-step] <= REACH, turns[rows[step:]] - turns[rows[:-step]]
        same, replied = close & (apart == 0), close & (apart == 1) & handed_on[rows[:-step]]
        earlier = np.flatnonzero(same | replied)
        best[:, earlier + step] = np.maximum(best[:, earlier + step], values[:, earlier] - before)
        earlier = np.flatnonzero(same)
        best[:, earlier] = np.maximum(best[:, earlier], values[:, earlier + step] - after)
    return best


def _spread(values: Floats, rows: NDArray[np.int64], n: int) -> Floats:
    """Values of the rows compared [..., s] as values of all [..., n]."""
    spread = np.repeat(values.min(axis=-1, keepdims=True), n, axis=-1)
    spread[..., rows] = values
    return spread.astype(np.float32)
