"""Questions that a talk itself suggests: its lists, the names it explains, the questions its speakers put to the room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.dictionary import HAN
from index.dictionary import words as words_of
from index.names import HONORIFIC
from index.sparse import normal
from index.types import TurnKind

from ..asker import askers, guests
from ..draft import Span
from ..lexicon import INSIDE, Term, lexicon
from ..question import language, understand
from ..shapes.enumeration import enumerations
from ..stage import Stage
from ..types import Lang
from ..wording import name, say
from .subjects import subjects, with_article

_KEPT: dict[tuple[str, str, Lang], tuple[Candidate, ...]] = {}
_MOST = 64  # events whose candidates are kept
_TERMS = 60  # of a talk's terms, that are looked at
_NAMED = re.compile(
    r"(?<!不)(?<!没)(?:叫做|叫作|叫|称为|称作|称之为|所谓的?|取名字?叫)[“\"《]?(?P<zh>[\u4e00-\u9fff]{2,8}?)[”\"》]?(?=[,，。;；:：]|$)"
)
_OF_PERSON = re.compile(
    r"(?:[我你他她](?!们)|学生|同学|老师|教授|朋友|孩子|[位男女人]|先生|女士)(?:名字|也|都|就)?$"
)  # 我叫王芳
_NO_THING = re.compile(rf"(?:{HONORIFIC}|局长|同学)$|(.)不\1|^[a-z]+$")
_ONLY_VERB = re.compile(r"(?:to [^/]+/)+")  # of a dictionary's entry
_MEASURES = "件个個位条條项項种種款张張"
_EXPLAINED = re.compile(r"(?:是|就是)(?:一|做|指|说|围绕|吸引|世界|我们)|叫做?|称为|\bis (?:an? |the )", re.IGNORECASE)
_PUT = re.compile(r"^(?:那么?|但是?|所以|然后|而且|因为|其实)*[,，]?(?P<q>[^,，。!！?？“”\"]{6,24})[?？]$")
_OPEN = re.compile(r"我|你|他|她|它|这|那|大家|各位|有没有|请问|吗$|对吧|是吧|对不对|^(?:为什么|怎么|什么)(?:呢|样)?$")
_ASKS = re.compile(r"什么|怎么|怎样|如何|为什么|哪|多少|谁|几")
_LIST_OF = re.compile(
    r"(?P<subject>[\u4e00-\u9fff]{2,8}?)(?:分为|分成)(?P<n>[两二三四五六七八九十])种(?P<what>[\u4e00-\u9fff]{2,4})"
)
_LIST_IN = re.compile(
    r"(?:有|是)(?P<n>[两二三四五六七八九十])(?P<unit>[种个点条类项])(?P<what>[\u4e00-\u9fff]{2,5}?)(?=[,，。:：]|$)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with the words that answer it, whose they are, and what it is on; ``sure`` is as good as answered."""

    question: str
    subject: str
    spans: tuple[Span, ...] = ()
    speaker: str | None = None
    pinned: bool = False
    sure: bool = False
    telling: bool = True


def candidates(stage: Stage) -> tuple[Candidate, ...]:
    """All of them in a language, each question once; kept for the transcript's revision."""
    key = (stage.transcript.id, stage.transcript.revision, stage.lang)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST:
            _KEPT.clear()
        _KEPT[key] = tuple({c.question: c for c in reversed((*_made(stage),))}.values())[::-1]
    return _KEPT[key]


def overview_of(speaker: str | None) -> str:
    """The subject of a question what somebody spoke about, or the whole."""
    return f"overview {speaker}" if speaker else "overview"


def _made(stage: Stage) -> Iterator[Candidate]:
    yield from (Candidate(q, normal(q), pinned=True) for q in stage.card.pinned if language(q) == stage.lang)
    yield Candidate(say(stage.lang, "ask_overview"), overview_of(None), sure=True)
    for guest in guests(stage.transcript, stage.card):
        question = say(stage.lang, "ask_speaker", name=name(stage.lang, stage.card, guest))
        yield Candidate(question, overview_of(guest), speaker=guest, sure=True)
    if stage.lang == "zh":
        yield from _lists(stage)
        yield from _put_to_the_room(stage)
    yield from _named(stage)
    yield from _views(stage)


def _lists(stage: Stage) -> Iterator[Candidate]:
    """Lists that say what they are lists of."""
    text, turns = stage.transcript.text, stage.transcript.turns
    for found in enumerations(stage.transcript):
        head = text[found.head.start : found.head.end] if found.head else ""
        spans = tuple((item.sentence.start, item.sentence.end) for item in found.items)
        if match := _LIST_OF.search(head):
            subject = re.sub(r"^(?:.*把|.*将)", "", match["subject"])
            question = f"{subject}有哪{match['n']}种{match['what']}？"
        elif match := _LIST_IN.search(head):
            question = f"{match['n']}{match['unit']}{match['what']}是哪{match['n']}{match['unit']}？"
        else:
            continue
        yield Candidate(question, normal(match["what"]), spans, turns[found.turn].speaker)


