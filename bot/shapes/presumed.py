"""What somebody who asks on stage tells on the way: "Nine days are left, how should one prepare?" says how many."""

from __future__ import annotations

import re

import numpy as np

from index.asked import asks

from ..asker import askers, put_to_others
from ..draft import Draft, Quote, Span
from ..evidence import Evidence
from ..fitting.fit import satisfies
from ..question import Asked, Kind
from ..stage import Stage
from ..types import Outcome
from ..wording import introduction

_TOLD = (Kind.WHEN, Kind.HOW_MANY, Kind.WHERE, Kind.WHO)  # what is told by a word, wherever that stands
_CLAUSE = re.compile(r"[^,，;；:：]+[,，;；:：]?")
_ASKS = re.compile(
    r"什么|怎么|怎样|如何|为何|哪|谁|多少|多久|多长|几|吗|呢|是不是|是否|有没有|能不能|会不会|可以|能否|请|\b(?:what|how|why|who|when|where|which|do|does|did|is|are|can|could|would)\b"
)
_COVERED = 0.5  # share of the topic that must be said there


def presumed(stage: Stage, asked: Asked, evidence: Evidence) -> tuple[int, Draft] | None:
    """The clauses before a question put on stage that tell what the visitor asks, with their sentence; None where none do."""
    if not asked.is_(*_TOLD) or satisfies(asked, ("",)):
        return None
    put = put_to_others(stage.transcript, askers(stage.transcript, stage.card))
    coverage = evidence.features["coverage"]
    for n in map(int, np.argsort(-coverage, kind="stable")):
        if coverage[n] < _COVERED:
            return None
        span = _statement(evidence, n) if put[n] and asks(evidence.text(n)) else None
        if span and satisfies(asked, (stage.transcript.text[slice(*span)],)):
            speaker = evidence.turn(n)
            lead = introduction(stage.lang, stage.card, speaker.speaker or "", speaker.section)
            return n, Draft(Outcome.ANSWER, lead, (Quote(span),))
    return None


def _statement(evidence: Evidence, n: int) -> Span | None:
    """The clauses of a sentence before the first that asks; None where it opens with one."""
    start, end = evidence.sentences[n].start, evidence.sentences[n].start
    for clause in _CLAUSE.finditer(evidence.text(n)):
        if _ASKS.search(clause.group()):
            break
        end = start + len(evidence.text(n)[: clause.end()].rstrip(",，;；:： "))
    return (start, end) if end > start else None
