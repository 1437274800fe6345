"""What was asked on stage: who answered a question put to the guests, whatever words they used."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from index.sparse import terms
from index.types import TurnKind

from ..asker import askers, put_to_others
from ..draft import Draft, Quote
from ..evidence import Evidence, Rows
from ..question import Asked
from ..quoting.quote import pick
from ..reading import read
from ..stage import Stage
from ..types import Outcome
from ..wording import attribution, introduction

_HANDS_OVER = 45  # characters; a host's shorter turn passes the question on and asks nothing new
_NEAR = 2.0  # z-score of the visitor's question to the one on stage from which it may be the same
_ON_TOPIC = 0.5  # share of the topic's terms that it must hold
_ASKS = re.compile(
    r"[?？]|请问|想问|怎么|如何|什么|哪|是否|谈谈|说一?说|聊聊|(?:您|你|大家)的?(?:想法|看法|观点)|\b(?:what|how|why|do you|would you)\b",
    re.IGNORECASE,
)
_SAME, _WHOLE = 0.85, 0.5  # share of the visitor's terms in the question on stage, and of its terms in the visitor's
_FEWEST = 3  # terms, that a question is told by
_SHORT = 200  # characters of an answer on stage that is quoted whole
_LENT = 2.0  # score lent to the turns that answer it


def answering(stage: Stage, evidence: Evidence) -> Rows:
    """Sentences of the turns that answer the question on stage that is the visitor's; none where there is no such one."""
    none = np.zeros(len(evidence.sentences), bool)
    hosts, turns = stage.card.hosts, stage.transcript.turns
    asking = [
        t
        for t, turn in enumerate(turns)
        if (turn.speaker in hosts or turn.kind is TurnKind.QUESTION) and turn.end - turn.body > _HANDS_OVER
    ]
    best: tuple[float, int] | None = None
    handed = put_to_others(stage.transcript, askers(stage.transcript, stage.card))
    for t in asking:
        put = [n for n in np.flatnonzero(evidence.turns == t) if handed[n] or _ASKS.search(evidence.text(int(n)))]
        if not put or evidence.features["coverage"][put].max() < _ON_TOPIC:
            continue
        near = float(evidence.features["dense"][put].max())
        if near >= _NEAR and (best is None or near > best[0]):
            best = (near, t)
    if best is None:
        return none
    stop = next((t for t in asking if t > best[1]), len(turns))
    return np.asarray((evidence.turns > best[1]) & (evidence.turns < stop) & ~evidence.by(*hosts))


def answered(stage: Stage, asked: Asked, evidence: Evidence, allowed: Rows) -> Draft | None:
    """What was answered on stage to the visitor's question, where it was put there word for word."""
    asking = _word_for_word(asked, evidence)
    if asking is None:
        return None
    turns, first = stage.transcript.turns, int(evidence.turns[asking]) + 1
    quotes: list[Quote] = []
    replies = list(range(first, _next_question(stage, first)))
    for t in replies:
        mine = allowed & (evidence.turns == t)
        quotes += [
            Quote(q.span, q.emphasis, q.context, attribution(stage.lang, stage.card, turns[t].speaker or ""))
            for q in _reply(evidence, asked, mine)
        ]
    if not quotes:
        return None
    if len({turns[t].speaker for t in replies}) > 1:
        return Draft(Outcome.ANSWER, "", tuple(quotes))
    lead = introduction(stage.lang, stage.card, turns[first].speaker or "", turns[first].section)
    return Draft(Outcome.ANSWER, lead, tuple(replace(q, lead="") for q in quotes))


def _word_for_word(asked: Asked, evidence: Evidence) -> int | None:
    """The sentence of somebody on stage that is the visitor's question, if any: a whole one with its question mark."""
    mine = frozenset(terms(asked.text))
    if len(mine) < _FEWEST or not asked.topic:
        return None
    reading = read(evidence.transcript)
    both = np.zeros(len(reading.words), np.int64)
    for term in mine & reading.where.keys():
        both[reading.where[term]] += 1
    for n in map(int, np.flatnonzero(both >= _SAME * len(mine))):
        if both[n] < _WHOLE * len(reading.words[n]):
            continue
        if evidence.text(n).rstrip().endswith(("?", "？")) and evidence.speaker(n) and _hands_over(evidence, n):
            return n
    return None


def _hands_over(evidence: Evidence, n: int) -> bool:
    """Whether the turn ends soon after a question: one that its speaker answers is none put to others."""
    turn = evidence.turn(n)
    return turn.end - evidence.sentences[n].end <= _HANDS_OVER


def _next_question(stage: Stage, first: int) -> int:
    """The turn that asks the next question: the next by whoever asked, or by a host."""
    turns = stage.transcript.turns
    asker = turns[first - 1].speaker
    hosts = {asker, *stage.card.hosts}
    stop = (t for t in range(first, len(turns)) if turns[t].speaker in hosts or turns[t].kind is TurnKind.QUESTION)
    return next(stop, len(turns))


def _reply(evidence: Evidence, asked: Asked, mine: Rows) -> tuple[Quote, ...]:
    """A short reply whole, of a longer one the sentences that answer."""
    held = np.flatnonzero(mine)
    if not len(held):
        return ()
    start, end = evidence.sentences[held[0]].start, evidence.sentences[held[-1]].end
    if end - start <= _SHORT:
        return (Quote((start, end)),)
    return pick(evidence, asked, mine & evidence.quotable)


def lent(evidence: Evidence, where: Rows) -> Evidence:
    """The evidence with the weight of the question on stage lent to the sentences that answer it."""
    scores = np.where(where & evidence.quotable, evidence.scores + _LENT, evidence.scores)
    return replace(evidence, scores=scores.astype(np.float32))
