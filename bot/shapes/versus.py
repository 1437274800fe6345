"""Two things set side by side: which of them the talk does not speak of, and what it says of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.dictionary import HAN
from index.sparse import normal

from ..checks.gazetteer import gazetteer, written_in
from ..draft import Draft, not_said
from ..evidence import Evidence, Rows
from ..question import Asked
from ..quoting.quote import pick
from ..stage import Stage
from ..types import Outcome, Reason
from ..wording import say

_ZH = r"[A-Za-z][A-Za-z0-9.+-]*|[\u3400-\u9fff]{2,6}"
_CHINESE = re.compile(
    rf"(?:^|对比|比较|请问|[,，\s]|(?<=[\u3400-\u9fff])(?=[A-Za-z]))(?P<a>{_ZH})\s*(?:和|跟|与|vs\.?|还是|、)\s*(?P<b>{_ZH}?)\s*"
    r"(?:之间|到底|分别|两者|的|有(?:什么|啥|何|哪些)|是(?:什么|啥)|最大|主要)*(?:区别|不同|差别|差异|优劣|优缺点|相比|比起来|谁(?:更|强|好|快|大|多|贵|难|赢|靠前|领先|占优|厉害|便宜)|哪[个种家款]|各[强有自好]|怎么[选比]|哪里不)",
    re.IGNORECASE,
)
_EN = r"(?:(?!(?:and|or|with|to|the|which|in|as|do|does|is|are)\b)[\w.+-]+ ?){1,3}"
_ENGLISH = re.compile(
    rf"\b(?:compar(?:e|ing)|differences? between|choose between)\s+(?:the )?(?P<a>{_EN})\s*\b(?:and|with|to|against|or)\s+(?:the )?(?P<b>{_EN})"
    rf"|(?P<c>{_EN})\s*\b(?:vs\.?|versus)\s+(?P<d>{_EN})"
    rf"|^(?:which is (?:better|cheaper|faster|stronger)[,:]? )(?:the )?(?P<e>{_EN})\s*\bor\s+(?:the )?(?P<f>{_EN})"
    rf"|^(?:is |are )?(?:the )?(?P<g>{_EN})\s*\bor\s+(?:the )?(?P<h>{_EN})[,:]? (?:which|better|what)",
    re.IGNORECASE,
)


def pair(asked: Asked) -> tuple[str, str] | None:
    """The two things that a question compares, as it writes them; people are none."""
    if asked.people.spans:
        return None
    match = (_CHINESE if HAN.search(asked.text) else _ENGLISH).search(asked.text)
    sides = [side.strip().rstrip(".-") for side in match.groups() if side] if match else []
    if len(sides) != 2 or normal(sides[0]) == normal(sides[1]):
        return None
    return _own(sides[0], sides[1]), _own(sides[1], sides[0])


def _own(side: str, other: str) -> str:
    """A thing's name without the last word that both share: Langstroth of "Langstroth hives and top-bar hives"."""
    words, last = side.split(), other.split()[-1]
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] == last else side


def compares_things(stage: Stage, asked: Asked) -> bool:
    """Whether a question compares two things, and so is not put to each of the guests nor asks for a list."""
    sides = pair(asked) or ()
    return any(_is_absent(stage, side, sides) or mentions(stage.transcript.text, side) for side in sides)


def one_sided(stage: Stage, asked: Asked, evidence: Evidence, allowed: Rows) -> Draft | None:
    """The answer to a comparison with something that the talk never speaks of; None where it may speak of both."""
    sides = pair(asked)
    gone = [side for side in sides if _is_absent(stage, side, sides)] if sides else []
    if not sides or not gone:
        return None
    if len(gone) == len(sides):
        return not_said(stage.lang)
    left = next(side for side in sides if side not in gone)
    on_it = np.array([mentions(evidence.text(n), left) for n in range(len(evidence.sentences))])
    quotes = pick(evidence, asked, allowed & on_it & evidence.quotable)
    if not quotes:
        return not_said(stage.lang)
    return Draft(
        Outcome.PARTIAL,
        say(stage.lang, "one_only", x=gone[0], y=left),
        quotes,
        Reason.NOT_SAID,
        missing=(say(stage.lang, "half_missing", part=gone[0]),),
    )


def _is_absent(stage: Stage, side: str, sides: Sequence[str]) -> bool:
    """Whether the talk has no part of a thing's name; never told of words whose language it does not share."""
    text, book = stage.transcript.text, gazetteer(stage.card)
    if mentions(text, side) or written_in(book.loosely(side), text):
        return False
    if HAN.search(side):
        return bool(HAN.search(text[:2000]))
    shared = set.intersection(*(set(normal(s).split()) for s in sides))
    own = [word for word in side.split() if normal(word) not in shared]
    named = [word for word in own if not word.islower()]
    told = named or ([] if HAN.search(text[:2000]) else own)
    return bool(told) and not any(written_in(book.loosely(w), text) or normal(w) in normal(text) for w in told)


def mentions(words: str, side: str) -> bool:
    """Whether words have a thing's name or, in Chinese, two neighbouring characters of it."""
    plain, name = normal(words), normal(side)
    if HAN.match(name):
        return any(name[at : at + 2] in plain for at in range(len(name) - 1))
    return written_in((name,), plain)
