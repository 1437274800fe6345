"""Chinese text as words of a dictionary: CC-CEDICT (CC BY-SA 4.0), inside the wheel of a segmenter; no part of this repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

HAN = re.compile(r"[\u3400-\u9fff]+")
_TONE = re.compile(r"\d")
# An entry that only points at another spelling: 关系 reads "variant of 關係|关系[guan1 xi5]", and 關係 has the senses.
_POINTS = re.compile(r"(?:\w+ )?variant of ([\u3400-\u9fff]{2,})[^/]*/?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it begins; ``pinyin`` a syllable a character without tones, and ``entry`` what it means,
    both empty for a single character or a run that the dictionary does not have; ``proper`` whether it names a place, a
    company, a person, a people or an age.
    """

    text: str
    start: int
    pinyin: tuple[str, ...] = ()
    entry: str = ""
    proper: bool = False


@cache
def _segmenter() -> Any:
    """The segmenter with its dictionary, 0.4 s; None where its wheel is missing: then every character is a word."""
    try:
        import lindera
    except ImportError:
        return None
    return lindera.Tokenizer(lindera.load_dictionary("embedded://cc-cedict"), mode="normal")


@lru_cache(maxsize=64)
def words(text: str) -> tuple[Word, ...]:
    """The Chinese words of a text in Simplified characters, in order; what is not Chinese is left out."""
    return tuple(word for run in HAN.finditer(text) for word in _words(run.group(), run.start()))


def _words(run: str, start: int) -> Iterator[Word]:
    segmenter = _segmenter()
    if segmenter is None:
        yield from (Word(character, start + n) for n, character in enumerate(run))
        return
    for token in segmenter.tokenize(run):
        read = token.details[4]
        said = tuple(_TONE.sub("", read.replace("u:", "v")).lower().split())
        if len(said) == len(token.surface):
            yield Word(token.surface, start, said, _entry(segmenter, token), read[0].isupper())
        else:
            yield Word(token.surface, start)
        start += len(token.surface)


def _entry(segmenter: Any, token: Any) -> str:
    """What a word means, taken from its other spelling where its own entry only points there."""
    entry = ",".join(token.details[7:])
    other = _POINTS.match(entry)
    pointed = segmenter.tokenize(other[1]) if other else []
    return ",".join(pointed[0].details[7:]) if len(pointed) == 1 else entry
