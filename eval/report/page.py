"""report.html: one file, no foreign assets, to be read by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from eval.baseline import Past
from eval.grade import read
from eval.ranking import Interval, finds
from eval.report.finding import Finding
from eval.report.past import mean_before, mean_change
from eval.report.words import LOWER_IS_BETTER, SHOWN, change, interval, label, percent
from eval.run import Result
from index.lines import source_line
from index.types import Hit, Transcript

TEMPLATE = Path(__file__).with_name("page.html")
_SNIPPET = 90  # characters of a hit that are shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters, evidence or not."""

    text: str
    evidence: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with the evidence in it marked."""

    speaker: str
    line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """A passage found, with its rank's look."""

    passage: str
    score: str
    legs: str
    pieces: tuple[Piece, ...]
    evidence: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the page shows it; ``before`` is its past, ``flip`` lost, won, machine or empty."""

    result: Result
    text: str
    quotes: tuple[Quote, ...]
    gold: tuple[tuple[Quote, ...], ...]
    hits: tuple[HitView, ...]
    before: Past | None
    before_quotes: tuple[Quote, ...]
    flip: str
    measures: tuple[tuple[str, str], ...]


def write_page(finding: Finding, path: Path) -> None:
    """Write the page."""
    import jinja2

    from eval.report.plots import plots

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    page = environment.from_string(TEMPLATE.read_text("utf-8")).render(
        finding=finding,
        passed=sum(result.grade.passed for result in finding.run.results),
        measures=[_measure(finding, name) for name in SHOWN if finding.summary.measures[name].n],
        rates=[
            (label(name), percent(rate.value), interval(rate), rate.n, name in LOWER_IS_BETTER and bool(rate.value))
            for name, rate in finding.summary.rates.items()
            if rate.n
        ],
        groups=[
            (name, percent(rate.value), interval(rate), rate.n)
            for group in (finding.summary.by_split, finding.summary.by_lang)
            for name, rate in sorted(group.items())
        ],
        plots=plots(finding),
        cases=[view(finding, result) for result in finding.run.results],
        confusion=_confusion(finding),
        latency=finding.summary.latency,
    )
    path.write_text(page, "utf-8")


def view(finding: Finding, result: Result) -> CaseView:
    """A case with everything marked."""
    transcript, answer = finding.run.transcript, result.answer
    spans = [(span.start, span.end) for alternative in result.case.gold for span in alternative]
    before = _past(finding, result)
    flip = finding.flip(result.case.id)
    cited = [(citation.start, citation.end) for citation in answer.citations] if answer else []
    return CaseView(
        result=result,
        text=read(answer) if answer else result.error or "",
        quotes=_quotes(transcript, cited, spans),
        gold=tuple(
            _quotes(transcript, [(s.start, s.end) for s in alternative], spans) for alternative in result.case.gold
        ),
        hits=tuple(_hit(hit, result, transcript, spans) for hit in (answer.hits if answer else ())),
        before=before,
        before_quotes=_quotes(transcript, before.cited, spans) if before else (),
        flip="" if flip is None else "machine" if flip.machine else "lost" if flip.lost else "won",
        measures=tuple((label(name), percent(value)) for name, value in result.measures.items()),
    )


def marked(text: str, interval: Interval, spans: Iterable[Interval]) -> tuple[Piece, ...]:
    """A slice cut where evidence begins and ends."""
    start, end = interval
    inside = [(max(start, a), min(end, b)) for a, b in spans if a < end and b > start]
    cuts = sorted({start, end, *(edge for span in inside for edge in span)})
    return tuple(Piece(text[a:b], any(x <= a and b <= y for x, y in inside)) for a, b in pairwise(cuts))


def _quotes(transcript: Transcript, places: Sequence[Interval], spans: Sequence[Interval]) -> tuple[Quote, ...]:
    return tuple(
        Quote(_voice(transcript, start), source_line(transcript, start), marked(transcript.text, (start, end), spans))
        for start, end in places
    )


def _voice(transcript: Transcript, offset: int) -> str:
    turn = next((turn for turn in transcript.turns if turn.start <= offset < turn.end), None)
    return (turn.speaker or (f"about {turn.about}" if turn.about else "")) if turn else ""


def _hit(hit: Hit, result: Result, transcript: Transcript, spans: Sequence[Interval]) -> HitView:
    place = (hit.passage.start, hit.passage.end)
    found = any(finds(span, place) for alternative in result.case.gold for span in alternative)
    legs = ((name, getattr(hit.legs, name)) for name in ("dense", "sparse", "maxsim"))
    shown = (place[0], min(place[1], place[0] + _SNIPPET))
    return HitView(
        passage=hit.passage.id,
        score=f"{hit.score:.3f}",
        legs=", ".join(f"{name} {value:.3f}" for name, value in legs if value is not None),
        pieces=marked(transcript.text, shown, spans),
        evidence=found,
    )


def _past(finding: Finding, result: Result) -> Past | None:
    cases = finding.baseline.cases if finding.baseline else ()
    return next((case for case in cases if case.id == result.case.id), None)


def _measure(finding: Finding, name: str) -> tuple[str, str, str, str, str, int]:
    rate, before = finding.summary.measures[name], mean_before(finding, name)
    moved = change(mean_change(finding, name))
    return label(name), percent(rate.value), interval(rate), percent(before), moved, rate.n


def _confusion(finding: Finding) -> tuple[list[str], list[tuple[str, list[int]]]]:
    table = finding.summary.confusion
    given = [o for o in ("answer", "partial", "related", "abstain", "crash") if any(key[1] == o for key in table)]
    wanted = [o for o in ("answer", "partial", "related", "abstain") if any(key[0] == o for key in table)]
    return given, [(row, [table.get((row, column), 0) for column in given]) for row in wanted]
