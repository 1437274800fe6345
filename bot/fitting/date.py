"""How points in time are written. Four patterns of the same parts, from the widest to the narrowest, as each has its use."""

from __future__ import annotations

import re

from .figure import AMOUNT, DIGITS, NUMBER, YEAR

_YEAR_ZH = "[去今明前后当]年"  # told from today
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"  # May would be a verb
_DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"


def _any(*written: str) -> re.Pattern[str]:
    return re.compile("|".join(written), re.IGNORECASE)


DATED = _any(
    r"\d{1,4}\s*(?:年|月|日|号)",
    "世纪|年代",
    rf"[\d{DIGITS}两几半多]+\s*(?:年|个?月|天|小时|分钟|周|秒)",
    _YEAR_ZH,
    "昨天|今天|最近|刚刚|马上|[春夏秋冬]天|[年开][初底春]",
    r"\b(?:years?|months?|weeks?|days?|hours?|ago|since|today|tomorrow|yesterday|spring|summer|autumn|winter)\b",
    rf"\b(?:{_MONTHS}|{_DAYS})\b",
    YEAR,
)
"""Anything that could answer "when" or "how long": quotes without it cannot."""
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
