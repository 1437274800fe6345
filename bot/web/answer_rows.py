"""An answer's events as the API sends them: rows of ``bot/render.py``, with the answer's id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from index.found import hit_row
from index.store import Index
from index.types import TurnKind

from ..cite import place
from ..library.across import talk_name
from ..render import answer_row, citation_row, claim_row, silent_line
from ..types import Answer, ClaimMade, Event, Finished, Outcome, Reason, SourcesFound

Row = Mapping[str, object]
NEARBY = 3  # places offered instead of an answer


class Nearby(TypedDict):
    """A place of a transcript to look at."""

    event: str
    transcript: str
    revision: str
    start: int
    end: int
    place: str


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
    extra = {"silent_line": silence(answer, index), "nearby": nearby(answer, index)}
    return {"id": id, **answer_row(answer, index), **extra}


def nearby(answer: Answer, index: Index) -> list[Nearby]:
    """Where a visitor may look instead, of an answer that says nothing was said: places, without quoting them."""
    if answer.outcome is not Outcome.ABSTAIN or answer.reason not in (Reason.NOT_SAID, Reason.OFF_TOPIC):
        return []
    found: dict[str, Nearby] = {}
    several = len({hit.passage.transcript for hit in answer.hits}) > 1
    for hit in answer.hits:
        transcript = index.transcript(hit.passage.transcript)
        if transcript.turns[hit.passage.first].kind in (TurnKind.TITLE, TurnKind.BIO):
            continue
        card = index.event(transcript.event).card
        where = place(transcript, card, hit.passage.start, answer.lang)
        if several:
            where = f"{talk_name(index, transcript.id, answer.lang)} · {where}"
        row = Nearby(event=transcript.event, transcript=transcript.id, revision=transcript.revision, start=hit.passage.start,
                     end=hit.passage.end, place=where)  # fmt: skip
        found.setdefault(where, row)
    return list(found.values())[:NEARBY]


def silence(answer: Answer, index: Index) -> str:
    """The sentence on those who have nothing on it, or the empty string."""
    return silent_line(answer, index) if answer.silent and answer.citations else ""
