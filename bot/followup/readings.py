"""The ways to read a question that leans on the last one, each tried in turn: None where it is not meant so."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.event import EventCard
from index.people import people

from ..question import Asked, Kind, language, understand
from ..wording import name, names, say
from .anaphora import (
    ABOUT,
    CONTINUES,
    CORRECTS,
    DEED,
    EVERYONE,
    EXCEPT,
    INTERROGATIVE,
    MANY,
    MORE,
    ORDINAL,
    OTHERS,
    PERSON,
    SUBJECTLESS,
    THING,
)
from .completing import carried, content, joined, named_for, subject_of, without_people
from .ellipsis import EVERYBODY, swapped, things
from .items import item_named, shows_list, wants_item
from .resolved import Before, Resolved
from .said import quotes_of

END = re.compile(r"[\s?？.!！,，]+$")
_LAST = 3  # quotes of somebody that "why did they say so" asks after
_FEW = 4  # content terms; a question with more stands alone if it names what it is about


def excepting(question: str, card: EventCard) -> Resolved | None:
    """ "除了X,其他嘉宾怎么看": everybody but X, with or without a conversation."""
    match = EXCEPT.search(question)
    named = people(match["zh"] or match["en"], card) if match else None
    if match is None or named is None or not named.spans or not OTHERS.search(question):
        return None
    rest = question[: match.start()] + question[match.end() :]
    return Resolved(rest.strip(), others=tuple(m.name for m in named.spans))


def _corrected(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    match = CORRECTS.match(question)
    meant = END.sub("", question[match.end() :]) if match and match.end() else ""
    if not meant:
        return None
    asked = understand(meant, card)
    if asked.kinds and (asked.topic or asked.people.spans):
        return Resolved(meant, leaning=True)
    whole = swapped(before.question, meant, card, before.about) or f"{meant} {before.question}"
    return Resolved(whole, leaning=True, about="" if people(meant, card).spans else meant)


def _of_others(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    if not OTHERS.search(question) or now.people.spans or not before.heard:
        return None
    if content(understand(OTHERS.sub(" ", question), card)):
        return Resolved(question, leaning=True, others=before.heard)
    if understand(before.topic, card).is_(Kind.OVERVIEW) and not understand(before.topic, card).topic:
        return _the_rest(now, before, card)
    spans = people(before.topic, card).spans
    them = "其他嘉宾" if now.lang == "zh" else "the other speakers"
    asked = before.topic if spans else EVERYBODY.sub(them, before.topic, count=1)
    for mention in reversed(spans):
        asked = asked[: mention.start] + (them if mention is spans[0] else "") + asked[mention.end :]
    asked = re.sub(r"\b[Dd]oes (?=the other speakers)", "do ", asked)
    return Resolved(asked if them in asked else f"{them}: {asked}", leaning=True, others=before.heard)


def _the_rest(now: Asked, before: Before, card: EventCard) -> Resolved:
    """What everybody else spoke about, after what somebody did."""
    rest = [s.name for s in card.speakers if s.name not in (*before.heard, *card.hosts)]
    key = "ask_speaker" if rest else "ask_overview"
    return Resolved(say(now.lang, key, name=names(now.lang, card, rest)), leaning=True, others=before.heard)


def _more(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    if not MORE.search(question) or (now.people.spans and not before.shown):
        return None
    if (person := PERSON.search(question)) and before.person:
        asked = named_for(question, person, before.person, card)
        return Resolved(asked, speaker=before.person, leaning=True, seen=before.shown)
    if now.people.spans:
        return Resolved(question, leaning=True, seen=before.shown)
    own = content(understand(MORE.sub(" ", question), card))
    topic = "" if own else before.topic
    return Resolved(topic or question, topic, before.speaker, True, before.about, near=before.quotes, seen=before.shown)


def _item(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    """An item of the last list shown, by its number."""
    if things(question, card) or not wants_item(question, now, card):
        return None
    own = content(understand(ORDINAL.sub(" ", question), card))
    if item := item_named(question, before.quotes):
        more = set(now.kinds) - {Kind.ORDINAL, Kind.DEFINITION, Kind.LIST, Kind.OVERVIEW}
        asked = ORDINAL.sub(item, question, count=1) if more or own else say(now.lang, "ask_what", x=item)
        return Resolved(asked, leaning=True, about=item, seen=before.quotes)
    if own and not shows_list(before.quotes):
        return None
    return Resolved(joined(before.topic, question), before.topic, None, True, near=before.quotes)


def _exchanged(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    """ "What about X": the last question again, of somebody or something else."""
    match = ABOUT.match(question)
    new = (match["zh"] or match["en"] or match["and"]) if match else None
    if new is None and _is_fragment(question, now):
        new = END.sub("", question)
    if not new or PERSON.fullmatch(new) or not (understand(new, card).topic or people(new, card).spans):
        return None
    if asked := swapped(before.question, new, card, before.about):
        kept = before.about and before.about in asked
        return Resolved(asked, leaning=True, about=before.about if kept else "" if people(new, card).spans else new)
    if understand(before.topic, card).is_(Kind.LIST) and not people(new, card).spans:  # an item of it, by its name
        return Resolved(say(now.lang, "ask_what", x=new), leaning=True, about=new)
    about = subject_of(before, card)
    if people(new, card).spans:
        return Resolved(f"{new}{before.question}" if now.lang == "zh" else f"{new}: {before.question}", leaning=True)
    if about and language(new) == "zh" and things(about, card):
        return Resolved(f"{about}的{new}", leaning=True, near=before.quotes)
    return Resolved(joined(before.topic, new), before.topic, None, True, near=before.quotes)


def _is_fragment(question: str, now: Asked) -> bool:
    """Whether these words only name somebody or something."""
    short = not now.kinds and len(now.topic) <= 2 and len(question) <= 14 and not INTERROGATIVE.search(question)
    return short and bool(now.topic) != bool(now.people.spans)


def _of_person(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    pronoun = PERSON.search(question)
    if pronoun is None or before.person is None or people(question[: pronoun.start()], card).spans:
        return None
    if _is_of_another(question[: pronoun.start()], before.person, card):
        return None
    asked = named_for(question, pronoun, before.person, card)
    weak = not content(now) and not now.is_(Kind.OVERVIEW, Kind.IDENTITY)
    topic = without_people(before.topic, card) if weak else ""
    return Resolved(
        joined(asked, topic) if topic else asked, topic, before.person, True, near=before.quotes if weak else ()
    )


def _is_of_another(clause: str, person: str, card: EventCard) -> bool:
    """Whether a clause before a pronoun names things that are not that person's: whoever speaks of them is meant."""
    named = things(clause, card) if re.search("[,，]", clause) else ()
    known = card.speaker(person)
    own = (known.organisation, *known.organisation_aliases) if known else ()
    return bool(named) and not any(thing in own for thing in named)


