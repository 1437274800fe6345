"""The names in a question, and whether the talk says them near a place: what is told of another company is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.dictionary import HAN, words
from index.event import EventCard

from .checks.gazetteer import gazetteer, written_in
from .evidence import Evidence
from .question import Asked

_NEAR = 5  # sentences on either side in which a name may stand
_NO_NAME = re.compile(r"\b(?:dollars?|currency|euro|yen|RMB|renminbi|language|calendar|festival)\b", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+-]{2,}")


def names_near(asked: Asked, evidence: Evidence, card: EventCard, n: int) -> bool:
    """Whether every name of the question stands, in any spelling, within ``_NEAR`` sentences of sentence ``n``, or is of
    the one who speaks there or of their organisation.
    """
    found = tuple(dict.fromkeys(_names(asked.text, card)))
    if not found:
        return True
    book, turn = gazetteer(card), evidence.turn(n)
    speaker = card.speaker(turn.speaker)
    whose = (turn.speaker or "", turn.about or "", speaker.organisation if speaker else "")
    near = range(max(0, n - _NEAR), min(len(evidence.sentences), n + _NEAR + 1))
    said = " ".join((*map(evidence.text, near), *whose))
    return all(written_in(book.loosely(name), said) for name in found)


def _names(text: str, card: EventCard) -> Iterator[str]:
    """Names by the table and the dictionary; in a Chinese question also the Latin words with a capital."""
    book = gazetteer(card)
    yield from (m.group() for m in book.chinese.finditer(text))
    if HAN.search(text):
        named = (word for word in words(text) if word.proper and len(word.text) > 1 and not _NO_NAME.search(word.entry))
        yield from (word.text for word in named)
        yield from (word for word in _LATIN.findall(text) if not word.islower())
    else:
        yield from (m.group() for m in book.latin.finditer(text))
