"""summary.md: what a reviewer needs to see under a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from eval.gate import Flip
from eval.report.finding import Finding
from eval.report.past import mean_before, mean_change, passed_before
from eval.report.words import SHOWN, change, interval, label, percent

_LISTED = 20  # flips shown in full; the report has them all
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>()#+!|~@])")


def write_markdown(finding: Finding, path: Path) -> None:
    """Write the summary."""
    path.write_text("\n".join(markdown(finding)) + "\n", "utf-8")


def markdown(finding: Finding) -> Iterator[str]:
    """The summary's lines."""
    verdict, results = finding.verdict, finding.run.results
    passed = sum(result.grade.passed for result in results)
    yield f"## {'✅' if verdict.ok else '❌'} {plain(finding.run.suite.name)}: {passed} of {len(results)} cases pass"
    yield ""
    for reason in verdict.red:
        yield f"- **{plain(reason)}**"
    if verdict.red:
        yield ""
    yield from _flips(verdict.flips)
    yield from _table(finding)
    yield from (f"- {plain(note)}" for note in verdict.notes)
    yield f"- encoder {plain(finding.encoder.name)}; {len(results)} cases in {finding.cost.total:.1f} s"


def _flips(flips: tuple[Flip, ...]) -> Iterator[str]:
    if not flips:
        return
    yield "| | case | question | before | now |"
    yield "|---|---|---|---|---|"
    for flip in flips[:_LISTED]:
        mark = ("lost" if flip.lost else "won") + (" (machine)" if flip.machine else "")
        yield _row(mark, flip.result.case.id, flip.result.case.entry.question, _before(flip), _now(flip))
    if len(flips) > _LISTED:
        yield f"\n… and {len(flips) - _LISTED} more, see report.html"
    yield ""


def _before(flip: Flip) -> str:
    return "passed" if flip.before.passed else ", ".join(flip.before.failures)


def _now(flip: Flip) -> str:
    return ", ".join(flip.result.grade.failures) or "passes"


def _table(finding: Finding) -> Iterator[str]:
    yield "| measure | now | 95 % | was | change | n |"
    yield "|---|--:|---|--:|--:|--:|"
    for name in SHOWN:
        rate, before = finding.summary.measures[name], mean_before(finding, name)
        if rate.value is not None:
            yield _row(
                label(name),
                percent(rate.value),
                interval(rate),
                percent(before),
                change(mean_change(finding, name)),
                rate.n,
            )
    for name, rate in finding.summary.rates.items():
        if rate.value is not None:
            yield _row(label(name), percent(rate.value), interval(rate), "–", "", rate.n)
    yield ""
    yield "| type | passed | was | n |"
    yield "|---|--:|--:|--:|"
    was = passed_before(finding, lambda result: result.case.entry.type)
    for name, rate in finding.summary.by_type.items():
        yield _row(name, percent(rate.value), percent(was.get(name)), rate.n)
    yield ""


def _row(*cells: object) -> str:
    return _join(plain(str(cell)) for cell in cells)


def _join(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """Text that Markdown shows as it is: a question cannot mention people, link or break the table."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split())).replace("@", "@\u200b")
