"""Times as transcripts write them, into seconds."""

from __future__ import annotations

import math
import re

DAY = 86400.0  # seconds; no talk is longer, so a later time is a damaged one
CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d+(?:[.,]\d+)?)", re.ASCII)


def seconds(written: str) -> float | None:
    """Seconds of ``1:02:03.5``, ``02:03,500`` or ``0:03``; None for anything else, and for a time nobody can mean."""
    match = _CLOCK.fullmatch(written.strip())
    if not match or len(written) > 30:
        return None
    hours, minutes, rest = match.groups()
    value, whole = float(rest.replace(",", ".")), int(minutes)
    if value >= 60 or (hours and whole >= 60):
        return None
    value += int(hours or 0) * 3600 + whole * 60
    return round(value, 3) if value <= DAY else None


def sane(value: float | None) -> float | None:
    """A number of seconds within a day, else None."""
    if value is None or not math.isfinite(value) or not 0 <= value <= DAY:
        return None
    return round(value, 3)


def starts_before_end(start: float | None, end: float | None) -> float | None:
    """The start of a cue; None where its end comes first, as nobody can say which of the two is wrong."""
    return None if start is not None and end is not None and end < start else start
