"""How points and lengths of time are written. Patterns of the same parts, from the widest to the narrowest, as each has
its use.
"""

from __future__ import annotations

import re

from .figure import AMOUNT, DIGITS, NUMBER, YEAR

_YEAR_ZH = "[去今明前后当]年"  # told from today
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"  # May would be a verb
_CLOCK = r"\b(?:o['’]clock|noon|midnight|tonight|mornings?|afternoons?|evenings?)\b|\d ?[ap]\.?m\b"
_DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"


def _any(*written: str) -> re.Pattern[str]:
    return re.compile("|".join(written), re.IGNORECASE)


DATED = _any(
    r"\d{1,4}\s*(?:年|月|日|号)",
    "世纪|年代",
    rf"[\d{DIGITS}两几半多]+\s*(?:年|个?月|天|小时|分钟|周|秒)",
    _YEAR_ZH,
    "昨天|今天|最近|刚刚|马上|[春夏秋冬]天|[年开][初底春]",
    r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|ago|since|today|tomorrow|yesterday|spring|summer|autumn|winter)\b",
    rf"\b(?:{_MONTHS}|{_DAYS})\b",
    _CLOCK,
    YEAR,
)
"""Anything that could answer "how long": quotes without it cannot."""
LASTS = re.compile(r"(?<!几)几年|多少年|多久|多长时间|how (?:long|many years)", re.IGNORECASE)
"""What asks how long, in a question that asks for a time."""
_UNIT = r"(?:年|个?月|天|小时|分钟|周|个?星期|秒)"
# Two figures and 年 are a year, unless something before or behind them makes them so many years.
_SHORT_YEAR = (
    rf"(?<![\d了近约有过达用花每这整超满{AMOUNT}])(?<!\d\s)(?:[0-2]\d|[7-9]\d|[零〇一二八九][零〇{DIGITS[:-1]}])\s*年"
    r"(?![来间里内多之以的历时])"
)
POINT = _any(
    r"(?<!\d)\d{4}\s*年|\d{1,2}\s*[月日号]|[零〇一二三四五六七八九]{4}年",
    _SHORT_YEAR,
    rf"[\d{AMOUNT}多]+\s*{_UNIT}[多左右]*[以之]?[前后内底初起]",
    "世纪|年代|时期|那一?年|那天|那个?时候|[当前后明昨今]天|[春夏秋冬]天|[年月开][初底末春]",
    r"在[^,，。;；?？\n]{1,10}(?:的时候|期间|之[前后时])",
    r"(?:未来|今后|接下来|再过|[这那])(?:的?[一两二三四五六七八九十\d几]+)(?:年|个?月|天|周)(?:[之以]?[中内里间后]|当中|时间)",
    rf"[\d{AMOUNT}多]+岁|(?:小|年轻|年幼)的?时候|年轻时|儿时|[童少]年时?|(?:幼儿园|小学|初中|中学|高中|大学)(?:的?时候?|期间|那年|毕业|[一二三四五六]年级)",
    r"(?:毕业|[结離离]婚|退休|上市|成立|创业|[入上放开]学|[高中]考)(?:[以之]?[前后]|的?时候)",
    f"{_YEAR_ZH}|最近|刚刚|刚才|马上|[上下这本]个?(?:周|月|星期|季度)|[上下]半年|周[一二三四五六日末]|星期[一二三四五六日天]",
    r"\d+[:：]\d\d|[\d一二三四五六七八九十两]+点(?:钟|半|整)",
    r"\b(?:years?|months?|weeks?|days?|hours?|ago|since|today|tomorrow|yesterday|spring|summer|autumn|winter)\b",
    r"\bin (?:\w+ ){1,3}minutes?\b|\bminutes? (?:later|before|after)\b",
    rf"\b(?:{_MONTHS}|{_DAYS})\b",
    _CLOCK,
    YEAR,
)
"""A point in time, as "when" asks for: 三年前 and 2015年, not 三年."""
TIMED = _any(
    r"\d{2,4}\s*年|\d+\s*[月日号號]",
    "世纪|世紀|年代|时期|時期|朝|年[间間]",
    rf"[{AMOUNT}]+年|[去今明前当當]年|年初|年底",
    YEAR,
    rf"\b(?:years?|months?|ago|until|since|{_MONTHS})\b",
)
"""What tells sentences with a date from others, as a sign among many: its weight is fitted (bot/evidence.toml)."""
WHOLE_DATE = _any(
    rf"{NUMBER}\s*(?:个)?(?:年|月|号|日|世纪|年代|天|小时|分钟|秒|周|星期)(?:\d+(?:月|号|日))*(?:前|后|内|底|初|开始|以来)?",
    rf"{_YEAR_ZH}(?:年?[底初中])?",
    r"年?\d+月\d*[号日]?",
    "昨天|今天",
    YEAR,
    r"\b\w+ (?:years?|months?|days?|hours?|minutes?)\b",
)
"""The whole of a date or length of time, to be marked in a quote: with its figure, and what stands behind it."""
ON_CALENDAR = _any(
    r"\d{4}\s*年|\d+\s*月|\d+\s*[日号]|\d+[:：点]\d*|星期|周[一二三四五六日]",
    rf"\b(?:20\d\d|{_DAYS})\b",
)
"""A day or hour that a calendar has, as an event is announced by."""
