"""A chatbot that answers from a script, over the real transcript: what the faces are tested with."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.cite import cite
from bot.types import Answer, Claim, ClaimMade, Event, Finished, Lang, Outcome, Question, Reason, SourcesFound
from bot.wording import introduction
from index.event import Event as TheEvent
from index.source import packaged_event, read_event
from index.store import Entry, Stored
from index.types import Transcript

NEUTRAL = "UCloud 为什么保持中立？"
LISTED = "UCloud 到底哪年上市的"
MOUNTAIN = "what's the mountain story about?"
FAR = "午饭吃什么"
NEAR = "有没有人谈过裁员"
THANKS = "谢谢"

WHY_NEUTRAL = "比如说做电商的不太敢用阿里云,做游戏的不太敢用腾讯云,做手机的不太敢用华为云,就可能选择我们。"
SECOND = "第二是一家公司如果需要多个云来做支持,就是我们的机会。"
YEAR = "经过八年的努力,我们在年1月20号上市,成为全世界第一个独立上市的云计算公司"


@dataclass
class ReadIndex:
    """What the faces need of an index, without vectors."""

    read: tuple[TheEvent, ...]

    @property
    def events(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(e.id, e.card, e.carded, tuple(Stored(t.id, "", "", "", {}) for t in e.transcripts)) for e in self.read
        )

    def event(self, id: str) -> Entry:
        return next(event for event in self.events if event.id == id)

    def transcript(self, id: str) -> Transcript:
        return next(t for event in self.read for t in event.transcripts if t.id == id)


@dataclass
class Scripted:
    """Answers by a word of the question; anything else is not said. ``asked`` keeps what it was asked."""

    index: Any
    slow: float = 0.0
    asked: list[Question] = field(default_factory=list)
    made: int = 0
    broken: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, question: Question) -> Answer:
        return next(event.answer for event in self.stream(question) if isinstance(event, Finished))

    def stream(self, question: Question) -> Iterator[Event]:
        with self.lock:
            self.asked.append(question)
        if self.broken:
            raise RuntimeError("a secret of the inside")
        answer = self._answer(question)
        yield SourcesFound(())
        for claim in answer.claims:
            time.sleep(self.slow)
            self.made += 1
            yield ClaimMade(claim, tuple(c for c in answer.citations if c.number in claim.citations))
        yield Finished(answer)

    def _answer(self, question: Question) -> Answer:
        lang = question.lang or ("zh" if any("一" <= c <= "鿿" for c in question.text) else "en")
        if question.history and question.text.startswith("那"):
            return replace(self._by_word("中立", lang), question=question.text, asked=f"季昕华：{question.text}")
        asked = f"{question.text} @{question.scope.speaker}" if question.scope.speaker else question.text
        return replace(self._by_word(question.text, lang), question=question.text, asked=asked)

    def _by_word(self, text: str, lang: Lang) -> Answer:
        made = next((make for word, make in _SCRIPT.items() if word in text), _not_said)
        return made(self.index, lang)


def quoted(index: Any, lang: Lang, *spans: str, outcome: Outcome = Outcome.ANSWER, **fields: Any) -> Answer:
    """An answer that quotes these words of the first transcript, each where it stands."""
    event = index.events[0]
    transcript = index.transcript(event.transcripts[0])
    starts = [transcript.text.index(words) for words in spans]
    citations = tuple(
        cite(transcript, event.card, (at, at + len(words)), lang=lang, number=n, emphasis=[(at, at + 4)])
        for n, (at, words) in enumerate(zip(starts, spans, strict=True), 1)
    )
    claims = tuple(Claim(c.quote, (c.number,)) for c in citations)
    first = citations[0] if citations else None
    lead = introduction(lang, event.card, first.speaker, first.section) if first and first.speaker else ""
    base = Answer("", "", outcome, None, lang, lead, claims, citations, suggestions=(NEUTRAL, LISTED))
    return replace(base, **fields)


def _neutral(index: Any, lang: Lang) -> Answer:
    return quoted(index, lang, WHY_NEUTRAL, SECOND)


def _listed(index: Any, lang: Lang) -> Answer:
    lead = "说到了，但文字稿里年份缺失，我不替他补：" if lang == "zh" else "This was said, but the year is missing:"
    missing = ("年份：文字稿里缺失，未补。",)
    return quoted(index, lang, YEAR, outcome=Outcome.PARTIAL, reason=Reason.LOST, lead=lead, missing=missing)


def _near(index: Any, lang: Lang) -> Answer:
    lead = "没有人直接回答这个问题。最接近的是："
    return quoted(index, lang, SECOND, outcome=Outcome.RELATED, reason=Reason.NOT_SAID, lead=lead)


def _not_said(index: Any, lang: Lang) -> Answer:
    lead = "这份文字稿里没有谈到。可以看看这几段，或问：" if lang == "zh" else "This transcript does not cover that."
    return quoted(index, lang, outcome=Outcome.ABSTAIN, reason=Reason.NOT_SAID, lead=lead)


def _thanks(index: Any, lang: Lang) -> Answer:
    return quoted(index, lang, outcome=Outcome.ABSTAIN, reason=Reason.CHITCHAT, lead="不客气。还可以问：")


def _everything(index: Any, lang: Lang) -> Answer:
    """Quotes every paragraph of the first transcript, and says the payloads in all fields of ours as well."""
    transcript = index.transcript(index.events[0].transcripts[0])
    lines = [line for line in transcript.text.split("\n") if line.strip()]
    told = tuple(lines[1:5])
    made = quoted(index, lang, *lines[1:8], lead=lines[2], missing=told, notes=told, suggestions=told)
    return replace(made, claims=(*made.claims, Claim(lines[3], (1,), "supported", lead=lines[4])))


_SCRIPT: dict[str, Callable[[Any, Lang], Answer]] = {
    "中立": _neutral,
    "mountain": _neutral,
    "上市": _listed,
    "裁员": _near,
    "谢谢": _thanks,
    "everything": _everything,
}


def panel(slow: float = 0.0, *, events: Sequence[TheEvent] | None = None) -> Scripted:
    """The packaged event with the script over it."""
    return Scripted(ReadIndex(tuple(events or (read_event(packaged_event()),))), slow)
