"""What an English question says in several words, or in a word of the trade, as Chinese speakers say it: go public, 上市.

A dictionary gives such words one by one, and so wrong. The table, index/idioms.toml, is written by hand.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from .focus import focus
from .sparse import terms

_LATER = 0.95  # what each word counts of the one before it
Stems = tuple[str, ...]
Spoken = tuple[str, ...]
"""The Chinese words for a phrase, likeliest first."""


def idioms(question: str, spoken: str) -> Mapping[str, Mapping[str, float]]:
    """For each term of a phrase that the question has and that leans on no other, the words of the Simplified text
    ``spoken`` that say the phrase, and how likely each is meant; nothing for phrases that it does not say.
    """
    telling = frozenset(focus(question))
    found: dict[str, Mapping[str, float]] = {}
    for phrase, words in _phrases(question):
        if held := {word: _LATER**n for n, word in enumerate(words) if word in spoken}:
            found.update(dict.fromkeys((term for term in phrase if term in telling), held))
    return found


def phrases(word: str) -> Sequence[str]:
    """The English phrases that say a Chinese word of the trade."""
    return _phrases_of().get(word, ())


@lru_cache(maxsize=64)
def _phrases(question: str) -> Sequence[tuple[Stems, Spoken]]:
    return tuple(_read(tuple(terms(question))))


def _read(said: Stems) -> Iterator[tuple[Stems, Spoken]]:
    """The phrases of a question from left to right, the longest at each place."""
    at = 0
    while at < len(said):
        longest = next((row for row in _table().get(said[at], ()) if said[at : at + len(row[0])] == row[0]), None)
        if longest:
            yield longest
        at += len(longest[0]) if longest else 1


@cache
def _rows() -> Sequence[tuple[Spoken, Sequence[str]]]:
    rows = tomllib.loads((resources.files("index") / "idioms.toml").read_text("utf-8"))
    return [(tuple(words.split("/")), said) for words, said in rows.items()]


@cache
def _phrases_of() -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for words, said in _rows():
        for word in words:
            found[word].extend(said)
    return dict(found)


@cache
def _table() -> Mapping[str, Sequence[tuple[Stems, Spoken]]]:
    """Phrases by their first stem, the longest first."""
    found: defaultdict[str, list[tuple[Stems, Spoken]]] = defaultdict(list)
    for words, said in _rows():
        for phrase in said:
            stems = tuple(terms(phrase))
            found[stems[0]].append((stems, words))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()}
