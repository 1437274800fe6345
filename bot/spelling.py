"""Slips of the keyboard: names and terms of the talk that a question writes with other characters of the same sound."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from index.event import EventCard
from index.names import given_name
from index.people import ways_to_name
from index.script import in_script, is_traditional
from index.sparse import normal
from index.types import Transcript

from .lexicon import is_whole, lexicon

_LONGEST = 6  # syllables of a term
_TERM = 3  # syllables from which a term of the talk is heard; shorter ones sound like too much else
_TWICE = 2  # times the talk writes a term
_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{3,}(?![A-Za-z0-9])")
_LONG = 8  # letters from which a name may be two slips off
_FUZZY = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"))  # zh and z, ing and in sound alike to many

Slips = tuple[tuple[str, str], ...]
"""What was written, and what was read for it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A question as it is read, and what was read for what was written."""

    text: str
    slips: Slips = ()


def read(
    question: str, transcripts: Sequence[Transcript], card: EventCard, common: Container[str] | None = None
) -> Read:
    """The question with slips mended; what the talk or the card writes the same way is no slip.

    ``common`` holds words of the language, where they are known: two characters that are none of them, nor part of
    one, may be a slip too.
    """
    text, slips = _in_script(question, transcripts), list[tuple[str, str]]()
    texts = [_held(t) for t in transcripts]
    names = _names(card)
    for written, meant in (
        *_sounds(text, transcripts, texts, names),
        *_pairs(text, transcripts, texts, common),
        *_spellings(text, transcripts, texts, names),
    ):
        if written in text:
            text = text.replace(written, meant)
            slips.append((written, meant))
    return Read(text, tuple(slips))


def _in_script(question: str, transcripts: Sequence[Transcript]) -> str:
    """The question in Simplified characters where the talk is: every cue of a question is written in them."""
    return question if any(_is_traditional(t) for t in transcripts) else in_script(question, traditional=False)


@lru_cache(maxsize=64)
def _is_traditional(transcript: Transcript) -> bool:
    return is_traditional(transcript.text)


@lru_cache(maxsize=64)
def _held(transcript: Transcript) -> str:
    return normal(transcript.text)


def _names(card: EventCard) -> tuple[str, ...]:
    """Names the card holds; of two characters only given names: 几种 sounds like 季总, and 老几 like 老季."""
    ways = (way for s in card.speakers for way in (*ways_to_name(s, card), s.organisation, *s.organisation_aliases))
    given = {given_name(s.name) for s in card.speakers}
    return tuple(dict.fromkeys((*(way for way in ways if len(way) >= _TERM or way in given), *card.glossary)))


def _sounds(
    question: str, transcripts: Sequence[Transcript], texts: Sequence[str], names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Runs of Chinese that the talk does not have, but has in other characters of the same sound; longest first."""
    known = {normal(name) for name in names}
    for run in _RUN.finditer(question):
        taken = [False] * len(run.group())
        for size in range(min(_LONGEST, len(taken)), 1, -1):
            for at in range(len(taken) - size + 1):
                written = run.group()[at : at + size]
                plain = normal(written)
                if any(taken[at : at + size]) or any(plain in held for held in texts) or any(plain in n for n in known):
                    continue
                meant = _heard(plain, transcripts, names)
                if meant and normal(meant) != plain:
                    taken[at : at + size] = [True] * size
                    yield written, meant


def _pairs(
    question: str, transcripts: Sequence[Transcript], texts: Sequence[str], common: Container[str] | None
) -> Iterator[tuple[str, str]]:
    """Two characters that are no word, alone or with the one beside them, but sound like a word of the talk."""
    if common is None:
        return
    for run in _RUN.finditer(question):
        words = run.group()
        for at in range(len(words) - 1):
            beside = (words[at : at + 2], words[max(0, at - 1) : at + 1], words[at + 1 : at + 3], words[at : at + 3])
            plain = normal(words[at : at + 2])
            if any(w in common for w in beside if len(w) > 1) or any(plain in held for held in texts):
                continue
            meant = next((w for t in transcripts if (w := _words(t).get(_sound(plain)))), None)
            if meant and is_whole(plain):
                yield words[at : at + 2], meant


@lru_cache(maxsize=64)
def _words(transcript: Transcript) -> Mapping[str, str]:
    """The talk's own words of two characters by their sound; of two that sound the same, the commoner."""
    pairs = [term for term in lexicon(transcript) if _RUN.fullmatch(term.text) and len(term.text) == 2]
    return {_sound(normal(term.text)): term.text for term in sorted(pairs, key=lambda t: t.count)}


def _heard(plain: str, transcripts: Sequence[Transcript], names: tuple[str, ...]) -> str | None:
    key = _sound(plain)
    if (name := _sounding(names).get(key)) is not None:
        return name
    if len(plain) < _TERM or not is_whole(plain):
        return None
    return next((term for t in transcripts if (term := _terms(t).get(key))), None)


@lru_cache(maxsize=64)
def _sounding(names: tuple[str, ...]) -> Mapping[str, str]:
    return {_sound(normal(name)): name for name in names if _RUN.fullmatch(name)}


@lru_cache(maxsize=64)
def _terms(transcript: Transcript) -> Mapping[str, str]:
    """Runs of a talk that could be terms, by their sound; of two that sound the same, the commoner."""
    counts: dict[str, int] = {}
    for run in _RUN.findall(transcript.text):
        for size in range(_TERM, _LONGEST + 1):
            for at in range(len(run) - size + 1):
                gram = run[at : at + size]
                if is_whole(gram):
                    counts[gram] = counts.get(gram, 0) + 1
    known = {term.text for term in lexicon(transcript)}  # three characters may be the end of one word and a second one
    kept = [gram for gram, n in counts.items() if n >= _TWICE and (len(gram) > _TERM or gram in known)]
    return {_sound(normal(gram)): gram for gram in sorted(kept, key=lambda g: counts[g])}


def _sound(words: str) -> str:
    """The syllables of a run without their tones; of four and more, also those alike to many ears."""
    said = map(_syllable, words)
    return " ".join(map(_alike, said) if len(words) > _TERM else said)


@cache
def _alike(syllable: str) -> str:
    for pattern, plain in _FUZZY:
        syllable = pattern.sub(plain, syllable)
    return syllable


@cache
def _syllable(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # its phrases take 0.3 s to load; single characters will do
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])


def _spellings(
    question: str, transcripts: Sequence[Transcript], texts: Sequence[str], names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Latin names a letter or two off: PinCAP, Aluxio."""
    chinese = bool(_RUN.search(question))
    held = [t.text for transcript in transcripts for t in lexicon(transcript) if t.text.isascii()]
    wanted = [
        name for name in (*names, *held) if name.isascii() and re.fullmatch(r"[A-Za-z0-9]*[A-Z][A-Za-z0-9]*", name)
    ]
    for match in _WORD.finditer(question):
        word = match.group().casefold()
        if any(word in text for text in texts):
            continue
        # In an English question a word in small letters is a word; only the card's names are looked for in it.
        of = wanted if chinese or not match.group().islower() else [name for name in names if name in wanted]
        near = (name for name in of if _slip(word, name.casefold()))
        if meant := next(near, None):
            yield match.group(), meant


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
