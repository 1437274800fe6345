"""How well confidence tells right answers from wrong ones: risk against coverage.

Every case counts: its loss is 0 when the content would do and 1 when it would not, or when the talk does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise


@dataclass(frozen=True, slots=True)
class Point:
    """Answering everything at or above ``confidence`` covers ``coverage`` of the cases.

    ``risk`` is the share of wrong ones among those answered, ``generalised`` among all cases.
    """

    confidence: float
    coverage: float
    risk: float
    generalised: float


def curve(scored: Sequence[tuple[float, bool]]) -> tuple[Point, ...]:
    """The working points of (confidence, right) pairs, from the strictest to answering all; ties move together."""
    points, answered, wrong = [], 0, 0
    ordered = sorted(scored, key=lambda pair: -pair[0])
    for confidence, group in groupby(ordered, key=lambda pair: pair[0]):
        outcomes = [right for _, right in group]
        answered += len(outcomes)
        wrong += outcomes.count(False)
        points.append(Point(confidence, answered / len(scored), wrong / answered, wrong / len(scored)))
    return tuple(points)


def augrc(scored: Sequence[tuple[float, bool]]) -> float:
    """Area under the generalised risk-coverage curve (Traub et al. 2024, arXiv 2407.01032): lower is better.

    The generalised risk P(wrong and answered) integrated over coverage by trapezoids from (0, 0); it lies in [0, 1/2]
    and equals (1 - AUROC) acc (1 - acc) + (1 - acc)²/2.
    """
    places = [(0.0, 0.0), *((point.coverage, point.generalised) for point in curve(scored))]
    return sum((right[0] - left[0]) * (left[1] + right[1]) / 2 for left, right in pairwise(places))


def aurc(scored: Sequence[tuple[float, bool]]) -> float:
    """Area under the risk-coverage curve (Geifman and El-Yaniv 2017): mean risk over coverages, by steps."""
    places = [(0.0, 0.0), *((point.coverage, point.risk) for point in curve(scored))]
    return sum((right[0] - left[0]) * right[1] for left, right in pairwise(places))
