"""What the transcript lost: a figure the question asks for, or an answer that is cut off as it begins."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from index.event import EventCard
from index.sentence import sentences
from index.types import Floats, Hole, HoleKind, TurnKind

from ..draft import Draft, Quote
from ..evidence import NEVER, Evidence, Rows
from ..fitting.counted import told
from ..fitting.date import LASTS
from ..fitting.figure import CURRENCY, DIGITS, NUMERALS, SUM_ASKED
from ..question import Asked, Kind
from ..types import Lang, Outcome, Reason
from ..weigh import weights
from ..wording import name, say
from .naming import AskedNames

_CLOSE = 2.2  # how far below the best a damaged sentence may score and still be the one that was asked for
_NEAR = 1.5  # z-score; a question on stage that is farther from the visitor's is another question
_ON_TOPIC = 0.3  # share of the visitor's topic that one sentence of the question on stage must hold
_CUT_LIMIT = 150  # characters; a longer answer that is cut still says something
_NAMES = 0.33  # share of the question's words that a damaged sentence and those around it must hold
_FOLLOWS = 10  # characters after a lost figure that may tell what it counted
_SUM_ASKED = re.compile(SUM_ASKED, re.IGNORECASE)
# A sum that was raised is none that was saved, earned or paid.
_PAID = re.compile(r"[省赚挣花付卖亏值费][了过到出掉得]*多少")
_RAISED = re.compile(r"融资|投资")
_CURRENCY = re.compile(CURRENCY, re.IGNORECASE)
_UNIT_ASKED = re.compile(r"(?:多少|[几幾])[块台张颗个]?\s?([A-Za-z]{2,})")
_STATED = re.compile(
    r"(?<![A-Za-z\d.])(?P<digits>(?P<year>(?:19|20)\d\d(?!\d|\s*[个万亿人倍%元]))|\d+)(?![\d.]*[A-Za-z])"
)
_CLAUSE = re.compile(r"[,，;；。!！?？、:：]")
_FIGURE = re.compile(rf"\d|[{NUMERALS}][万亿千百十个家人年次倍轮米位天月杯]")


def lost_figure(evidence: Evidence, asked: Asked, card: EventCard, allowed: Rows) -> Draft | None:
    """A partial answer where the figure asked for is missing from the sentence that had it; also where the question only
    wants one confirmed that the talk never says.
    """
    if not asked.is_(Kind.WHEN, Kind.HOW_MANY):
        kind = _to_confirm(asked, evidence.transcript.text)
        if kind is None:
            return None
        asked = replace(asked, kinds=(kind, *asked.kinds))
    whole, names = told(asked, evidence.transcript), AskedNames(asked, evidence, card)
    scores = np.where(allowed, evidence.scores - _undo_damage(evidence), NEVER)
    order = np.argsort(-scores, kind="stable")[:6]
    found: Draft | None = None
    for n in map(int, order):
        if scores[n] < scores[order[0]] - _CLOSE or scores[n] < 0:
            break
        if whole is not None and whole[n]:
            return None
        near = evidence.features["covered"][n] >= _NAMES and names.near(n)
        hole = _asked_hole(evidence, asked, n) if near else None
        if hole is not None and (found is None or _is_noted(evidence, n)):
            found = _partial(evidence, n, hole, asked.lang)
            if _is_noted(evidence, n):
                break
        elif found is None and _states_figure(evidence, asked, n):
            return None
    return found


def _to_confirm(asked: Asked, spoken: str) -> Kind | None:
    """What kind of figure a yes/no question states, if none like it is said: a year tells when, any other how many."""
    stated = _STATED.search(asked.text) if asked.is_(Kind.YES_NO) else None
    if stated is None or re.search(rf"(?<!\d){stated['digits']}(?!\d)", spoken):
        return None
    return Kind.WHEN if stated["year"] else Kind.HOW_MANY


def _is_noted(evidence: Evidence, n: int) -> bool:
    """Whether the organiser says something of sentence n: of two places that lost a figure, the one to show."""
    sentence = evidence.sentences[n]
    return any(note.start < sentence.end and sentence.start < note.end for note in evidence.transcript.notes)


def _undo_damage(evidence: Evidence) -> Floats:
    lowered = ("damaged", "bio")  # a figure is as lost in an introduction as in a talk
    return np.asarray(np.sum([weights()[name] * evidence.features[name] for name in lowered], axis=0))


def _asked_hole(evidence: Evidence, asked: Asked, n: int) -> Hole | None:
    """The lost figure of sentence n that answers the question: of the kind asked for, in the clause that is on topic."""
    sentence = evidence.sentences[n]
    holes = [
        h for h in evidence.transcript.holes if h.kind is HoleKind.FIGURE and sentence.start <= h.offset < sentence.end
    ]
    dated = asked.is_(Kind.WHEN)
    if dated and LASTS.search(asked.text):  # a lost year is when something was, not how long it took
        return None
    wanted = [h for h in holes if _is_year(evidence, h) == dated and (dated or _counts(evidence, h, asked))]
    return max(wanted, key=lambda h: _on_topic(evidence, asked, h.offset), default=None)


def _counts(evidence: Evidence, hole: Hole, asked: Asked) -> bool:
    """Whether what follows a lost figure can be what is asked for: money where money is, else the noun by its name."""
    follows = evidence.transcript.text[hole.offset : hole.offset + _FOLLOWS]
    if _SUM_ASKED.search(asked.text):
        raised = _PAID.search(asked.text) and _RAISED.search(_clause(evidence, hole.offset))
        return bool(_CURRENCY.search(follows)) and not raised
    noun = _UNIT_ASKED.search(asked.text)
    return noun is None or noun[1].casefold() in _clause(evidence, hole.offset)


def _is_year(evidence: Evidence, hole: Hole) -> bool:
    return evidence.transcript.text[hole.offset : hole.offset + 1] == "年"


def _states_figure(evidence: Evidence, asked: Asked, n: int) -> bool:
    """Whether sentence n has an intact figure of the kind asked for in the words around the topic."""
    words = evidence.text(n)
    if asked.is_(Kind.WHEN):
        return bool(re.search(rf"\d{{2,4}}\s*年|世纪|[\d{DIGITS}两]+年前|去年|今年|昨天|月", words))
    return bool(_FIGURE.search(words))


def _on_topic(evidence: Evidence, asked: Asked, offset: int) -> int:
    clause = _clause(evidence, offset)
    return sum(term in clause for term in asked.topic)


def _clause(evidence: Evidence, offset: int) -> str:
    """The clause around a place, in small letters."""
    text = evidence.transcript.text
    start = max((m.end() for m in _CLAUSE.finditer(text, max(0, offset - 40), offset)), default=offset - 40)
    stop = _CLAUSE.search(text, offset)
    return text[max(0, start) : stop.start() if stop else offset + 40].casefold()


def _partial(evidence: Evidence, n: int, hole: Hole, lang: Lang) -> Draft:
    sentence = evidence.sentences[n]
    what = say(lang, "lost_year" if _is_year(evidence, hole) else "lost_figure")
    return Draft(
        Outcome.PARTIAL,
        say(lang, "lost", what=what),
        (Quote((sentence.start, sentence.end), partial=True),),
        reason=Reason.LOST,
        missing=(say(lang, "lost_missing", what=what),),
    )


def cut_answer(evidence: Evidence, asked: Asked, card: EventCard, lang: Lang) -> Draft | None:
    """A partial answer where the question was put on stage and the transcript breaks off as the answer begins."""
    transcript = evidence.transcript
    cut = next((h for h in transcript.holes if h.kind is HoleKind.CUT), None)
    last = len(transcript.turns) - 1
    if cut is None or last < 1 or transcript.turns[last].kind is not TurnKind.ANSWER:
        return None
    turn, asking = transcript.turns[last], transcript.turns[last - 1]
    spoken = sentences(transcript.text, turn.body, turn.end)
    if turn.end - turn.body > _CUT_LIMIT or not spoken or asking.kind is not TurnKind.QUESTION or turn.speaker is None:
        return None
    if not _asks_the_same(evidence, asked, last - 1, turn.speaker):
        return None
    return Draft(
        Outcome.PARTIAL,
        say(lang, "cut", name=name(lang, card, turn.speaker)),
        (Quote((spoken[0].start, spoken[-1].end), partial=True),),
        reason=Reason.CUT,
        missing=(say(lang, "cut_missing"),),
    )


def _asks_the_same(evidence: Evidence, asked: Asked, question: int, answerer: str) -> bool:
    """Whether the visitor asks what was asked on stage: nothing else in the talk is nearer to it."""
    staged = evidence.turns == question
    named = (*asked.people.by, *asked.people.about)
    if not staged.any() or (named and answerer not in named):
        return False
    nearest = float(evidence.features["dense"][staged].max())
    if asked.people.by:
        others = evidence.by(answerer) & ~staged & (evidence.turns != question + 1)
    else:
        others = ~staged & evidence.quotable
    on_topic = asked.people.by or float(evidence.features["coverage"][staged].max()) >= _ON_TOPIC
    return bool(on_topic) and nearest > _NEAR and nearest >= float(evidence.features["dense"][others].max(initial=-9.0))
