"""Which sentences of a transcript are compared with a question token by token."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .segment import Segment
from .types import Floats, Passage

COMPARED = 40  # sentences whose tokens are compared, besides those near; 100 cost a millisecond or two
BESIDE = 2  # neighbours on either side of each


def compared(segment: Segment, first: Floats, near: Sequence[Passage]) -> list[int]:
    """The sentences whose token states are compared: the first, those of the passages near, and their neighbours."""
    chosen = np.zeros(len(first), bool)
    chosen[np.argsort(-first, kind="stable")[:COMPARED]] = True
    for passage in near:
        chosen[slice(*np.searchsorted(segment.starts, (passage.start, passage.end)))] = True
    for _ in range(BESIDE):
        chosen[1:] |= chosen[:-1].copy()
        chosen[:-1] |= chosen[1:].copy()
    return [int(n) for n in np.flatnonzero(chosen)]
