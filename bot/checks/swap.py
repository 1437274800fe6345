"""Two names that have changed places: what the source says of one, a Chinese claim says of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.sparse import latin, terms

from .gazetteer import gazetteer
from .source import Source

_CLAUSE = re.compile(r"[,，。;；:：!！?？、\n]")
_SENTENCE = re.compile(r"[。!！?？\n]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#-]+")


def swapped(claim: str, source: Source) -> Iterator[str]:
    """Names whose clause in the claim uses words that the source has only in a clause of another name of the claim."""
    yield from _lent(claim, source)
    names = _names(claim, source) & _names(source.text, source)
    if len(names) < 2:
        return
    said = [c.casefold() for c in _CLAUSE.split(source.text)]
    for clause in _CLAUSE.split(claim):
        here = {name for name in names if name in clause.casefold()}
        words = {t for t in terms(clause) if len(t) > 1 and not latin(t) and not any(t in name for name in names)}
        for name in sorted(here if len(here) < len(names) else ()):
            rivals = names - here
            if any(_only_of(word, name, rivals, said) for word in words):
                yield name


def _lent(claim: str, source: Source) -> Iterator[str]:
    """The one name of a clause whose words the source has only in sentences about others.

    "The earliest at home is Caffe", out of "the earliest is Caffe. The earliest at home is paddle."
    """
    known = _names(source.text, source)
    said = [sentence.casefold() for sentence in _SENTENCE.split(source.text)]
    for clause in _CLAUSE.split(claim):
        here = {name for name in known if name in clause.casefold()}
        if len(here) == 1 and (name := next(iter(here))):
            words = {t for t in terms(clause) if len(t) > 1 and not latin(t) and not any(t in other for other in known)}
            if any(_only_of(word, name, known - here, said) for word in words):
                yield name


def _only_of(word: str, name: str, rivals: set[str], said: list[str]) -> bool:
    """Whether every clause that has the word names a rival and not the name itself."""
    where = [clause for clause in said if word in clause]
    return bool(where) and all(name not in clause and any(rival in clause for rival in rivals) for clause in where)


def _names(text: str, source: Source) -> set[str]:
    found = {m.group().casefold() for m in gazetteer(source.card).chinese.finditer(text)}
    return found | {m.group().casefold() for m in _LATIN.finditer(text)}
