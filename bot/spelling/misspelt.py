"""Slips in Latin letters: names and words a letter or two off, and Chinese words left in Pinyin."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache

from index.dictionary import HAN

from .sounding import said
from .terms import Terms

_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{3,}(?![A-Za-z0-9])")
_SPELT = re.compile(r"(?<![A-Za-z0-9])[a-z]{4,}(?:[ '][a-z]+)*(?![A-Za-z0-9])")
_LONG = 8  # letters from which a name may be two slips off, and a word be part of a longer one of the talk
_WORD_LONG = 6  # letters from which a word in small letters may be one of the talk mistyped
_ENDING = 3  # letters at the end, where words of one root differ
_INFLECTED = re.compile(r"(?:ing|ed|es|s|er|ly|d|r)$")
_ASKING = ("什么", "为什么", "怎么", "怎样", "多少", "哪里", "哪些", "哪个", "几个", "如何", "谁", "是什么", "怎么样")


def misspelt(question: str, terms: Terms, common: Container[str] | None) -> Iterator[tuple[str, str]]:
    """Words that the talk does not have, with the one meant: PinCAP, Aluxio, data abstration.

    In an English question a word in small letters is a word if ``common`` has it, words of the language where they are
    known; where they are not, only the card's names are looked for in it.
    """
    chinese = bool(HAN.search(question))
    for match in _WORD.finditer(question):
        word = match.group().casefold()
        if any(word in text for text in terms.texts) or (not chinese and _known(match.group(), common or ())):
            continue
        of = terms.in_latin if chinese or not match.group().islower() else terms.names_in_latin
        meant = next((name for name in of if _slip(word, name.casefold())), None)
        if meant is None and len(word) >= _WORD_LONG and common is not None and not _known(word, common):
            meant = _word_of_talk(word, terms)
        if meant:
            yield match.group(), meant


def in_pinyin(question: str, terms: Terms) -> Iterator[tuple[str, str]]:
    """Chinese words left in Pinyin, in a question that is otherwise Chinese."""
    if not HAN.search(question):
        return
    for match in _SPELT.finditer(question):
        joined = re.sub(r"[ ']", "", match.group())
        if not any(joined in text for text in terms.texts) and (
            meant := terms.by_pinyin.get(joined) or _asking().get(joined)
        ):
            yield match.group(), meant


@cache
def _asking() -> Mapping[str, str]:
    """Words that ask, by their Pinyin: a talk need not have them."""
    return {"".join(said(word)): word for word in _ASKING}


def _known(word: str, common: Container[str]) -> bool:
    """Whether the vocabulary has a word, or what it is an inflection of; SentencePiece marks where one begins."""
    bare = word.casefold()
    stems = (_INFLECTED.sub(end, bare) for end in ("", "e"))
    return any(f"\u2581{way}" in common for way in (word, word.title(), bare, *stems))


def _word_of_talk(word: str, terms: Terms) -> str | None:
    """The word of the talk that is one edit off, by itself or inside a longer one that lost its spaces."""
    for held in terms.folded:
        if word[:-_ENDING] != held[: len(word) - _ENDING] and _slip(word, held):
            return held
        if len(word) >= _LONG and len(held) > len(word) + 1 and (part := _part_of(held, word)):
            return part
    return None


def _part_of(held: str, word: str) -> str | None:
    """The part of a longer word that a word is one edit off."""
    starts = [at for at, letter in enumerate(held) if letter == word[0]]
    parts = (
        held[at : at + size]
        for size in (len(word), len(word) + 1, len(word) - 1)
        for at in starts
        if at + size <= len(held)
    )
    return next((part for part in parts if part[-1] == word[-1] and _edits(word, part) == 1), None)


def _slip(word: str, name: str) -> bool:
    """Whether a word is a name mistyped: same first letters, same digits, one edit off (two if long), no inflection."""
    if len(name) < 4 or word[:2] != name[:2] or word.startswith(name) or name.startswith(word):
        return False
    if re.sub(r"\D", "", word) != re.sub(r"\D", "", name):
        return False
    return _edits(word, name) <= (2 if min(len(word), len(name)) >= _LONG else 1)


def _edits(one: str, other: str) -> int:
    """Edits between two words, a swap of neighbours being one (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
