"""Follow-ups without a model: a question that leans on the last one is completed from it; any other stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.event import EventCard
from index.people import people

from ..judging.offstage import who_is
from ..question import Kind, understand
from ..shapes.programme import stands_alone
from ..types import Exchange
from ..unclear import begs_pardon
from .anaphora import ADDRESSES_ALL, BOUND
from .completing import content
from .items import back_to_list, called, wants_item
from .readings import END, READINGS, excepting
from .resolved import Before, Resolved
from .said import framing, quotes

REMEMBERED = 8  # past turns that are read: with 4 a chain of follow-ups lost the question that it began with
_LENGTH = 400  # characters of a past turn that are read


def resolve(question: str, history: Sequence[Exchange], card: EventCard, *, same_breath: bool = False) -> Resolved:
    """Complete a question from the conversation; one that has speaker and topic of its own is never touched.

    ``same_breath``: it was asked together with the one before, so that "讲了什么" is no question about the event.
    """
    now = understand(question, card)
    if alone := excepting(question, card):
        return alone
    past = [
        e for e in history[-REMEMBERED:] if e.user.strip() and not understand(e.user[:_LENGTH], card).is_(Kind.CHITCHAT)
    ]
    if not past or now.is_(Kind.CHITCHAT) or begs_pardon(question) or BOUND.match(question):
        return Resolved(question)
    if (not now.topic and ADDRESSES_ALL.search(question)) or (not same_breath and stands_alone(now, card)):
        return Resolved(question)
    if wants_item(question, now, card):
        past = [*back_to_list(past, card)]
    before = _before(past, card)
    for reading in READINGS:
        if found := reading(question.strip(), now, before, card):
            return found
    return Resolved(question)


def _before(past: Sequence[Exchange], card: EventCard) -> Before:
    last = past[-1]
    asked = END.sub("", last.user[:_LENGTH].strip())
    own = understand(asked, card)
    prior = resolve(asked, past[:-1], card)
    named = people(prior.asked, card)
    answerers = tuple(dict.fromkeys(m.name for m in people(framing(last)[:_LENGTH], card).spans))
    speaker = next(iter((*named.by, *named.about)), None) or prior.speaker or next(iter(answerers), None)
    stranger = who_is(prior.asked) if not named.spans else None
    shown = quotes(last)
    by_number = prior.leaning and wants_item(asked, own, card)
    item = called(shown[0]) if shown and by_number else ""
    return Before(
        question=prior.asked,
        topic=asked if prior.carried and content(own) and not by_number else prior.carried or prior.asked,
        about=prior.about or item,
        speaker=speaker,
        person=stranger if stranger and re.fullmatch(r"[A-Z]\w+", stranger) else speaker,
        quotes=shown,
        heard=tuple(dict.fromkeys((*named.by, *named.about, *answerers))),
        shown=tuple(quote for exchange in past for quote in quotes(exchange)),
        past=tuple(past),
    )
