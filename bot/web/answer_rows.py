"""An answer's events as the API sends them: rows of ``bot/render.py``, with the answer's id."""

from __future__ import annotations

from collections.abc import Mapping

from index.found import hit_row
from index.store import Index

from ..render import answer_row, citation_row, claim_row, silent_line
from ..types import Answer, ClaimMade, Event, Finished, SourcesFound

Row = Mapping[str, object]


def event_name(event: Event) -> str:
    """The name of the server-sent event."""
    match event:
        case SourcesFound():
            return "sources"
        case ClaimMade():
            return "claim"
        case Finished():
            return "final"


def event_data(event: Event, index: Index, id: str) -> Row:
    """The data of the server-sent event."""
    match event:
        case SourcesFound(hits):
            return {"id": id, "hits": [hit_row(index, hit) for hit in hits]}
        case ClaimMade(claim, citations):
            return {"claim": claim_row(claim), "citations": [citation_row(citation) for citation in citations]}
        case Finished(answer):
            return whole(answer, index, id)


def whole(answer: Answer, index: Index, id: str) -> Row:
    """The frozen ``ask`` line, and the sentence on those who are silent for pages that show one."""
    return {"id": id, **answer_row(answer, index), "silent_line": silence(answer, index)}


def silence(answer: Answer, index: Index) -> str:
    """The sentence on those who have nothing on it, or the empty string."""
    return silent_line(answer, index) if answer.silent and answer.citations else ""
