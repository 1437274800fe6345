"""How Chinese characters sound, without their tones."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, product

_SHORT = 3  # syllables up to which they are compared as they are
_FUZZY = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"))  # zh and z, ing and in sound alike to many
_COMMON = 2  # ways to say a character that are still heard; the table has old ones, such as liu for 游
_WAYS = 16  # ways to say a run that are tried


@cache
def readings(character: str) -> tuple[str, ...]:
    """Every way a character can be said, the commonest first."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # its phrases take 0.3 s to load; single characters will do
    from pypinyin import Style, pinyin

    return tuple(dict.fromkeys(map(str, pinyin(character, style=Style.NORMAL, heteronym=True)[0])))


def said(run: str) -> tuple[str, ...]:
    """A run as its characters are said most often."""
    return tuple(readings(character)[0] for character in run)


def key(syllables: Sequence[str]) -> str:
    """What runs that sound the same have in common; of four syllables and more, also those alike to many ears."""
    return " ".join(map(_alike, syllables) if len(syllables) > _SHORT else syllables)


def keys(run: str) -> Iterator[str]:
    """The keys of a run, said in every way that is common."""
    return map(key, islice(product(*(readings(character)[:_COMMON] for character in run)), _WAYS))


@cache
def _alike(syllable: str) -> str:
    for pattern, plain in _FUZZY:
        syllable = pattern.sub(plain, syllable)
    return syllable
