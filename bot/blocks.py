"""Answers in blocks: one for each speaker who has something on it, and the organiser's introduction of one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .draft import Draft, Quote
from .evidence import Evidence
from .question import Asked
from .quote import pick
from .stage import Stage
from .types import Outcome
from .wording import attribution, say


def by_speaker(stage: Stage, asked: Asked, evidence: Evidence, *, people: Sequence[str], floor: float) -> Draft | None:
    """One block for each speaker who has something on it, and who has not; None where fewer than two have."""
    blocks: list[Quote] = []
    silent: list[str] = []
    turns = stage.transcript.turns
    owner = np.array([turns[t].speaker for t in evidence.turns], object)
    for person in people:
        mine = (owner == person) & (evidence.scores > -50)
        best = evidence.best(mine)
        if best is None or evidence.scores[best] < floor:
            silent.append(person)
            continue
        quotes = pick(evidence, asked, mine)[:1]
        blocks += [Quote(q.span, q.emphasis, q.context, attribution(stage.lang, stage.card, person)) for q in quotes]
    if len(blocks) < 2:
        return None
    return Draft(Outcome.ANSWER, say(stage.lang, "several", n=len(blocks)), tuple(blocks), silent=tuple(silent))


def introduced(stage: Stage, asked: Asked, evidence: Evidence, person: str) -> Draft | None:
    """What the organiser's introduction says of a speaker, cut to the sentences that answer."""
    turns = stage.transcript.turns
    theirs = np.array([turns[t].about == person for t in evidence.turns])
    if not theirs.any():
        return None
    if asked.topic:
        quotes = pick(evidence, asked, theirs)
    else:
        whole = np.flatnonzero(theirs)
        spans = [evidence.sentences[n] for n in whole[:3]]
        quotes = (Quote((spans[0].start, spans[-1].end)),)
    return Draft(Outcome.ANSWER, say(stage.lang, "bio"), quotes)
