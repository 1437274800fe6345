"""Which way somebody went: a claim that has them come from where its source has them go, or go to where they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .gazetteer import Gazetteer, gazetteer
from .source import Source

_FROM = re.compile(r"(?<![自顺服])从\s*(?P<zh>[^,，。;；!！?？到去进]{1,10})|\b(?:from|left|leaving)\s+(?P<en>[^,.;!?]{2,40}?)(?=\s+(?:to|for|into|and)\b|[,.;!?]|$)")  # fmt: skip
_MOVES = r"(?:跑|逃|转|走|搬|跳|换|投|进|来|去|回|移|挪)"
_TO = re.compile(
    rf"(?:{_MOVES}(?:出来|出)?(?:了)?(?:到|入|进|去|向|往)了?|进入了?|加入了?)\s*(?P<zh>[^,，。;；!！?？]{{1,10}})"
    r"|\b(?:mov\w+|went|ran|switch\w+|escaped|fled|chang\w+|over|from\b[^,.;!?]{2,40})\s+(?:over\s+)?(?:to|into)\s+(?P<en>[^,.;!?]{2,30})"
)


def turned(claim: str, source: Source) -> Iterator[str]:
    """Names between which a claim goes the other way than its source."""
    book = gazetteer(source.card)
    came, went = _ends(source.text, book)
    said_came, said_went = _ends(claim, book)
    yield from sorted(min(row) for row in (said_came - came) & went | (said_went - went) & came)


def _ends(text: str, book: Gazetteer) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The names that are left and the names that are gone to."""
    return _named(_FROM, text, book), _named(_TO, text, book)


def _named(where: re.Pattern[str], text: str, book: Gazetteer) -> set[frozenset[str]]:
    """The first name of each place."""
    found: set[frozenset[str]] = set()
    for m in where.finditer(text):
        words = m["zh"] or m["en"]
        names = sorted((n.start(), n.group()) for known in (book.chinese, book.latin) for n in known.finditer(words))
        found.update(frozenset(book.row_of[name]) for _, name in names[:1])
    return found
