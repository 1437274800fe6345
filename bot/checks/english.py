"""Quantities in English: over a thousand, 30 percent, tenfold, $1.5 billion, the sixth, January 20, 2013, the 1980s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, zip_longest

from .quantity import Hedge, Measure, Quantity


def _numbered(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    return {word: n for n, word in zip(count(first, step), words.split(), strict=False)}


_SMALL = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12, "k": 1000, "m": 10**6, "bn": 10**9, "b": 10**9}  # fmt: skip
_ORDINALS = _numbered("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 1)
_MONTHS = _numbered("january february march april may june july august september october november december", 1)
_TIME = "year|month|week|day|hour|minute|second|decade|centur"
_WORD = "|".join((*_SMALL, *_TENS))
_BIG = "hundred|thousand|million|billion|trillion|dozen"
_NUMBER = re.compile(
    rf"(?P<sign>[$€£¥]|\b(?:US\$|RMB|USD)\s?)?(?<![A-Za-z0-9.])(?<![A-Za-z]-)(?:(?P<arabic>\d+(?:,\d{{3}})*(?:\.\d+)?)(?!\d|st\b|nd\b|rd\b|th\b)(?P<suffix>(?:bn|[kKmMbB])\b)?"
    rf"|(?P<an>\b(?:an?|several|few)\s+(?=(?:{_BIG})\b))"
    rf"|(?P<words>\b(?:{_WORD})(?:[\s-](?:{_WORD}))*\b)"
    rf"|(?P<plural>\b(?:tens\s+of\s+)?(?:{_BIG})s\b(?:\s+of\s+(?:hundreds|thousands|millions))?))"
    rf"(?P<scale>(?:[\s-]*(?:{_BIG})\b(?:\s+and\s+(?=\w+))?)*)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:(?P<n>\d+)(?:st|nd|rd|th)|(?P<word>{'|'.join(_ORDINALS)}))\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:the|\w+['’]s)\s+(?:\w+\s+)?$", re.IGNORECASE)  # "the first", "its earliest first": a rank
_DATE = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?",
    re.IGNORECASE,
)
_DECADE = re.compile(r"\b(?:(?:19|20))?(?P<n>\d0)['’]?s\b|\b(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", re.IGNORECASE)  # fmt: skip
_DECADES = _numbered("twenties thirties forties fifties sixties seventies eighties nineties", 20, 10)
_FOLD = re.compile(rf"\b(?P<n>\d+(?:\.\d+)?|{_WORD}|hundred)[\s-]?fold\b|\b(?P<x>\d+(?:\.\d+)?)x\b|\b(?P<word>twice|double[ds]?|doubling|triple[ds]?|quadruple[ds]?)\b", re.IGNORECASE)  # fmt: skip
_FOLDS = {"twice": 2, "doub": 2, "trip": 3, "quad": 4}
_SHARE = re.compile(r"\b(?:(?P<half>half)(?!\s+an?\b)|(?P<n>an?|one|two|three)[\s-](?P<of>third|quarter|fifth)s?\b(?=\s+of|\b-|\s*[,.]))", re.IGNORECASE)  # fmt: skip
_DEMI = re.compile(rf"\bhalf\s+an?\s+(?P<unit>{_TIME})", re.IGNORECASE)
_SPAN = re.compile(rf"[\s-]*(?P<unit>{_TIME})(?:s|y|ies)?\b", re.IGNORECASE)
_MONEY = re.compile(r"\s*(?:US\s+)?(dollars?|USD|RMB|yuan|renminbi|euros?|yen)\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|％|percent|per cent|percentage)", re.IGNORECASE)
_TIMES = re.compile(r"[\s-]*times\b", re.IGNORECASE)
_RANK = re.compile(r"(?:\b(?:number|no\.?|rank(?:s|ed)?)|#)\s*$", re.IGNORECASE)
_CURRENCY = {"$": "usd", "us$": "usd", "usd": "usd", "dolla": "usd", "rmb": "cny", "yuan": "cny", "renmi": "cny", "¥": "cny"}  # fmt: skip
_BEFORE = (
    (Hedge.UNDER, re.compile(r"\b(?:under|less than|fewer than|below|at most|up to|no more than|not more than)\s*$", re.I)),
    (Hedge.OVER, re.compile(r"(?<!no )(?<!not )\b(?:over|more than|above|exceed(?:s|ed|ing)?|at least|upwards of|beyond|surpass(?:es|ed|ing)?)\s*$", re.I)),
    (Hedge.NEAR, re.compile(r"\b(?:nearly|almost|close to|approaching)\s*$", re.I)),
    (Hedge.ABOUT, re.compile(r"\b(?:about|around|roughly|approximately|some|circa|probably)\s*$|~$", re.I)),
)  # fmt: skip
_AFTER = (
    (Hedge.OVER, re.compile(r"^\s*(?:\+|or more\b|plus\b)", re.I)),
    (Hedge.ABOUT, re.compile(r"^\s*or so\b", re.I)),
)
_TO = re.compile(r"\s*(?:to|and|-|–|—|or)\s*$", re.IGNORECASE)


def quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of an English text; "one" and "a" count nothing."""
    found = [*_dates(text), *_decades(text), *_folds(text), *_shares(text)]
    taken = [(q.start, q.end) for q in found]
    numbers = [q for m in _NUMBER.finditer(text) if not _inside(m, taken) and (q := _number(text, m))]
    ordinals = [q for m in _ORDINAL.finditer(text) if not _inside(m, taken) and (q := _ordinal(text, m))]
    spread = (_as_range(text, q, after) for q, after in zip_longest(numbers, numbers[1:]))
    yield from sorted((*found, *spread, *ordinals), key=lambda q: q.start)


