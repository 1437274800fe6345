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

    def of(self, passage: int) -> Floats:
        """The token vectors [t, d] of a passage."""
        rows = slice(int(self.starts[passage]), int(self.starts[passage + 1]))
        return self.codes[rows].astype(np.float32) * self.scales[rows, None].astype(np.float32)


def quantise(tokens: Sequence[Floats], dimensions: int) -> TokenStates:
    """Store token vectors in an eighth of the bytes, each row by its own scale: no row depends on another."""
    rows = np.concatenate([np.zeros((0, dimensions), np.float32), *tokens])
    scales = (np.abs(rows).max(axis=1, initial=0.0) / _STEPS).astype(np.float16)
    safe = np.maximum(scales.astype(np.float32), 1e-8)[:, None]
    codes = np.clip(np.rint(rows / safe), -_STEPS, _STEPS).astype(np.int8)
    starts = np.concatenate([[0], np.cumsum([len(t) for t in tokens])]).astype(np.int64)
    return TokenStates(codes, scales, starts)


def maxsims(question: Floats, passages: Sequence[Floats]) -> Floats:
    """For each passage, the mean over question tokens [q, d] of the best cosine among its tokens [t, d]; 0 where either
    has none.
    """
    scores = (
        (question @ passage.T).max(axis=1).mean() if len(question) and len(passage) else 0.0 for passage in passages
    )
    return np.fromiter(scores, np.float32, len(passages))
