"""The plain answer: the quotes that the evidence puts first, with who says them and where."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.types import TurnKind

from ..draft import Draft, Quote
from ..evidence import Evidence, Rows
from ..question import Asked, Kind
from ..quoting.quote import pick
from ..stage import Stage
from ..types import Outcome
from ..wording import introduction, say
from .blocks import completed
from .versus import pair

_CLEAR = 0.7  # score by which the one who said it must lead for the others to be left out


def plain(stage: Stage, asked: Asked, evidence: Evidence, allowed: Rows, best: int) -> Draft:
    """The quotes that answer, each with who says it and where."""
    if asked.is_(Kind.WHO_SAID) and not asked.is_(Kind.COMPARE, Kind.LIST):  # one person is asked for
        theirs = evidence.by(evidence.speaker(best))
        others = evidence.top(allowed & ~theirs)
        allowed = allowed & theirs if evidence.scores[best] - others >= _CLEAR else allowed
    quotes = pick(evidence, asked, allowed)
    if asked.is_(Kind.COMPARE) or pair(asked):
        quotes = completed(stage, asked, evidence, quotes, allowed)
    turn = stage.transcript.turns[evidence.turns[best]]
    said_by = [stage.transcript.turns[_turn_of(evidence, q)].speaker for q in quotes]
    notes = (say(stage.lang, "damaged"),) if _shows_damage(evidence, quotes) else ()
    if turn.kind is TurnKind.BIO and len(set(said_by)) == 1:
        return Draft(Outcome.ANSWER, say(stage.lang, "bio"), quotes, notes=notes)
    if len(set(said_by)) <= 1:
        lead = introduction(stage.lang, stage.card, turn.speaker, turn.section) if turn.speaker else ""
        return Draft(Outcome.ANSWER, lead or say(stage.lang, "nobody"), quotes, notes=notes)
    return Draft(Outcome.ANSWER, "", led(stage, evidence, quotes), notes=notes)


def led(stage: Stage, evidence: Evidence, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Quotes of several people, each with its speaker before it; one person's follow one another."""
    led: list[Quote] = []
    before: object = ()
    for quote in quotes:
        turn = stage.transcript.turns[_turn_of(evidence, quote)]
        lead = (
            introduction(stage.lang, stage.card, turn.speaker, turn.section) if turn.speaker else say(stage.lang, "bio")
        )
        key = (turn.speaker, turn.about)
        led.append(Quote(quote.span, quote.emphasis, quote.context, "" if key == before else lead, quote.partial))
        before = key
    return tuple(led)


def _turn_of(evidence: Evidence, quote: Quote) -> int:
    starts = [s.start for s in evidence.sentences]
    return int(evidence.turns[max(0, int(np.searchsorted(starts, quote.span[0], side="right")) - 1)])


def _shows_damage(evidence: Evidence, quotes: Sequence[Quote]) -> bool:
    lost = [h.offset for h in evidence.transcript.holes if h.kind != "mask"]
    return any(q.span[0] <= at < q.span[1] for q in quotes for at in lost)


def nearest(stage: Stage, asked: Asked, evidence: Evidence, allowed: Rows) -> tuple[Quote, ...]:
    """The nearest remarks, at most three, each with its speaker."""
    quotes = pick(evidence, asked, allowed)[:3]
    return led(stage, evidence, quotes)
