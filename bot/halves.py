"""Two questions in one: taken apart, answered one after the other, and put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.event import EventCard

from .draft import Draft, Quote
from .fitting.fit import asks, satisfies
from .question import Asked, Kind, understand
from .stage import Stage
from .types import Lang, Outcome, Reason
from .wording import say

MOST = 3  # questions in one; more is a list of questions, and the first are answered as one
_APART = re.compile(
    r"[?？]+\s*|[,，;；。]\s*(?=另外|还有|顺便|再问|以及|同时想)|;\s*(?=[a-z])|[,.]\s+(?=also\b|and (?:who|what|when|where|why|how)\b)|\s+(?=and (?:who|what|when|where|why|how|did|does|is|are)\b)",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"^(?:另外|还有(?:就是)?|顺便(?:再?问(?:一?下)?)?|再问(?:一?下)?|以及|同时想问|and also|also|and)[,，\s]*",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"[,，]")
_PARTS = re.compile(r"[,，;；?？、]|\band\b")
_ORDERS = re.compile(
    r"^(?:(?:并且|而且|然后|另外|顺便|同时|还有|以及|并|再|也|还|请|麻烦|帮我|给我|告诉我|跟我|列出来?|列举|说说|讲讲|谈谈|(?:说明|说|讲|介绍|总结|概括)一下)[,，\s]*)+(?=.{2})"
    r"|^(?:(?:and|then|also|please|could you|can you|would you|tell me|give me|show me|let me know|list|explain|describe|summari[sz]e)\b[,\s]*)+(?:about\s+)?",
    re.IGNORECASE,
)
_SHORTEST = 2  # characters of a question
_SURE = (Outcome.ANSWER, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions, with its own answer and how sure that is."""

    asked: str
    draft: Draft
    sure: float


def halves(text: str, card: EventCard) -> tuple[str, ...]:
    """The questions of a text, where each of them asks for something; else the text alone."""
    parts = [_JOINS.sub("", piece).strip() for piece in _APART.split(text)]
    parts = [piece for piece in parts if len(piece) >= _SHORTEST]
    if len(parts) == 1:
        parts = _of_each(parts[0], card) or parts
    understood = [understand(piece, card) for piece in parts]
    if not 2 <= len(parts) <= MOST or not all(asks(a) and not a.is_(Kind.CHITCHAT) for a in understood):
        return (text,)
    first = understood[0]
    return tuple(parts) if first.topic or first.people.by or first.people.about else (text,)


def _of_each(text: str, card: EventCard) -> list[str]:
    """The same asked of several people one after the other: "王老师焦虑吗,曹总焦虑吗"."""
    pieces = [piece.strip() for piece in _COMMAS.split(text) if piece.strip()]
    understood = [understand(piece, card) for piece in pieces]
    named = [{m.name for m in a.people.spans} for a in understood]
    each = all(map(asks, understood)) and all(len(names) == 1 for names in named)
    return pieces if each and len(set.union(*named)) == len(pieces) else []


def half_answered(stage: Stage, asked: Asked, answer: Draft) -> Draft | None:
    """A partial answer to two questions in one, where the quotes lack only the date or figure that one of them wants."""
    parts = [part.strip() for part in _PARTS.split(asked.text) if part.strip()]
    each = [understand(part, stage.card) for part in parts]
    quotes = [stage.transcript.text[slice(*quote.span)] for quote in answer.quotes]
    open_ = [part for part, a in zip(parts, each, strict=True) if asks(a) and not satisfies(a, quotes)]
    told = [a for a in each if asks(a) and satisfies(a, quotes)]
    if not open_ or not told:
        return None
    return replace(
        answer,
        outcome=Outcome.PARTIAL,
        lead=say(stage.lang, "half" if open_[0] == parts[-1] else "part_of", part=wanted(open_[0])),
        reason=Reason.NOT_SAID,
        missing=tuple(say(stage.lang, "half_missing", part=wanted(part)) for part in open_),
    )


def wanted(part: str) -> str:
    """What a part of a question wants, without the words that order it: 再告诉我它的估值 wants 它的估值."""
    return _ORDERS.sub("", part).strip() or part


def joined(parts: Sequence[Part], lang: Lang) -> tuple[Draft, float] | None:
    """One answer of several: what is answered in order, and which question is not; None where none is.

    It is as sure as the least sure part that is answered.
    """
    told = [part for part in parts if part.draft.outcome in _SURE and part.draft.quotes]
    if not told:
        return None
    open_ = [part for part in parts if part not in told]
    whole = not open_ and all(part.draft.outcome is Outcome.ANSWER for part in told)
    reason = None if whole else next((p.draft.reason for p in told if p.draft.reason), Reason.NOT_SAID)
    draft = Draft(
        Outcome.ANSWER if whole else Outcome.PARTIAL,
        say(lang, "apart" if not open_ else "part_of", part="、".join(wanted(p.asked) for p in open_)),
        tuple(_once([quote for part in told for quote in _led(part)])),
        reason,
        missing=(
            *(m for p in told for m in p.draft.missing),
            *(say(lang, "half_missing", part=wanted(p.asked)) for p in open_),
        ),
        silent=tuple(dict.fromkeys(s for p in told for s in p.draft.silent)),
        notes=tuple(dict.fromkeys(n for p in told for n in p.draft.notes)),
    )
    return draft, min(part.sure for part in told)


def _once(quotes: Sequence[Quote]) -> Iterator[Quote]:
    """No words twice: a quote within one before it is left out."""
    for n, quote in enumerate(quotes):
        if not any(q.span[0] <= quote.span[0] and quote.span[1] <= q.span[1] for q in quotes[:n]):
            yield quote


def _led(part: Part) -> tuple[Quote, ...]:
    """A part's quotes, its own lead before the first."""
    first, *others = part.draft.quotes
    return (first if first.lead else replace(first, lead=part.draft.lead), *others)
