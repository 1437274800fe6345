"""What a sentence holds that the question's type asks for: a date, a figure, a person, a place, a reason, the noun
that the question word belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np

from index.sparse import normal, terms
from index.types import Floats, HoleKind, Transcript

from .fitting.counted import told
from .fitting.date import DATED, LASTS, TIMED
from .fitting.figure import AMOUNT, ENGLISH
from .question import Asked, Kind
from .reading import KEPT, read

_I = re.IGNORECASE
HOLDS: Mapping[Kind, re.Pattern[str]] = {
    Kind.WHY: re.compile(
        r"因为|因為|由于|由於|所以|因此|原因|之所以|目的|为了|為了|(?<![人天刚剛口英奇钱])才(?![能华華干幹子])|导致|導致|使得"
        r"|because|since|so that|therefore|reason|due to",
        _I,
    ),
    Kind.HOW: re.compile(
        r"通过|通過|利用|用|靠|先|然后|然後|首先|采用|採用|方式|办法|做法|by |through|using|first|then", _I
    ),
    Kind.DEFINITION: re.compile(
        r"是|指|叫|称(?:为|之为)|稱|即|又名|所谓|所謂|意思|类似于|\b(?:is|are|means?|called|refers to)\b", _I
    ),
    Kind.WHEN: TIMED,
    Kind.HOW_MANY: re.compile(
        rf"\d|[{AMOUNT}]+\s*[多余餘]?\s*[个個家人名位次轮輪倍元块塊种種层層座条條只隻里米岁歲届屆年天月点點款台杯]|百分之|[%％]"
        rf"|\b(?:{ENGLISH})\b",
        _I,
    ),
    Kind.WHO: re.compile(
        r"[·・]|先生|女士|教授|博士|总统|總統|皇帝|将军|將軍|导演|導演|主席|创始人|創始人|老师|老師|由[\u4e00-\u9fff]{2,4}"
        r"|[A-Z][a-z]+ [A-Z][a-z]+"
    ),
    Kind.WHERE: re.compile(r"[省市县縣州国國岛島山河湖区區镇鎮村洲街路港湾灣]|位于|位於|在[\u4e00-\u9fff]{2,6}|\b(?:in|at|from) [A-Z]"),
    Kind.LIST: re.compile(r"、[^、]*、|[,，][^,，]*[,，]|以及|和|等|\band\b"),
}  # fmt: skip
"""For each kind of question what an answer to it tends to hold."""
_FIGURES = (Kind.WHEN, Kind.HOW_MANY)
_ALSO: Mapping[Kind, re.Pattern[str]] = {
    Kind.WHEN: re.compile(r"何年|时候|時候|时间|時間|年份|日期|哪一?年"),
    Kind.WHERE: re.compile(
        r"何地|哪个?一?个?(?:国家|城市|地|省)|哪個?(?:國家|城市|地|省)|地点|地點|位置|位于何|位於何"
    ),
    Kind.WHO: re.compile(r"何人|哪位"),
    Kind.HOW_MANY: re.compile(r"多[大高长長远遠重]|面积|面積|人口|[几幾](?=[个個人座年种種])"),
}
_HEAD = re.compile(
    r"(?<![为為])(?:什么|什麼|甚麼|哪[个個一些种種]?|何[种種]?|[几幾])(?:[个個种種一些位座所家间間场場部本支款]?)([\u4e00-\u9fff]{1,3})"
    r"|\b(?:which|what)\s+(?:kinds? of |types? of )?([a-z]{3,})",
    _I,
)
_NO_HEAD = frozenset(
    ["is", "are", "was", "were", "did", "does", "the", "kind", "type", "has", "have", "will", "would", "can"]
)


_PREDICATE = re.compile(r"([\u4e00-\u9fff]{2})(?:[过過了到])?(?:吗|嗎|没有|沒有|没|么)[?？。\s]*$")


def types_of(asked: Asked) -> Iterator[Kind]:
    """The kinds of answer a question wants, those that its cues miss among them."""
    for kind in HOLDS:
        if kind in asked.kinds or (kind in _ALSO and _ALSO[kind].search(asked.text)):
            yield kind


def holds(asked: Asked, kind: Kind, transcript: Transcript) -> Floats:
    """1 for each sentence that holds what an answer of this kind does, and does not just repeat the question; a
    sentence that lost its year or figure held one. Where what is counted is counted, any other figure is none.
    """
    if kind is Kind.HOW_MANY and (counting := told(asked, transcript)) is not None:
        return counting
    lasts = kind is Kind.WHEN and LASTS.search(asked.text)
    found = _holds(transcript, DATED if lasts else HOLDS[kind])
    held = np.array([any(one not in asked.text for one in held) for held in found], np.float32)
    return np.maximum(held, _lost(transcript, years=kind is Kind.WHEN)) if kind in _FIGURES else held


@lru_cache(maxsize=KEPT * 4)
def _holds(transcript: Transcript, held: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    text = transcript.text
    return tuple(frozenset(m.group() for m in held.finditer(text, s.start, s.end)) for s in read(transcript).sentences)


@lru_cache(maxsize=KEPT * 2)
def _lost(transcript: Transcript, *, years: bool) -> Floats:
    text = transcript.text
    lost = [
        h.offset
        for h in transcript.holes
        if h.kind is HoleKind.FIGURE and (text[h.offset : h.offset + 1] == "年") is years
    ]
    return np.array([any(s.start <= at < s.end for at in lost) for s in read(transcript).sentences], np.float32)


def head(asked: Asked, transcript: Transcript) -> Floats:
    """How much of the noun that the question word belongs to a sentence has: "哪个国家" looks for 国 (.5) and 国家 (1),
    "which company" for company (1).
    """
    found = _HEAD.search(normal(asked.text))
    noun = (found[1] or found[2]) if found else ""
    words = read(transcript).words
    if not noun or noun in _NO_HEAD:
        return np.zeros(len(words), np.float32)
    if noun.isascii():
        wanted = frozenset(terms(noun))
        return np.array([bool(wanted & held) for held in words], np.float32)
    parts = (noun[:1], noun[:2], noun[1:3])[: len(noun)]
    return np.array([sum(part in held for part in parts) / 2 for held in words], np.float32)


def predicate(asked: Asked, transcript: Transcript) -> Floats:
    """Whether a sentence has the verb that a yes-or-no question ends in: "有人成功过吗" looks for 成功, said with yes or no."""
    found = _PREDICATE.search(normal(asked.text)) if Kind.YES_NO in asked.kinds else None
    words = read(transcript).words
    verb = found[1] if found else None
    return np.array([verb in held for held in words], np.float32)