def _sentences(stage: Stage) -> Iterator[tuple[int, Span, str, str | None]]:
    """Sentences of talks and answers: number, span, words, speaker."""
    text, turns = stage.transcript.text, stage.transcript.turns
    for n, (s, t) in enumerate(zip(stage.segment.sentences, stage.segment.turns, strict=True)):
        if turns[t].kind in (TurnKind.TALK, TurnKind.ANSWER):
            yield n, (s.start, s.end), text[s.start : s.end], turns[t].speaker


def _put_to_the_room(stage: Stage) -> Iterator[Candidate]:
    """Questions a speaker asks in order to answer them, where they can be read alone: they name a thing of the talk."""
    names = [t.text for t in lexicon(stage.transcript) if t.text.isascii() or (t.count >= 3 and len(t.text) >= 3)]
    for n, _, words, speaker in _sentences(stage):
        match = _PUT.match(words)
        if match is None or _OPEN.search(match["q"]) or not _ASKS.search(match["q"]):
            continue
        if not any(term in match["q"] for term in names):
            continue
        after = stage.segment.sentences[n + 1 : n + 4]
        if after:
            yield Candidate(f"{match['q']}？", normal(match["q"]), ((after[0].start, after[-1].end),), speaker)


def _named(stage: Stage) -> Iterator[Candidate]:
    """Things that a speaker gives a name, or says what they are."""
    for _, span, words, speaker in _sentences(stage):
        found = [*_NAMED.finditer(words)] if stage.lang == "zh" else []
        called = [match for match in found if re.match("叫(?![做作])", match.group())]
        somebody = {match["zh"] for match in called if _OF_PERSON.search(words[: match.start()])}
        for thing in dict.fromkeys(match["zh"] for match in found):
            if thing not in somebody and not any(c in INSIDE + "叫" for c in thing):
                yield Candidate(f"{thing}是什么？", normal(thing), (span,), speaker)
    names = [t.text for t in _terms(stage) if t.text.isascii() and t.count >= 2]
    for term in names:
        for _, span, words, speaker in _sentences(stage):
            at = words.find(term)
            if at >= 0 and at <= 4 and _EXPLAINED.match(words, at + len(term)):
                yield Candidate(say(stage.lang, "ask_what", x=term), normal(term), (span,), speaker)
                break


def _views(stage: Stage) -> Iterator[Candidate]:
    """What a speaker says of a term that is theirs: most of its occurrences are in their words."""
    text = stage.transcript.text
    hosts = askers(stage.transcript, stage.card)
    said = [(span, words, speaker) for _, span, words, speaker in _sentences(stage) if speaker not in hosts]
    for term in _terms(stage):
        if term.count < 3 or (stage.lang == "en" and not term.text.isascii()) or len(term.text) < 3:
            continue
        spans = [(span, speaker) for span, words, speaker in said if term.text in words]
        by = {s: [sp for sp, who in spans if who == s] for s in dict.fromkeys(who for _, who in spans)}
        speaker = max(by, key=lambda s: len(by[s]), default=None)
        if speaker and len(by[speaker]) >= 2 and _can_be_asked(stage, term.text) and text.count(term.text) >= 3:
            thing = with_article(text, term.text) if stage.lang == "en" else term.text
            question = say(stage.lang, "ask_view", name=name(stage.lang, stage.card, speaker), x=thing)
            yield Candidate(question, normal(term.text), tuple(by[speaker]), speaker, telling=False)


def _terms(stage: Stage) -> Sequence[Term]:
    """The words worth asking after; in an English talk "yeah" and "something" come as often as any name."""
    found = subjects if language(stage.transcript.text) == "en" else lexicon
    return found(stage.transcript)[:_TERMS]


def _can_be_asked(stage: Stage, term: str) -> bool:
    """Whether a term is a thing: no speaker, no word that a question has anyway (they, the meeting), no piece of a word."""
    if any(term in (*s.written(), *s.aliases) for s in stage.card.speakers) or not understand(term, stage.card).topic:
        return False
    if language(stage.transcript.text) == "zh" and _NO_THING.search(term):
        return False  # somebody by their title, 好不好, or "anyway" among Chinese
    return not HAN.fullmatch(term) or _is_of_words(stage.transcript.text, term)


def _is_of_words(text: str, term: str) -> bool:
    """Whether a run of Chinese mostly begins and ends where words do: 数字化 does, 业数字化 is a piece of 企业数字化."""
    parted, alone = words_of(text), words_of(term)
    if len(alone) == 1 and _ONLY_VERB.fullmatch(alone[0].entry):  # 感兴趣: nobody speaks of a verb
        return False
    starts, ends = {w.start for w in parted}, {w.start + len(w.text) for w in parted}
    found = [match.start() for match in re.finditer(term, text)]
    if alone[0].text in _MEASURES:  # 件事情
        return False
    return 2 * sum(at in starts and at + len(term) in ends for at in found) >= len(found)
