"""The words of a quote that carry the answer: the date, the figure of the measure asked for, the name, the place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.names import SURNAME
from index.sparse import normal

from ..draft import Span
from ..fitting.date import WHOLE_DATE
from ..fitting.figure import NUMBER
from ..question import Asked, Kind

MOST = 3  # spans of one quote
_FIGURE = re.compile(
    rf"百分之{NUMBER}|{NUMBER}\s*(?P<unit>美金|美元|人民币|欧元|日元|元|块|公里|小时|分钟|种|年|月|天|秒|个|家|人|次|轮|倍|名|位|米|点|成|条|款|杯|台|步|项|类|折|岁|%|％|download|亿|万|千|百)?"
)
_UNIT_ASKED = re.compile(
    r"(?:多少|几|第几)\s*(?P<zh>美[金元]|[个家人次轮倍名位米年月天秒种点成条款杯台步项类岁折])|百分之(?P<percent>几|多少)"
)
_ONE = re.compile(r"^[一几两上半]\s*(?:个|家|点|种|次|些|位|名|条|款|天|年)$")
_PERSON = re.compile(
    rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}(?=[,，。、;；是的说在和与]|$)|(?<![A-Za-z])[A-Z][a-z]+(?: [A-Z][a-z]+)+(?![A-Za-z])"
)
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z0-9]*[A-Za-z](?:-[A-Za-z0-9]+)?(?![A-Za-z])")
_PLACE = re.compile(
    r"(?:位于|坐落于?|设在|来自|落户(?:于|在)?|毕业于|就读于?|在)(?P<a>[\u4e00-\u9fff]{2,8}?)(?=[,，。、;；的]|$|读|工作|创业|攻读|从事|成立|开|有|做|办)|(?<=[于在、,，和])(?P<b>[\u4e00-\u9fff]{2,6}(?:大学|学院|研究院))"
)
_TOLD = re.compile(r"(?:是|被|由|给|为|叫|于|就是|比如|典型)\s*$")  # what stands before a name that is an answer
_IS_NAMED = re.compile(
    r"(?:是|叫做?|名为|称为|就是)\s*(?P<x>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9 -]{1,11}?)(?=[,，。;；!！]|$)"
)


def emphasised(asked: Asked, text: str, span: Span) -> tuple[Span, ...]:
    """Spans of ``text`` within a quote; none where nothing is certain."""
    if asked.is_(Kind.WHEN):
        return _some(_found(WHOLE_DATE, text, span))
    if asked.is_(Kind.HOW_MANY):
        return _some(_figures(asked, text, span))
    if asked.is_(Kind.WHERE):
        return _one(_places(text, span), asked, text)
    if asked.is_(Kind.WHO) and not asked.is_(Kind.WHO_SAID):
        return _one(_names(text, span), asked, text)
    return ()


def _some(spans: Iterator[Span]) -> tuple[Span, ...]:
    return tuple(s for s, _ in zip((s for s in spans if s[1] - s[0] >= 2), range(MOST), strict=False))


def _one(spans: Iterator[Span], asked: Asked, text: str) -> tuple[Span, ...]:
    """The one name that the question does not hold itself; where there are several, none is certain."""
    question = normal(asked.text)
    told = {text[a:b]: (a, b) for a, b in spans if normal(text[a:b]) not in question}
    return tuple(told.values()) if len(told) == 1 else ()


def _found(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[Span]:
    yield from (m.span() for m in pattern.finditer(text, *span))


def _figures(asked: Asked, text: str, span: Span) -> Iterator[Span]:
    """Figures of the measure asked for, else all but a bare one of something."""
    wanted = _UNIT_ASKED.search(normal(asked.text))
    all_ = [
        m for m in _FIGURE.finditer(text, *span) if m.group().strip() and (m["unit"] or re.search(r"\d", m.group()))
    ]
    if wanted and wanted["zh"]:
        same = [m for m in all_ if (m["unit"] or "").startswith(wanted["zh"][:1])]
        if same:
            yield from (m.span() for m in same if not _ONE.match(m.group()))
            return
    yield from (m.span() for m in all_ if not _ONE.match(m.group()))


def _places(text: str, span: Span) -> Iterator[Span]:
    for match in _PLACE.finditer(text, *span):
        yield match.span("a") if match["a"] else match.span("b")


def _names(text: str, span: Span) -> Iterator[Span]:
    """Persons and companies: Latin names, Chinese personal names, and what a copula gives as the name."""
    named = (*_found(_LATIN_NAME, text, span), *_found(_PERSON, text, span))
    told = [s for s in named if _TOLD.search(text, max(span[0], s[0] - 4), s[0])]
    yield from told
    if not told:
        yield from (m.span("x") for m in _IS_NAMED.finditer(text, *span))
