"""Whether a claim says only what its cited sentences say: exact checks first, then coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from index.dictionary import HAN
from index.types import Encoder

from ..checks import attribution, chinese, english, polarity, quantity, quoting
from ..checks.beside import misjoined
from ..checks.certainty import firmer
from ..checks.clause import as_told, claimed, in_clauses
from ..checks.coverage import foreign, shared
from ..checks.direction import turned
from ..checks.extent import overstated
from ..checks.meaning import Meaning
from ..checks.names import strange_names
from ..checks.quantity import Measure, Quantity
from ..checks.roles import reversed_roles
from ..checks.source import Source, source
from ..checks.substitution import substituted
from ..checks.swap import swapped
from ..stage import Stage

SUPPORTED = 0.6  # share of a claim's terms in its source from which it is supported
PARTIAL = 0.4  # and from which it is partly
WHOLE = 0.4  # share of a claim's terms that one run of sentences must hold alone: scattered words add up to anything
HEART = 0.5  # share of a claim's terms from which one sentence alone is what it says


class FaultKind(StrEnum):
    """What is wrong with a claim."""

    UNCITED = "uncited"
    NUMBER = "number"
    YEAR = "year"
    NAME = "name"
    SPEAKER = "speaker"
    QUOTE = "quote"
    NEGATION = "negation"
    SWAP = "swap"
    CERTAINTY = "certainty"
    EXTENT = "extent"
    MARKUP = "markup"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and the words that are at fault."""

    kind: FaultKind
    what: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``supported`` may be shown; ``partial`` has no wrong fact, and more than its source carries."""

    status: Literal["supported", "partial", "unsupported"]
    faults: tuple[Fault, ...] = ()
    coverage: float = 0.0


class Verifier:
    """Checks claims against one transcript."""

    def __init__(self, stage: Stage, encoder: Encoder) -> None:
        self.stage, self.meaning = stage, Meaning(stage.segment, encoder)

    def verify(self, claim: str, numbers: Sequence[int]) -> Verdict:
        """Check a claim against the sentences of these numbers."""
        whole = source(self.stage, numbers)
        if not whole.numbers:
            return Verdict("unsupported", (Fault(FaultKind.UNCITED),))
        exact = tuple(self._exact(claim, whole))
        if exact:
            return Verdict("unsupported", exact)
        return min((self._covered(part, of) for part, of in _by_sayer(claim, whole)), key=_rank)

    def _exact(self, claim: str, whole: Source) -> Iterator[Fault]:
        yield from (Fault(FaultKind.MARKUP, what) for what in quoting.markup(claim))
        yield from (Fault(FaultKind.QUOTE, words) for words in quoting.inexact_quotes(claim, whole))
        yield from (Fault(FaultKind.SPEAKER, name) for name in attribution.misattributions(claim, whole))
        yield from (Fault(FaultKind.NAME, name) for name in strange_names(claim, whole))
        yield from (Fault(FaultKind.SWAP, name) for name in swapped(claim, whole))
        yield from (Fault(FaultKind.SWAP, name) for name in turned(claim, whole))
        yield from (Fault(FaultKind.NAME, word) for word in substituted(claim, whole))
        for part, of in _by_sayer(claim, whole):
            yield from _figures(part, of)
            if any(polarity.flipped(claimed(part, of), as_told(words, of)) for words in self._heart(part, of)):
                yield Fault(FaultKind.NEGATION)
            yield from (Fault(FaultKind.SWAP, words) for words in reversed_roles(part, of))
            yield from (Fault(FaultKind.SWAP, words) for words in misjoined(part, of, self.meaning))
            yield from (Fault(FaultKind.CERTAINTY, word) for word in firmer(part, of, self.meaning))
            if overstated(part, of):
                yield Fault(FaultKind.EXTENT)

    def _heart(self, claim: str, of: Source) -> Iterator[str]:
        """The cited words, and alone what most of the claim comes from: another sentence may say the same undenied."""
        yield of.text
        if foreign(claim, of):
            if len(in_clauses(claim)) == 1 and (clauses := in_clauses(of.text)):
                yield clauses[self.meaning.closest(claim, clauses)]
        elif len(of.numbers) > 1:
            alone = (source(of.stage, (n,)) for n in of.numbers)
            yield from (one.text for one in alone if shared(claim, one) >= HEART)

    def _covered(self, claim: str, of: Source) -> Verdict:
        share = min(1.0, SUPPORTED * self.meaning.nearness(claim, of)) if foreign(claim, of) else shared(claim, of)
        if share >= SUPPORTED and any(of_it >= WHOLE for of_it in _alone(claim, of)):
            return Verdict("supported", (), share)
        return Verdict("partial" if share >= PARTIAL else "unsupported", (Fault(FaultKind.COVERAGE),), share)


def _rank(verdict: Verdict) -> tuple[int, float]:
    return ("unsupported", "partial", "supported").index(verdict.status), verdict.coverage


def _by_sayer(claim: str, whole: Source) -> Iterator[tuple[str, Source]]:
    """The claim in parts, each with the words of the speaker it credits; whole where it credits nobody."""
    credited = attribution.sayers(claim, whole.card)
    if not {m.name for m in credited} <= whole.speakers or not credited or len(whole.speakers) == 1:
        yield claim, whole
        return
    starts = [0, *(m.start for m in credited[1:])]
    for mention, start, end in zip(credited, starts, [*starts[1:], len(claim)], strict=True):
        yield claim[start:end], whole.of(mention.name)


def _alone(claim: str, of: Source) -> Iterator[float]:
    """How much of a claim each run of neighbouring sentences holds by itself; across languages that is not asked."""
    if len(of.spans) == 1 or foreign(claim, of):
        yield 1.0
        return
    yield from (shared(claim, source(of.stage, run)) for run in of.runs)


def _figures(claim: str, of: Source) -> Iterator[Fault]:
    """Numbers, years and dates that the source does not say."""
    for figure in quantity.strangers(tuple(_read(claim)), tuple(_intact(of))):
        dated = figure.measure in (Measure.YEAR, Measure.MONTH, Measure.DAY, Measure.DECADE)
        yield Fault(FaultKind.YEAR if dated else FaultKind.NUMBER, claim[figure.start : figure.end])


def _intact(of: Source) -> Iterator[Quantity]:
    """The figures of a source, without the stumps of lost ones."""
    for start, end in of.spans:
        for figure in _read(of.stage.transcript.text[start:end]):
            if not of.lost(start + figure.start, start + figure.end):
                yield figure


def _read(text: str) -> Iterator[Quantity]:
    yield from chinese.quantities(text) if HAN.search(text) else english.quantities(text)
