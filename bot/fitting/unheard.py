"""A thing that a question asks for by name and the talk has by no such name: 竹子模式, where others are spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.sparse import latin, normal, terms
from index.types import Transcript

from ..question import Asked
from ..reading import read

# Kinds of which a talk speaks by name; what stands before one tells it from the others.
_ZH_KINDS = "模式|模型|策略|战略|理论|法则|定律|定理|效应|原则|机制|算法|架构|计划|工程|现象|主义|战术|打法"
_EN_KINDS = (
    "modes?|models?|strateg(?:y|ies)|theor(?:y|ies)|laws?|effects?|principles?|mechanisms?|algorithms?|architectures?|plans?"
    "|phenomen(?:on|a)|tactics?|paradox|rules?|syndrome"
)
_ZH = re.compile(
    rf"^(?:请问|那么?)?(?:什么是|什么叫|何谓|啥是|解释一?下)?(?P<name>[\u4e00-\u9fff]{{2,4}})(?:{_ZH_KINDS})"
    r"(?:是(?:什么|啥|指)|指的?是?什么|怎么理解|什么意思|[?？]?$)"
)
_EN = re.compile(
    rf"^(?:what(?:['’]s| is| are| was| were)|explain|define) (?:meant by )?(?:an? |the )?(?P<name>[a-z][\w-]+) (?:{_EN_KINDS})\W*$",
    re.IGNORECASE,
)
_ASKS_ITSELF = re.compile(r"[什啥哪这那几各每其此该谁]|[种个]$|的$")


def unheard(asked: Asked, transcript: Transcript) -> Iterator[str]:
    """The name of such a thing, if the talk says no part of it: in an English question about a Chinese talk, not in any word
    that it can mean.
    """
    text = normal(asked.text).strip()
    match = _EN.search(text) or _ZH.search(text)
    if match is None or _ASKS_ITSELF.search(match["name"]):
        return
    where, name = read(transcript).where, match["name"]
    parts = [term for term in terms(name) if latin(term) or len(term) > 1]
    meant = any(term not in asked.topic for term in parts)  # has been put into the talk's words, or carries no meaning
    if parts and not meant and not any(term in where for term in parts):
        yield name
