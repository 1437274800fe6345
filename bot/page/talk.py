"""A conversation as the chat page keeps it on the server; the browser is never asked what was said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.store import Index

from ..render import answer_text
from ..types import Answer, Citation, Claim, Exchange, Lang
from ..web.answer_rows import nearby, silence
from ..wording import name
from .answer import Names, answer_html, fault_html, making_html, question_html
from .words import LANGS, word

Seen = tuple[tuple[str, str], ...]
"""Transcripts, each with the revision it had."""


def seen(answer: Answer, index: Index) -> Seen:
    """The transcripts an answer came from."""
    ids = dict.fromkeys((*(c.transcript for c in answer.citations), *(h.passage.transcript for h in answer.hits)))
    return tuple((id, index.transcript(id).revision) for id in ids)


def has(index: Index, transcript: str, revision: str) -> bool:
    """Whether an index holds that revision of a transcript."""
    held = any(transcript in event.transcripts for event in index.events)
    return held and index.transcript(transcript).revision == revision


@dataclass(frozen=True, slots=True)
class Item:
    """A question and what came of it: an answer, a fault, or the claims so far."""

    question: str
    id: str
    answer: Answer | None = None
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    fault: str = ""
    wait: int = 0
    details: str = ""
    seen: Seen = ()
    lang: Lang = "zh"
    """The language of the answer."""

    def stands(self, index: Index) -> bool:
        """Whether the index still has everything the answer came from, as it was then."""
        return all(has(index, transcript, revision) for transcript, revision in self.seen)


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation of one page; ``event`` is empty where all events are asked."""

    event: str
    items: tuple[Item, ...] = ()

    def begun(self, question: str, id: str, lang: Lang = "zh") -> Talk:
        """With a further question; one that is asked again after a fault takes the place of the fault."""
        again = bool(self.items) and bool(self.items[-1].fault) and self.items[-1].question == question
        return replace(self, items=(*self.items[: -1 if again else None], Item(question, id, lang=lang)))

    def ended(self, item: Item) -> Talk:
        """With what has become of the last question."""
        return replace(self, items=(*self.items[:-1], item))

    def history(self, most: int, index: Index) -> tuple[Exchange, ...]:
        """The exchanges before the last question, as the chatbot takes them."""
        past = [
            Exchange(i.question, answer_text(i.answer, index)) for i in self.items[:-1] if i.answer and i.stands(index)
        ]
        return tuple(past[-most:]) if most else ()


Message = dict[str, str]


def messages(talk: Talk, welcome: str, lang: Lang, *, votes: bool, index: Index) -> list[Message]:
    """The conversation as Gradio's messages."""
    cards = [event.card for event in index.events if talk.event in ("", event.id)]
    known = {its: {who.name: name(its, card, who.name) for card in cards for who in card.speakers} for its in LANGS}
    votes = votes and bool(talk.event)  # a thumb is kept with its event
    found: list[Message] = [{"role": "assistant", "content": welcome}]
    for item in talk.items:
        found.append({"role": "user", "content": question_html(item.question)})
        said = item_html(item, lang, votes=votes, index=index, names=known[item.lang])
        found.append({"role": "assistant", "content": said})
    return found


def item_html(item: Item, lang: Lang, *, votes: bool, index: Index, names: Names) -> str:
    """What came of one question."""
    if not item.stands(index):
        return fault_html(word(lang, "answer_old"), lang, again=item.question, action="ask_again")
    if item.fault:  # what was said before it stays: nothing that was shown is taken back
        said = making_html(item.claims, item.citations, lang, names) if item.claims else ""
        return said + fault_html(item.fault, lang, again=item.question, wait=item.wait, details=item.details)
    if item.answer:
        said_nothing = silence(item.answer, index)
        return answer_html(
            item.answer,
            item.id,
            lang=lang,
            votes=votes,
            silence=said_nothing,
            names=names,
            places=nearby(item.answer, index),
        )
    return making_html(item.claims, item.citations, lang, names)
