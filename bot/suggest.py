"""Next questions that do have answers: the organiser's, and some made from the talk's own lists and speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.event import EventCard
from index.types import Transcript

from .enumeration import enumerations
from .stage import speakers
from .types import Lang
from .wording import name

SHOWN = 3
_TOPIC = re.compile(
    r"(?:把|将)?([\u4e00-\u9fffA-Za-z]{2,12}?)(?:分为|分成|有|的)([两二三四五六七八九十])(种|个|点|类|条)([\u4e00-\u9fff]{0,6}?)(?:[,，。]|$)"
)


def suggestions(card: EventCard, transcript: Transcript, *, lang: Lang, asked: Sequence[str]) -> tuple[str, ...]:
    """Up to three questions not yet asked."""
    known = {question.strip().rstrip("?？") for question in asked}
    fresh = (q for q in dict.fromkeys(_candidates(card, transcript, lang)) if q.rstrip("?？") not in known)
    return tuple(question for question, _ in zip(fresh, range(SHOWN), strict=False))


def _candidates(card: EventCard, transcript: Transcript, lang: Lang) -> Iterator[str]:
    yield from card.pinned
    people = speakers(transcript)
    guests = [s for s in people if not (known := card.speaker(s)) or not known.host]
    if lang == "en":
        yield "What is this talk about?"
        yield from (f"What did {name('en', card, s)} talk about?" for s in guests)
        return
    yield from _lists(transcript)
    yield "这场讲了什么？"
    yield from (f"{s}讲了什么？" for s in guests)


def _lists(transcript: Transcript) -> Iterator[str]:
    """Questions for the lists that name what they are lists of."""
    for found in enumerations(transcript):
        head = transcript.text[found.head.start : found.head.end] if found.head else ""
        match = re.search(r"([\u4e00-\u9fff]{2,8})分[为成]([两二三四五六七八九十])种([\u4e00-\u9fff]{2,4})", head)
        if match and match[2]:
            subject = match[1].removeprefix("这里我把").removeprefix("我把").removeprefix("把")
            yield f"{subject}有哪{match[2]}种{match[3]}？"
