"""Widening a passage found into what follows it.

Where turns are short, what answers a question goes on through the turns behind the one that matches it best, and the
best match is often the question itself. Widening forward from an unsmoothed ranking keeps its best hit first: on vcsum
recall@1000 rose from 38 to 54 and mrr from 74 to 78, where smoothing the scores gained 6 and lost 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .reach import APART
from .segment import Segment
from .types import Passage, Transcript


def run(segment: Segment, row: int, free: Sequence[bool]) -> range:
    """The rows from ``row`` on that one hit shows: free ones of the same part, up to the transcript's reach."""
    passages, weight, end = segment.passages, float(segment.weights[row]), row + 1
    while end < len(passages) and free[end] and _same_part(segment.transcript, passages[end - 1], passages[end]):
        weight += float(segment.weights[end])
        if weight > segment.reach:
            break
        end += 1
    return range(row, end)


def widened(passages: Sequence[Passage]) -> Passage:
    """Neighbouring passages as one; its id names the first and the last: ``a-plan-01#t5.3..t5.5``."""
    head, tail = passages[0], passages[-1]
    if head is tail:
        return head
    return replace(
        head,
        id=f"{head.id}..{tail.id.rsplit('#', 1)[1]}",
        last=tail.last,
        end=tail.end,
        speakers=tuple(dict.fromkeys(name for passage in passages for name in passage.speakers)),
    )


def _same_part(transcript: Transcript, one: Passage, other: Passage) -> bool:
    before, after = transcript.turns[one.last], transcript.turns[other.first]
    return before.section == after.section and before.kind not in APART and after.kind not in APART
