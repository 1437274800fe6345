"""Whom a question names, and whether it asks for their words or for words about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .errors import NotIndexed
from .event import EventCard, Speaker
from .latin_names import alone, called
from .names import HONORIFIC, SURNAME, given_name, surname

# What a speaker does with words, in Chinese; the name stands right before, perhaps with a filler between.
_SAYS = (
    r"(?:说|說|讲|講|谈|談|提到|提过|提及|提出|认为|認為|觉得|覺得|指出|强调|表示|分享|介绍了|建议|回答|回应|回應|评价|評價|聊|问了|问过|问的|提问|看待|主张|总结|解释|形容"
    r"|的(?:看法|观点|觀點|意见|意見|建议|态度|分享|演讲|发言|回答|说法|原话|评价|总结|talk|理解|判断|主张))"
)
_FILLER = (
    r"(?:本人|自己|他|她|刚才|当时|后来|那时|在(?:台上|现场|分享里|问答里|分享中|演讲中|这场里|会上)|是|又|也|还|都|主要|具体|到底|究竟|有没有"
    r"|对[^,，。?？]{1,20}?|就[^,，。?？]{1,12}?|关于[^,，。?？]{1,12}?|从[^,，。?？]{1,10}?|把[^,，。?？]{1,15}?|给[^,，。?？]{1,10}?|跟[^,，。?？]{1,10}?"
    r"|认不认|怎么|怎样|如何|为什么|咋|是怎么|是如何|是怎样|一共|总共|[,，、\s])"
)
_VIEW = r"(?:怎么看|咋看|怎样看|如何看|看好|怎么评|如何评|怎么想|怎么讲|咋说|什么看法|有何看法|什么观点|有什么(?:看法|观点|建议|意见))"
_BY_AFTER = re.compile(rf"^(?:{_FILLER}){{0,4}}?(?:{_SAYS}|{_VIEW})")
_BY_BEFORE = re.compile(r"(?:据|按照?|根据|依照?|在)\s*$")
_BY_AROUND = re.compile(r"^(?:的话|所说|看来|眼里|眼中|的说法|的观点)")
_ASKED_BEFORE = re.compile(r"(?:问|请问|想问)\s*$")
_EN_BEFORE = re.compile(
    r"(?:according to|(?:did|does|do|would|has|have|what|how|why)\b[\w\s,']{0,12}?|by|from|in the words of)\s*(?:mr\.?|dr\.?|prof\.?)?\s*$",
    re.IGNORECASE,
)
_EN_SAYS = (
    r"(?:sa(?:y|ys|id)|thinks?|thought|tells?|told|talk(?:s|ed)?(?: about)?|mention(?:s|ed)?|claim(?:s|ed)?|believes?|believed|argue[sd]?|explain(?:s|ed)?"
    r"|suggest(?:s|ed)?|answer(?:s|ed)?|feels?|felt|recommend(?:s|ed)?|describe[sd]?|describing|compare[sd]?|list(?:s|ed)?|call(?:s|ed)?|cites?|cited|gives?|gave|sees?)"
)
_EN_AFTER = re.compile(
    rf"^(?:'s|’s|s')?\s*(?:actually|really|himself|herself|also|first|just)?\s*"
    rf"(?:{_EN_SAYS}\b|(?<=s )(?:opinion|views?|thoughts?|talk|advice|answer|take|position|points?|argument|words)\b)",
    re.IGNORECASE,
)
_EN_ASKS = re.compile(r"\b(?:according to|in the words of)\s*(?:mr\.?|dr\.?|prof\.?)?\s*$", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:和|与|跟|及|以及|、|,|，|&|and|and also|,\s*and)\s*", re.IGNORECASE
)  # "A和B怎么看" asks for both
_TOPIC = re.compile(r"(?:关于|關於|对|對|about|on)\s*$", re.IGNORECASE)
_TITLES = ("总", "老师", "博士", "先生", "女士", "师傅", "老板", "教授", "医生", "主任", "经理", "院长", "校长")
_LATIN_EDGE = r"(?<![A-Za-z0-9])"
_NOT_NAMES = re.compile(
    r"(?:他|她|它|你|我|您|咱|谁|大家|嘉宾|主持|观众|各位|几位|那位|这位|哪位|有人|人家|别人|演讲|公司|创始|全场|今天|最后|后来|平时|时候|方面|于是|向来|许多)|[性化度率式型法力者学业品部]$"
)
_STRANGER = re.compile(
    rf"(?:^|[,，。?？!！、\s“\"]|请问|那么?|关于|听说|据|问|和|跟|与)(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?P<after>.*)",
    re.DOTALL,
)
_NICKNAME = re.compile(
    rf"(?:^|[,，。?？!！、\s“\"]|请问|那么?|关于|听说|据|问|和|跟|与)(?P<name>[老小阿]{SURNAME})(?P<after>.*)",
    re.DOTALL,
)
_BEFORE_NAME = re.compile(r"\b([A-Z][\w'’-]+)\s+$")
_AFTER_NAME = re.compile(r"\s+[A-Z][a-z]")
_OPENS = re.compile(
    r"What|Who|Whom|Whose|Which|When|Where|Why|How|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|Will|Would|Should|And|But|So|If|Tell|Ask|Give|List|Summari[sz]e|Compare|Describe|Explain"
)
_PRESENT = re.compile(
    rf"^(?:{HONORIFIC})?(?:是谁|是誰|到场|到場|出席|参加|參加|来了|來了|有没有来|来没来|在不在|在场|有没有(?:发言|讲话|说话|参加))"
)
_STRANGER_EN = re.compile(
    r"(?:[Dd]id|[Dd]oes|[Ww]as|[Ww]ill|according to|[Ww]ho (?:is|was)|by)\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+){1,2})\b(?:'s|’s)?"
    rf"(?:\s+(?:(?:actually|really|himself|herself|also|ever)\s+)?(?:{_EN_SAYS}|speak|spoke|attend|appear|come|there|present|on stage|join)|\s*[?？,]|$)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as a question writes them: card name, and the span of the question."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mentioned:
    """``by``: whose words are asked for; ``about``: others who are named; ``strangers``: names no card holds."""

    by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    spans: tuple[Mention, ...] = ()


def people(question: str, card: EventCard) -> Mentioned:
    """Read the people of a question. ``X说/怎么看/according to X`` asks for X's words; any other name does not."""
    question = unicodedata.normalize("NFKC", question)
    spans = tuple(_mentions(question, card))
    asked = {m for m in spans if _asks_words(question, m)}
    for left, right in zip(reversed(spans[:-1]), reversed(spans), strict=False):
        if (
            right in asked
            and not _TOPIC.search(question[: left.start])
            and _JOINED.fullmatch(question[left.end : right.start])
        ):
            asked.add(left)
    by = dict.fromkeys(m.name for m in spans if m in asked)
    about = dict.fromkeys(m.name for m in spans if m.name not in by)
    return Mentioned(tuple(by), tuple(about), tuple(_strangers(question, spans)), spans)


