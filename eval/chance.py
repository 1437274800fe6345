"""What chance alone does: intervals, a paired test of several measures, and its power."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054  # the 97.5 % quantile of the normal distribution
Z90 = 1.2815515655446004  # the 90 % quantile
ALPHA = 0.05  # how often nothing but chance may be called a change
EXACT = 14  # differences up to which every one of the 2**n sign patterns is counted
DRAWS = 10_000  # sign patterns drawn beyond that: a p of 0.05 is known to +-0.004
SEED = 20261123


@dataclass(frozen=True, slots=True)
class Rate:
    """A mean of ``n`` values between 0 and 1 with its 95 % interval; ``value`` is None when there were none."""

    value: float | None
    low: float
    high: float
    n: int


def rate(values: Sequence[float]) -> Rate:
    """Mean and Wilson score interval (Wilson 1927; Brown, Cai and DasGupta 2001).

    With z = 1.96: (p + z²/2n ± z sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n). For graded values within [0, 1] the variance
    is at most p(1 - p), so that the interval is then wider than it need be, never narrower.
    """
    n = len(values)
    if not n:
        return Rate(None, 0.0, 1.0, 0)
    p = math.fsum(values) / n
    centre, scale = p + Z95**2 / (2 * n), 1 + Z95**2 / n
    margin = Z95 * math.sqrt(max(0.0, p * (1 - p)) / n + Z95**2 / (4 * n**2))
    return Rate(p, max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale), n)


@dataclass(frozen=True, slots=True)
class Tested:
    """One measure's p alone, and adjusted for all that were tested with it."""

    p: float
    adjusted: float


def sign_flips(changes: Mapping[str, Sequence[float]]) -> dict[str, Tested]:
    """One-sided paired randomisation tests of several measures over the same cases, 0 where a measure does not apply.

    p = P(sum of s_i d_i <= sum of d_i), each s_i = ±1 with equal chance (Fisher 1935): over every pattern of signs up to
    ``EXACT`` cases that changed, else (1 + b) / (1 + DRAWS) over seeded draws (Phipson and Smyth 2010). A case has one
    sign for all measures, so that what they have in common is kept. Adjusted is Holm's (1979) step-down with the smallest
    p of the same draws in place of the sum of p (Westfall and Young 1993, min p): never above Holm's, far below it
    where measures move together.
    """
    if not changes:
        return {}  # no case has a past: a new one that is asked alone, as `eval add` says to
    rows = np.array(list(changes.values()), dtype=np.float64).T
    changed = rows[rows.any(axis=1)]
    if not len(changed):
        return dict.fromkeys(changes, Tested(1.0, 1.0))
    sums = changed.sum(axis=0) - 2 * (_flipped(len(changed)) @ changed)  # the first row is what was seen
    ranked = [np.searchsorted(np.sort(column), column + 1e-9, side="right") for column in sums.T]
    drawn = np.array(ranked).T / len(sums)
    order = np.argsort(drawn[0], kind="stable")
    least = [float(np.mean(drawn[:, order[at:]].min(axis=1) <= drawn[0, order[at]])) for at in range(len(order))]
    adjusted = dict(zip(order.tolist(), np.maximum.accumulate(least).tolist(), strict=True))
    return {name: Tested(float(drawn[0, at]), adjusted[at]) for at, name in enumerate(changes)}


def _flipped(cases: int) -> NDArray[np.float64]:
    """Patterns of signs turned over (1) or kept (0), the first keeping all: every one for few cases, else draws."""
    if cases <= EXACT:
        return ((np.arange(2**cases)[:, None] >> np.arange(cases)) & 1).astype(np.float64)
    drawn = np.random.default_rng(SEED).integers(0, 2, (1 + DRAWS, cases), dtype=np.uint8).astype(np.float64)
    drawn[0] = 0
    return drawn


def visible_drop(differences: Sequence[float]) -> float:
    """The mean drop that a one-sided test at 2.5 % would see nine times in ten, the scatter being that of these differences.

    (z97.5 + z90) sqrt(sum of d²) / n, the normal approximation.
    """
    return (Z95 + Z90) * math.sqrt(math.fsum(value**2 for value in differences)) / len(differences)


def losses_needed(alpha: float = ALPHA) -> int:
    """Losses without a win that the one-sided paired test needs: the least b with 2**-b < alpha (5 for 0.05)."""
    return math.floor(-math.log2(alpha)) + 1


def power(cases: int, break_rate: float, *, needed: int) -> float:
    """The chance of at least ``needed`` losses when each case breaks with ``break_rate``: 1 - binomial CDF."""
    missed = (
        math.comb(cases, b) * break_rate**b * (1 - break_rate) ** (cases - b) for b in range(min(needed, cases + 1))
    )
    return max(0.0, 1 - math.fsum(missed))  # rounding would make it a negative nothing
