"""The speakers of a card as a text mentions them: every way to name one of them, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .event import EventCard, Speaker
from .latin_names import alone, called
from .names import given_name, surname

_TITLES = ("总", "老师", "博士", "先生", "女士", "师傅", "老板", "教授", "医生", "主任", "经理", "院长", "校长")
_LATIN_EDGE = r"(?<![A-Za-z0-9])"
_BEFORE_NAME = re.compile(r"\b([A-Z][\w'’-]+)\s+$")
_AFTER_NAME = re.compile(r"\s+[A-Z][a-z]")
_OPENS = re.compile(
    r"What|Who|Whom|Whose|Which|When|Where|Why|How|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|Will|Would|Should|And|But|So|If|Tell|Ask|Give|List|Summari[sz]e|Compare|Describe|Explain"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as a question writes them: card name, and the span of the question."""

    name: str
    start: int
    end: int


def mentions(question: str, speakers: tuple[Speaker, ...]) -> Iterator[Mention]:
    """Where a text names speakers of a card, in any way that names nobody else, from its start to its end."""
    pattern, names = _matcher(speakers)
    if pattern is None:
        return
    strict = _alone_of(speakers)
    for match in pattern.finditer(question):
        if match.group() not in strict or not _of_another(question, match):
            yield Mention(names[_fold(match.group())], match.start(), match.end())


def _of_another(question: str, match: re.Match[str]) -> bool:
    """Whether a first or last name alone belongs to a longer name: Hefin David is not David."""
    before, after = _BEFORE_NAME.search(question[: match.start()]), _AFTER_NAME.match(question[match.end() :])
    return bool(after) or bool(before and before.start() > 0) or bool(before and not _OPENS.fullmatch(before[1]))


def _compiled(ways: tuple[tuple[str, str], ...], strict: frozenset[str]) -> re.Pattern[str] | None:
    if not ways:
        return None
    longest_first = sorted({way for way, _ in ways}, key=lambda way: (-len(way), way))
    either = (rf"(?-i:{_bounded(way)})" if way in strict else _bounded(way) for way in longest_first)
    return re.compile("|".join(either), re.IGNORECASE)


@lru_cache(maxsize=64)  # one question asks for it dozens of times, and it takes 60 ms to make
def _matcher(speakers: tuple[Speaker, ...]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    ways = tuple((way, s.name) for s in speakers for way in _ways(s, speakers))
    return _compiled(ways, _alone_of(speakers)), {_fold(way): name for way, name in reversed(ways)}


@lru_cache(maxsize=64)
def _alone_of(speakers: tuple[Speaker, ...]) -> frozenset[str]:
    """First and last names that are read only with a capital."""
    given = {way for s in speakers for way in (*s.written(), *s.aliases)}
    return frozenset(way for s in speakers for way in alone(s.name)) - given


def _fold(way: str) -> str:
    return re.sub(r"\s+", " ", way).casefold()


def _bounded(way: str) -> str:
    words = r"\s+".join(map(re.escape, way.split()))
    left = _LATIN_EDGE if way[0].isascii() and way[0].isalnum() else ""
    return left + words + (r"(?![A-Za-z0-9])" if way[-1].isascii() and way[-1].isalnum() else "")


def ways_to_name(speaker: Speaker, card: EventCard) -> tuple[str, ...]:
    """Every way a visitor may name a speaker that names nobody else of the card."""
    return _ways(speaker, card.speakers)


def pattern_of(person: str, card: EventCard) -> re.Pattern[str]:
    """Finds somebody in running text, however the speakers call them; by the name alone if they are not on the card."""
    speaker = card.speaker(person)
    return _pattern(ways_to_name(speaker, card) if speaker else (person,))


@lru_cache(maxsize=512)
def _pattern(ways: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(ways, key=len, reverse=True))))


@lru_cache(maxsize=512)
def _ways(speaker: Speaker, speakers: tuple[Speaker, ...]) -> tuple[str, ...]:
    own = dict.fromkeys((*speaker.written(), *speaker.aliases))
    taken = {way for other in speakers if other is not speaker for way in _all(other)}
    derived = (way for way in _derived(speaker) if way not in taken)
    return tuple(dict.fromkeys((*own, *derived)))


def _all(speaker: Speaker) -> set[str]:
    return {*speaker.written(), *speaker.aliases, *_derived(speaker)}


def _derived(speaker: Speaker) -> Iterator[str]:
    """Given name alone, surname with a title (季总, 老季, Mr Ji), English names in either order."""
    if given := given_name(speaker.name):
        yield given
    if family := surname(speaker.name):
        yield from (f"{family}{title}" for title in _TITLES)
        yield f"老{family}"
    yield from (*called(speaker.name), *alone(speaker.name))
    words = speaker.name_en.split()
    if len(words) >= 2:
        yield " ".join((*words[1:], words[0]))
        yield from (w for w in (words[-1], words[0]) if len(w) > 3)
        yield from (f"{t} {words[0]}" for t in ("Mr", "Mr.", "Dr", "Dr.", "Ms", "Ms."))
    if speaker.host:
        yield from ("主持人", "the host", "the moderator")
    if speaker.organisation:
        for org in (speaker.organisation, *speaker.organisation_aliases):
            yield from (
                f"{org}{of}" for of in ("的创始人", "创始人", "的CEO", "CEO", "的CTO", "CTO", "的老板", "老板", "那位")
            )
            yield from (f"the {what} of {org}" for what in ("founder", "CEO", "CTO", "co-founder"))
            yield from (f"{org}'s {what}" for what in ("founder", "CEO", "CTO", "co-founder"))
