"""The table a person sees in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.gate import Flip
from eval.report.finding import Finding
from eval.report.past import mean_before, mean_change, passed_before
from eval.report.words import LOWER_IS_BETTER, SHOWN, change, interval, label, percent

_LISTED = 30  # flips; the report has them all


def show(finding: Finding, console: Console) -> None:
    """Print measures, types, flips, and the verdict last, where the eye ends."""
    console.print(_measures(finding))
    console.print(_types(finding))
    for flip in finding.verdict.flips[:_LISTED]:
        console.print(_flip(flip))
    if len(finding.verdict.flips) > _LISTED:
        console.print(f"… and {len(finding.verdict.flips) - _LISTED} more flips")
    for note in finding.verdict.notes:
        console.print(f"[dim]{escape(note)}[/dim]")
    _verdict(finding, console)


def _measures(finding: Finding) -> Table:
    table = Table(title=escape(finding.run.suite.name), title_justify="left")
    for name, justify in (("measure", "left"), ("now", "right"), ("95 %", "left"), ("was", "right"), ("", "right")):
        table.add_column(name, justify="right" if justify == "right" else "left")
    table.add_column("n", justify="right")
    for name in SHOWN:
        rate, before = finding.summary.measures[name], mean_before(finding, name)
        if rate.value is not None:
            moved = change(mean_change(finding, name))
            colour = "red" if moved.startswith("-") else "green"
            table.add_row(
                label(name), percent(rate.value), interval(rate), percent(before),
                f"[{colour}]{moved}[/{colour}]" if moved else "", str(rate.n),
            )  # fmt: skip
    table.add_section()
    for name, rate in finding.summary.rates.items():
        if rate.value is not None:
            bad = name in LOWER_IS_BETTER and rate.value > 0
            table.add_row(label(name), f"[yellow]{percent(rate.value)}[/yellow]" if bad else percent(rate.value),
                          interval(rate), "", "", str(rate.n))  # fmt: skip
    return table


def _types(finding: Finding) -> Table:
    table = Table("type", "passed", "was", "n", title="by type", title_justify="left")
    was = passed_before(finding, lambda result: result.case.entry.type)
    for name, rate in finding.summary.by_type.items():
        table.add_row(name, percent(rate.value), percent(was.get(name)), str(rate.n))
    return table


def _flip(flip: Flip) -> str:
    word = "[red]lost[/red]" if flip.lost else "[green]won [/green]"
    machine = " [dim](machine)[/dim]" if flip.machine else ""
    failures = f" [dim]{', '.join(flip.result.grade.failures)}[/dim]" if flip.lost else ""
    return f"{word} {flip.result.case.id}{machine} {escape(flip.result.case.entry.question)}{failures}"


def _verdict(finding: Finding, console: Console) -> None:
    results, cost = finding.run.results, finding.cost
    passed = sum(result.grade.passed for result in results)
    memory = f", {cost.peak / 2**20:.0f} MB at most" if cost.peak else ""
    augrc = "" if finding.summary.augrc is None else f", AUGRC {finding.summary.augrc:.3f}"
    console.print(
        f"{passed} of {len(results)} cases pass; {cost.total:.1f} s of asking after {cost.cold:.1f} s of opening"
        f"{memory}{augrc}; {finding.summary.crashes} crashes"
    )
    for reason in finding.verdict.red:
        console.print(f"[bold red]red[/bold red] {escape(reason)}")
    console.print("[bold green]green[/bold green]" if finding.verdict.ok else "[bold red]regression[/bold red]")
