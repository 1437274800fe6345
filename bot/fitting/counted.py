"""What a question counts, and the sentences that count it: 多少投资人 is told by 一千多个投资人 and not by 多杯咖啡."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from index.dictionary import HAN, words
from index.gloss import glosses
from index.sparse import normal, terms
from index.types import Floats, Sentence, Transcript

from ..question import Asked, Kind
from ..reading import KEPT, read
from .figure import AMOUNT, ENGLISH, SUM_ASKED

_MEASURES = "个個名人家位种種款台條条项項次所间間支本部张張座"
_ZH = re.compile(r"(?P<much>多少)(?P<run>[\u3400-\u9fff]+)|[几幾](?P<few>[\u3400-\u9fff]+)")
# Behind a figure, what makes it one of time, age or rank, which counts nothing else: 30 年, 三个月.
_NO_OTHER = r"(?!\s*(?:年|月|天|日|号|小时|钟头|分[钟之]|秒|周|星期|岁|轮|届|期|代|点|次))"
_ABSTRACT = ("时间", "次数", "程度")  # told by any figure of theirs, seldom by their name
_EN = re.compile(r"\bhow many ((?:[a-z]+ ){0,2}?[a-z]{3,})\b", re.IGNORECASE)
_EN_THINGS = re.compile(
    r"\bhow many (?!(?:more )?(?:(?:second|minute|hour|day|week|month|year|time|round|point|generation)s?|people live)\b)",
    re.IGNORECASE,
)
_THINGS = re.compile(
    rf"(?<![\d.第A-Za-z-])\d[\d,.]*+\s*+[多余餘来]?+[百千万亿]*+\s*+个?+{_NO_OTHER}|只有一|唯一"
    rf"|(?<![第每某{AMOUNT}])(?!一(?![十百千万亿])|[几数](?![十百千万亿]))[{AMOUNT}]++[多余餘来]?+\s*"
    rf"(?:[{_MEASURES}本册篇头只辆架场句笔杯份倍层门块元]{_NO_OTHER}|(?<=[一二三四五六七八九十两几数百千万][十百千万亿多])[\u4e00-\u9fff]{_NO_OTHER})"
)
_ACRONYM = re.compile(rf"(?:\b[Hh]ow many|多少|[几幾])\s*[{_MEASURES}]?\s*([A-Z][A-Z0-9]+)(?:s\b|(?![A-Za-z]))")
_NUMERAL = rf"(?<![第每某\d.])(?:\d[\d,.]*|[{AMOUNT}上]+)\s*[多余餘来]?\s*[万亿]?"
# Where the noun goes before its number, which ends the clause: 用户是 1000 万, and not 用户有一个问题.
_AMOUNTS_TO = (
    rf"[{_MEASURES}数量总人]{{0,3}}(?:已经?|现在|目前|大概|大约|就|也)?(?:是|有|为|為|达到?|達到?|超过|超過|突破|到)[了大概大约将接近]*\s*"
    rf"{_NUMERAL}[{_MEASURES}]?(?:左右|以上|多)?(?=[^\w]|$|了)"
)


def demanded(question: str) -> str | None:
    """The noun that an answer must name, where a question counts it: "多少员工" is not answered by a number of years.

    With 几 a list is asked for as often as a number, and its noun need not be said again.
    """
    match = None if re.search(SUM_ASKED, question, re.IGNORECASE) else _ZH.search(normal(question))
    noun = _noun(match["run"]) if match and match["much"] else None
    return None if noun in _ABSTRACT else noun


def counts(noun: str, words: str) -> bool:
    """Whether words may count a noun: a line has it, and a figure that is of no time, age or rank."""
    figure = re.compile(
        rf"(?<![\d.第A-Za-z-])\d[\d,.]*+\s*+[多余餘来]?+[百千万亿]*+\s*+个?+{_NO_OTHER}"
        rf"|(?<![第每某{AMOUNT}])(?!一(?![十百千万亿]))[{AMOUNT}]++[多余餘来]?+\s*(?:[{_MEASURES}]{_NO_OTHER}|{re.escape(noun)})"
        rf"|\b(?:{ENGLISH})\b",
        re.IGNORECASE,
    )
    return any(noun in line and figure.search(line) for line in normal(words).splitlines())


def counts_things(question: str, words: str) -> bool:
    """Whether Chinese words have a figure of things, if an English question counts some: 最近几年 and 几位 tell no number."""
    if not _EN_THINGS.search(question) or not HAN.search(words):
        return True
    return bool(_THINGS.search(normal(words)))


def counts_acronym(question: str, words: str) -> bool:
    """Whether words have a number beside the acronym that a question counts, if it counts one: "how many GPUs"."""
    match = _ACRONYM.search(question)
    if match is None:
        return True
    beside = r"[^,，、。;；.!?\n]{0,6}"
    counted = rf"(?:\d[\d,.]*|[{AMOUNT}]|\b(?:{ENGLISH})\b){beside}(?<![A-Za-z]){match[1]}|{match[1]}s?{beside}\d"
    return bool(re.search(counted, words, re.IGNORECASE))


def _noun(run: str) -> str | None:
    """The two characters by which what is counted is known: the first word that is no measure, as the dictionary parts
    them (项目 is a word, and not 项 of 目).
    """
    first = next((word.text for word in words(run) if len(word.text) > 1 or word.text not in _MEASURES), "")
    return first[:2] if len(first) > 1 else None


def told(asked: Asked, transcript: Transcript) -> Floats | None:
    """1 for each sentence [n] with a whole figure of what the question counts; None where it counts nothing by name, or no
    sentence has one.
    """
    if not asked.is_(Kind.HOW_MANY):
        return None
    found = np.zeros(len(read(transcript).sentences), np.float32)
    for noun in _counted(asked, transcript):
        found = np.maximum(found, _counting(transcript, noun))
    return found if found.any() else None


def _counted(asked: Asked, transcript: Transcript) -> Iterator[str]:
    """The noun that is counted, in the transcript's words."""
    match = _ZH.search(normal(asked.text))
    if noun := _noun(match["run"] or match["few"]) if match else None:
        if HAN.search(transcript.text):
            yield noun
            return
        meant = glosses(asked.text, transcript)
        yield from (said.split()[-1].rstrip("s") for word, ways in meant.items() if word in noun for said in ways)
    elif match := _EN.search(asked.text):
        noun = match[1].split()[-1]
        if not HAN.search(transcript.text):
            yield noun.rstrip("s")
            return
        meant = glosses(asked.text, transcript)
        yield from (word for term in terms(noun) for word in meant.get(term, ()) if len(word) > 1)


@lru_cache(maxsize=KEPT)
def _counting(transcript: Transcript, noun: str) -> Floats:
    gap = r"[^,，。;；:：!！?？\d]{0,3}?" if HAN.search(noun) else r"(?:\s+[a-z]+){0,2}?\s+"
    before = rf"{_NUMERAL}[{_MEASURES}]?{gap}{re.escape(noun)}"
    counts = re.compile(rf"{before}|{re.escape(noun)}{_AMOUNTS_TO}", re.IGNORECASE)
    lost = [hole.offset for hole in transcript.holes]

    def whole(sentence: Sentence) -> bool:
        found = counts.finditer(transcript.text, sentence.start, sentence.end)
        return any(not any(m.start() <= at <= m.end() for at in lost) for m in found)

    return np.array([whole(sentence) for sentence in read(transcript).sentences], np.float32)
