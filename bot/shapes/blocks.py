"""Answers in blocks: one for each speaker who has something on it, one for each thing compared, and introductions."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.sparse import normal

from ..draft import Draft, Quote
from ..evidence import NEVER, Evidence, Rows
from ..fitting.fit import told_by
from ..followup.ellipsis import EVERYBODY
from ..question import Asked, Kind
from ..quoting.quote import pick, quote
from ..stage import Stage
from ..types import Outcome
from ..wording import attribution, introduction, say
from .staged import answering, lent
from .versus import mentions, pair

BLOCK_LIMIT = 120  # characters of the quote of one speaker of several
_RELEVANT = 1.5  # score below which a sentence is not about the question
_FLOOR = 2.4  # score below the best that a speaker's own best may have and still count as speaking to it
_SHARED_FLOOR = 5.5  # the same for a sentence that holds part of the topic in so many words: better quoted than denied
_SHARED = 0.2  # share of the topic that is part of it
_NAMED_FLOOR = 6.0  # the same for somebody the question names: it asks for their words, however near the other's are
_BESIDE = 3.5  # score below the best that the sentence on the other thing compared may have
_TELLS = 60  # characters from which words on both things compared can say something of each
_ENOUGH = 3  # quotes, where each of the things compared is mentioned
_INTRODUCED = 2.5  # score by which a sentence of the talk must beat the introduction to be asked of the talk
_WHOLE = re.compile(
    r"(?:背景|简历|履历|经历|来头|来历|学历|身份|介绍|人物|资料|background|biographi?|bio|introduc|he|person|cv)*"
)
_SIDE = r"[A-Za-z][\w.+-]*|[\u3400-\u9fff]{2,8}"
_PAIR = re.compile(
    rf"(?P<a>{_SIDE})\s*(?:和|跟|与|同|、|还是|或者?|vs\.?|versus|and|or|than)\s*(?P<b>[A-Za-z][\w.+-]*|[\u3400-\u9fff]{{2,8}}?)"
    r"(?=谁|哪|各|有|的|在|分别|相比|比|之间|区别|到底|都|怎|如何|差|不|一样|[,，。?？\s]|$)",
    re.IGNORECASE,
)


def asks_everybody(asked: Asked) -> bool:
    """Whether a question is put to the people on stage as such."""
    return bool(EVERYBODY.search(asked.text))


def by_speaker(
    stage: Stage, asked: Asked, evidence: Evidence, *, people: Sequence[str], named: bool = False, fewest: int = 2
) -> Draft | None:
    """One block for each speaker who has something on it, and who has not; None where fewer than that have.

    ``named``: the question names these people, so that each one's best counts, however much nearer another's is.
    """
    blocks: list[Quote] = []
    silent: list[str] = []
    staged = answering(stage, evidence)
    evidence = lent(evidence, staged)
    best = max((evidence.top(evidence.by(person) & evidence.quotable) for person in people), default=NEVER)
    floor = max(best - (_NAMED_FLOOR if named else _FLOOR), _RELEVANT / 3 if named else _RELEVANT)
    for person in people:
        mine = evidence.by(person) & evidence.quotable
        if (mine & staged).any():
            mine &= staged
        elif evidence.top(mine) < floor and not _shares(evidence, mine, best):
            silent.append(person)
            continue
        quotes = pick(evidence, asked, mine, limit=BLOCK_LIMIT)[:1]
        blocks += [Quote(q.span, q.emphasis, q.context, attribution(stage.lang, stage.card, person)) for q in quotes]
    if len(blocks) < fewest:
        return None
    lead = say(stage.lang, "several" if len(blocks) > 1 else "several_one", n=len(blocks))
    return Draft(Outcome.ANSWER, lead, tuple(blocks), silent=tuple(silent))


def _shares(evidence: Evidence, mine: Rows, best: float) -> bool:
    """Whether somebody's best sentence holds part of the topic, and is not too far from the best of all."""
    n = evidence.best(mine)
    if n is None or evidence.scores[n] < max(best - _SHARED_FLOOR, _RELEVANT):
        return False
    return bool(evidence.features["coverage"][n] >= _SHARED)


