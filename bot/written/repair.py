"""What becomes of a model's sentence: shown as it is, with better citations, as the words it came from, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.clean import clean

from ..checks.attribution import bare, borrowed
from ..checks.coverage import foreign, shared
from ..checks.source import source
from ..checks.voice import copied
from .reply import Said
from .sheet import Sheet
from .verify import FaultKind, Verifier

CITED = 4  # sentences; a claim that cites more has cited everything, and so nothing
TRIED = 5  # sentences tried in place of those a claim cites wrongly
SPARED = 0.05  # of its coverage that a claim may lose to a citation it does without
_KIN = 0.3  # share of a claim's terms that a sentence must hold to stand in for it
_LOST_CAUSES = frozenset({FaultKind.MARKUP})


class Fate(StrEnum):
    """How a sentence ended."""

    SUPPORTED = "supported"
    RECITED = "recited"
    VERBATIM = "verbatim"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Settled:
    """A sentence's fate and the numbers of the segment's sentences it now rests on."""

    fate: Fate
    sentences: tuple[int, ...] = ()


def settle(verifier: Verifier, sheet: Sheet, said: Said) -> Settled:
    """Check a sentence and repair it where that can be done without a new word.

    A copy of what was said is shown as the quote it is; so is a sentence that says "we" and names nobody, which is the
    speaker's voice in our mouth, and a name alone, which says nothing that could be checked.
    """
    settled, stage = _settled(verifier, sheet, said), verifier.stage
    if settled.fate in (Fate.SUPPORTED, Fate.RECITED):
        whole = source(stage, settled.sentences)
        if copied(said.text, whole) or borrowed(said.text, stage.card) or bare(said.text, stage.card):
            return Settled(Fate.VERBATIM, settled.sentences)
    return settled


def _settled(verifier: Verifier, sheet: Sheet, said: Said) -> Settled:
    if not clean(said.text) or said.text.endswith(("?", "？")):  # marks alone, a sentence without an end, a question
        return Settled(Fate.DROPPED)
    cited = sheet.of(said.numbers) if len(said.numbers) <= CITED else ()
    verdict = verifier.verify(said.text, cited)
    if verdict.status == "supported":
        return Settled(Fate.SUPPORTED, _fewest(verifier, said.text, cited))
    if any(fault.kind in _LOST_CAUSES for fault in verdict.faults):
        return Settled(Fate.DROPPED)
    near = _nearest(verifier, sheet, said.text)
    tried = ((verifier.verify(said.text, numbers), numbers) for numbers in _instead(cited, near))
    held = [(verdict.coverage, numbers) for verdict, numbers in tried if verdict.status == "supported"]
    if held:
        _, numbers = max(held, key=lambda pair: (pair[0], -len(pair[1])))
        return Settled(Fate.RECITED, _fewest(verifier, said.text, numbers))
    kin = _kin(verifier, said.text, cited)
    return Settled(Fate.VERBATIM, (kin,)) if kin is not None else Settled(Fate.DROPPED)


def _fewest(verifier: Verifier, claim: str, numbers: Sequence[int]) -> tuple[int, ...]:
    """The cited sentences without those the claim stands without, as well covered as with them."""
    kept = list(dict.fromkeys(numbers))
    least = verifier.verify(claim, kept).coverage - SPARED if len(kept) > 1 else 0.0
    for number in reversed(tuple(kept)):
        rest = [n for n in kept if n != number]
        verdict = verifier.verify(claim, rest)
        if rest and verdict.status == "supported" and verdict.coverage >= least:
            kept = rest
    return tuple(sorted(kept))


def _nearest(verifier: Verifier, sheet: Sheet, claim: str) -> list[int]:
    """The sheet's sentences by what they share with the claim: its words, or across languages its meaning."""
    whole = source(verifier.stage, sheet.sentences)
    if foreign(claim, whole):
        return [n for n in verifier.meaning.order(claim) if n in sheet.sentences][:TRIED]
    share = {n: shared(claim, source(verifier.stage, (n,))) for n in sheet.sentences}
    return sorted(share, key=lambda n: (-share[n], n))[:TRIED]


def _instead(cited: Sequence[int], near: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Sets of sentences to try: one near sentence, the cited ones with one more, a near one with its neighbour.

    Never sentences from here and there: their words together carry claims that none of them makes.
    """
    yield from ((n,) for n in near)
    if cited:
        yield from ((*cited, n) for n in near[:2] if n not in cited)
    for n in near[:2]:
        yield from ((n, m) for m in (n + 1, n - 1) if m in near)


def _kin(verifier: Verifier, claim: str, cited: Sequence[int]) -> int | None:
    """Of the sentences a claim cites, the one it came from, if any is near enough to it."""
    shares = {n: _share(verifier, claim, n) for n in cited}
    best = max(shares, key=lambda n: (shares[n], -n), default=None)
    return best if best is not None and shares[best] >= _KIN else None


def _share(verifier: Verifier, claim: str, n: int) -> float:
    one = source(verifier.stage, (n,))
    return verifier.meaning.nearness(claim, one) / 2 if foreign(claim, one) else shared(claim, one)
