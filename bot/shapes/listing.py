"""Lists as answers: all items in order, or the one asked for by its number."""

from __future__ import annotations

import re
from bisect import bisect_left

import numpy as np

from index.types import Transcript

from ..draft import Draft, Quote, Span
from ..evidence import NEVER, Evidence, Rows
from ..fitting.figure import DIGITS, ENGLISH_COUNTS
from ..question import Asked, Kind
from ..quoting.quote import quote
from ..stage import Stage
from ..types import Outcome
from ..wording import introduction, name, say
from .enumeration import LAST, Enumeration, Item, enumerations, item_numbers, number, place_asked

_CALLED = 2.0  # score for a list that is called what the question calls it, in either language
_CALLS = tuple(
    (re.compile(rf"\b(?:{english})\b|{chinese}{also}", re.IGNORECASE), chinese)
    for english, chinese, also in (
        (r"advantages?|benefits?|strengths?|merits?", "优点|好处|优势", "|好在哪|强在哪|长处"),
        ("reasons?", "原因|理由|为什么", "|为啥"),
        ("use cases?|scenarios?|examples?", "场景|例子", ""),
        ("modes?|models?", "模式", ""),
        ("ways?|methods?|approaches", "方式|方法|办法", ""),
        ("steps?|stages?|phases?", "步|阶段", ""),
        ("features?|characteristics|dimensions?|criteria", "特点|特征|特性|维度", ""),
        ("relationships?", "关系", ""),
        ("suggestions?|advice|recommendations?", "建议", ""),
        ("questions?|problems?", "问题", ""),
        ("points?|things?|takeaways?", "[几两二三四五六七八]点", ""),
    )
)
_ALIKE = frozenset(
    ["优点|好处|优势", "特点|特征|特性|维度", "[几两二三四五六七八]点"]
)  # a list of the one is a list of the other
# What a question asks for a list of, and what a speaker announces one of: 有什么好处 of a mode is no list of modes.
_OF_WHAT = re.compile(
    rf"(?:什么|啥|哪些|[哪几][{DIGITS}两几]?[种个点条项类大]?)(?P<zh>[\u3400-\u9fff]{{2,6}})|\bwhat (?:(?:are|were|is) (?:the|its|their|his|her|some) )?(?P<en>(?:\w+ ){{0,2}}\w+)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(rf"(?:[两几{DIGITS[1:]}]|(?<!\d)[2-9])[种個个点點条條项类步方大件][^。！？!?;；]{{0,10}}")
_LABEL = rf"(?![的种種个個这這那哪几幾各两{DIGITS}])[\u4e00-\u9fff]"  # of a name, and of no count
_SLACK, _COUNTED = 1.0, 2.5  # score by which a list may answer worse than the best sentence
_FITS = 0.8  # score for as many items as the question counts
ITEM_LIMIT = 60  # characters of a list item's quote
_COUNT_ASKED = re.compile(
    rf"([两{DIGITS[1:]}]|\b(?:{'|'.join(ENGLISH_COUNTS)})\b)\s*(?:种|个|点|条|类|项|大|方面|modes?|kinds?|types?|ways?|points?|reasons?)?",
    re.IGNORECASE,
)


def find_list(stage: Stage, asked: Asked, evidence: Evidence, allowed: Rows) -> Enumeration | None:
    """The list whose announcement (or, for one item, whose body) answers best, if it answers nearly as well as any."""
    found = enumerations(stage.transcript)
    best = evidence.best(allowed)
    if not found or best is None:
        return None
    scores = [_list_score(e, asked, evidence, allowed) for e in found]
    top = int(np.argmax(scores))
    # A list of as many items as the question counts is meant, though a single sentence may be nearer to its words.
    counted = asked_count(asked.text) in (found[top].promised, len(found[top].items))
    slack = _COUNTED if counted and asked.is_(Kind.LIST) else _SLACK
    return found[top] if scores[top] >= float(evidence.scores[best]) - slack else None


def _list_score(e: Enumeration, asked: Asked, evidence: Evidence, allowed: Rows) -> float:
    starts = [s.start for s in evidence.sentences]
    rows = [bisect_left(starts, item.sentence.start) for item in e.items]
    scores = sorted((float(evidence.scores[n]) for n in rows if allowed[n]), reverse=True)
    if not scores or _astray(asked, evidence.transcript, e):
        return NEVER
    head = bisect_left(starts, e.head.start) if e.head else None
    announced = float(evidence.scores[head]) if head is not None and allowed[head] else NEVER
    body = 0.5 * scores[0] + 0.5 * float(np.mean(scores))
    promised = asked_count(asked.text)
    fits = _FITS if promised and promised in (e.promised, len(e.items)) else 0.0
    called = _CALLED * _is_called(asked, evidence.transcript, e)
    return max(announced, body) + fits + called


def _is_called(asked: Asked, transcript: Transcript, e: Enumeration) -> bool:
    """Whether what announces a list calls its items what the question calls them, in either language."""
    before = e.head or e.items[0].sentence
    words = transcript.text[before.start : before.end]
    return any(english.search(asked.text) and re.search(chinese, words) for english, chinese in _CALLS)


def _astray(asked: Asked, transcript: Transcript, e: Enumeration) -> bool:
    """Whether a list is announced as one of something else than the question asks for."""
    match = _OF_WHAT.search(asked.text)
    announced = _ANNOUNCED.search(transcript.text[e.head.start : e.head.end]) if e.head else None
    if match is None or announced is None:
        return False
    wanted = {zh for cue, zh in _CALLS if cue.search(match["zh"] or match["en"])}
    called = {zh for _, zh in _CALLS if re.search(zh, announced.group())}
    return bool(wanted and called) and not wanted & called and not (wanted & _ALIKE and called & _ALIKE)


def asked_count(text: str) -> int:
    """How many items the question expects (哪七种, the four modes); 0 where it does not say."""
    match = _COUNT_ASKED.search(text)
    return number(match[1]) if match else 0


def as_list(stage: Stage, found: Enumeration) -> Draft:
    """All items in order; where the speaker announces more than the transcript has, that is said."""
    speaker = stage.transcript.turns[found.turn].speaker
    fields = {"name": name(stage.lang, stage.card, speaker) if speaker else "", "n": len(found.items)}
    short = bool(found.promised and found.promised > len(found.items))
    lead = say(stage.lang, "list_short" if short else "list_complete", said=found.promised, **fields)
    quotes = [Quote((found.head.start, found.head.end))] if found.head else []
    quotes += [Quote(_item_span(stage.transcript, item)) for item in found.items]
    return Draft(Outcome.ANSWER, lead, tuple(quotes), missing=(lead,) if short else ())


def _item_span(transcript: Transcript, item: Item) -> Span:
    """An item's first sentence, its leading clauses where it is long; a bare label takes the next sentence along."""
    start, end = item.sentence.start, item.sentence.end
    if end - start > ITEM_LIMIT:
        cut = max((transcript.text.rfind(mark, start, start + ITEM_LIMIT) for mark in "，,;；、"), default=-1)
        end = cut if cut > start + 12 else end
    elif end - start < 12 and item.end > end and "\n" not in transcript.text[end : item.end]:
        end = min(item.end, end + ITEM_LIMIT) if item.end - end <= ITEM_LIMIT else end
    return (start, end)


def ordinal(asked: Asked, found: Enumeration) -> Item | None:
    """The item a question asks for by its number (第三种, the last one)."""
    wanted = place_asked(asked.text)
    if wanted == LAST:
        return found.items[LAST]
    return next((item for item in found.items if item.number == wanted > 0), None)


def lone_item(stage: Stage, asked: Asked, evidence: Evidence, allowed: Rows) -> Draft | None:
    """The one sentence of somebody that numbers itself as asked, though no list has it (第三点 ..., 四是 ...)."""
    wanted, numbers = place_asked(asked.text), item_numbers(stage.transcript)
    found = np.flatnonzero(allowed & (numbers == wanted))
    if wanted < 1 or not asked.people.by or len(found) != 1:
        return None
    n = int(found[0])
    lead = introduction(stage.lang, stage.card, evidence.speaker(n) or "", evidence.turn(n).section)
    return Draft(Outcome.ANSWER, lead, (quote(evidence, asked, n, n),))


def numbered_otherwise(asked: Asked, evidence: Evidence) -> Rows:
    """Which sentences open another item than the one that is asked for by its number."""
    wanted, numbers = place_asked(asked.text), item_numbers(evidence.transcript)
    return np.not_equal(numbers, wanted) & (numbers > 0) if wanted > 0 else np.zeros(len(numbers), bool)


def called(stage: Stage, asked: Asked, found: Enumeration) -> Item | None:
    """The one item of a Chinese list that a question calls by its name, in either language: 流浪模式, the wandering mode."""
    text, kinds = stage.transcript.text, [chinese for cue, chinese in _CALLS if cue.search(asked.text)]
    label = re.compile(rf"(?=((?:{_LABEL}){{2}})(?:{'|'.join(kinds)}))")
    wanted = {*label.findall(asked.text), *asked.said}
    openings = ((item, text[item.sentence.start : item.sentence.end]) for item in found.items)
    named = [item for item, opening in openings if kinds and wanted.intersection(label.findall(opening))]
    return named[0] if len(named) == 1 else None


def as_item(stage: Stage, found: Enumeration, item: Item, evidence: Evidence, asked: Asked) -> Draft:
    """One item with what is said of it, within reason."""
    text = stage.transcript.text
    first = next(n for n, s in enumerate(evidence.sentences) if s.start >= item.sentence.start)
    last = first
    while (
        last + 1 < len(evidence.sentences)
        and evidence.turns[last + 1] == evidence.turns[first]
        and evidence.sentences[last + 1].end <= item.end
        and evidence.sentences[last + 1].end - item.sentence.start <= 200
    ):
        last += 1
    head = text[found.head.start : found.head.end] if found.head else ""
    lead = introduction(stage.lang, stage.card, stage.transcript.turns[found.turn].speaker or "", None)
    if head and stage.lang == "zh":
        lead = say("zh", "item", head=head.rstrip("。.:："), n=item.number)
    return Draft(Outcome.ANSWER, lead, (quote(evidence, asked, first, last),))
