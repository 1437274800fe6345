"""Slips in Chinese: characters of the same sound, in the wrong order, left out or typed twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from index.dictionary import HAN, words
from index.names import surname
from index.script import in_script
from index.sparse import normal

from ..lexicon import is_whole
from .sounding import key, keys, said
from .terms import LONGEST, SHORTEST, Terms

# Words that ask, which a talk need not have.
ASKERS = "什么 怎么 怎样 多少 哪里 哪些 哪个 几个 如何 背景 来头 来历 学历 总结 概括 介绍 观点 看法 评价 区别 差别 特点 优点 缺点 原因 理由 含义 意思 定义 例子"
_LONG = 4  # characters from which a term is known by all but one of them
_PARTICLES = "了吗呢吧在是"
_ASKING = "啥谁嘛咋"
_DOUBLED = re.compile(r"([\u3400-\u9fff])\1")

Slip = tuple[str, str]
"""What was written, and what is read for it."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A question as words of the language: where single characters stand, and every longer word begins and ends."""

    text: str
    single: frozenset[int]
    whole: frozenset[tuple[int, int]]

    def cuts(self, start: int, end: int) -> bool:
        """Whether a run begins or ends inside a word."""
        return any(s < start < e or s < end < e for s, e in self.whole)

    def is_broken(self, start: int, end: int) -> bool:
        """Whether a run has a character that belongs to no word: a slip leaves one behind."""
        return any(at in self.single for at in range(start, end))

    def beside(self, start: int, end: int) -> int:
        """On how many sides of a run a character stands that belongs to no word and could be part of a name."""
        sides = (start - 1, end)
        loose = sum(at in self.single and is_whole(self.text[at]) and self.text[at] not in _ASKING for at in sides)
        return loose + sum(self.text[at : at + 1] in ("·", "•") for at in sides if at >= 0)


def _parsed(question: str) -> _Parsed:
    plain = in_script(question, traditional=False)
    found = words(plain)
    return _Parsed(
        plain,
        frozenset(w.start for w in found if len(w.text) == 1),
        frozenset((w.start, w.start + len(w.text)) for w in found if len(w.text) > 1),
    )


def miswritten(question: str, terms: Terms) -> Iterator[Slip]:
    """Runs that the talk does not have, with what it has in their place; longest first."""
    parsed = _parsed(question)
    for run in HAN.finditer(question):
        taken = [False] * len(run.group())
        for size in range(min(LONGEST, len(taken)), SHORTEST - 1, -1):
            for at in range(len(taken) - size + 1):
                written, start = run.group()[at : at + size], run.start() + at
                if any(taken[at : at + size]) or (start, start + size) in parsed.whole:
                    continue
                if parsed.cuts(start, start + size) or terms.holds(written):
                    continue
                meant = (
                    _meant(written, start, parsed, terms)
                    or _asking(written, start, parsed)
                    or _namesake(written, start, parsed, terms)
                )
                if meant and normal(meant) != normal(written):
                    taken[at : at + size] = [True] * size
                    yield written, meant


def _meant(written: str, start: int, parsed: _Parsed, terms: Terms) -> str | None:
    """What a run stands for: a name, or a word of the talk where the run could be one itself."""
    end = start + len(written)
    heard = terms.sounding(written)
    if heard is None and parsed.is_broken(start, end):
        heard = _shuffled(terms).get(written)
    if heard is None or (len(written) > SHORTEST and heard in terms.names):
        return heard
    if not is_whole(normal(written)):
        return None
    if len(written) > SHORTEST:
        return heard
    if heard in terms.once and not set(normal(heard)) & set(normal(written)):
        return None
    loose = 1 if heard in terms.names or heard in terms.often else 0
    alone = {start, start + 1} <= parsed.single and parsed.beside(start, end) <= loose
    return heard if alone else None


def _namesake(written: str, start: int, parsed: _Parsed, terms: Terms) -> str | None:
    """Whom the talk names by the same surname and the same sound, where a run is no word: 马芸 for 马云."""
    family = surname(written)
    if family is None or not is_whole(normal(written)):
        return None
    given = range(start + len(family), start + len(written))
    if start not in parsed.single or not (parsed.single.issuperset(given) or (given.start, given.stop) in parsed.whole):
        return None
    sounds, length = set(keys(normal(written))), len(written)
    others = re.compile(rf"(?={family}[\u4e00-\u9fff]{{{length - len(family)}}})")
    called = Counter(text[m.start() : m.start() + length] for text in terms.texts for m in others.finditer(text))
    return next((name for name, _ in called.most_common() if sounds & set(keys(name))), None)


def _asking(written: str, start: int, parsed: _Parsed) -> str | None:
    """The word that asks, where two characters that are none are said like it and one of them is right."""
    end = start + len(written)
    if len(written) != SHORTEST or not {start, start + 1} <= parsed.single or parsed.beside(start, end):
        return None
    heard = _askers().get(key(said(normal(written))))
    return heard if heard and set(heard) & set(written) else None


@cache
def _askers() -> Mapping[str, str]:
    return {key(said(word)): word for word in ASKERS.split()}


def _shuffled(terms: Terms) -> Mapping[str, str]:
    """Terms by what they are with two neighbours swapped, or with one character left out."""
    return _shuffled_of(terms.long)


@lru_cache(maxsize=8)
def _shuffled_of(long: frozenset[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for term in sorted(long):
        for at in range(len(term) - 1):
            found[term[:at] + term[at + 1] + term[at] + term[at + 2 :]] = term
        if len(term) >= _LONG:
            found |= {term[:at] + term[at + 1 :]: term for at in range(len(term))}
    return found


def doubled(question: str, terms: Terms) -> Iterator[Slip]:
    """Characters typed twice: a particle, or the end of a word with one more of it (软件件)."""
    parsed = _parsed(question)
    for match in _DOUBLED.finditer(question):
        at = match.start()
        if terms.holds(match.group()) or at + 1 not in parsed.single:
            continue
        if match[1] in _PARTICLES:
            yield match.group(), match[1]
        elif is_whole(match[1]) and (begins := [start for start, end in parsed.whole if end == at + 1]):
            meant, after = question[begins[0] : at + 1], question[at + 2 : at + 3]
            if terms.holds(meant + after) or not terms.holds(match[1] + after):  # 汉字字源 has two words
                yield meant + match[1], meant
