"""Quantities in Chinese: 三十个亿, 百分之二十五, 一千多, 数千万, 三成, 16年, 第六, 1月20号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from .quantity import Hedge, Measure, Quantity

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_N = "零〇一二两三四五六七八九"
_BIG = "十百千万亿"
# 3, 1.5亿, 100多万, 三十个亿, 一千多, 十几, 三四千, 数千万, 上百万, 成百上千.
_NUMBER = re.compile(
    rf"(?P<vague>成[百千]上[千万]|[数几][{_BIG}]+|上[百千万][{_BIG}]*)"
    rf"|(?<![A-Za-z0-9.])(?<![A-Za-z]-)(?P<arabic>\d[\d,]*(?:\.\d+)?)(?P<scale>(?:[多余]?[十百千]?[万亿]|[多余]?[十百千](?!分)|个(?=[万亿]))*)(?P<more>[多余几]?)(?![A-Za-z])"
    rf"|(?P<cn>[{_N}{_BIG}](?:[{_N}{_BIG}]|[多余几](?=[{_BIG}])|个(?=[万亿]))*)(?P<cnmore>[多余几]?)"
)
_PERCENT = re.compile(
    rf"百分之(?P<n>[{_N}{_BIG}\d.]+)|(?P<of>[{_N}{_BIG}\d]+)分之(?P<part>[{_N}{_BIG}\d]+)|(?P<half>一半|半数)|(?P<demi>半)(?P<unit>年|个月|天|小时)"
)
_MONEY = re.compile(r"\s*(?:个)?(美元|美金|刀|人民币|块钱|块|元|欧元|日元|港币|英镑)")
_CURRENCY = {"美元": "usd", "美金": "usd", "刀": "usd", "人民币": "cny", "块钱": "cny", "块": "cny", "元": "cny"}
_TIME = re.compile(r"\s*(个月|个多月|周|个星期|星期|天|个小时|小时|分钟|秒|岁|个世纪|世纪|年(?!代|级|底|初|末|中))")
_TIMES_UNIT = {"个月": "month", "个多月": "month", "周": "week", "个星期": "week", "星期": "week", "天": "day", "个小时": "hour",
               "小时": "hour", "分钟": "minute", "秒": "second", "岁": "year", "个世纪": "century", "世纪": "century", "年": "year"}  # fmt: skip
# Words that count; a single Chinese numeral is a number only before one of them.
_COUNTED = re.compile(
    r"\s*(?:多|余|来)?(?:个|家|人|位|名|种|类|条|项|点|步|款|台|件|轮|届|次|层|本|座|颗|间|所|部|环|级|代|方(?!面|式|法|向|案|便)|大(?!量|家|多|部|概)|篇|句|段|节|页|批|组|对|声|把|支|份|门|张|场|杯|米|公里|平|吨|度|倍|成(?!功|本|立|为|熟|交|长|员|果|就)|号(?!称)|月|日(?!本|常)|年|天|岁|周|小时|分钟|秒|世纪|[%％])"
)
# 13年 names a year rather than a length of time: after a preposition or a name, not after words that measure.
_LENGTH_BEFORE = re.compile(
    r"(?:了|过|约|大概|不到|超过|近|每|满|正好|需要|要|这|那|前|后|用|花|有|第|隔|最近|过去|到现在|[十百千几数多])\s*$"
)
_LENGTH_AFTER = re.compile(r"\s*(?:前|后|来|了|间|多|以|内|里|左右|历史|时间|的(?!时候|那)|才|一次|制|级)")
_TENTHS = re.compile(r"成(?!功|本|立|为|熟|交|长|员|果|就)")
_AGES = re.compile(r"\s*年代")
_YEARS = re.compile(r"\s*年")
_MEASURES = (
    (Measure.PERCENT, re.compile(r"\s*[%％]")),
    (Measure.TIMES, re.compile(r"\s*倍")),
    (Measure.MONTH, re.compile(r"\s*月")),
    (Measure.DAY, re.compile(r"\s*(?:号(?!称)|日(?!本|常|活))")),
)
_ITEM, _LINE_START = re.compile(r"\.\s*(?!\d)"), re.compile(r"(?:^|\n)$")
_BEFORE = (
    (Hedge.UNDER, re.compile(r"(?:不到|不足|少于|低于|不超过|没超过|没有超过|未超过|至多|最多|以内的?)$")),
    (Hedge.OVER, re.compile(r"(?<![不没])(?:超过|超|逾|高达|多达|至少|不少于|不止|大于|突破|上)$")),
    (Hedge.NEAR, re.compile(r"(?:近|将近|接近|快)$")),
    (Hedge.ABOUT, re.compile(r"(?:约|大约|大概|差不多|大致)[\u4e00-\u9fff]{0,3}$")),
)  # fmt: skip
_AFTER = (
    (Hedge.OVER, re.compile(r"^[\u4e00-\u9fff]{0,2}(?:以上|多|余)")),
    (Hedge.UNDER, re.compile(r"^[\u4e00-\u9fff]{0,2}以下")),
    (Hedge.ABOUT, re.compile(r"^[\u4e00-\u9fff]{0,4}(?:左右|上下)")),
)
_TO = re.compile(r"\s*(?:到|至|-|~|～|—|–|或|、)\s*$")
_THOUSANDS = 2000  # two-digit years of a talk held in this century


def quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of a Chinese text, in order."""
    taken = [m.span() for m in _PERCENT.finditer(text)]
    yield from _parts(text)
    found = [q for m in _NUMBER.finditer(text) if not _inside(m.start(), taken) and (q := _quantity(text, m))]
    for here, after in zip_longest(found, found[1:]):
        yield _as_range(text, here, after) if after else here


