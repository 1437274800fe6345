"""Whom a question names, and whether it asks for their words or for words about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .errors import NotIndexed
from .event import EventCard, Speaker
from .mention import Mention, mentions
from .names import HONORIFIC, SURNAME

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
_PRESENT = re.compile(
    rf"^(?:{HONORIFIC})?(?:是谁|是誰|到场|到場|出席|参加|參加|来了|來了|有没有来|来没来|在不在|在场|有没有(?:发言|讲话|说话|参加))"
)
_STRANGER_EN = re.compile(
    r"(?:[Dd]id|[Dd]oes|[Ww]as|[Ww]ill|according to|[Ww]ho (?:is|was)|by)\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+){1,2})\b(?:'s|’s)?"
    rf"(?:\s+(?:(?:actually|really|himself|herself|also|ever)\s+)?(?:{_EN_SAYS}|speak|spoke|attend|appear|come|there|present|on stage|join)|\s*[?？,]|$)"
)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """``by``: whose words are asked for; ``about``: others who are named; ``strangers``: names no card holds."""

    by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    spans: tuple[Mention, ...] = ()


def people(question: str, card: EventCard) -> Mentioned:
    """Read the people of a question. ``X说/怎么看/according to X`` asks for X's words; any other name does not."""
    return _people(unicodedata.normalize("NFKC", question), card.speakers)


@lru_cache(maxsize=256)  # a question is read a dozen times, and looking for names in it takes a third of a millisecond
def _people(question: str, speakers: tuple[Speaker, ...]) -> Mentioned:
    spans = tuple(mentions(question, speakers))
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
    if named := tuple(mentions(unicodedata.normalize("NFKC", wanted), card.speakers)):
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
