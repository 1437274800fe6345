"""Rolling captions, where each cue shows the previous line again above the new one: every line once, none lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .cue import Cue
from .markup import plain

_ROLLS = 0.5  # share of neighbouring cues that repeat a line before a file is one of rolling captions; 0.9 on real ones
_FEW = 3  # cues; fewer show no habit


def unrolled(cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues without the lines that only stay on screen; a file whose cues do not roll is left as it is.

    A speaker who says a line twice is shown with it twice, so the second stays.
    """
    shown = [[plain(line.text).strip() for line in cue.lines] for cue in cues]
    stays = [0, *(_staying(before, now) for before, now in pairwise(shown))]
    filled = sum(1 for lines in shown if lines)
    if filled < _FEW or sum(map(bool, stays)) < _ROLLS * (filled - 1):
        yield from cues
        return
    for cue, count in zip(cues, stays, strict=True):
        yield cue._replace(lines=cue.lines[count:])


def _staying(before: Sequence[str], now: Sequence[str]) -> int:
    """How many first lines of a cue are the last ones of the cue before it.

    A cue of several lines that repeats another whole is not a roll, which always brings a line.
    """
    most = min(len(before), len(now) - (len(now) > 1))
    return next((n for n in range(most, 0, -1) if before[-n:] == now[:n] and any(now[:n])), 0)
