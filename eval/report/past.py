"""The baseline's means over the same cases, to stand beside the run's."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum

from eval.report.finding import Finding
from eval.run import Result


def mean_before(finding: Finding, measure: str) -> float | None:
    """A measure's mean in the baseline, over the cases it had it for."""
    if finding.baseline is None:
        return None
    ids = {result.case.id for result in finding.run.results}
    cases = [case for case in finding.baseline.cases if case.id in ids]
    return _mean([case.measures[measure] for case in cases if measure in case.measures])


def passed_before(finding: Finding, key: Callable[[Result], str]) -> dict[str, float | None]:
    """The share of cases that passed in the baseline, by a property of the case."""
    if finding.baseline is None:
        return {}
    passed = {case.id: float(case.passed) for case in finding.baseline.cases}
    groups: dict[str, list[float]] = {}
    for result in finding.run.results:
        if result.case.id in passed:
            groups.setdefault(key(result), []).append(passed[result.case.id])
    return {name: _mean(values) for name, values in groups.items()}


def _mean(values: list[float]) -> float | None:
    return fsum(values) / len(values) if values else None
