"""Questions about the event itself: its theme, who is on stage, what was asked there, and whether something is mentioned."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from index.event import EventCard
from index.sparse import normal
from index.types import TurnKind

from ..asker import askers
from ..draft import Draft, Quote, Span, not_said
from ..fitting.fit import unknown_names
from ..followup.anaphora import LEANS
from ..lexicon import lexicon
from ..question import Asked, Kind, understand
from ..stage import Stage, spoken
from ..types import Outcome
from ..wording import attribution, introduction, say
from .cast import cast
from .enumeration import number
from .occasion import HELD, held
from .overview import overview

MENTIONS = 3  # quotes that mention something
_I = re.IGNORECASE
_THEME = re.compile(
    r"(?:活动|论坛|圆桌|讨论|分享|讲座|节目|访谈|谈论|这场|整场|本场|这次|这期)?的?(?:主题|话题|议题|(?<=[论谈话访的])(?:焦点|中心))(?:是什么|是啥|叫什么|是)?|(?:聊|谈论?|讨论|讲)的?(?:都?是)?(?:什么|啥|哪个)(?:话题|主题|议题|问题)|围绕着?(?:什么|啥|哪个)(?:话题|主题|议题|问题)?(?:展开|进行)?(?:的|讨论)?"
    r"|what(?:'s|’s| is| was) the (?:main )?(?:topic|theme|subject)(?: of (?:this|the) (?:talk|event|panel|discussion|session))?",
    _I,
)
_CAST = re.compile(
    r"(?:嘉宾|讲者|演讲人|发言人|分享人)们?(?:都|分别)?(?:有谁|是谁|有哪些人?|是哪(?:些|几)(?:人|位)|有几(?:位|个)|有多少(?:位|人|个)?)|(?:有|请了?|来了?|邀请了?)(?:哪几|哪些|几|多少)(?:位|个)?(?:嘉宾|人|讲者|创始人|创业者|老师|专家)(?:参加|发言|到场)?|(?:请|来)(?:来)?的(?:都)?(?:是|有)(?:些)?(?:什么|哪些|啥)(?:人|嘉宾)|都?有谁(?:参加|来|发言|讲|在场|出席)|谁(?:参加|出席)了|(?:请|来)(?:来|到)?了(?:哪些人|谁)"
    r"|(?:这|台上的?)?(?:几|各|[两三四五六])(?:家(?:公司|企业)|[位个](?:嘉宾|讲者|创始人))(?:都|分别|各自?|又)*是?(?:做|干)(?:什么|啥|嘛)的?|(?:[几各两三四五六]位)?(?:嘉宾|讲者|创始人)们?(?:都|分别|各自?)*(?:是(?:做|干)(?:什么|啥|嘛)的|是?来自(?:哪里|哪儿|哪些?(?:公司|机构|单位|地方)|什么(?:公司|机构|单位|地方)))|(?:都)?(?:有|来了)哪(?:些|几家)(?:公司|企业)(?:参加|在场|来了?)?$"
    r"|who (?:are|were) (?:all )?(?:the )?(?:speakers|guests|panell?ists)|who (?:spoke|attended|took part|is (?:speaking|on (?:the )?(?:panel|stage)))|how many (?:speakers|guests|panell?ists)|list (?:of )?(?:the )?(?:speakers|guests|panell?ists)",
    _I,
)
# How many came, where the talk counts its audience: no question about the guests.
_CROWD_ASKED = re.compile(r"(?:来了?|有|到了?)(?:多少|几)个?人")
_CROWD = re.compile(
    r"(?:来了?|坐了?|到了?|今[天晚早]|现场|观众|听众|参[加会])[^。;；\n]{0,12}?[\d一二两三四五六七八九十几]+[多余几]?[百千万][一二三四五六七八九\d多余几百十]*\s*[个位名]?(?:人|观众|听众)"
)
_PUT = re.compile(
    r"(?:主持人|观众|台下|现场|台上)?(?:都|一共)?(?:问|提)(?:了|过|出)?(?:哪些|什么|几个|啥)(?:问题|样的问题)?|what (?:did the (?:host|moderator|audience) ask|questions (?:were|was|did))",
    _I,
)
_NTH_PUT = re.compile(
    r"第([一二三四五六七八九十\d]+)[个位名]?(?:提问|发问)(?:的?人|者|的)(?:问|提)了?(?:什么|啥)(?:问题)?"
    r"|(?:台上|观众|现场|主持人)?(?:问|提)?的?(?:第([一二三四五六七八九十\d]+)|(最后)一?)个(?:问题|提问)(?:是|问的?是?)?(?:什么|啥|哪个)?"
    r"|what (?:(?:was|is) the (first|second|third|last) question|(?:did|does) the (first|second|third|last) (?:questioner|person)(?: from the audience)? ask)",
    _I,
)
# What one of them asked: "刘超的问题是什么", "What is Liu Chao's question to the founders?"
_ASKED = re.compile(
    r"的?(?:提问|提的?问题|问题)(?:都|分别)?(?:是|有)(?:什么|啥|哪些?)|[问提][了过]?(?=.*(?:什么|啥|哪些))|(?:什么|啥|哪些)(?:问题)?|别人|其他人"
    r"|\bwhat\b(?=.*\b(?:ask(?:s|ed)?|questions?)\b)|\b(?:ask(?:s|ed)?|questions?|founders?|panell?ists?|others?)\b",
    _I,
)
_ASKED_FOR = re.compile(r"问|\bwhat\b.*\b(?:ask(?:s|ed)?|questions?)\b", _I)
_MENTION = re.compile(
    r"(?:有没有(?:人|谁|嘉宾)?|有(?:人|谁|嘉宾)|是否有人?|是不是有人)(?:提到|提过|提及|谈到|谈过|讲到|讲过|说到|说过|聊到|聊过)(?:了|过)?(?P<zh>[^,，。?？]{1,20}?)(?:吗|嘛|没有|没|么)?[?？\s]*$"
    r"|^(?:does|did|do) (?:anyone|anybody|any(?: of the)? (?:speakers?|guests?)|someone|(?:this|the) (?:talk|panel|speakers?|guests?)) (?:ever )?(?:mention|talk about|discuss|bring up|refer to)\s+(?P<en>[^?？]{1,40})[?？\s]*$",
    _I,
)
_IS_THEME = re.compile(r"话题|主题|议题|围绕|讨论|聊的是|topic|discuss|theme", _I)
_TODAY = re.compile(r"今天|本次|这次|此次|因此|today|this (?:panel|session)", _I)
_ASKS = re.compile(r"[?？]|请问|的问题", _I)
_OTHER_WORDS = re.compile(
    r"(?:[这本][个场期次段篇份]?)?(?:讲座|节目|访谈|对谈|采访|专访|对话|谈话|录音|音频|视频|文字?稿|播客)|讲述|讨论|谈论|探讨|交流|(?<=什么)问题|双方|两人|两个人|记者|来宾|整场|这场|本场|这次|活动|论坛|圆桌|四位|几位|各位|分别|参加的?|event|talk|panel|session|please|tell me",
    _I,
)


def programme(stage: Stage, asked: Asked) -> Draft | None:
    """An answer of the event itself, where the question asks for nothing besides."""
    if match := _MENTION.search(asked.text):
        found = _mentioned(stage, (match["zh"] or match["en"]).strip())
        if found is None and unknown_names(asked, stage):
            return not_said(stage.lang)  # what is near in meaning to a name that stands nowhere is another thing
        return found
    if _CROWD_ASKED.search(asked.text) and _CROWD.search(stage.transcript.text):
        return None
    text = _without_its_name(asked.text, stage.card)
    for cue, answer in _OF_EVENT:
        if _only(cue, text, stage.card):
            return answer(stage, asked)
    if asked.people.spans and _ASKED_FOR.search(text) and _only(_ASKED, text, stage.card):
        return _put(stage, asked)
    if not any(map(str.isalnum, text)):  # its name and nothing else
        return overview(stage)
    if asked.is_(Kind.OVERVIEW) and not asked.people.spans and not _has_topic(text, stage.card):
        return overview(stage)
    return None


def stands_alone(asked: Asked, card: EventCard) -> bool:
    """Whether a short question is a whole one, about the event: "总结一下", "who spoke?", "要点是什么"."""
    if any(word.search(asked.text) for word in LEANS) or asked.people.spans:
        return False
    return (asked.is_(Kind.OVERVIEW) and not asked.topic) or of_event(asked.text, card)


def of_event(text: str, card: EventCard) -> bool:
    """Whether a question asks about the event itself and for nothing besides."""
    named = _without_its_name(text, card)
    return bool(_MENTION.search(text)) or any(_only(cue, named, card) for cue, _ in _OF_EVENT)


def _only(cue: re.Pattern[str], text: str, card: EventCard) -> bool:
    """Whether a question has these words, and no topic of its own beside them."""
    return bool(cue.search(text)) and not _has_topic(cue.sub(" ", text), card)


def _has_topic(text: str, card: EventCard) -> bool:
    """Whether words are about something besides the event."""
    return bool(understand(_OTHER_WORDS.sub(" ", text), card).topic)


def _without_its_name(text: str, card: EventCard) -> str:
    """A question without what it may call the event: its title, the parts of it, and its series."""
    names = {name for title in (card.title, card.title_en) for name in (title, *re.split(r"[:：,，]\s*", title))}
    longest_first = sorted((n for n in (*names, card.series, card.series_en) if n), key=lambda n: (-len(n), n))
    return re.sub("|".join(map(re.escape, longest_first)), " ", text, flags=re.IGNORECASE)


def _theme(stage: Stage, asked: Asked) -> Draft:
    """What the host says it is about, or anybody of today where no host is known; else the overview."""
    terms = [t.text for t in lexicon(stage.transcript)[:60]]
    hosts = askers(stage.transcript, stage.card)
    found = [
        (bool(_TODAY.search(words)) + sum(t in words for t in terms) / 3, span, turn)
        for span, words, turn in spoken(stage)
        if _IS_THEME.search(words) and (turn.speaker in hosts if hosts else _TODAY.search(words))
    ]
    if not found:
        return overview(stage)
    _, span, turn = found[int(np.argmax([score for score, _, _ in found]))]
    lead = introduction(stage.lang, stage.card, turn.speaker or "", turn.section)
    return Draft(Outcome.ANSWER, lead, (Quote(span),))


def _put(stage: Stage, asked: Asked) -> Draft | None:
    """The questions that were put on stage, by the one who is named or by all; a sentence of each turn."""
    people = asked.people.by or asked.people.about
    last: dict[int, tuple[Span, str]] = {}
    for span, words, turn in spoken(stage):
        if turn.kind is TurnKind.QUESTION and _ASKS.search(words) and (not people or turn.speaker in people):
            last[turn.start] = (span, turn.speaker or "")
    quotes = tuple(Quote(span, lead=attribution(stage.lang, stage.card, who)) for span, who in last.values())
    return Draft(Outcome.ANSWER, say(stage.lang, "put", n=len(quotes)), quotes) if quotes else None


def _nth_put(stage: Stage, asked: Asked) -> Draft | None:
    """One of the questions that were put on stage, by its number."""
    every, match = _put(stage, asked), _NTH_PUT.search(asked.text.casefold())
    if every is None or match is None:
        return None
    said = next((word for word in match.groups() if word), "")
    place = len(every.quotes) if said in ("最后", "last") else number(said)
    chosen = every.quotes[max(place - 1, 0) : place]
    return Draft(Outcome.ANSWER, "", chosen) if chosen else not_said(stage.lang)


def _mentioned(stage: Stage, thing: str) -> Draft | None:
    """The first sentences that write a thing out, of different speakers first; None where none does."""
    wanted = normal(thing).strip(" .\"'“”")
    edge = r"(?![a-z0-9])" if wanted[-1:].isascii() else ""
    pattern = re.compile((r"(?<![a-z0-9])" if wanted[:1].isascii() else "") + re.escape(wanted) + edge)
    found = [
        (span, turn)
        for span, words, turn in spoken(stage)
        if turn.kind is not TurnKind.TITLE and pattern.search(normal(words))
    ]
    first = {turn.speaker or turn.about: (span, turn) for span, turn in reversed(found)}
    chosen = sorted([*first.values()][::-1][:MENTIONS], key=lambda f: f[0])
    if not wanted or not chosen:
        return None
    quotes = tuple(
        Quote(span, lead=attribution(stage.lang, stage.card, turn.speaker) if turn.speaker else say(stage.lang, "bio"))
        for span, turn in chosen
    )
    return Draft(Outcome.ANSWER, say(stage.lang, "mentioned", x=thing, n=len(found)), quotes)


_OF_EVENT: tuple[tuple[re.Pattern[str], Callable[[Stage, Asked], Draft | None]], ...] = (
    (_CAST, cast),
    (_NTH_PUT, _nth_put),
    (_PUT, _put),
    (HELD, held),
    (_THEME, _theme),
)