def _parts(text: str) -> Iterator[Quantity]:
    for m in _PERCENT.finditer(text):
        if m["demi"]:
            yield Quantity(0.5, 0.5, Measure.SPAN, *m.span(), _TIMES_UNIT[m["unit"]])
            continue
        share = 50.0 if m["half"] else _value(m["n"]) if m["n"] else 100 * _value(m["part"]) / (_value(m["of"]) or 1)
        yield Quantity(share, share, Measure.PERCENT, *m.span(), "", _hedges(text, *m.span()))


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)


def _quantity(text: str, m: re.Match[str]) -> Quantity | None:
    start, end = m.span()
    ordinal = text[:start].endswith("第")
    if m["vague"]:
        low, high, vague = _vague(m["vague"])
        more = m["vague"].startswith("上")
    elif m["arabic"]:
        low = high = float(m["arabic"].replace(",", "")) * _product(m["scale"])
        vague, more = False, bool(m["more"]) or "多" in m["scale"] or "余" in m["scale"]
    else:
        if not ordinal and not _counts(text, m):
            return None
        low, high = _cn(m["cn"] + ("几" if m["cnmore"] == "几" else ""))
        vague, more = m["cnmore"] == "几", m["cnmore"] in ("多", "余") or bool(re.search("[多余]", m["cn"]))
    hedges = _hedges(text, start, end) | ({Hedge.OVER} if more else frozenset())
    return _measured(text, Quantity(low, high, Measure.COUNT, start, end, "", frozenset(hedges), vague), ordinal, m)


def _counts(text: str, m: re.Match[str]) -> bool:
    """Whether Chinese numerals are a number here, and not part of a word (百度, 三体, 万一)."""
    if m["cn"] == "万一":
        return False
    if len(m["cn"]) > 1 and re.search(f"[{_N}]", m["cn"]) and re.search(f"[{_BIG}]", m["cn"]):
        return True
    after = text[m.end() :]
    if _TO.match(after[:1]) and re.match(rf".[{_N}{_BIG}\d]", after):
        return True
    if m["cn"] == "一":
        return bool(_TIME.match(after)) or after.startswith("倍")
    if re.fullmatch(f"[{_BIG}]+", m["cn"]) and m["cn"] != "十":
        return m["cn"] in ("百万", "千万", "百亿", "千亿") and not after.startswith(("不", "别", "要"))
    return bool(_COUNTED.match(after))


