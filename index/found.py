"""Hits as the frozen JSON shows them."""

from __future__ import annotations

import time
from typing import TypedDict

from .batch import Request
from .lines import source_lines
from .retriever import Retriever
from .store import Index
from .types import Hit


class HitRow(TypedDict):
    """A ranked passage: ``lines`` 1-based, inclusive; ``speaker`` null where it is several people's or nobody's."""

    passage: str
    event: str
    transcript: str
    speaker: str | None
    speakers: list[str]
    kind: str
    section: str | None
    lines: tuple[int, int]
    start: int
    end: int
    score: float
    text: str


def hit_row(index: Index, hit: Hit) -> HitRow:
    """A hit with its place and its words."""
    passage = hit.passage
    transcript = index.transcript(passage.transcript)
    turn = transcript.turns[passage.first]
    return HitRow(
        passage=passage.id,
        event=transcript.event,
        transcript=passage.transcript,
        speaker=passage.speakers[0] if len(passage.speakers) == 1 else None,
        speakers=list(passage.speakers),
        kind=turn.kind.value,
        section=turn.section,
        lines=source_lines(transcript, passage.start, passage.end),
        start=passage.start,
        end=passage.end,
        score=round(hit.score, 4),
        text=transcript.text[passage.start : passage.end],
    )


class SearchRow(TypedDict):
    """A search as the frozen JSON shows it."""

    id: str | int
    question: str
    hits: list[HitRow]
    seconds: dict[str, float]


def search_row(retriever: Retriever, request: Request, k: int) -> SearchRow:
    """Search for one line of a batch."""
    began = time.perf_counter()
    hits = retriever.search(request.question, scope=request.scope, k=k)
    total = round(time.perf_counter() - began, 4)
    rows = [hit_row(retriever.index, hit) for hit in hits]
    return SearchRow(id=request.id, question=request.question, hits=rows, seconds={"total": total})
