"""Where a follow-up looks: beside what the last answer quoted, and not at what has been shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from index.types import Transcript

from ..draft import Span
from ..evidence import NEVER, Evidence
from ..question import Asked, Kind
from .resolved import Resolved

_AFTER = (2.4, 1.8, 1.0)  # score added to the sentences that follow a quote: reasons and examples come after
_BEFORE = (0.6,)
_AGAIN = -2.5  # a quote already read is no reason, example or way of itself; it may well hold the date, name or figure
_QUOTED = 0.8  # score added to the quotes themselves
_ASKED = -4.0  # a question put to the room that the carried question repeats
_WHOLE = 0.4  # share of these where the question has a subject and topic of its own
_GOES_ON = (Kind.WHY, Kind.HOW, Kind.LIST, Kind.OPINION, Kind.COMPARE)


def spans(quotes: Sequence[str], transcript: Transcript) -> tuple[Span, ...]:
    """Where quotes of an earlier answer stand; a hint of a client's history, never a citation."""
    found = ((at, at + len(quote)) for quote in quotes if quote and (at := transcript.text.find(quote)) >= 0)
    return tuple(found)


def leaned(evidence: Evidence, asked: Asked, resolved: Resolved) -> Evidence:
    """The evidence with what stands beside the last quotes raised, and what is not wanted again taken out."""
    if not resolved.near and not resolved.seen:
        return evidence
    scores = evidence.scores.copy()
    for n in _within(evidence, spans(resolved.seen, evidence.transcript)):
        scores[n] = NEVER
    shown = set(_within(evidence, spans(resolved.near, evidence.transcript)))
    added = np.zeros(len(scores), np.float32)
    share = 1.0 if resolved.carried else _WHOLE
    for n in sorted(shown):
        added[n] = _AGAIN if asked.is_(*_GOES_ON) and resolved.carried else _QUOTED * share
        for step, gain in (*enumerate(_AFTER, 1), *((-k, g) for k, g in enumerate(_BEFORE, 1))):
            if n + step not in shown and 0 <= n + step < len(scores) and evidence.turns[n + step] == evidence.turns[n]:
                added[n + step] = max(added[n + step], gain * share)
    if asked.is_(*_GOES_ON) and resolved.carried:
        added += np.float32(_ASKED) * evidence.features["rhetorical"]
    scores = np.where(scores > NEVER / 2, scores + added, scores).astype(np.float32)
    return replace(evidence, scores=scores)


def _within(evidence: Evidence, wanted: Sequence[Span]) -> Iterator[int]:
    for n, sentence in enumerate(evidence.sentences):
        if any(start < sentence.end and sentence.start < end for start, end in wanted):
            yield n
