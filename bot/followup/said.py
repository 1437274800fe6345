"""What was said in an earlier answer: its quotes, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.event import EventCard
from index.people import people

from ..types import Exchange

_QUOTED = re.compile(r"“([^\n]+?)”(?=\s*(?:\[\d|\n|$))")


def quoted(exchange: Exchange, card: EventCard) -> Iterator[tuple[str | None, str]]:
    """The quotes of an answer, each with whose it is by the line before it; None where that names nobody."""
    speaker = None
    for line in exchange.assistant.split("\n"):
        found = _QUOTED.findall(line)
        if not found:
            speaker = next((m.name for m in people(line, card).spans), speaker if line.strip() else None)
        yield from ((speaker, quote) for quote in found)


def framing(exchange: Exchange) -> str:
    """An answer without its quotes."""
    return _QUOTED.sub(" ", exchange.assistant)