def speaker_named(wanted: str, card: EventCard) -> str:
    """The card's name of a speaker given by any of their names; NotIndexed where the card has others only."""
    if card.speaker(wanted):
        return wanted
    if named := tuple(_mentions(unicodedata.normalize("NFKC", wanted), card)):
        return named[0].name
    if card.speakers:
        raise NotIndexed(f"no speaker {wanted!r}; this event has: {', '.join(s.name for s in card.speakers)}")
    return wanted


def _asks_words(question: str, mention: Mention) -> bool:
    before, after = question[: mention.start], question[mention.end :]
    if _BY_AFTER.match(after) and not _ASKED_BEFORE.search(before):
        return True
    if _BY_BEFORE.search(before) and _BY_AROUND.match(after):
        return True
    if _EN_ASKS.search(before):
        return True
    return bool(_EN_AFTER.match(after))


def _mentions(question: str, card: EventCard) -> Iterator[Mention]:
    pattern, names = _matcher(card)
    if pattern is None:
        return
    strict = _alone_of(card.speakers)
    for match in pattern.finditer(question):
        if match.group() not in strict or not _of_another(question, match):
            yield Mention(names[_fold(match.group())], match.start(), match.end())


def _of_another(question: str, match: re.Match[str]) -> bool:
    """Whether a first or last name alone belongs to a longer name: Hefin David is not David."""
    before, after = _BEFORE_NAME.search(question[: match.start()]), _AFTER_NAME.match(question[match.end() :])
    return bool(after) or bool(before and before.start() > 0) or bool(before and not _OPENS.fullmatch(before[1]))


