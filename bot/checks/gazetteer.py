"""Names by all their spellings, in both languages: the shipped table and the event card's glossary."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from index.dictionary import HAN
from index.event import EventCard


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """``rows`` are the names of one thing each, ``names`` all of them; the patterns find any of them, the longest first; ``kin`` are the names of
    a company together with those of what it makes.
    """

    rows: tuple[tuple[str, ...], ...]
    names: frozenset[str]
    row_of: Mapping[str, tuple[str, ...]]
    chinese: re.Pattern[str]
    latin: re.Pattern[str]
    kin: tuple[tuple[str, ...], ...]

    def loosely(self, name: str) -> tuple[str, ...]:
        """The names that a question may mean by a name: of the same thing, its maker, or what it makes."""
        own = {other for row in self.row_of.get(name, (name,)) for other in self.row_of.get(row, (row,))}
        return (*sorted(own), *(other for row in self.kin if own & set(row) for other in row))

    def strictly(self, name: str) -> tuple[str, ...]:
        """The names that a question about the thing itself means by a name: of a maker also what it makes, of what is made
        only its own. GPT-3 is no ChatGPT.
        """
        own = {other for row in self.row_of.get(name, (name,)) for other in self.row_of.get(row, (row,))}
        return (*sorted(own), *(other for row in self.kin if row[0] in own for other in row))


def gazetteer(card: EventCard) -> Gazetteer:
    """The names known for an event."""
    ours = (
        (s.organisation, *s.organisation_aliases) for s in card.speakers if s.organisation and s.organisation_aliases
    )
    return _made((*card.glossary.items(), *ours))


def written_in(row: Iterable[str], text: str) -> bool:
    """Whether any of a thing's names stands in a text."""
    fold = text.casefold()
    return any(_stands(name.casefold(), fold) for name in row)


def times_written(row: Iterable[str], folded: Sequence[str]) -> int:
    """How many of some texts, case-folded, have any of a thing's names."""
    names = [name.casefold() for name in row]
    held = [name for name in names if any(name in text for text in folded)]
    return sum(any(_stands(name, text) for name in held) for text in folded)


def _stands(name: str, text: str) -> bool:
    if name not in text or len(name) > 3 or HAN.search(name):
        return name in text
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text))


@lru_cache(maxsize=64)
def _made(glossary: tuple[tuple[str, ...], ...]) -> Gazetteer:
    table = tomllib.loads((resources.files("bot") / "words" / "names.toml").read_text("utf-8"))
    names = [*map(tuple, table["rows"]), *glossary]
    terms = [tuple(row) for row in table["terms"]]
    row_of: dict[str, tuple[str, ...]] = {}
    for row in (*names, *terms):
        for name in row:
            row_of[name] = (*row_of.get(name, ()), *row)
    return Gazetteer(
        tuple(names),
        frozenset(name for row in names for name in row),
        row_of,
        _pattern((n for row in names for n in row if HAN.search(n)), ""),
        _pattern((n for row in (*names, *terms) for n in row if not HAN.search(n)), r"[A-Za-z0-9]"),
        tuple(map(tuple, table["kin"])),
    )


def _pattern(names: Iterable[str], edge: str) -> re.Pattern[str]:
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    either = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    return re.compile(rf"(?<!{edge})(?:{either})(?!{edge})" if edge else either)
