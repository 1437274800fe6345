"""What a search finds before anything is shown: scores of passages, and of the sentences of a transcript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .field import Field
from .late import Late
from .types import Floats, Legs, Sentence


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Every sentence of a transcript with its turn and what each leg says of it; ``*_z`` over the transcript."""

    sentences: tuple[Sentence, ...]
    turns: NDArray[np.int32]
    dense: Floats
    sparse: Floats
    dense_z: Floats
    sparse_z: Floats
    late: Late


@dataclass(frozen=True, slots=True)
class Ranking:
    """By position in the field: the score of a passage alone, that of one shown with what follows it, and the legs."""

    field: Field
    passages: Floats
    hits: Floats
    legs: Callable[[int], Legs]
