"""Quantities as they are said: how much, of what kind, and how roughly; and when one statement of them allows another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What a number counts; numbers of different measures never stand for each other."""

    COUNT = "count"
    PERCENT = "percent"
    TIMES = "times"
    MONEY = "money"
    ORDINAL = "ordinal"
    YEAR = "year"
    DECADE = "decade"
    MONTH = "month"
    DAY = "day"
    SPAN = "span"


class Hedge(StrEnum):
    """How a number is softened."""

    OVER = "over"
    UNDER = "under"
    NEAR = "near"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number said at ``start:end``: from ``low`` to ``high``; ``unit`` is a currency, or the unit of a span of time."""

    low: float
    high: float
    measure: Measure
    start: int
    end: int
    unit: str = ""
    hedges: frozenset[Hedge] = frozenset()
    vague: bool = False
    """A whole range is meant (数千万, tens of millions), not two ends that were said."""


# A bare number may count what is money in the source; an ordinal may be a day of the month; nothing else crosses over.
_ALSO = {
    Measure.COUNT: (Measure.MONEY, Measure.TIMES),
    Measure.ORDINAL: (Measure.DAY,),
    Measure.DAY: (Measure.ORDINAL,),
}


def allows(said: Quantity, claimed: Quantity) -> bool:
    """Whether a source that says one quantity lets a claim say the other."""
    if claimed.measure is not said.measure and said.measure not in _ALSO.get(claimed.measure, ()):
        return False
    if claimed.measure is said.measure and claimed.unit and said.unit and claimed.unit != said.unit:
        return False
    return _reaches(said, claimed) and _hedged(said, claimed)


def _reaches(said: Quantity, claimed: Quantity) -> bool:
    if claimed.vague:
        return claimed.low <= said.high and said.low <= claimed.high
    if said.vague:
        return False
    return (said.low, said.high) == (claimed.low, claimed.high)


def _hedged(said: Quantity, claimed: Quantity) -> bool:
    """A claim may say a number more plainly or more roughly than the source, not on its other side."""
    if Hedge.OVER in claimed.hedges:
        return Hedge.OVER in said.hedges or claimed.vague
    if Hedge.UNDER in claimed.hedges:
        return bool({Hedge.UNDER, Hedge.NEAR} & said.hedges)
    if Hedge.NEAR in claimed.hedges:
        return Hedge.OVER not in said.hedges
    return Hedge.UNDER not in said.hedges


def strangers(claimed: Sequence[Quantity], said: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities of a claim that its source does not say."""
    return tuple(c for c in claimed if not any(allows(s, c) for s in said))
