"""Late interaction: how well each token of a question is matched by one of a passage (Khattab and Zaharia 2020)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .types import Floats

_STEPS = 127  # int8, symmetric


@dataclass(frozen=True, slots=True)
class TokenStates:
    """Token vectors of n passages: ``codes`` int8 [t, d] times ``scales`` float16 [t]; passage i owns the rows
    ``starts[i]:starts[i + 1]``.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float16]
    starts: NDArray[np.int64]

    def of(self, passage: int, end: int | None = None) -> TokenStates:
        """The token vectors of a passage, or of those from it up to another, as if they were one."""
        first, last = int(self.starts[passage]), int(self.starts[passage + 1 if end is None else end])
        return TokenStates(self.codes[first:last], self.scales[first:last], np.array([0, last - first]))


def quantise(tokens: Sequence[Floats], dimensions: int) -> TokenStates:
    """Store token vectors in an eighth of the bytes, each row by its own scale: no row depends on another."""
    rows = np.concatenate([np.zeros((0, dimensions), np.float32), *tokens])
    scales = (np.abs(rows).max(axis=1, initial=0.0) / _STEPS).astype(np.float16)
    safe = np.maximum(scales.astype(np.float32), 1e-8)[:, None]
    codes = np.clip(np.rint(rows / safe), -_STEPS, _STEPS).astype(np.int8)
    starts = np.concatenate([[0], np.cumsum([len(t) for t in tokens])]).astype(np.int64)
    return TokenStates(codes, scales, starts)


def maxsims(question: Floats, passages: Sequence[TokenStates]) -> Floats:
    """For each passage, the mean over question tokens [q, d] of the best cosine among its tokens; 0 where either has
    none.
    """
    found = matches(question, passages)
    return weighed(found, None) if len(question) else np.zeros(len(passages), np.float32)


def matches(question: Floats, passages: Sequence[TokenStates], *, least: float = 0) -> Floats:
    """The best cosine [q, n] of each question token [q, d] among the tokens of each passage; ``least`` in one without
    tokens. One product for all: twenty small ones take longer than the question's own encoding.
    """
    held = np.array([len(states.codes) for states in passages], np.int64)
    found = np.full((len(question), len(passages)), least, np.float32)
    if not len(question) or not held.any():
        return found
    codes = np.concatenate([states.codes for states in passages]).astype(np.float32)
    cosines = (question @ codes.T) * np.concatenate([states.scales for states in passages]).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(held)[:-1]])[held > 0]
    found[:, held > 0] = np.maximum.reduceat(cosines, starts, axis=1)
    return found


def weighed(found: Floats, weights: Floats | None) -> Floats:
    """The mean of matches [q, n] over question tokens, by their weights [q] where there are any."""
    if weights is None or not len(weights):
        return np.asarray(found.mean(axis=0), np.float32)
    return np.asarray((found * weights[:, None]).sum(axis=0) / weights.sum(), np.float32)
