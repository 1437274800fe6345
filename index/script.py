"""Traditional and Simplified characters: a question is encoded in the script of the text it searches.

The encoder was trained on both, yet takes 機票 and 机票 for different words more often than not; BM25 and all matching of
words compare both in Simplified (index/sparse.py).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

SAMPLE = 2000  # characters that tell the script of a text


@cache
def converter(name: str) -> OpenCC:
    """OpenCC's converter of that name: t2s or s2t."""
    from opencc import OpenCC

    return OpenCC(name)


def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional characters: more of its characters are only Traditional than only
    Simplified. Most characters are neither.
    """
    sample = _sound(text[:SAMPLE])
    return _changed(sample, "t2s") > _changed(sample, "s2t")


def in_script(question: str, *, traditional: bool) -> str:
    """The question in the script of a text."""
    return question if question.isascii() else str(converter("s2t" if traditional else "t2s").convert(_sound(question)))


def _sound(text: str) -> str:
    """Without lone surrogates, which the converter cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _changed(text: str, name: str) -> int:
    converted = str(converter(name).convert(text))
    return sum(a != b for a, b in zip(text, converted, strict=False))
