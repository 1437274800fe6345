"""The words a talk keeps coming back to: its names in Latin letters, and runs of Chinese characters that hold together."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.types import Transcript

LONGEST = 7  # characters of a Chinese term
_FEWEST = 3  # times a Chinese term occurs
# Log of how much more often its halves stand together than by chance; 1.6 lets 家公司 in, 3 loses 商业化.
_COHESION = 2.2
_VARIETY = 2  # different characters on either side: a piece of a longer term has one
_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-.+][A-Za-z0-9]+)*(?![A-Za-z0-9])")
# Characters that begin or end no term, and those that are in none.
_EDGE = "的了是在我你他她它这那有和就也都不会要可以能们个些把被让从到为与或而但因所以之其对给将去来说讲想做用过着吗呢啊吧么什怎如何很非常太更最比较还又再已经当时候里上下中后前外内间一二三四五六七八九十两几多少大小每各某另种家次年月日号点条位名边面样该此本并且却则便只仅均等及以于由向往跟同像比看得地没叫谁哪"
INSIDE = "的了是我你他她它这那们吗呢啊吧么什怎"
_LOOSE = re.compile(
    "特别|希望|能够|以及|非常|可能|进行|通过|成为|应该|觉得|认为|知道|已经|其实|首先|基于|推动|刚才|发言|进一步|更[好多加高大快强]"
)
_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the and for with that this from have has not are was were you your our they what how why when who of to in on is it we he she be as at by or an if so do no ok okay talk ready cost share case",
    )
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the talk as it writes it, and how often."""

    text: str
    count: int


@lru_cache(maxsize=64)
def lexicon(transcript: Transcript) -> tuple[Term, ...]:
    """Terms by falling weight (count times length); Latin ones from the first occurrence on."""
    text = transcript.text
    found = {**_latin(text), **_chinese(text)}
    return tuple(sorted((Term(t, n) for t, n in found.items()), key=lambda t: (-t.count * len(t.text), t.text)))


def _latin(text: str) -> dict[str, int]:
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for match in _LATIN.finditer(text):
        if len(match.group()) >= 2 and match.group().casefold() not in _ENGLISH:
            written[match.group().casefold()][match.group()] += 1
    return {counts.most_common(1)[0][0]: counts.total() for counts in written.values()}


def _chinese(text: str) -> dict[str, int]:
    counts = Counter(gram for run in _RUN.findall(text) for gram in _grams(run))
    total = sum(n for gram, n in counts.items() if len(gram) == 1) or 1
    kept = {
        gram: n
        for gram, n in counts.items()
        if n >= _FEWEST and len(gram) >= 2 and is_whole(gram) and _cohesion(gram, counts, total) >= _COHESION
    }
    left, right = _neighbours(text, kept)
    kept = {g: n for g, n in kept.items() if len(left[g]) >= _VARIETY and len(right[g]) >= _VARIETY}
    return {g: n for g, n in kept.items() if 3 * sum(kept[o] for o in kept if g != o and g in o) < 2 * n}


def _grams(run: str) -> Iterator[str]:
    for size in range(1, LONGEST + 1):
        yield from (run[at : at + size] for at in range(len(run) - size + 1))


def is_whole(gram: str) -> bool:
    """Whether a run of Chinese could be a term: no particle at its ends or inside."""
    return (
        gram[0] not in _EDGE
        and gram[-1] not in _EDGE
        and not any(c in INSIDE for c in gram)
        and not _LOOSE.search(gram)
    )


def _cohesion(gram: str, counts: Mapping[str, int], total: int) -> float:
    halves = ((gram[:at], gram[at:]) for at in range(1, len(gram)))
    return min(math.log(counts[gram] * total / (counts[a] * counts[b])) for a, b in halves)


def _neighbours(text: str, grams: Mapping[str, int]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    left: dict[str, set[str]] = defaultdict(set)
    right: dict[str, set[str]] = defaultdict(set)
    for gram in grams:
        for match in re.finditer(gram, text):
            left[gram].add(text[match.start() - 1 : match.start()])
            right[gram].add(text[match.end() : match.end() + 1])
    return left, right
