"""One case in the terminal: the question, what was found, what was quoted, and why it passes or fails."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from eval.report.finding import Finding, Window
from eval.report.page import CaseView, Piece, Quote, marked, view
from eval.report.words import percent
from eval.session import Subject


def explain(finding: Finding, subject: Subject, console: Console) -> None:
    """Print every case of a (small) run in full."""
    for result in finding.run.results:
        case = view(finding, result)
        _explain(case, finding, console)
        if result.answer:
            _windows(case, subject.windows(result.answer, finding.run.transcript), finding, console)
        _verdict(case, console)


def _windows(case: CaseView, windows: tuple[Window, ...], finding: Finding, console: Console) -> None:
    if not windows:
        return
    spans = [(span.start, span.end) for alternative in case.result.case.gold for span in alternative]
    console.print("\nsentences that scored best:")
    for window in windows:
        parts = ", ".join(f"{name} {value:.2f}" for name, value in window.parts.items())
        console.print(f"  {window.score:6.2f} [dim]{parts}[/dim]")
        pieces = marked(finding.run.transcript.text, (window.start, window.end), spans)
        console.print(Text("         ").append_text(_marked(pieces)), soft_wrap=True)


def _explain(case: CaseView, finding: Finding, console: Console) -> None:
    entry, answer = case.result.case.entry, case.result.answer
    where = f"{finding.run.suite.path}:{case.result.case.line}"
    console.rule(f"{entry.id} ({entry.type}, {entry.split}) {escape(where)}", align="left")
    for past in entry.history:
        console.print(f"[dim]{escape(past.user)} / {escape(past.assistant)}[/dim]")
    console.print(f"[bold]{escape(entry.question)}[/bold]")
    if answer and answer.asked != entry.question:
        console.print(f"searched as: {escape(answer.asked)}")
    console.print(f"\naccepted: {' or '.join(entry.outcome)}" + _reasons(entry.reasons))
    _alternatives(case.gold, console)
    console.print("\nfound:")
    for rank, hit in enumerate(case.hits, start=1):
        mark = "[green]*[/green]" if hit.evidence else " "
        console.print(f"{rank:3} {mark} {hit.score} {escape(hit.passage)} [dim]({hit.legs})[/dim]")
        console.print(Text("      ").append_text(_marked(hit.pieces)), soft_wrap=True)
    if answer is None:
        console.print(f"\n[red]crashed[/red]: {escape(case.text)}")
    else:
        reason = f" ({answer.reason})" if answer.reason else ""
        console.print(f"\nanswered: {answer.outcome}{reason}, confidence {answer.confidence:.3f}")
        console.print(escape(case.text))
        _quotes(case.quotes, console)
        stages = ", ".join(f"{stage} {1000 * seconds:.1f} ms" for stage, seconds in answer.seconds.items())
        console.print(f"[dim]{stages}[/dim]")


def _reasons(reasons: tuple[str, ...]) -> str:
    return f", because {' or '.join(reasons)}" if reasons else ""


def _alternatives(gold: tuple[tuple[Quote, ...], ...], console: Console) -> None:
    for number, alternative in enumerate(gold):
        if number:
            console.print("  or")
        _quotes(alternative, console)


def _quotes(quotes: tuple[Quote, ...], console: Console) -> None:
    for quote in quotes:
        text = Text(f"  {quote.speaker}, line {quote.line}: ", style="dim")
        console.print(text.append_text(_marked(quote.pieces)), soft_wrap=True)  # rich breaks lines at blanks only


def _marked(pieces: tuple[Piece, ...]) -> Text:
    text = Text()
    for piece in pieces:
        text.append(piece.text, style="black on yellow" if piece.evidence else "default")
    return text


def _verdict(case: CaseView, console: Console) -> None:
    grade = case.result.grade
    verdict = "[green]passes[/green]" if grade.passed else f"[red]fails[/red]: {', '.join(grade.failures)}"
    if case.result.others:
        verdict += f" ({sum(take.grade.passed for take in case.result.takes)} of {len(case.result.takes)} takes pass)"
    console.print(f"\n{verdict}")
    for fault in grade.faults:
        console.print(f"  [red]{escape(fault)}[/red]")
    console.print(", ".join(f"{name} {percent(value)}" for name, value in case.result.measures.items()), style="dim")
    if case.before:
        was = "passed" if case.before.passed else f"failed: {', '.join(case.before.failures)}"
        console.print(f"in the baseline it {was} ({case.before.outcome})", style="dim")