def _of_thing(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    pronoun = THING.search(question)
    if pronoun is None or things(question[: pronoun.start()], card) or people(question[: pronoun.start()], card).spans:
        return None
    if pronoun.group().casefold() not in ("它", "它的", "it", "its") and (
        things(question, card) or len(now.topic) > 2 * _FEW
    ):
        return None
    about = subject_of(before, card)
    if not about:
        return carried(question, before)
    of = "的" if pronoun.group().endswith("的") else "'s" if pronoun.group().casefold() == "its" else ""
    asked = question[: pronoun.start()] + about + of + question[pronoun.end() :]
    return Resolved(asked, speaker=before.speaker, leaning=True, about=about, near=before.quotes)


def _of_deed(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    """ "Why did X say so", "which company did that": of what was just told, or what X was heard to say last."""
    if not DEED.search(question) or things(question, card):
        return None
    if len(content(understand(DEED.sub(" ", question), card))) > _FEW:
        return None
    named = {m.name for m in now.people.spans}
    if not named:
        return carried(question, before)
    theirs = [*quotes_of(named, before.past, card)]
    if not theirs:
        return None
    spoken = name(now.lang, card, next(iter(named)))
    topic = f"{spoken} {without_people(EVERYBODY.sub('', OTHERS.sub('', before.topic)), card)}".strip()
    asked = joined(question, topic)
    return Resolved(asked, topic, next(iter(named)), True, before.about, near=tuple(theirs[-_LAST:]))


def _bare(question: str, now: Asked, before: Before, card: EventCard) -> Resolved | None:
    """A question without a subject: a lone why or when, "the headquarters?", or one that says it goes on."""
    if now.people.spans or now.people.strangers:
        return None
    own = content(now)
    if not own:
        return carried(question, before)
    if things(question, card) or len(own) > 2 * _FEW:
        return None
    if now.is_(Kind.OPINION) and EVERYONE.search(question):
        return None  # those on stage, of a thing that is named
    if CONTINUES.match(question) or MANY.search(question):
        return carried(question, before)
    if len(own) <= _FEW and SUBJECTLESS.match(question):
        about = subject_of(before, card) or before.topic
        about = name(now.lang, card, before.speaker) if before.speaker and before.speaker in before.question else about
        return Resolved(f"{about} {question}", speaker=before.speaker, leaning=True, near=before.quotes)
    return None


Reading = Callable[[str, Asked, Before, EventCard], Resolved | None]
READINGS: tuple[Reading, ...] = (
    _corrected,
    _of_others,
    _more,
    _item,
    _exchanged,
    _of_person,
    _of_deed,
    _of_thing,
    _bare,
)
"""In the order they are tried: what is said outright before what is only left out."""