@lru_cache(maxsize=64)
def _compiled(ways: tuple[tuple[str, str], ...], strict: frozenset[str]) -> re.Pattern[str] | None:
    if not ways:
        return None
    longest_first = sorted({way for way, _ in ways}, key=lambda way: (-len(way), way))
    either = (rf"(?-i:{_bounded(way)})" if way in strict else _bounded(way) for way in longest_first)
    return re.compile("|".join(either), re.IGNORECASE)


def _matcher(card: EventCard) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    return _matcher_of(card.speakers)


@lru_cache(maxsize=64)  # one question asks for it dozens of times, and it takes 60 ms to make
def _matcher_of(speakers: tuple[Speaker, ...]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    ways = tuple((way, s.name) for s in speakers for way in _ways(s, speakers))
    return _compiled(ways, _alone_of(speakers)), {_fold(way): name for way, name in reversed(ways)}


@lru_cache(maxsize=64)
def _alone_of(speakers: tuple[Speaker, ...]) -> frozenset[str]:
    """First and last names that are read only with a capital."""
    given = {way for s in speakers for way in (*s.written(), *s.aliases)}
    return frozenset(way for s in speakers for way in alone(s.name)) - given


def ways_to_name(speaker: Speaker, card: EventCard) -> tuple[str, ...]:
    """Every way a visitor may name a speaker that names nobody else of the card."""
    return _ways(speaker, card.speakers)


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


def _fold(way: str) -> str:
    return re.sub(r"\s+", " ", way).casefold()


def _bounded(way: str) -> str:
    words = r"\s+".join(map(re.escape, way.split()))
    left = _LATIN_EDGE if way[0].isascii() and way[0].isalnum() else ""
    return left + words + (r"(?![A-Za-z0-9])" if way[-1].isascii() and way[-1].isalnum() else "")


def _strangers(question: str, known: tuple[Mention, ...]) -> Iterator[str]:
    """Names of nobody on the card, where the question treats them as people who speak, come, or are asked about."""
    spans = [(m.start, m.end) for m in known]
    for at in range(len(question)):
        match = _STRANGER.match(question, at)
        if match and not _overlaps(match.span("name"), spans):
            found = _whole_name(match["name"], match["after"])
            if found:
                yield found
                return
        match = _NICKNAME.match(question, at)
        called = match and not _overlaps(match.span("name"), spans) and match["name"] != "老总"
        if match and called and (_BY_AFTER.match(match["after"]) or _PRESENT.match(match["after"])):
            yield match["name"]
            return
    yield from (m[1] for m in _STRANGER_EN.finditer(question) if not _overlaps(m.span(1), spans))


def _whole_name(name: str, after: str) -> str | None:
    """The name, with its third character where only that makes the rest read as what a person does."""
    for longer in (0, 1):
        rest = after[longer:]
        candidate = name + after[:longer]
        if len(candidate) <= 3 and (_BY_AFTER.match(rest) or _PRESENT.match(rest)) and not _NOT_NAMES.search(candidate):
            return candidate
    return None


def _overlaps(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)
