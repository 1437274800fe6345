"""Places where a scrape lost something, found by the grammar of Chinese measure words rather than by a list of places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .types import Hole, HoleKind

_COMPARE = r"(?:超过|达到|多达|高达|将近|接近|大约|至少|不到|不足|突破|逾|约)"
_MONEY = r"(?:人民币|美元|美金|欧元|日元|港币|元)"
_PUNCT = r",，。.;；:：!！?？、()（）\s"
# 年 inside these words is no unit: 年轻, 年龄, 年底 ...
_YEAR_WORD = r"轻龄纪级薪会货华长少终度代底初末中间均报费收产销营利增份关味迈老幼富复化前后来内年画检审夜糕薄糖限表月"

_FIGURE = re.compile(
    "|".join(
        (
            # a year: 在年首轮, 成立于年, 年1月 -- a bare 年 where a date opens
            rf"(?:(?<=[{_PUNCT}在于自从至到\-~])(?<![0-9]\s)|(?<=^))年(?=\d{{1,2}}月|[^{_YEAR_WORD}{_PUNCT}])",
            rf"(?<=[于自从至])年(?=[{_PUNCT}\-~])",
            r"年(?=-年)",
            r"(?<![今去前明后每当次翌同\d])(?<!\d\s)年(?=年[底初末中])",
            # a sum: 超过万美元, 做到亿人民币, 有亿参数
            rf"(?<=[到过约近达有了共计])[万亿](?=(?:多|余)?{_MONEY}|参数|用户|人次|级)",
            rf"{_COMPARE}[万亿](?=[{_PUNCT}]|$)",
            # a count: 超过家生产环境, 约米
            rf"{_COMPARE}(?:个(?!人|性|体)|家(?!庭|长|里|乡|属|人)|名(?!义)|台|款|倍|项|米|公里|岁|元)",
            # a measure right behind a noun that takes a number: 公司个员工, Github个最有价值
            r"(?<=公司)个(?=员工|人的|部门|产品|项目)|(?<=[A-Za-z])个(?=[最很]?[\u4e00-\u9fff]{1,6}的)",
            # a distance or a factor: 到米海拔, 10倍到倍
            r"(?<=[到约近])米(?!其|粉|饭|兰|面|老)|(?<=海拔)米|(?<=到)倍",
            # 喝了多杯咖啡: 多 only rounds a number that stands before it
            r"(?<=[了有过])多(?=[杯岁块斤]|公里|分钟|平米|美元|美金)",
            # a stump: no sum of money or people begins with a bare 0
            r"(?<![\d.])0(?=[万亿])",
        )
    ),
    re.MULTILINE,
)
# A single digit before 万 or 亿 in a paragraph that lost figures is what was left of a longer one.
_STUMP = re.compile(r"(?<![\d.])[1-9](?=[万亿][\u4e00-\u9fff])")
# One asterisk by a Chinese character masks it; two or three do where no partner makes them Markdown.
_MASK = re.compile(r"(?<!\*)(?:\*(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\*{2,3}(?=[\u4e00-\u9fff]))")
# 从来 wants a negation or a copula; 太 wants an adjective; 为二 lacks its 唯.
_WORD = re.compile(r"(?<=从来)有|(?<=[^太航师師老]太)的(?=[\u4e00-\u9fff])|(?<![认以成分作称视化列一因])为二(?=的)")
_ENDERS = frozenset("。！？!?；;….”’」』）)】》\"'*—~～】]")
_TAIL = 10  # characters; a shorter last line ("OK") is an utterance, not a cut
_ENDED = 0.9  # share of paragraphs that must end with punctuation before a missing one means a cut


def holes(text: str, spoken: Iterable[tuple[int, int]]) -> tuple[Hole, ...]:
    """Find what was lost in ``text``; ``spoken`` are the spans of its paragraphs, in order, labels left out."""
    paragraphs = tuple(spoken)
    found = {hole for start, end in paragraphs for hole in _in_paragraph(text, start, end)}
    found |= set(_masks(text))
    found |= set(_cut(text, paragraphs))
    return tuple(sorted(found, key=lambda hole: (hole.offset, hole.kind)))


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Hole]:
    figures = [m.start() + _unit(m.group()) for m in _FIGURE.finditer(text, start, end)]
    yield from (Hole(at, HoleKind.FIGURE) for at in figures)
    if figures:
        yield from (Hole(m.start(), HoleKind.FIGURE) for m in _STUMP.finditer(text, start, end))
    yield from (Hole(m.start(), HoleKind.WORD) for m in _WORD.finditer(text, start, end))


def _unit(matched: str) -> int:
    """How far into a match the gap lies: before its unit, behind the words that compare."""
    compare = re.match(_COMPARE, matched)
    return compare.end() if compare else 0


def _masks(text: str) -> Iterator[Hole]:
    """One asterisk by a Chinese character masks it; several do where no partner on the line makes them Markdown."""
    for match in _MASK.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : (text.find("\n", match.end()) + 1 or len(text) + 1) - 1]
        if len(match.group()) == 1 or line.count(match.group()) % 2:
            yield Hole(match.start(), HoleKind.MASK)


def _cut(text: str, paragraphs: tuple[tuple[int, int], ...]) -> Iterator[Hole]:
    ends = [text[start:end].rstrip()[-1:] for start, end in paragraphs if text[start:end].strip()]
    last = text[paragraphs[-1][0] : paragraphs[-1][1]].strip() if paragraphs else ""
    if len(ends) < 2 or len(last) < _TAIL or last[-1] in _ENDERS:
        return
    closed = sum(end in _ENDERS for end in ends[:-1]) / (len(ends) - 1)
    if closed >= _ENDED:
        yield Hole(len(text[: paragraphs[-1][1]].rstrip()), HoleKind.CUT)
