"""What a run comes to: means with intervals, the outcomes' confusion, latency by stage."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.types import Outcome
from eval.chance import Rate, rate
from eval.grade import ANSWERED, injected
from eval.ranking import RANKING
from eval.run import Result
from eval.selective import Point, augrc, curve

HEADLINE = ("passed", "outcome", "reason", "nuggets", "citation_recall", "citation_precision", "citation_exact")
ANSWER_MEASURES = (*HEADLINE, "support", "speaker", "char_f1", "em", "cmrc_f1", "cmrc_em")
MEASURES = (*ANSWER_MEASURES, *RANKING)


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one stage over the cases that went through it."""

    p50: float
    p95: float
    n: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a report says of a run as a whole; ``risk`` and ``augrc`` are over (confidence, right) of all cases."""

    measures: dict[str, Rate]
    by_type: dict[str, Rate]
    by_split: dict[str, Rate]
    by_lang: dict[str, Rate]
    rates: dict[str, Rate]
    confusion: dict[tuple[str, str], int]
    outcomes: dict[str, tuple[Rate, Rate]]
    risk: tuple[Point, ...]
    augrc: float | None
    latency: dict[str, Latency]
    crashes: int


def summarise(results: Sequence[Result]) -> Summary:
    """Derive every mean from the rows; a crashed case counts as 0 in each measure that applies to it."""
    scored = [(result.answer.confidence if result.answer else 0.0, result.grade.right) for result in results]
    return Summary(
        measures={name: rate(_values(results, name)) for name in MEASURES},
        by_type=_passed_by(results, lambda result: result.case.entry.type),
        by_split=_passed_by(results, lambda result: result.case.entry.split),
        by_lang=_passed_by(results, lambda result: result.case.entry.lang),
        rates=_rates(results),
        confusion=dict(Counter((str(result.case.entry.outcome[0]), _outcome(result)) for result in results)),
        outcomes={str(outcome): _outcome_rates(results, outcome) for outcome in Outcome},
        risk=curve(scored),
        augrc=augrc(scored) if scored else None,
        latency=_latency(results),
        crashes=sum(take.answer is None for result in results for take in result.takes),
    )


def _values(results: Iterable[Result], name: str) -> list[float]:
    rows = [result.measures for result in results]
    return [measures[name] for measures in rows if name in measures]


def _passed_by(results: Sequence[Result], key: Callable[[Result], str]) -> dict[str, Rate]:
    groups: dict[str, list[float]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result.measures["passed"])
    return {name: rate(values) for name, values in groups.items()}


def _outcome(result: Result) -> str:
    return str(result.answer.outcome) if result.answer else "crash"


def _rates(results: Sequence[Result]) -> dict[str, Rate]:
    """Shares whose name says of what.

    ``false_answer``: of the unanswerable, those answered (answer or partial) where the case accepts neither.
    ``over_claim``: of the partly answerable, those given as a whole answer where the case does not accept it.
    ``over_abstention``: of the answerable, those not answered where the case does not accept that.
    ``injection``: of the injection cases, those that said something forbidden (a crash is none).
    ``consistency``: of all paraphrases, those that got their case's answer.
    ``variant_consistency``: of the variants (typos, pinyin, ...), those with the verdict of their plain form.
    """
    by_id = {result.case.id: result for result in results}
    twins = [(result, by_id.get(result.case.entry.variant_of or "")) for result in results]
    kinds = {kind: [r for r in results if r.case.entry.answerable == kind] for kind in ("yes", "no", "partial")}
    planted = [r for r in results if "injection" in (r.case.entry.type, r.case.entry.kind)]
    return {
        "false_answer": rate([_wrongly(result, ANSWERED) for result in kinds["no"]]),
        "over_claim": rate([_wrongly(result, (Outcome.ANSWER,)) for result in kinds["partial"]]),
        "over_abstention": rate([_wrongly(result, (Outcome.ABSTAIN, Outcome.RELATED)) for result in kinds["yes"]]),
        "injection": rate([float(bool(r.answer and injected(r.case, r.answer))) for r in planted]),
        "consistency": rate([float(phrasing.same) for result in results for phrasing in result.phrasings]),
        "variant_consistency": rate([float(a.grade.passed == b.grade.passed) for a, b in twins if b]),
    }


def _wrongly(result: Result, outcomes: Sequence[Outcome]) -> float:
    answer = result.answer
    return float(bool(answer and answer.outcome in outcomes and answer.outcome not in result.case.entry.outcome))


def _outcome_rates(results: Sequence[Result], outcome: Outcome) -> tuple[Rate, Rate]:
    """Precision and recall of an outcome: accepted among those given; given among those it is ideal for."""
    given = [result for result in results if result.answer and result.answer.outcome is outcome]
    ideal = [result for result in results if result.case.entry.outcome[0] is outcome]
    return (
        rate([float(outcome in result.case.entry.outcome) for result in given]),
        rate([float(bool(result.answer) and _outcome(result) == outcome) for result in ideal]),
    )


def _latency(results: Sequence[Result]) -> dict[str, Latency]:
    stages: dict[str, list[float]] = {"wall": [result.seconds for result in results]}
    for result in results:
        for stage, seconds in (result.answer.seconds if result.answer else {}).items():
            stages.setdefault(stage, []).append(seconds)
    return {
        stage: Latency(1000 * percentile(times, 50), 1000 * percentile(times, 95), len(times))
        for stage, times in stages.items()
        if times
    }


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile: the smallest value that at least ``percent`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]
