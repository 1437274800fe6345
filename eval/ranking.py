"""Ranking measures over hits, judged by the evidence they bring; definitions as in ir-measures, which tests compare.

A passage *brings* a span when it holds at least half of its characters and no better ranked passage brought it. With
several alternatives of evidence each measure is that of the best one. No hits score 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.case import Alternative, Span
from index.types import Hit

Interval = tuple[int, int]
"""Half-open offsets into a transcript's text."""

HALF = 0.5  # of a span's characters: a cut through a quote leaves it with the passage that holds more of it


@dataclass(frozen=True, slots=True)
class Judged:
    """What a ranking brought of one alternative: new spans per rank, and spans never brought."""

    brought: tuple[int, ...]
    missing: int

    @property
    def spans(self) -> int:
        """How many spans there were to bring."""
        return sum(self.brought) + self.missing


def covered(span: Interval, intervals: Iterable[Interval]) -> int:
    """How many characters of a span lie in at least one interval."""
    return len(characters([span]) & characters(intervals))


def characters(intervals: Iterable[Interval]) -> set[int]:
    """All offsets inside intervals."""
    return {offset for start, end in intervals for offset in range(start, end)}


def finds(span: Span, interval: Interval) -> bool:
    """Whether an interval holds at least half of a span."""
    shared = min(span.end, interval[1]) - max(span.start, interval[0])
    return shared > 0 and shared >= HALF * (span.end - span.start)


def judge(hits: Sequence[Hit], alternative: Alternative) -> Judged:
    """Judge a ranking, best first, against one alternative of evidence."""
    waiting = set(alternative)
    brought = []
    for hit in hits:
        new = {span for span in waiting if finds(span, (hit.passage.start, hit.passage.end))}
        waiting -= new
        brought.append(len(new))
    return Judged(tuple(brought), len(waiting))


def recall(judged: Judged, k: int) -> float:
    """Span recall@k: spans brought by the first k passages / all spans."""
    return sum(judged.brought[:k]) / judged.spans


def hit(judged: Judged, k: int) -> float:
    """Success@k: 1 if any of the first k passages brings a span, else 0."""
    return float(any(judged.brought[:k]))


def reciprocal_rank(judged: Judged, k: int) -> float:
    """RR@k: 1 / rank of the first passage that brings a span, 0 if it is not among the first k."""
    return next((1 / rank for rank, new in enumerate(judged.brought[:k], start=1) if new), 0.0)


def ndcg(judged: Judged, k: int) -> float:
    """nDCG@k with binary gains: sum of 1 / log2(rank + 1) over bringing passages, over that of the ideal order.

    The ideal has one passage for each that brought something, and one for each span nobody brought
    (Järvelin and Kekäläinen 2002).
    """
    ideal = sum(new > 0 for new in judged.brought) + judged.missing
    gained = sum(1 / math.log2(rank + 1) for rank, new in enumerate(judged.brought[:k], start=1) if new)
    return gained / sum(1 / math.log2(rank + 1) for rank in range(1, min(ideal, k) + 1))


RANKING: dict[str, tuple[Callable[[Judged, int], float], int]] = {
    "hit@1": (hit, 1),
    "hit@5": (hit, 5),
    "hit@10": (hit, 10),
    "recall@1": (recall, 1),
    "recall@3": (recall, 3),
    "recall@5": (recall, 5),
    "recall@10": (recall, 10),
    "mrr@10": (reciprocal_rank, 10),
    "ndcg@10": (ndcg, 10),
}


def rank(hits: Sequence[Hit], gold: tuple[Alternative, ...]) -> dict[str, float]:
    """Every ranking measure of one case, by name; empty when the case has no evidence."""
    judgements = [judge(hits, alternative) for alternative in gold]
    if not judgements:
        return {}
    return {name: max(measure(judged, k) for judged in judgements) for name, (measure, k) in RANKING.items()}
