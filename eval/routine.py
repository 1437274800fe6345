"""What the commands do, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.types import Lang
from eval.baseline import Baseline, baseline_path, write_baseline
from eval.case import Case
from eval.judge import Judge
from eval.lint import lint
from eval.load import SUITES, Loaded, load, suite_path
from eval.lookup import finder
from eval.propose import proposal
from eval.report.console import show
from eval.report.finding import Finding
from eval.run import EVERYTHING, Choice
from eval.session import Subject, accept, evaluate, known_past, refuse_unsound
from eval.source import SuiteError
from index.types import Transcript


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for; ``reason`` None means that no baseline is written.

    ``written`` says that a model words the answers: they are compared with a baseline only where one is named, for a
    suite's own is of the speakers' words.
    """

    directory: Path | None = None
    baseline: Path | None = None
    report: Path | None = None
    choice: Choice = EVERYTHING
    explain: bool = False
    reason: str | None = None
    noise: bool = False
    written: bool = False
    ragas: Path | None = None
    judge: Judge | None = None


Opening = Callable[[Path | None], Subject]
"""Opens the chatbot on an index folder; None means the default index."""


def run_suites(names: tuple[str, ...], options: Options, opening: Opening) -> bool:
    """Run suites; False where the gate is red for any of them."""
    paths = [suite_path(name) for name in names] or sorted(SUITES.glob("*.yaml"))
    suites = [load(path, finder(options.directory)) for path in paths]
    for loaded in suites:
        refuse_unsound(loaded)
        for moved in (m for m in loaded.moved if m.stated is not None):
            click.echo(f"{loaded.suite.path}: {moved.case!r}: a quote moved to line {moved.found}", err=True)
    _refuse_unknown(options.choice, suites)
    subject = opening(options.directory)
    asked = [loaded for loaded in suites if any(map(options.choice.takes, loaded.suite.cases))] or suites
    green = [_run(loaded, subject, options, len(suites) > 1) for loaded in asked]
    return all(green)


def _refuse_unknown(choice: Choice, suites: list[Loaded]) -> None:
    """A mistyped id would leave its case unasked, and green."""
    known = [case.id for loaded in suites for case in loaded.suite.cases]
    for id in sorted(choice.ids - set(known)):
        near = get_close_matches(id, known, n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else "; the report and the suite's file have the ids"
        raise SuiteError(f"there is no case {id!r} in {', '.join(loaded.suite.name for loaded in suites)}{hint}")


def _run(loaded: Loaded, subject: Subject, options: Options, several: bool) -> bool:
    console = Console()
    baseline = _past(loaded, options)
    with _bar(loaded, options.choice) as tick:
        finding = evaluate(loaded, subject, baseline, choice=options.choice, progress=tick)
    if options.explain:
        from eval.report.explain import explain

        explain(finding, subject, console)
    else:
        show(finding, console)
    if options.report:
        from eval.report.write import write_report

        folder = options.report / loaded.suite.name if several else options.report
        write_report(finding, folder)
        console.print(f"report: {folder / 'report.html'}")
    if options.ragas:
        from eval.report.ragas import write_ragas

        write_ragas(finding, _named(options.ragas, loaded, several))
    if options.judge:
        from eval.report.opinions import show_opinions

        show_opinions(tuple(options.judge.of(finding.run.results)), options.report, console)
    if options.reason:
        _accept(finding, loaded, options, console)
        return True
    return finding.verdict.ok


def _past(loaded: Loaded, options: Options) -> Baseline | None:
    """What to compare with: nothing where a model's first baseline is still to be written."""
    if options.baseline and options.reason and not options.baseline.exists():
        return None
    return None if options.written and not options.baseline else known_past(loaded, options.baseline)


def _named(path: Path, loaded: Loaded, several: bool) -> Path:
    """A file of its own for each suite."""
    return path.with_stem(f"{path.stem}-{loaded.suite.name}") if several else path


def _accept(finding: Finding, loaded: Loaded, options: Options, console: Console) -> None:
    baseline = accept(finding, options.reason or "")
    if options.noise:
        from eval.noise import measure_noise

        baseline = measure_noise(baseline, loaded, options.directory)
    path = options.baseline or baseline_path(loaded.suite)
    write_baseline(baseline, path)
    console.print(f"baseline: {path}")


@contextmanager
def _bar(loaded: Loaded, choice: Choice) -> Iterator[Callable[[Case], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        total = sum(choice.takes(case) for case in loaded.suite.cases)
        task = progress.add_task(loaded.suite.name, total=total)
        yield lambda case: progress.update(task, advance=1, description=case.id)


def lint_suites(names: tuple[str, ...], directory: Path | None) -> None:
    """Print every finding of suites.

    Raises:
        SuiteError: any of them is an error.
    """
    errors = 0
    paths = [suite_path(name) for name in names] or sorted(SUITES.glob("*.yaml"))
    for path in paths:
        try:
            loaded = load(path, finder(directory))
        except SuiteError as error:
            errors += len(error.faults)
            click.echo(str(error))
            continue
        found = lint(loaded)
        for finding in found:
            word = "error" if finding.error else "warning"
            click.echo(f"{path}:{finding.line}: {word}: {finding.case!r} {finding.message}")
        errors += sum(finding.error for finding in found)
        click.echo(f"{path}: {len(loaded.suite.cases)} cases, every quote proved")
    if errors:
        raise SuiteError(f"errors found: {errors}; mend them before a run")


def propose(event: str, directory: Path | None, output: Path | None, lang: str | None) -> Path:
    """Write a suite of drafts for a transcript.

    Raises:
        SuiteError: the file is there already.
    """
    transcript = _transcript(event, directory)
    path = output or Path(f"{Path(event).stem if Path(event).exists() else event.replace('/', '-')}.yaml")
    spoken: Lang = "zh" if (lang or _spoken(transcript)) == "zh" else "en"
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(proposal(transcript, spoken))
    except FileExistsError as error:
        raise SuiteError(f"{path} is there already; name another file with --output") from error
    except OSError as error:
        raise SuiteError(f"{path} cannot be written ({error.strerror}); name another file with --output") from error
    return path


def _transcript(event: str, directory: Path | None) -> Transcript:
    if Path(event).exists():
        from index.source import read_event

        transcripts = read_event(Path(event)).transcripts
        if len(transcripts) > 1:
            held = ", ".join(transcript.id for transcript in transcripts)
            raise SuiteError(f"{event} holds several transcripts; a suite is over one of {held}")
        return transcripts[0]
    return finder(directory)(event)


def _spoken(transcript: Transcript) -> Lang:
    han = sum("\u4e00" <= char <= "\u9fff" for char in transcript.text)
    return "zh" if han > 0.2 * len(transcript.text) else "en"
