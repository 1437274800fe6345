"""Whether the quotes of an answer suffice: they have what was asked for, where the names of the question are said."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import TurnKind

from ..answer_type import HOLDS
from ..draft import Draft, Quote
from ..fitting.fit import satisfies
from ..question import Kind
from .case import Case
from .naming import AskedNames


def satisfying(case: Case, answer: Draft) -> Draft | None:
    """An answer, if its quotes have what was asked for, and its names near them: the nearest remarks to a near miss look
    like an answer to it. Where a quote has every name near, what was asked for must be in such a one.
    """
    text = case.stage.transcript.text
    names = AskedNames(case.asked, case.evidence, case.stage.card)
    near = [quote for quote in answer.quotes if names.near(*_rows(case, quote))]
    judged = near or answer.quotes
    rows = [n for quote in judged for n in _rows(case, quote)]
    if not near and not names.near(*rows):
        return None
    if not satisfies(case.asked, (text[slice(*quote.span)] for quote in judged)):
        return None
    return answer if _explains(case, rows) else None


def _rows(case: Case, quote: Quote) -> list[int]:
    """The sentences that a quote has a part of."""
    start, end = quote.span
    return [n for n, s in enumerate(case.evidence.sentences) if s.start < end and s.end > start]


def _explains(case: Case, rows: Sequence[int]) -> bool:
    """Whether sentences may tell why or how, if that is asked: an introduction lists what somebody did and gives no reasons,
    unless it says so.
    """
    asked, evidence = case.asked, case.evidence
    wanted = [HOLDS[kind] for kind in (Kind.WHY, Kind.HOW) if kind in asked.kinds]
    spoken = any(evidence.kind(n) is not TurnKind.BIO for n in rows)
    return not wanted or spoken or any(held.search(evidence.text(n)) for held in wanted for n in rows)
