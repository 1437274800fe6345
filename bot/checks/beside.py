"""What stands beside what: an English claim over Chinese words that joins a figure, a place or a rank to the wrong one.

Words across languages are matched by the encoder, two against two, and nothing is concluded from a near tie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from index.dictionary import HAN

from . import chinese, english
from .clause import in_clauses
from .coverage import foreign
from .meaning import Meaning
from .quantity import Quantity, allows
from .source import Source

CLEAR = 0.05  # how much nearer two pairs must be than the same words crossed; true pairs of benchmarks/*.yaml differ by .07 to .35
CLEARER = 0.02  # the same for one text against another
_LISTED = re.compile(r"[,，、;；。!！?？\n]+")
_MEASURE = re.compile(r"^[倍%％个次家人元]的?")
_THAN = re.compile(
    r"^(?P<a>.+?)\s+(?P<how>more expensive|less expensive|more|less|\w+er|better|worse)(?:\s+\w+)?\s+than\s+(?P<b>.+?)[.!]?$",
    re.IGNORECASE,
)
_WHAT = re.compile(r"(?<=[\u3400-\u9fff]{2})的[^的]*$")  # what of theirs is compared
_BI = re.compile(r"(?P<a>.{2,}?)比(?![如较方例赛])(?P<b>.{1,12}?)(?:还|更|要)?(?P<how>[高低多少快慢大小长短贵好差强弱]|便宜)(?:很?多|得多|一些|一点|[^\u3400-\u9fff]|$)")  # fmt: skip
# Which way each word points in its own dimension; words of different dimensions are not compared.
_DIMENSIONS = (
    ("高多", "低少", {"more", "higher", "greater"}, {"less", "lower", "fewer"}),
    ("快", "慢", {"faster", "quicker"}, {"slower"}),
    ("大", "小", {"larger", "bigger", "greater"}, {"smaller"}),
    ("长", "短", {"longer"}, {"shorter"}),
    ("贵", "便宜", {"more expensive", "dearer", "pricier"}, {"cheaper", "less expensive"}),
    ("好", "差", {"better"}, {"worse"}),
    ("强", "弱", {"stronger"}, {"weaker"}),
)
_PLACED_EN = re.compile(
    r"^(?P<who>.+?)\s+(?:is|are|was|were|stays?|remains?|runs?|sits?|lives?|happens?|\w+s|\w+ed)\s+(?:\w+\s+){0,2}?"
    r"(?:in|at|on|inside)\s+(?P<where>.+)$",
    re.IGNORECASE,
)
_PLACED = re.compile(r"^[而但且]?(?P<who>[^在]{1,12}?)[\u3400-\u9fff]?在(?P<where>.{2,})$")


def misjoined(claim: str, source: Source, meaning: Meaning) -> Iterator[str]:
    """Words of a claim that stand beside what the source has beside another."""
    if foreign(claim, source) and HAN.search(source.text) and not HAN.search(claim):
        yield from _figures(claim, source, meaning)
        yield from _compared(claim, source, meaning)
        yield from _placed(claim, source, meaning)


def _figures(claim: str, source: Source, meaning: Meaning) -> Iterator[str]:
    """A figure of a list beside what another entry counts: fourfold computing out of "tenfold computing, fourfold sales"."""
    entries = [entry for entry in _LISTED.split(source.text) if entry]
    for clause in in_clauses(claim):
        found = tuple(english.quantities(clause))
        if len(found) != 1:
            continue
        rivals = [(entry, said) for entry in entries for said in (_of_kind(entry, found[0]),) if said]
        held = [any(allows(q, found[0]) for q in said) for _, said in rivals]
        if len(rivals) < 2 or not any(held):
            continue
        near = meaning.near(_counted(clause, found[0]), [_said_of(entry, said) for entry, said in rivals])
        right = max(n for n, holds in zip(near, held, strict=True) if holds)
        if max((n for n, holds in zip(near, held, strict=True) if not holds), default=0.0) > right + CLEARER:
            yield clause[found[0].start : found[0].end]


def _of_kind(entry: str, figure: Quantity) -> tuple[Quantity, ...]:
    return tuple(q for q in chinese.quantities(entry) if q.measure is figure.measure and q.unit == figure.unit)


def _counted(clause: str, figure: Quantity) -> str:
    """What a figure of English counts: the words behind it, or where it ends the clause those before."""
    behind = clause[figure.end :].strip()
    return behind if len(behind.split()) > 1 else clause[: figure.start]


def _said_of(entry: str, figures: Sequence[Quantity]) -> str:
    """The same of Chinese, where the measure word goes as well."""
    behind = _MEASURE.sub("", entry[figures[-1].end :])
    return behind if len(behind) > 1 else entry[: figures[0].start]


def _compared(claim: str, source: Source, meaning: Meaning) -> Iterator[str]:
    """More where the source says less of the same two, or the two the other way round."""
    for clause, other in product(in_clauses(claim), in_clauses(source.text)):
        said, of = _THAN.search(clause), _BI.search(other)
        if not said or not of or not (way := _way(said["how"].lower(), of["how"])):
            continue
        order = meaning.straight((said["a"], said["b"]), (_WHAT.sub("", of["a"]), _WHAT.sub("", of["b"])))
        if way * order < -CLEAR:
            yield said["how"]


def _way(said: str, of: str) -> int:
    """1 where both words point the same way, -1 where they point apart, 0 where they are not of one dimension."""
    for up, down, more, less in _DIMENSIONS:
        if (of in up or of in down) and said in more | less:
            return 1 if (of in up) == (said in more) else -1
    return 0


def _placed(claim: str, source: Source, meaning: Meaning) -> Iterator[str]:
    """Two things of neighbouring clauses that have changed places."""
    for one in pairwise(_PLACED_EN.search(clause) for clause in in_clauses(claim)):
        for other in pairwise(_PLACED.search(clause) for clause in in_clauses(source.text)):
            (a, b), (c, d) = one, other
            if a and b and c and d:
                who = meaning.straight((a["who"], b["who"]), (c["who"], d["who"]))
                where = meaning.straight((a["where"], b["where"]), (c["where"], d["where"]))
                if min(abs(who), abs(where)) > CLEAR and who * where < 0:
                    yield f"{a['who']}/{b['who']}"
