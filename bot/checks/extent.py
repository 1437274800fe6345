"""How many a claim speaks of: "all" where the source has "some", "every" where it has "not every"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from .clause import claimed, in_clauses, nearest, told
from .coverage import foreign
from .source import Source


class Extent(IntEnum):
    """How many of those who are meant, in rising order; what is true of more is true of fewer but for ``NONE``."""

    NONE = 0
    FEW = 1
    SOME = 2
    MANY = 3
    MOST = 4
    ALL = 5


_WORDS = (
    (Extent.SOME, re.compile(r"(?:不|并非|并不|未必)是?(?:所有|每|全部|都是?)|\bnot\s+(?:all|every\w*|always|each)\b", re.IGNORECASE)),
    (Extent.FEW, re.compile(r"少数|极少|很少|没几[个家位]|\b(?:few|hardly any|rarely)\b(?<!a few)", re.IGNORECASE)),
    (Extent.MOST, re.compile(r"大(?:绝大)?(?:部分|多数?)|绝大(?:部分|多数)|多数|\b(?:most|majority|mostly|largely)\b(?!\s+\w+(?:ly|ed|ous|ive|ar|al|ent|ant)\b)", re.IGNORECASE)),
    (Extent.SOME, re.compile(r"(?<![大全])(?:一)?部分|有些|有的|某些|一些|若干|有时|\b(?:some|several|certain|a few|part of|partly|sometimes)\b", re.IGNORECASE)),
    (Extent.MANY, re.compile(r"很多|许多|不少|大量|众多|\b(?:many|much|lots?|numerous)\b", re.IGNORECASE)),
    (Extent.NONE, re.compile(r"没有(?:一|任何)|\b(?:no(?=\s+[a-z])|none|nobody|no one|never)\b(?!\s+(?:longer|doubt|need))", re.IGNORECASE)),
    (Extent.ALL, re.compile(r"所有|全部|每一?[个家位种台次]|一切|全都|都(?!市|会里|是为了)|任何|总是|\b(?:all|every|everyone|everybody|everything|each|always|any|entirely)\b(?!\s+(?:over|but|right|else|too|in all))", re.IGNORECASE)),
)  # fmt: skip


def overstated(claim: str, source: Source) -> bool:
    """Whether a claim holds for more than its source says: clause by clause, or across languages anywhere."""
    if foreign(claim, source):
        return _wider(extents(claim), extents(source.text))
    of = in_clauses(told(source))
    pairs = ((clause, nearest(clause, of)) for clause in in_clauses(claimed(claim, source)))
    return any(near and all(_wider(extents(clause), extents(other)) for other in near) for clause, near in pairs)


def _wider(said: set[Extent], of: set[Extent]) -> bool:
    if not said or not of:
        return False
    if said == {Extent.ALL}:
        return Extent.ALL not in of
    if max(said) is Extent.MOST:
        return not {Extent.MOST, Extent.ALL} & of
    return said == {Extent.NONE} and Extent.NONE not in of and bool({Extent.SOME, Extent.MOST} & of)


def extents(text: str) -> set[Extent]:
    """How many a text speaks of; of words that overlap the first in the table counts."""
    return {extent for clause in in_clauses(text) for extent in _extents(clause)}


def _extents(text: str) -> Iterator[Extent]:
    found = False
    for extent, words in _WORDS:
        if any(not (found and m.group() == "都") for m in words.finditer(text)):  # 大部分公司都 is no more than most
            yield extent
            found = True
        text = words.sub(" ", text)
