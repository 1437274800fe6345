"""When and where the event takes place, if anybody says so of today."""

from __future__ import annotations

import re

from index.dictionary import words

from ..draft import Draft, Quote, not_said
from ..fitting.date import ON_CALENDAR
from ..question import Asked
from ..stage import Stage, spoken
from ..types import Outcome
from ..wording import attribution

_I = re.IGNORECASE
_EVENT = r"(?:活动|论坛|圆桌|沙龙|会议|大会|讲座|分享会|直播)"
_WHEN = r"什么时候|何时|哪一?[年天]|几月(?:几[号日])?|几号|什么时间"
_WHERE = r"哪里|哪儿|什么地方|哪个(?:城市|地方|地点)"
_OPENED = r"(?:举[办行]|召开|进行|[办开])"
HELD = re.compile(
    rf"{_EVENT}是?在?(?:{_WHEN}|{_WHERE})(?:{_OPENED})?的?|在?(?:{_WHEN}|{_WHERE}){_OPENED}的?{_EVENT}?|{_EVENT}(?:{_OPENED})?的?(?:时间|地点|日期)(?:是(?:什么|哪里|哪天)?)?"
    r"|(?:when|where) (?:is|was|did) (?:this|the|it) ?(?:event|talk|panel|session|discussion|meeting|conference)?(?: (?:held|happen(?:ing)?|tak(?:e|ing) place))?",
    _I,
)
_ASKS_WHERE = re.compile(rf"{_WHERE}|地点|where", _I)
_HERE = re.compile(r"今天|今晚|现在是|本届|本次|来到|欢迎|today|tonight|welcome", _I)
_AT = re.compile(r"(?:在|来到|(?<![自属对关由等基处])于|走进)$")


def held(stage: Stage, asked: Asked) -> Draft:
    """When or where the event takes place, if anybody says so of today: other dates and places are of other things."""
    tells = _is_placed if _ASKS_WHERE.search(asked.text) else ON_CALENDAR.search
    for span, said, turn in spoken(stage):
        if turn.speaker and _HERE.search(said) and tells(said):
            return Draft(Outcome.ANSWER, attribution(stage.lang, stage.card, turn.speaker), (Quote(span),))
    return not_said(stage.lang)


def _is_placed(said: str) -> bool:
    """Whether a place is named after a word that says that one is there."""
    return any(word.proper and _AT.search(said[: word.start]) for word in words(said))
