"""What chance alone does: intervals, a paired test, its correction, and its power."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054  # the 97.5 % quantile of the normal distribution
ALPHA = 0.05
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


def sign_flip(differences: Sequence[float]) -> float:
    """One-sided paired randomisation test: how often random signs give a mean as low as the one seen.

    p = P(sum of s_i d_i <= sum of d_i), each s_i = ±1 with equal chance (Fisher 1935); exact up to ``EXACT``
    differences that are not 0, else (1 + b) / (1 + DRAWS) over seeded draws (Phipson and Smyth 2010).
    """
    changed = np.array([value for value in differences if value], dtype=np.float64)
    if not len(changed):
        return 1.0
    seen = changed.sum() + 1e-9
    if len(changed) <= EXACT:
        patterns = (np.arange(2 ** len(changed))[:, None] >> np.arange(len(changed))) & 1
        return float(np.mean((2 * patterns - 1) @ changed <= seen))
    flipped = np.random.default_rng(SEED).integers(0, 2, (DRAWS, len(changed)), dtype=np.uint8).astype(np.float64)
    sums = changed.sum() - 2 * (flipped @ changed)
    return float((1 + np.sum(sums <= seen)) / (1 + DRAWS))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's (1979) adjusted p: the i-th smallest of m times (m - i + 1), made monotone, at most 1."""
    adjusted: dict[str, float] = {}
    worst = 0.0
    for rank, (name, p) in enumerate(sorted(p_values.items(), key=lambda item: item[1])):
        worst = max(worst, min(1.0, p * (len(p_values) - rank)))
        adjusted[name] = worst
    return adjusted


def losses_needed(alpha: float = ALPHA) -> int:
    """Losses without a win that the one-sided paired test needs: the least b with 2**-b < alpha (5 for 0.05)."""
    return math.floor(-math.log2(alpha)) + 1


def power(cases: int, break_rate: float, *, needed: int) -> float:
    """The chance of at least ``needed`` losses when each case breaks with ``break_rate``: 1 - binomial CDF."""
    missed = (
        math.comb(cases, b) * break_rate**b * (1 - break_rate) ** (cases - b) for b in range(min(needed, cases + 1))
    )
    return max(0.0, 1 - math.fsum(missed))  # rounding would make it a negative nothing
