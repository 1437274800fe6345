"""Next questions that do have answers: near what was just answered, not yet asked, and each asked once to be sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from index.event import EventCard
from index.sparse import normal, terms

from ..draft import Span
from ..question import Kind, understand
from ..stage import Stage
from ..types import Citation
from .candidates import Candidate, candidates, overview_of

SHOWN = 3  # next questions under an answer
_TRIED = 5  # candidates asked for one answer at most: an answer is not kept waiting for its suggestions
_SAME_SPEAKER = 1.0  # for words of somebody who is quoted
_NEAR = 2.0  # for what stands right beside the quotes, falling to nothing over _REACH characters
_REACH = 1500  # characters
_SHARED = 1.5  # for sharing all its terms with the question
_PINNED = 0.8  # for a question of the organiser's
_TELLING = 0.7  # for asking something, rather than what somebody says of a word
_PLAIN = 0.4  # for the question what somebody, or all of it, was about
_AFTER_ALL, _MANY = 3.0, 3  # the same after an answer that quotes many: it is what a visitor asks on from


def suggestions(
    stage: Stage, *, asked: Sequence[str], cited: Sequence[Citation], answered: Callable[[Candidate], bool]
) -> tuple[str, ...]:
    """Up to three questions, nearest first; ``answered`` says whether one has an answer, and is asked as little as can be."""
    known = {_plain(question) for question in asked}
    shown = tuple((c.start, c.end) for c in cited if c.transcript == stage.transcript.id)
    told = {about for question in asked for about in _overviews(question, stage.card)}
    fresh = [
        c
        for c in candidates(stage)
        if _plain(c.question) not in known and c.subject not in told and not _overlaps(c.spans, shown)
    ]
    topic = frozenset(terms(" ".join(asked[:1])))
    speakers = {c.speaker or c.about for c in cited}
    ranked = sorted(fresh, key=lambda c: -_nearness(c, topic, shown, speakers))
    return tuple(islice((c.question for c in _apart(ranked, answered)), SHOWN))


def _apart(ranked: Sequence[Candidate], answered: Callable[[Candidate], bool]) -> Iterator[Candidate]:
    """Those that have an answer, no two of them on the same words."""
    taken: list[Candidate] = []
    tried = 0
    for candidate in ranked:
        if any(_alike(c, candidate) for c in taken):
            continue
        tried += not candidate.sure
        if (candidate.sure or tried <= _TRIED) and answered(candidate):
            taken.append(candidate)
            yield candidate


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether two are on the same thing, or one on a kind of what the other is on (供应链, 供应链金融)."""
    if one.sure or other.sure:
        return one.subject == other.subject
    return one.subject in other.subject or other.subject in one.subject


def _overviews(question: str, card: EventCard) -> Iterator[str]:
    """The subjects of candidates that a question has asked in words of its own: what all was about, or somebody spoke of."""
    asked = understand(question, card)
    if asked.is_(Kind.OVERVIEW) and not asked.topic:
        named = [mention.name for mention in asked.people.spans]
        yield from (overview_of(speaker) for speaker in named or (None,))


def _nearness(c: Candidate, topic: frozenset[str], shown: Sequence[Span], speakers: set[str | None]) -> float:
    own = _words(c.question)
    score = _SHARED * len(own & topic) / max(len(own), 1) + _SAME_SPEAKER * (c.speaker in speakers if c.speaker else 0)
    if c.spans and shown:
        gap = min(abs(a[0] - b[0]) for a in c.spans for b in shown)
        score += _NEAR * max(0.0, 1 - gap / _REACH)
    score += _TELLING if c.telling else 0
    plain = _AFTER_ALL if len(speakers) >= _MANY else _PLAIN
    return score + (_PINNED if c.pinned else 0) + (plain if c.sure else 0)


def _overlaps(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


@lru_cache(maxsize=4096)
def _words(question: str) -> frozenset[str]:
    return frozenset(terms(question))


@lru_cache(maxsize=4096)
def _plain(question: str) -> str:
    readable = question.encode("utf-8", "replace").decode("utf-8")  # a client's history may hold anything
    return normal(readable).strip(" ?？。.!！")
