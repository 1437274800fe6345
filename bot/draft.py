"""An answer before its citations are numbered: blocks of quotes with the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.event import EventCard
from index.types import Transcript

from .cite import cite
from .types import Citation, Claim, Lang, Outcome, Reason
from .wording import say

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """A slice to be shown, the words in it that carry the answer, and the slice that explains how it opens."""

    span: Span
    emphasis: tuple[Span, ...] = ()
    context: Span | None = None
    lead: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answer will say of one transcript."""

    outcome: Outcome
    lead: str
    quotes: tuple[Quote, ...] = ()
    reason: Reason | None = None
    missing: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def not_said(lang: Lang, reason: Reason = Reason.NOT_SAID) -> Draft:
    """The honest no; the nearest moments are in the answer's hits."""
    return Draft(Outcome.ABSTAIN, say(lang, "not_said"), reason=reason)


def claims(
    draft: Draft, transcript: Transcript, card: EventCard, lang: Lang
) -> Iterator[tuple[Claim, tuple[Citation, ...]]]:
    """Number the quotes: each is one claim with one citation, the claim's text being the slice itself."""
    for number, quote in enumerate(_distinct(draft.quotes), 1):
        citation = cite(
            transcript, card, quote.span, lang=lang, number=number, emphasis=quote.emphasis, context=quote.context
        )
        claim = Claim(citation.quote, (number,), "partial" if quote.partial else "verbatim", quote.lead)
        yield claim, (citation,)


def _distinct(quotes: Sequence[Quote]) -> Iterator[Quote]:
    """No slice is shown twice."""
    seen: set[Span] = set()
    for quote in quotes:
        if quote.span not in seen:
            seen.add(quote.span)
            yield quote