def _inside(m: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(a < m.end() and m.start() < b for a, b in spans)


def _dates(text: str) -> Iterator[Quantity]:
    for m in _DATE.finditer(text):
        short = m["month"].lower()
        if short in ("may", "march", "mar", "dec", "sep", "jan") and (not m["month"][0].isupper() or not m["day"]):
            continue
        month = float(next(n for word, n in _MONTHS.items() if word.startswith(short[:3])))
        yield Quantity(month, month, Measure.MONTH, m.start(), m.end("month"))
        if m["day"]:
            yield Quantity(float(m["day"]), float(m["day"]), Measure.DAY, m.start("day"), m.end("day"))


def _decades(text: str) -> Iterator[Quantity]:
    for m in _DECADE.finditer(text):
        value = float(m["n"] or _DECADES[m["word"].lower()])
        yield Quantity(value, value, Measure.DECADE, *m.span())


def _folds(text: str) -> Iterator[Quantity]:
    for m in _FOLD.finditer(text):
        said = m["n"] or m["x"]
        value = float(_FOLDS.get(m["word"].lower(), _FOLDS.get(m["word"].lower()[:4], 0)) if m["word"] else _word(said))
        yield Quantity(value, value, Measure.TIMES, *m.span(), "", _hedges(text, *m.span()))


def _shares(text: str) -> Iterator[Quantity]:
    for m in _DEMI.finditer(text):
        yield Quantity(0.5, 0.5, Measure.SPAN, *m.span(), m["unit"].lower())
    for m in _SHARE.finditer(text):
        parts = {"third": 3, "quarter": 4, "fifth": 5}
        share = 50.0 if m["half"] else 100 * _SMALL.get(m["n"].lower(), 1) / parts[m["of"].lower()]
        yield Quantity(share, share, Measure.PERCENT, *m.span(), "", _hedges(text, *m.span()))


def _number(text: str, m: re.Match[str]) -> Quantity | None:
    low, high, vague = _range(m)
    start, end = m.span()
    q = Quantity(low, high, Measure.COUNT, start, end, "", _hedges(text, start, end), vague)
    measure, unit = _measure(text, m)
    if (m["words"] or "").lower() in ("one", "zero") and not m["scale"] and measure is Measure.COUNT:
        return None
    if unit == "decade":
        return replace(q, low=low * 10, high=high * 10, measure=measure, unit="year")
    return replace(q, measure=measure, unit=unit)


def _measure(text: str, m: re.Match[str]) -> tuple[Measure, str]:
    """What a number counts, by the words around it, and its unit."""
    before, after = text[: m.start()], text[m.end() :]
    money = _MONEY.match(after)
    if m["sign"] or money:
        word = (m["sign"] or (money[1] if money else "")).strip().lower()
        return Measure.MONEY, _CURRENCY.get(word, _CURRENCY.get(word[:5], word))
    if _PERCENT.match(after):
        return Measure.PERCENT, ""
    if _TIMES.match(after):
        return Measure.TIMES, ""
    if span := _SPAN.match(after):
        unit = span["unit"].lower()
        return Measure.SPAN, "century" if unit == "centur" else unit
    if m["arabic"] and not m["scale"] and re.fullmatch(r"(?:19|20)\d\d", m["arabic"]):
        return Measure.YEAR, ""
    return (Measure.ORDINAL if _RANK.search(before) else Measure.COUNT), ""


def _range(m: re.Match[str]) -> tuple[float, float, bool]:
    scale = 1.0
    for word in re.findall(_BIG, m["scale"].lower()):
        scale *= _SCALES[word]
    if m["plural"]:
        for word in re.findall(_BIG, m["plural"].lower()):
            scale *= _SCALES[word]
        tens = m["plural"].lower().startswith("tens")
        return (20 * scale, 90 * scale, True) if tens else (scale, 9 * scale, True)
    if m["an"]:
        return (scale, scale, False) if m["an"].lower().startswith("a") else (2 * scale, 9 * scale, True)
    value = float(m["arabic"].replace(",", "")) if m["arabic"] else _words(m["words"])
    value *= scale * _SCALES.get((m["suffix"] or "").lower(), 1)
    return (value, value, False)


def _words(text: str) -> float:
    return float(sum(_SMALL.get(w, _TENS.get(w, 0)) for w in re.findall(r"[a-z]+", text.lower())))


def _word(text: str) -> float:
    return float(text) if text[0].isdigit() else float(_SCALES.get(text.lower(), _words(text)))


def _ordinal(text: str, m: re.Match[str]) -> Quantity | None:
    """A rank; "first" alone is one only after "the" or a genitive, else it is "at first", "first went"."""
    value = float(m["n"] or _ORDINALS[m["word"].lower()])
    if value == 1 and not _FIRST.search(text[: m.start()]):
        return None
    if m["word"] and m["word"].lower() == "second" and re.match(r"s?\s*(?:ago|later|per)\b", text[m.end() :]):
        return None
    return Quantity(value, value, Measure.ORDINAL, *m.span())


def _as_range(text: str, here: Quantity, after: Quantity | None) -> Quantity:
    """A number whose unit stands behind the next one: two to ten times, between 5 and 10 years."""
    if after is None or here.measure is not Measure.COUNT or not _TO.fullmatch(text[here.end : after.start]):
        return here
    return Quantity(here.low, here.high, after.measure, here.start, here.end, after.unit, here.hedges, here.vague)


def _hedges(text: str, start: int, end: int) -> frozenset[Hedge]:
    before, after = text[max(0, start - 24) : start], text[end : end + 12]
    found = {hedge for hedge, cue in _BEFORE if cue.search(before)}
    return frozenset(found | {hedge for hedge, cue in _AFTER if cue.search(after)})
