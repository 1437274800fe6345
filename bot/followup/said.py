"""What was said in earlier answers: their quotes, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from index.event import EventCard
from index.people import people
from index.retriever import LONGEST

from ..types import Exchange

_QUOTED = re.compile(r"“([^\n]+?)”(?=\s*(?:\[\d|\n|$))")


def readable(history: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """A conversation as it can be read: a client may send lone surrogates, and questions without end."""
    return tuple(Exchange(_text(past.user[:LONGEST]), _text(past.assistant)) for past in history)


def _text(words: str) -> str:
    return words.encode("utf-8", "replace").decode("utf-8")


def quotes(exchange: Exchange) -> tuple[str, ...]:
    """The quotes of an answer."""
    return tuple(_QUOTED.findall(exchange.assistant))


def quotes_of(names: Collection[str], past: Sequence[Exchange], card: EventCard) -> Iterator[str]:
    """The quotes of a conversation that are somebody's, by the line before each."""
    for exchange in past:
        speaker = None
        for line in exchange.assistant.split("\n"):
            found = _QUOTED.findall(line)
            if not found:
                speaker = next((m.name for m in people(line, card).spans), speaker if line.strip() else None)
            if speaker in names:
                yield from found


def framing(exchange: Exchange) -> str:
    """An answer without its quotes."""
    return _QUOTED.sub(" ", exchange.assistant)
