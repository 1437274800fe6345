"""The commands of the evaluation: run, lint, add, reanchor, init. Heavy imports happen inside, when a command runs."""

from __future__ import annotations

from pathlib import Path

import click

_SUITES = click.argument("suites", nargs=-1, metavar="[SUITE...]")
_INDEX = click.option(
    "--index", "directory", type=click.Path(path_type=Path), help="The index; default: the packaged event's."
)


@click.group("eval")
def eval_command() -> None:
    """Ask known questions, and say which answers a change made worse.

    \b
    roundtable eval run                    every packaged suite against its baseline
    roundtable eval run --explain CASE     one case: question, hits, scores, verdict
    roundtable eval init EVENT             stubs of a suite for your own event
    """


@eval_command.command()
@_SUITES
@_INDEX
def lint(suites: tuple[str, ...], directory: Path | None) -> None:
    """Prove every quote of suites and check that their cases make sense."""
    from .lint import lint as check
    from .load import SUITES, load, suite_path
    from .lookup import finder
    from .source import SuiteError

    errors = 0
    paths = [suite_path(name) for name in suites] or sorted(SUITES.glob("*.yaml"))
    for path in paths:
        try:
            loaded = load(path, finder(directory))
        except SuiteError as error:
            errors += len(error.faults)
            for fault in error.faults:
                click.echo(fault)
            continue
        found = check(loaded)
        for finding in found:
            word = "error" if finding.error else "warning"
            click.echo(f"{path}:{finding.line}: {word}: {finding.case!r} {finding.message}")
        errors += sum(finding.error for finding in found)
        click.echo(f"{path}: {len(loaded.suite.cases)} cases, every quote proved")
    if errors:
        raise SuiteError(f"{errors} errors in {len(paths)} suites")
