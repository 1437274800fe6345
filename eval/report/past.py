"""The baseline's means over the cases it has in common with the run, to stand beside the run's.

Cases that are new or were edited since have no past; they count in what is now, and in no change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import fsum

from eval.baseline import Past
from eval.gate import pairs
from eval.report.finding import Finding
from eval.run import Result


def mean_before(finding: Finding, measure: str) -> float | None:
    """A measure's mean in the baseline, over the cases it had it for."""
    return _mean(before.measures[measure] for _, before in _pairs(finding) if measure in before.measures)


def mean_change(finding: Finding, measure: str) -> float | None:
    """How far a measure's mean moved over the cases that have a past."""
    now, before = [result.measures for result, _ in _pairs(finding)], mean_before(finding, measure)
    mean = _mean(measures[measure] for measures in now if measure in measures)
    return None if mean is None or before is None else mean - before


def passed_before(finding: Finding, key: Callable[[Result], str]) -> dict[str, float | None]:
    """The share of cases that passed in the baseline, by a property of the case."""
    groups: dict[str, list[float]] = {}
    for result, before in _pairs(finding):
        groups.setdefault(key(result), []).append(before.measures.get("passed", float(before.passed)))
    return {name: _mean(values) for name, values in groups.items()}


def _pairs(finding: Finding) -> list[tuple[Result, Past]]:
    return pairs(finding.run.results, finding.baseline) if finding.baseline else []


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return fsum(known) / len(known) if known else None
