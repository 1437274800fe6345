"""An answer as text and as the frozen JSON; every face shows what stands in the ``Answer`` and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from index.found import HitRow, hit_row
from index.store import Index

from .media import clock
from .types import Answer, Citation, Claim, Lang
from .wording import names, say


class ClaimRow(TypedDict):
    """A claim as the frozen JSON shows it."""

    text: str
    citations: list[int]
    status: str
    lead: str


class CitationRow(TypedDict):
    """A citation as the frozen JSON shows it; offsets into the transcript's text, lines 1-based, inclusive."""

    number: int
    event: str
    transcript: str
    revision: str
    turn: int
    speaker: str | None
    about: str | None
    kind: str
    section: str | None
    place: str
    start: int
    end: int
    lines: list[int]
    quote: str
    emphasis: list[list[int]]
    context: list[int] | None
    context_text: str
    time: float | None
    clock: str
    link: str | None


class AnswerRow(TypedDict):
    """A line of ``ask --json``; ``text`` is what a person reads."""

    question: str
    asked: str
    outcome: str
    reason: str | None
    lang: str
    text: str
    lead: str
    missing: list[str]
    silent: list[str]
    notes: list[str]
    suggestions: list[str]
    claims: list[ClaimRow]
    citations: list[CitationRow]
    hits: list[HitRow]
    confidence: float
    mode: str
    model: str | None
    written: dict[str, int]
    seconds: dict[str, float]


def answer_text(answer: Answer, index: Index) -> str:
    """Lead, claims with [n] marks, what is missing, who is silent."""
    return "\n".join(_lines(answer, index))


def _lines(answer: Answer, index: Index) -> Iterator[str]:
    if answer.lead:
        yield answer.lead
    for claim in answer.claims:
        yield from claim_lines(claim, answer.lang)
    yield from closing_lines(answer, index)


def claim_lines(claim: Claim, lang: Lang) -> Iterator[str]:
    """A claim, behind the line that leads to it."""
    if claim.lead:
        yield claim.lead
    yield _marked(claim, lang)


def closing_lines(answer: Answer, index: Index) -> Iterator[str]:
    """What stands behind the claims: what is missing, and who is silent."""
    yield from (line for line in answer.missing if line != answer.lead)
    if answer.silent:
        yield silent_line(answer, index)


def _marked(claim: Claim, lang: Lang) -> str:
    """A claim's words with its marks; words of the speakers stand in quotation marks."""
    marks = "".join(f"[{number}]" for number in claim.citations)
    words = say(lang, "quote", quote=claim.text) if claim.status != "supported" else claim.text
    return f"{words} {marks}"


def silent_line(answer: Answer, index: Index) -> str:
    """Who has nothing on it."""
    card = index.event(answer.citations[0].event).card
    return say(answer.lang, "silent", names=names(answer.lang, card, answer.silent))


def answer_row(answer: Answer, index: Index) -> AnswerRow:
    """The answer as one JSON line."""
    return AnswerRow(
        question=answer.question,
        asked=answer.asked,
        outcome=answer.outcome.value,
        reason=answer.reason.value if answer.reason else None,
        lang=answer.lang,
        text=answer_text(answer, index),
        lead=answer.lead,
        missing=list(answer.missing),
        silent=list(answer.silent),
        notes=list(answer.notes),
        suggestions=list(answer.suggestions),
        claims=[claim_row(claim) for claim in answer.claims],
        citations=[citation_row(citation) for citation in answer.citations],
        hits=[hit_row(index, hit) for hit in answer.hits],
        confidence=answer.confidence,
        mode=answer.mode,
        model=answer.model,
        written=answer.written,
        seconds={stage: round(seconds, 6) for stage, seconds in answer.seconds.items()},
    )


def claim_row(claim: Claim) -> ClaimRow:
    """A claim as JSON."""
    return ClaimRow(text=claim.text, citations=list(claim.citations), status=claim.status, lead=claim.lead)


def citation_row(citation: Citation) -> CitationRow:
    """A citation as JSON."""
    return CitationRow(
        number=citation.number,
        event=citation.event,
        transcript=citation.transcript,
        revision=citation.revision,
        turn=citation.turn,
        speaker=citation.speaker,
        about=citation.about,
        kind=citation.kind.value,
        section=citation.section,
        place=citation.place,
        start=citation.start,
        end=citation.end,
        lines=list(citation.lines),
        quote=citation.quote,
        emphasis=[list(span) for span in citation.emphasis],
        context=list(citation.context) if citation.context else None,
        context_text=citation.context_text,
        time=citation.time,
        clock=clock(citation.time) if citation.time is not None else "",
        link=citation.link,
    )