def _measured(text: str, q: Quantity, ordinal: bool, m: re.Match[str]) -> Quantity:
    """The quantity with what stands around it read as its measure."""
    after, before = text[q.end :], text[: q.start]
    if ordinal:
        return replace(q, measure=Measure.ORDINAL)
    if _TENTHS.match(after) and q.high < 10:
        return replace(q, measure=Measure.PERCENT, low=q.low * 10, high=q.high * 10)
    if _AGES.match(after):
        return replace(q, measure=Measure.DECADE, low=q.low % 100, high=q.high % 100)
    if _YEARS.match(after) and (m["arabic"] or len(m["cn"] or "") >= 2) and (year := _year(q, m, before, after)):
        return replace(q, measure=Measure.YEAR, low=year, high=year)
    for measure, cue in _MEASURES:
        if cue.match(after):
            return replace(q, measure=measure)
    if money := _MONEY.match(after):
        return replace(q, measure=Measure.MONEY, unit=_CURRENCY.get(money[1], money[1]), end=q.end + money.end())
    if time := _TIME.match(re.sub("^[多余来]", "", after)):
        return replace(q, measure=Measure.SPAN, unit=_TIMES_UNIT[time[1]])
    if _ITEM.match(after) and _LINE_START.search(before):
        return replace(q, measure=Measure.ORDINAL)
    return q


def _year(q: Quantity, m: re.Match[str], before: str, after: str) -> float | None:
    """The year a number before 年 names, or None where it is a length of time."""
    if 1900 <= q.low <= 2100:
        return q.low
    written = m["arabic"] or m["cn"]
    if m["cn"] and len(m["cn"]) == 4 and re.fullmatch(f"[{_N}]+", m["cn"]):
        return float("".join(str(_DIGIT[c]) for c in m["cn"]))
    length = _LENGTH_BEFORE.search(before) or _LENGTH_AFTER.match(after.lstrip()[1:])
    two = re.fullmatch(rf"\d\d|[{_N}]{{2}}", written) and not m.groupdict().get("scale")
    if not two or length or q.low > 49:
        return None
    return _THOUSANDS + (q.low if m["arabic"] else float("".join(str(_DIGIT[c]) for c in written)))


def _as_range(text: str, here: Quantity, after: Quantity) -> Quantity:
    """A number whose unit stands behind the next one: 2到10倍, 五到十年."""
    bare = here.measure is Measure.COUNT and after.measure is not Measure.ORDINAL
    if bare and _TO.fullmatch(text[here.end : after.start]):
        return Quantity(here.low, here.high, after.measure, here.start, here.end, after.unit, here.hedges, here.vague)
    return here


def _hedges(text: str, start: int, end: int) -> frozenset[Hedge]:
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    found = {hedge for hedge, cue in _BEFORE if cue.search(before)}
    found |= {hedge for hedge, cue in _AFTER if cue.search(after)}
    if Hedge.UNDER in found and re.search(r"[不没未](?:有)?超过$", before):
        found.discard(Hedge.OVER)
    return frozenset(found)


def _product(scale: str) -> float:
    product = 1.0
    for c in scale:
        product *= _SCALE.get(c, 1)
    return product


def _value(text: str) -> float:
    plain = text.replace(",", "").rstrip(".")
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else _cn(text)[0]


def _vague(text: str) -> tuple[float, float, bool]:
    if text.startswith("成"):
        return (100.0, 9999.0, True)
    scale = _product(text[1:])
    return (scale, scale, False) if text.startswith("上") else (2 * scale, 9 * scale, True)


def _cn(text: str) -> tuple[float, float]:
    """The value of Chinese numerals; two neighbouring digits before a scale are a range (三四千)."""
    text = re.sub("[多余个]", "", text)
    if len(text) == 4 and re.fullmatch(f"[{_N}]+", text):
        year = float("".join(str(_DIGIT[c]) for c in text))
        return (year, year)
    if pair := re.fullmatch(
        rf"(?P<head>.*?)(?P<a>[一二两三四五六七八])(?P<b>[二三四五六七八九])(?P<tail>[{_BIG}]*)", text
    ):
        return (_sum(pair["head"] + pair["a"] + pair["tail"]), _sum(pair["head"] + pair["b"] + pair["tail"]))
    if text.endswith("几"):
        base = _sum(text[:-1])
        return (base + 1, base + 9)
    value = _sum(text.replace("几", ""))
    return (value, value)


def _sum(text: str) -> float:
    total = section = digit = 0
    for c in text:
        if c in _DIGIT:
            digit = _DIGIT[c]
        elif c in _SCALE and _SCALE[c] < 10_000:
            section += (digit or 1) * _SCALE[c]
            digit = 0
        elif c in _SCALE:
            section = (section + digit) or (total and 0) or 1
            total = (total + section) * _SCALE[c] if total and _SCALE[c] > total else total + section * _SCALE[c]
            section = digit = 0
    return float(total + section + digit)
