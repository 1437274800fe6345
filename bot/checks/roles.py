"""Who did what to whom: a claim whose words stand on the other sides of what happens than its source has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from index.dictionary import HAN
from index.mention import ways_to_name

from .clause import SELF, Part, claimed, in_clauses, nearest, parts, told, weight, words
from .coverage import foreign
from .gazetteer import gazetteer, written_in
from .source import Source

_PASSIVE = re.compile(r"被|由|让")
_BY = re.compile(r"\bby\b", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(r"在|从(?=.)|\d|[今去明后前]年")
_EACH = re.compile(
    r"([\w-]{2,8}?)(?:和|与|、)([\w-]{2,8}?)(?:各自?|分别)[^\W\da-zA-Z]{0,3}?((?:[A-Za-z][\w-]*|[\u4e00-\u9fff]{2,6}))(?:和|与|、)([A-Za-z][\w-]*|[\u4e00-\u9fff]{2,6})",
)
_NAME = re.compile(rf"{SELF}|[A-Z]")
# Between two names of an English claim: a verb, perhaps in the passive, and little else.
_ACTIVE = re.compile(
    r"^(?:['’]s\b)?\s*(?:\w+\s+){0,3}?\w+(?:ed|[^s\W]s|ght|old|aid)\s+(?:\w+ed\s+)?(?:in(?:to)?\s+)?(?:and\s+\w+\s+)?(?:the\s+)?$"
)
_PASSIVE_EN = re.compile(r"^\s*(?:was|were|is|are|has been|had been|got|gets|been)\s+(?:\w+\s+){1,3}by\s+(?:the\s+)?$")
_BACKWARDS = re.compile(
    r"\b(?:from|of|for|with|joined|left|received|got|owes?|lost|uses?|used|needs?|wants?)\b", re.IGNORECASE
)
SAME = 0.5  # share of a clause in another from which it says the same of somebody
_APART = 12  # characters between two names of a Chinese clause of which one does something to the other


def reversed_roles(claim: str, source: Source) -> Iterator[str]:
    """Words of a claim that have changed places, as far as words show it."""
    if foreign(claim, source):
        yield from _across(claim, source)
        return
    said, of = in_clauses(claimed(claim, source)), in_clauses(told(source))
    for clause in said:
        yield from _crossed(clause, of)
        yield from _paired(clause, of)
        yield from _instead(clause, of, source)
    yield from _mixed(said, of)


def _crossed(clause: str, of: tuple[str, ...]) -> Iterator[str]:
    """Two words on the other sides of a third than in each source clause that is nearest."""
    near = nearest(clause, of)
    found = [crossing for other in near for crossing in (_crossing(clause, other),) if crossing]
    if near and len(found) == len(near):
        yield found[0]


def _paired(clause: str, of: tuple[str, ...]) -> Iterator[str]:
    """Words joined one by one with others, 甲和乙分别用丙和丁, that the source joins the other way round."""
    if pair := _EACH.search(clause):
        a, b, c, d = pair.groups()
        held = [{word for word in (a, b, c, d) if word.casefold() in other.casefold()} for other in of]
        if any({a, d} <= words and c not in words for words in held) and not any({a, c} <= words for words in held):
            yield f"{a}/{d}"


def _instead(clause: str, of: tuple[str, ...], source: Source) -> Iterator[str]:
    """Another name where the source has "we": "Huawei is the sixth" out of "we are the sixth, and Huawei ..."."""
    near = nearest(clause, of)
    same = bool(near) and all(SELF in other and weight(parts(clause, other)) >= SAME * words(clause) for other in near)
    if not same or SELF in clause:
        return
    book = gazetteer(source.card)
    for m in (*book.chinese.finditer(clause), *book.latin.finditer(clause)):
        if not any(written_in(book.row_of[m.group()], other) for other in near) and written_in(
            book.row_of[m.group()], source.text
        ):
            yield m.group()


def _crossing(clause: str, other: str) -> str:
    here = parts(clause, other)
    there = parts(other, clause)
    for pivot in here:
        same = [p for p in there if p.words == pivot.words]
        if len(same) != 1 or not (_may_turn(clause, here, pivot) and _may_turn(other, there, same[0])):
            continue
        left, right = _sides(clause, here, pivot)
        first, last = _sides(other, there, same[0])
        over, back = (left & last) - first - right, (right & first) - last - left
        if over and back:
            return f"{min(over)}/{min(back)}".replace(SELF, "")
    return ""


def _may_turn(clause: str, found: Sequence[Part], pivot: Part) -> bool:
    """Whether a word may be what happens: no name or thing, no time or place, and behind what makes a clause passive."""
    if _NAME.match(clause[pivot.start :]) or _CIRCUMSTANCE.match(pivot.words) or clause[: pivot.start].endswith("的"):
        return False
    behind = clause[pivot.end :]
    once = [p.words for p in found].count(pivot.words) == 1
    return once and not _PASSIVE.search(behind) and (not _BY.search(behind) or bool(_BY.match(behind.lstrip())))


def _sides(clause: str, found: Sequence[Part], pivot: Part) -> tuple[set[str], set[str]]:
    """The words of those who act and of those acted upon, by what stands before and behind a word."""
    found = [p for p in found if not re.search(r"\d", p.words)]
    before = {p.words for p in found if p.end <= pivot.start}
    behind = {p.words for p in found if p.start >= pivot.end}
    if _BY.match(clause[pivot.end :].lstrip()):
        return behind, before
    if marks := list(_PASSIVE.finditer(clause[: pivot.start])):
        agents = {p.words for p in found if marks[-1].end() <= p.start and p.end <= pivot.start}
        return agents, (before | behind) - agents
    return before, behind


def _mixed(said: Sequence[str], of: Sequence[str]) -> Iterator[str]:
    """Two clauses each of which joins what no clause of the source has together, out of the same ones."""
    torn = [
        where for clause in said for where in (_places(clause, of),) if where and not set.intersection(*where.values())
    ]
    for one, other in combinations(torn, 2):
        if len(_all(one) & _all(other)) > 1:
            yield "/".join(one).replace(SELF, "")


def _all(places: dict[str, set[int]]) -> set[int]:
    return {n for where in places.values() for n in where}


def _places(clause: str, of: Sequence[str]) -> dict[str, set[int]]:
    """The clauses of the source in which each word stands that a clause shares with it."""
    shared = parts(clause, "\n".join(of))
    return {
        p.words: {n for n, other in enumerate(of) if parts(p.words, other) == (Part(p.words, 0, len(p.words)),)}
        for p in shared
    }


def _across(claim: str, source: Source) -> Iterator[str]:
    """Two names of an English claim with a verb between them that stand the other way round in Chinese."""
    rows = _rows(source)
    for clause in re.split(r"[,;:.!?]\s|\n", claim):
        for (a, _, end), (b, start, _) in _pairs(clause, rows):
            between = clause[end:start]
            passive = bool(_PASSIVE_EN.match(between))
            if not passive and (not _ACTIVE.match(between) or _BACKWARDS.search(between)):
                continue
            agent, patient = (b, a) if passive else (a, b)
            ways = [
                way
                for other in in_clauses(told(source))
                if (way := _acts(other, rows[agent], rows[patient])) is not None
            ]
            if ways and not any(ways):
                yield f"{min(rows[agent])}/{min(rows[patient])}".replace(SELF, "")


def _pairs(clause: str, rows: Sequence[frozenset[str]]) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    found = sorted(
        ((n, m.start(), m.end()) for n, row in enumerate(rows) for name in row if not HAN.search(name) and name != SELF
         for m in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", clause)),
        key=lambda one: (one[1], -one[2]),
    )  # fmt: skip
    whole = [one for one in found if not any(o[1] <= one[1] and one[2] <= o[2] and o[1:] != one[1:] for o in found)]
    yield from ((one, other) for one, other in pairwise(whole) if one[0] != other[0])


def _acts(clause: str, agent: frozenset[str], patient: frozenset[str]) -> bool | None:
    """Whether one does something to the other in a Chinese clause, rather than the other way round; None unknown."""
    places = [
        [(clause.index(name), clause.index(name) + len(name)) for name in sorted(row) if name in clause]
        for row in (agent, patient)
    ]
    if not all(places):
        return None
    a, b = max(places[0], key=lambda p: p[1] - p[0]), max(places[1], key=lambda p: p[1] - p[0])
    first, second = sorted((a, b))
    between = clause[first[1] : second[0]]
    if not 0 < len(between) <= _APART or re.search(r"[和与跟及、]", between):
        return None
    passive = between.endswith(("被", "由", "受")) and not clause[: first[0]].endswith("由")
    return (first is a) != passive


def _rows(source: Source) -> list[frozenset[str]]:
    """All names of each company and person that may be meant; the speaker is one with what they speak for."""
    card = source.card
    rows = [frozenset(row) for row in gazetteer(card).rows]
    for speaker in card.speakers:
        mine = {
            *ways_to_name(speaker, card),
            *speaker.written(),
            speaker.organisation,
            *speaker.organisation_aliases,
        } - {""}
        own = frozenset({speaker.name}) == source.speakers
        rows = [row for row in rows if not row & mine] + [frozenset(mine | ({SELF} if own else set()))]
    return rows
