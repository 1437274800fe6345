"""A follow-up made to stand alone by a model, kept only where it says nothing that the conversation does not."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import closing

from index.dictionary import HAN
from index.event import EventCard
from index.people import people
from prompts.load import Prompt

from ..checks import chinese, english
from ..checks.quantity import Quantity, strangers
from ..checks.quoting import markup
from ..model.types import ModelFailed, Writer
from ..question import language
from ..types import Exchange
from .reply import closable, without_thoughts
from .sheet import plain

log = logging.getLogger("roundtable.author")
REMEMBERED = 3  # exchanges a model is shown
_SHOWN = 300  # characters of each answer
LONGEST = 200  # characters of a question
_PREFIX = re.compile(
    r"^(?:改写(?:后的问题)?|问题|最后的问题|Rewritten(?: question)?|Question|Q)\s*[:：]\s*", re.IGNORECASE
)
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]+")


def rewrite(writer: Writer, prompt: Prompt, question: str, history: Sequence[Exchange], card: EventCard) -> str | None:
    """The question as it reads alone; None where the model fails, or adds what nobody said."""
    lang = language(question)
    past = "\n".join(_told(history[-REMEMBERED:], lang))
    try:
        pieces = writer.stream(prompt.messages(history=past, question=plain(question)))
        reply = "".join(_bounded(pieces))
    except ModelFailed as error:
        log.warning("%s", error, extra={"fields": {"kind": error.kind, "model": writer.name}})
        return None
    lines = [line.strip() for line in without_thoughts(reply).strip().splitlines() if line.strip()]
    found = _PREFIX.sub("", lines[0]).strip(" \"“”'*`") if lines else ""
    return found if found and found != question and _says_no_more(found, f"{past}\n{question}", card) else None


def _told(history: Sequence[Exchange], lang: str) -> Iterator[str]:
    visitor, answer = ("观众：", "回答：") if lang == "zh" else ("Visitor: ", "Answer: ")
    for exchange in history:
        yield visitor + plain(exchange.user[:_SHOWN])
        yield answer + plain(exchange.assistant[:_SHOWN])


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    """As much of a reply as a question and a thought before it may take."""
    left = 20 * LONGEST
    with closing(closable(pieces)) as held:
        for piece in held:
            yield piece
            left -= len(piece)
            if left < 0:
                return


def _says_no_more(found: str, said: str, card: EventCard) -> bool:
    """Whether a question names nobody and nothing, and counts nothing, that the conversation does not."""
    if len(found) > LONGEST or any(True for _ in markup(found)) or language(found) != language(said.splitlines()[-1]):
        return False
    named = {m.name for m in people(found, card).spans} <= {m.name for m in people(said, card).spans}
    fold = said.casefold()
    words = all(token.casefold() in fold for token in _TOKEN.findall(found)) if language(found) == "zh" else True
    return named and words and not strangers(tuple(_read(found)), tuple(_read(said)))


def _read(text: str) -> Iterator[Quantity]:
    yield from chinese.quantities(text) if HAN.search(text) else english.quantities(text)
