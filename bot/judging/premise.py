"""What a question credits somebody with, where another said or did it."""

from __future__ import annotations

import numpy as np

from index.dictionary import HAN
from index.mention import pattern_of
from index.sparse import normal

from ..draft import Draft
from ..evidence import Evidence, Rows
from ..fitting.fit import is_unread, satisfies, unknown_names
from ..question import Asked
from ..quoting.quote import pick
from ..reading import matches
from ..shapes.staged import answering
from ..types import Outcome, Reason
from ..wording import name, say
from . import confidence
from .case import Case
from .naming import AskedNames

_ELSEWHERE = 1.5  # score by which somebody else's sentence must beat the named person's best before it is a wrong name
_EXCHANGE = {True: 300, False: 800}  # characters on either side that belong to one exchange, in Chinese or not
_SPELT_OUT = 0.5  # share of the topic that what is quoted must exceed before a name is called wrong on its account


def somebody_else(case: Case) -> Draft | None:
    """The right person, where the question credits one of the speakers with what another said or did; if only words near
    it are another's, they are the nearest there is.

    Judged on the question without the name: a name draws in the words of its bearer, whatever is asked.
    """
    bare, stage = case.bare, case.stage
    if bare is None or len({m.name for m in case.asked.people.spans}) != 1:
        return None
    evidence, person = bare.evidence, (case.asked.people.by or case.asked.people.about)[0]
    top = evidence.best()
    other = evidence.speaker(top) if top is not None else None
    if top is None or other is None or other == person or _answered(case, person):
        return None
    if not AskedNames(bare.asked, evidence, stage.card).near(top):
        return None
    if _in_conversation(evidence, top, person) or unknown_names(bare.asked, stage) or is_unread(bare.asked, stage):
        return None
    theirs = _concerning(case, person)
    best_theirs = evidence.top(theirs & evidence.quotable)
    rule = case.rules(confidence.way(bare.asked, evidence))
    if theirs[top] or float(evidence.scores[top]) - best_theirs < _ELSEWHERE or bare.probability(top) < rule.related:
        return None
    asked_words = bool(case.asked.people.by)
    coverage = evidence.features["coverage"]
    if not asked_words and (coverage[top] < _SPELT_OUT or _speaks_of_it(case, person, float(coverage[top]))):
        return None
    key, reason = ("wrong_speaker", Reason.WRONG_SPEAKER) if asked_words else ("false_premise", Reason.FALSE_PREMISE)
    fields = {"name": name(stage.lang, stage.card, other), "x": name(stage.lang, stage.card, person)}
    quotes = pick(evidence, bare.asked, evidence.by(other) & evidence.quotable)
    said = [stage.transcript.text[slice(*quote.span)] for quote in quotes]
    if not satisfies(bare.asked, said):
        return None
    if not asked_words and not _is_spelt_out(bare.asked, evidence, " ".join(said)):
        return Draft(Outcome.RELATED, say(stage.lang, "related"), quotes, Reason.NOT_SAID)
    return Draft(Outcome.RELATED, say(stage.lang, key, **fields), quotes, reason)


def _is_spelt_out(asked: Asked, evidence: Evidence, said: str) -> bool:
    """Whether words have most of the topic, also of what the talk has nowhere: what it never tells nobody else told."""
    held = sum(term in normal(said) for term in asked.topic)
    return confidence.way(asked, evidence) != "same" or held > _SPELT_OUT * len(asked.topic)


def _in_conversation(evidence: Evidence, top: int, person: str) -> bool:
    """Whether somebody takes part in what is said around a sentence: in a conversation the topic is of all who have it."""
    reach = _EXCHANGE[bool(HAN.search(evidence.text(top)))]
    first, last = evidence.sentences[top].start - reach, evidence.sentences[top].end + reach
    return any(t.speaker == person and t.start < last and first < t.end for t in evidence.transcript.turns)


def _speaks_of_it(case: Case, person: str, covered: float) -> bool:
    """Whether somebody's own sentences have as much of the topic as those of the other who is to be credited."""
    evidence = case.bare.evidence if case.bare else case.evidence
    own = evidence.by(person) & evidence.quotable
    return bool(evidence.features["coverage"][own].max(initial=0) >= covered)


def _answered(case: Case, person: str) -> bool:
    """Whether somebody's turn answers the visitor's question as it was put on stage."""
    evidence = case.bare.evidence if case.bare else case.evidence
    return bool((answering(case.stage, evidence) & evidence.by(person)).any())


def _concerning(case: Case, person: str) -> Rows:
    """The sentences that are by somebody, of their introduction, or name them."""
    evidence, called = case.evidence, pattern_of(person, case.stage.card)
    named = matches(called, case.stage.transcript.text, evidence.sentences) > 0
    return np.asarray(evidence.by(person) | evidence.about(person) | named)
