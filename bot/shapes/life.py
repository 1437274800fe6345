"""What somebody has made or where they have worked, asked for as such: their introduction tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from ..draft import Draft, Quote
from ..evidence import Evidence
from ..question import Asked
from ..stage import Stage
from ..types import Outcome
from ..wording import say

LIMIT = 250  # characters of an introduction that are quoted
_BEFORE = r"(?:请问|那么?|以前|之前|曾经?|过去|原来|早年|早期|自己|当年|最早|最初|后来|都|还|又|的时候|\s|[,，])*"
_MAKES = r"(?:创业|创办|创立|创建|开发|研发|打造|设计|发明|做|干|搞)(?:过|了|出)*"
_WHAT = r"(?:的是|的)?(?:些|点)?(?:什么|啥|哪些|哪几[个家]|哪[个家])(?:公司|企业|产品|项目|软件|东西|事情?|业务|平台)?"
_END = r"(?:吗|呢|啊|没有|没|么)?[?？。\s]*"
_EN_MAKE = (
    r"(?:build|built|found|founded|start|started|create|created|make|made|invent|invented|develop|developed|set up)"
)
_MADE_ASKED = re.compile(
    rf"{_BEFORE}(?:{_MAKES}){{1,2}}{_WHAT}{_END}|{_BEFORE}(?:创过业|创业过|创业){_END}"
    rf"|(?:what|which)(?: (?:compan(?:y|ies)|products?|projects?|software|things?))?\s+(?:has|had|have|did|does)\s+(?:ever |also )*{_EN_MAKE}(?: before| earlier)?[?.\s]*"
    rf"|(?:has|had|did)\s+(?:ever |also )*{_EN_MAKE} (?:a|any) (?:company|companies|start-?ups?|business)(?: before| earlier)?[?.\s]*",
    re.IGNORECASE,
)
_WORKED_ASKED = re.compile(
    rf"{_BEFORE}在?(?:哪里?|哪儿|哪些|哪几[个家]|哪[个家]|什么)(?:公司|企业|单位|地方|机构)?(?:待过?|呆过?|工作过?|任职过?|上过?班|干过?|就职过?|做过){_END}"
    r"|(?:where|which companies|what companies)\s+(?:has|had|have|did)\s+(?:ever |also )*(?:work|worked|been)(?: for| at)?(?: before| earlier)?[?.\s]*",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"创[办立建业始]|打造|开发|研发|设计者|作者|发起|发明|\b(?:found|built|creat|invent|develop|start)", re.IGNORECASE
)
_WORKED = re.compile(
    r"曾(?!获|经获)|历任|(?:^|[,，。])原|任职|就职|供职|工作|前身|\b(?:worked|former|previously|served|ex-)",
    re.IGNORECASE,
)


def told_by_introduction(stage: Stage, asked: Asked, evidence: Evidence) -> Draft | None:
    """The sentences of somebody's introduction that tell what is asked of their life; None where none does."""
    spans = asked.people.spans
    if len({m.name for m in spans}) != 1 or asked.people.by:
        return None
    rest = asked.text[: spans[0].start] + asked.text[spans[0].end :]
    tells = _MADE if _MADE_ASKED.fullmatch(rest.strip()) else _WORKED if _WORKED_ASKED.fullmatch(rest.strip()) else None
    quotes = tuple(_telling(evidence, spans[0].name, tells)) if tells else ()
    return Draft(Outcome.ANSWER, say(stage.lang, "bio"), quotes) if quotes else None


def _telling(evidence: Evidence, person: str, tells: re.Pattern[str]) -> Iterator[Quote]:
    size = 0
    for n in np.flatnonzero(evidence.about(person)):
        sentence = evidence.sentences[n]
        size += sentence.end - sentence.start
        if tells.search(evidence.text(int(n))) and size <= LIMIT + (sentence.end - sentence.start):
            yield Quote((sentence.start, sentence.end))
