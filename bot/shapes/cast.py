"""Who is on stage: everybody with the introduction of each, the organiser's or what is said on stage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.names import is_numbered

from ..asker import askers
from ..draft import Draft, Quote, Span
from ..question import Asked
from ..stage import Stage, speakers, spoken
from ..types import Outcome
from ..wording import attribution, name, say
from .introducing import introducing

_GREETING = 12  # characters; a shorter sentence introduces nobody
_MOST = 2  # sentences that say who the only guest is
_GUESTS = re.compile(r"嘉宾|来宾|\bguests?\b|\bpanell?ists?\b", re.IGNORECASE)
_SELF = re.compile(r"我是|我叫|我在|我们是(?:一[家个]|做|来自)|I am|I'm|my name", re.IGNORECASE)


def cast(stage: Stage, asked: Asked) -> Draft:
    """Everybody on stage but the hosts, of whom the one who asks is one where guests are asked for."""
    hosts = askers(stage.transcript, stage.card) if _GUESTS.search(asked.text) else stage.card.hosts
    guests = [s for s in speakers(stage.transcript) if s not in hosts]
    if quotes := _unnamed(stage, guests):
        return Draft(Outcome.ANSWER, "", quotes)
    names = say(stage.lang, "separator").join(attribution(stage.lang, stage.card, s).rstrip("：:") for s in guests)
    quotes = tuple(quote for guest in guests if (quote := _introduction(stage, guest)))
    return Draft(Outcome.ANSWER, say(stage.lang, "cast", n=len(guests), names=names), quotes)


def _unnamed(stage: Stage, guests: Sequence[str]) -> tuple[Quote, ...]:
    """Who the only guest is, where no label tells and somebody says it."""
    if len(guests) != 1 or not is_numbered(guests[0]):
        return ()
    return tuple(_said(stage, span) for span in introducing(stage, guests[0]))[:_MOST]


def _introduction(stage: Stage, guest: str) -> Quote | None:
    bio = next((span for span, _, turn in spoken(stage) if turn.about == guest), None)
    if bio:
        return Quote(bio, lead=say(stage.lang, "bio_of", name=name(stage.lang, stage.card, guest)))
    told = [_said(stage, span) for span in introducing(stage, guest)]
    if told:
        themselves = attribution(stage.lang, stage.card, guest)
        return min(told, key=lambda quote: quote.lead != themselves)
    own = [
        (not _SELF.search(words), len(words) < _GREETING, span)
        for span, words, turn in spoken(stage)
        if turn.speaker == guest
    ]
    return _said(stage, min(own)[2]) if own else None


def _said(stage: Stage, span: Span) -> Quote:
    """A sentence with who says it."""
    who = next(turn.speaker for turn in stage.transcript.turns if turn.start <= span[0] < turn.end)
    return Quote(span, lead=attribution(stage.lang, stage.card, who) if who else "")