def told_on_stage(stage: Stage, asked: Asked, evidence: Evidence, person: str) -> Draft | None:
    """What somebody answered when the same was asked on stage, whatever words they used; no date, figure or name."""
    if asked.is_(Kind.WHEN, Kind.HOW_MANY, Kind.WHO, Kind.WHERE, Kind.YES_NO, Kind.IDENTITY):
        return None
    staged = answering(stage, evidence)
    mine = staged & evidence.by(person) & evidence.quotable
    quotes = pick(lent(evidence, staged), asked, mine, limit=BLOCK_LIMIT)
    if not quotes:
        return None
    return Draft(Outcome.ANSWER, introduction(stage.lang, stage.card, person, None), quotes)


def compared(stage: Stage, asked: Asked) -> tuple[str, ...]:
    """The two things a question sets side by side, as the transcript writes them; empty where it names no such pair."""
    match = _PAIR.search(asked.text)
    if match is None:
        return ()
    text = normal(stage.transcript.text)
    left = next((word for word in _suffixes(match["a"]) if normal(word) in text), "")
    right = next((word for word in _prefixes(match["b"]) if normal(word) in text), "")
    return (left, right) if left and right and left != right else ()


def _suffixes(words: str) -> Sequence[str]:
    return [words] if words.isascii() else [words[at:] for at in range(len(words) - 1)]


def _prefixes(words: str) -> Sequence[str]:
    return [words] if words.isascii() else [words[:end] for end in range(len(words), 1, -1)]


def completed(
    stage: Stage, asked: Asked, evidence: Evidence, quotes: Sequence[Quote], allowed: Rows
) -> tuple[Quote, ...]:
    """The quotes of a comparison, with the best sentence on each thing compared that none of them mentions."""
    text, best = stage.transcript.text, evidence.top(allowed)
    found, things = list(quotes), compared(stage, asked) or pair(asked) or ()
    for thing in things:
        others = [other for other in things if other != thing]
        held = [words for q in found if mentions(words := text[slice(*q.span)], thing)]
        if len(found) >= _ENOUGH and held:
            continue
        if any(len(words) > _TELLS or not any(mentions(words, other) for other in others) for words in held):
            continue
        on_it = np.array(
            [_is_on(evidence.text(n), thing, others if held else ()) for n in range(len(evidence.sentences))]
        )
        n = evidence.best(allowed & on_it)
        # Words that only set the two side by side echo the question, so that nothing comes near their score.
        if n is not None and evidence.scores[n] >= (_RELEVANT if held else best - _BESIDE):
            span = evidence.sentences[n]
            if not any(q.span[0] < span.end and span.start < q.span[1] for q in found):
                found.append(quote(evidence, asked, n, n))
    return tuple(sorted(found, key=lambda q: q.span))


def _is_on(words: str, thing: str, without: Sequence[str]) -> bool:
    return mentions(words, thing) and not any(mentions(words, other) for other in without)


def introduced(stage: Stage, asked: Asked, evidence: Evidence, person: str) -> Draft | None:
    """What the organiser's introduction says of a speaker, cut to the sentences that answer.

    None where the talk answers better: "what did his father do" is of no introduction.
    """
    theirs = evidence.about(person)
    if not theirs.any():
        return None
    if not _WHOLE.fullmatch(normal("".join(asked.topic))):
        if evidence.top(theirs) < evidence.top(evidence.quotable) - _INTRODUCED:
            return None
        quotes = pick(evidence, asked, theirs)
    else:
        whole = np.flatnonzero(theirs)
        telling = [n for n in whole if told_by(asked, evidence.text(int(n)))]
        spans = [evidence.sentences[n] for n in (telling[:1] or whole[:3])]
        quotes = (Quote((spans[0].start, spans[-1].end)),)
    return Draft(Outcome.ANSWER, say(stage.lang, "bio"), quotes)
