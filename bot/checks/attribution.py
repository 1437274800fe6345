"""Who is said to have said it: a named speaker must be the one who is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.dictionary import HAN
from index.event import EventCard
from index.mention import Mention, ways_to_name
from index.people import people

from .gazetteer import gazetteer
from .source import Source

# What people do with words and wishes; index/people.py reads questions, which use fewer of them.
_SAYS = re.compile(
    r"^\s*(?:[（(][^）)]{0,20}[）)])?\s*(?:还|也|又|都|则|曾|就|自己|本人|在[^,，。]{0,12}?(?:里|中|上)?)?\s*"
    r"(?:说(?!服|明书|动)|讲|谈|提到|提出|认为|觉得|指出|强调|表示|分享|介绍|建议|回答|评价|总结|解释|形容|主张|希望|相信|坚信|提醒|警告|承认|回忆|补充|预测|坦言|透露|直言|问|打比方|比喻|举例|自称|呼吁|看来|列)"
    r"|^['’]?s?\s*(?:\([^)]{0,40}\)\s*)?(?:also|then|really|firmly|strongly|further|first|never|once|himself|herself)?\s*"
    r"(?:sa(?:y|ys|id)|thinks?|thought|tells?|told|believes?|believed|argue[sd]?|explain(?:s|ed)?|suggest(?:s|ed)?|feels?|felt|recommend(?:s|ed)?|describe[sd]?|compare[sd]?|list(?:s|ed)?|call(?:s|ed)?|mention(?:s|ed)?|claim(?:s|ed)?"
    r"|hopes?|hoped|wants?|wanted|asks?|asked|dreams?|warns?|warned|notes?|noted|adds?|added|admits?|stress(?:es|ed)?|emphasi[sz]e[sd]?|recalls?|advise[sd]?|predicts?|points? out|considers?|insists?|jokes?|states?|stated|shared?|shares)\b",
    re.IGNORECASE,
)
_PERSUADED = re.compile(r"说(?:服|动|明书)")  # no words of theirs
_SPEAKS = r"(?:说(?!服|明书|动)|表示|认为|指出|提到|觉得|强调|\bsa(?:ys|id)\b|\bthinks?\b|\bbelieves?\b|\bargues?\b|\bexplains?\b|\bsuggests?\b|\bmentions?\b|\bpoints? out\b)"
_SAYER = re.compile(rf"(?<![A-Za-z0-9])([A-Z][A-Za-z0-9]*(?: [A-Z][a-z]+){{0,2}}) ?(?:also |常|也|还)?{_SPEAKS}")
_PRONOUN = re.compile(r"(?:He|She|They|It|We|I|You|One|People|Everyone|Nobody|Some|Many|The|This|That|Who)\b")
_BEFORE = re.compile(r"(?:据|按照?|根据|依照?|用)\s*$|\b(?:according to|in the words of|as)\s*$", re.IGNORECASE)
_JOINED = re.compile(r"[和与及跟]|以及|\band\b", re.IGNORECASE)
_WORDED = 2  # letters; with fewer nothing is said
_FIRST_PERSON = re.compile(r"我(?!国)|咱|\bI\b|(?i:\b(?:we|our|ours|us|my|me)\b)(?<!\bUS)")


def sayers(claim: str, card: EventCard) -> tuple[Mention, ...]:
    """The speakers a claim credits with words, thoughts or wishes, in order."""
    found = people(claim, card)
    return tuple(
        m
        for m in found.spans
        if (m.name in found.by and not _PERSUADED.match(claim[m.end :]))
        or _SAYS.match(claim[m.end :])
        or _BEFORE.search(claim[: m.start])
    )


def after_credit(claim: str, card: EventCard) -> str:
    """A claim without the "so-and-so says" it begins with."""
    first = next(iter(sayers(claim, card)), None)
    if first is None or first.start:
        return claim
    says = _SAYS.match(claim[first.end :])
    return re.sub(
        r"^(?:[里中上]?说)?(?:过|到|了|道)?\s*(?:that\b)?[\s,，:：]*",
        "",
        claim[first.end + (says.end() if says else 0) :],
    )


def borrowed(claim: str, card: EventCard) -> bool:
    """Whether a claim speaks in the first person without saying who does."""
    return bool(_FIRST_PERSON.search(claim)) and not sayers(claim, card)


def bare(claim: str, card: EventCard) -> bool:
    """Whether a claim is nothing but names, or the heading of a block."""
    claim = after_credit(claim.strip(" 【】[]"), card)
    for mention in reversed(people(claim, card).spans):
        claim = claim[: mention.start] + claim[mention.end :]
    book = gazetteer(card)
    rest = _JOINED.sub("", book.latin.sub("", book.chinese.sub("", claim)))
    if HAN.search(claim):
        rest = re.sub(r"[A-Za-z0-9]+", "", rest)
    return len(re.findall(r"[^\W_]", rest)) < _WORDED


def misattributions(claim: str, source: Source) -> Iterator[str]:
    """People the claim credits or names wrongly."""
    card, found = source.card, people(claim, source.card)
    credited = {m.name for m in sayers(claim, card)}
    yield from sorted(credited - source.speakers)
    for name in dict.fromkeys(m.name for m in found.spans):
        if name not in credited and name not in source.people and not _named(name, source):
            yield name
    yield from (stranger for stranger in found.strangers if stranger.casefold() not in source.text.casefold())
    yield from _told_by_others(claim, source, found.strangers)
    yield from _whose(claim, source, {m.name for m in found.spans}, credited)


def _told_by_others(claim: str, source: Source, strangers: Sequence[str]) -> Iterator[str]:
    """Names of nobody who spoke, said to have said it, unless the cited words say that they did."""
    latin = (m[1] for m in _SAYER.finditer(claim) if not _PRONOUN.match(m[1]))
    known = source.known.casefold()
    named = (name for name in latin if name.casefold() not in known or name.casefold() in source.text.casefold())
    own = {name.casefold() for name in _own(source)}
    for name in (*strangers, *named):
        said = rf"{re.escape(name)}.{{0,4}}?{_SPEAKS}"
        if name.casefold() not in own and re.search(said, claim) and not re.search(said, source.text):
            yield name


def _own(source: Source) -> Iterator[str]:
    """What those who speak in the cited words are called, and what they speak for."""
    for speaker in filter(None, map(source.card.speaker, sorted(source.speakers))):
        yield from (*ways_to_name(speaker, source.card), speaker.organisation, *speaker.organisation_aliases)


def _whose(claim: str, source: Source, named: set[str], credited: set[str]) -> Iterator[str]:
    """A speaker who is made the subject of what the cited words say of somebody else on stage."""
    others = {m.name for m in people(source.text, source.card).spans}
    for name in sorted((named & source.people) - credited - others):
        if others and not others & named:
            yield name


def _named(name: str, source: Source) -> bool:
    speaker = source.card.speaker(name)
    return speaker is not None and any(way in source.text for way in ways_to_name(speaker, source.card))
