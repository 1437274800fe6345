"""Lists that speakers give: what announces them, their items in order, and how many were promised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.sentence import sentences
from index.types import Sentence, Transcript, TurnKind

from ..fitting.figure import DIGITS, ENGLISH_COUNTS
from ..reading import KEPT, read

_COUNT = rf"[两{DIGITS}\d]+"
UNIT = r"[种個个点點条項项类步方大件]"
_ANNOUNCES = re.compile(
    rf"(?:有|分为|分成|分享|列出|列了|举|讲|说|提|几个|这|是|要|给|的)?(?P<count>{_COUNT}|几){UNIT}(?!人|月|小时|亿|万)[^。！？!?;；]{{0,16}}"
    rf"|\b(?P<en>{'|'.join(ENGLISH_COUNTS)})\b[^.!?]{{0,40}}",
    re.IGNORECASE,
)
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("1.", re.compile(r"[(（]?(?P<n>\d{1,2})[)）.、．]\s*(?=\D)")),
    ("第一", re.compile(rf"(?:那么?|然后|但是|而|好|其实|另外|所以|就是|我觉得|我们觉得|那么?我觉得)?[,，]?第(?P<n>[{DIGITS}\d]+)(?:(?P<unit>{UNIT})|[,，、是]|(?=[\u4e00-\u9fff]))(?!次|轮|名|届|版|期|天|年|季|大)")),
    ("第一", re.compile(rf"(?P<n>[{DIGITS}])(?:是|(?P<unit>个)(?:是|我们))")),
    ("第一", re.compile(r"(?:那么|然后|但是)?(?P<n>首先|其次|再次|再者|最后)[,，]?")),
    ("方面", re.compile(r"(?:那么?|然后|我觉得|就是)*(?P<n>另外?一方面|再一方面|一方面)")),
    ("first", re.compile(r"(?:and |so |the )?(?P<n>first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth)\b", re.IGNORECASE)),
)  # fmt: skip
_INNER = re.compile(rf"[;；,，。](?:我们?觉得|那么?|然后|就是|所以)*第([{DIGITS}])({UNIT})(?:是|就是|，|,)?")
_ORDER = {"首先": 1, "一方面": 1, "其次": 2, "再次": 3, "再者": 3}
_EN_ORDER = {w: n for n, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth"], 1)}
_PLACE_ASKED = re.compile(
    rf"第\s*([{DIGITS}\d]+)|(最后)|\b(first|second|third|fourth|fifth|sixth|last)\b", re.IGNORECASE
)
LAST = -1  # of the items of a list, whatever its number
_INTERJECTION = 20  # characters of another's turn that does not end what somebody is saying
_REACH = 3  # sentences before the first item within which the list may be announced
_NEAR = 400  # characters within which an item may drop its unit (第一种 ... 第二就是)
_FAR = 1200  # characters between two items beyond which they are not one list


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number as spoken, its first sentence, and the end of everything said of it."""

    number: int
    sentence: Sentence
    end: int


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list within one turn: ``head`` announces it, ``promised`` is how many it says there are."""

    turn: int
    head: Sentence | None
    promised: int | None
    items: tuple[Item, ...]


@dataclass(slots=True)
class _Open:
    style: str
    unit: str
    items: list[tuple[int, int]]
    """(number, position among the turn's sentences)."""


@lru_cache(maxsize=KEPT)
def enumerations(transcript: Transcript) -> tuple[Enumeration, ...]:
    """Every list of at least two items in a transcript, in the order of its first items."""
    found = [e for n, spoken in _runs(transcript) for e in _in_turn(transcript, n, spoken)]
    return tuple(sorted(found, key=lambda e: e.items[0].sentence.start))


def _runs(transcript: Transcript) -> Iterator[tuple[int, list[Sentence]]]:
    """What one person says on end, as the number of its first turn and its sentences; an interjection does not end it."""
    first, speaker, spoken = 0, None, list[Sentence]()
    for n, turn in enumerate(transcript.turns):
        if turn.speaker != speaker and spoken and turn.end - turn.body <= _INTERJECTION:
            continue
        talks = turn.kind in (TurnKind.TALK, TurnKind.ANSWER)
        if not talks or turn.speaker != speaker or turn.speaker is None:
            if spoken:
                yield first, spoken
            first, speaker, spoken = n, turn.speaker, []
        if talks:
            spoken += sentences(transcript.text, turn.body, turn.end)
    if spoken:
        yield first, spoken


def place_asked(question: str) -> int:
    """The number of the item that a question asks for (第三种, the second): ``LAST`` for the last, 0 where it names none."""
    match = _PLACE_ASKED.search(question)
    if match is None:
        return 0
    return LAST if match[2] or (match[3] or "").lower() == "last" else number(match[1] or match[3])


def number(words: str) -> int:
    """A small number in digits, Chinese numerals or English words; 0 where it is none of them."""
    words = words.strip().lower()
    if words.isdigit():
        return int(words)
    if english := ENGLISH_COUNTS.get(words) or _EN_ORDER.get(words.removesuffix("ly")):
        return english
    if words == "两":
        return 2
    if words and all(c in DIGITS for c in words):
        return _numeral(words)
    return _ORDER.get(words, 0)


def _numeral(words: str) -> int:
    tens, _, ones = words.rpartition("十")
    if "十" not in words:
        return DIGITS.index(words[0]) + 1
    return (10 * (DIGITS.index(tens) + 1) if tens else 10) + (DIGITS.index(ones) + 1 if ones else 0)


def _in_turn(transcript: Transcript, turn: int, spoken: Sequence[Sentence]) -> Iterator[Enumeration]:
    closed: list[_Open] = []
    stack: list[_Open] = []
    for at, sentence in enumerate(spoken):
        words = transcript.text[sentence.start : sentence.end]
        for style, unit, n in marks(words):
            _take(stack, closed, _Open(style, unit, [(n or _last(stack, style), at)]), spoken)
    for run in (*closed, *stack):
        if len(run.items) >= 2:
            yield _enumeration(transcript, turn, spoken, run)


def marks(words: str) -> Iterator[tuple[str, str, int]]:
    """Style, unit and number of the item a sentence opens, and of those that follow a semicolon within it."""
    for style, pattern in _MARKERS:
        if match := pattern.match(words):
            yield style, match.groupdict().get("unit") or "", number(match["n"])
            return
    for match in _INNER.finditer(words):
        yield "第一", match[2], number(match[1])


@lru_cache(maxsize=KEPT)
def item_numbers(transcript: Transcript) -> NDArray[np.int_]:
    """The number by which each sentence of a transcript opens an item [n]; 0 where it opens none."""
    spoken = (transcript.text[s.start : s.end] for s in read(transcript).sentences)
    return np.array([next((n for _, _, n in marks(words)), 0) for words in spoken], int)


def _last(stack: Sequence[_Open], style: str) -> int:
    """The number of a closing item (最后): one more than the list it closes."""
    return next((run.items[-1][0] + 1 for run in reversed(stack) if run.style == style), 0)


def _take(stack: list[_Open], closed: list[_Open], new: _Open, spoken: Sequence[Sentence]) -> None:
    """Put an item into the innermost list that expects it; a first item opens a list inside the others."""
    for depth in range(len(stack) - 1, -1, -1):
        if _continues(stack[depth], new, len(stack) - depth, spoken):
            closed.extend(stack[depth + 1 :])
            del stack[depth + 1 :]
            stack[depth].items += new.items
            return
    if new.items[0][0] == 1:
        stack.append(new)


def _continues(run: _Open, new: _Open, depth: int, spoken: Sequence[Sentence]) -> bool:
    """Whether an item is the next of a list: its number follows, its unit agrees, and it is not too far away."""
    (last, before), (n, at) = run.items[-1], new.items[0]
    gap = spoken[at].start - spoken[before].start
    same = run.unit == new.unit or (gap < _NEAR if not new.unit else not run.unit)
    return run.style == new.style and n == last + 1 and same and gap < _FAR * depth


def _enumeration(transcript: Transcript, turn: int, spoken: Sequence[Sentence], run: _Open) -> Enumeration:
    first = run.items[0][1]
    head, promised = _head(transcript, spoken, first, len(run.items))
    if promised is None:
        promised = _announced(transcript, spoken[first], len(run.items))
    if promised and promised < len(run.items):
        del run.items[promised:]
    nexts = [at for _, at in run.items[1:]]
    items = [
        Item(n, spoken[at], spoken[max(at, after - 1)].end)
        for (n, at), after in zip(run.items, [*nexts, _end_of_last(transcript, spoken, run)], strict=True)
    ]
    return Enumeration(turn, head, promised, tuple(items))


def _end_of_last(transcript: Transcript, spoken: Sequence[Sentence], run: _Open) -> int:
    """The last item reaches to the end of its paragraph."""
    at = run.items[-1][1]
    stop = transcript.text.find("\n", spoken[at].start)
    return next((k for k in range(at + 1, len(spoken)) if stop >= 0 and spoken[k].start > stop), len(spoken))


def _announced(transcript: Transcript, sentence: Sentence, n: int) -> int | None:
    """How many a sentence announces that names the first of them itself."""
    words = transcript.text[sentence.start : sentence.end]
    inner = _INNER.search(words)
    counts = (number(m["count"] or m["en"]) for m in _ANNOUNCES.finditer(words[: inner.start()] if inner else ""))
    return next((count for count in counts if 2 <= count <= n + 3), None)


def _head(transcript: Transcript, spoken: Sequence[Sentence], first: int, n: int) -> tuple[Sentence | None, int | None]:
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        words = transcript.text[spoken[at].start : spoken[at].end]
        for match in _ANNOUNCES.finditer(words):
            count = number(match["count"] or match["en"])
            if match["count"] == "几" or 2 <= count <= n + 3:
                return spoken[at], count or None
    before = spoken[first - 1] if first else None
    asks = before and transcript.text[before.end - 1] in "?？:："
    return (before if asks else None), None
