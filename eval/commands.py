"""The commands of the evaluation: run, lint, add, reanchor, init. Heavy imports happen inside, when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.run import Choice

_SUITES = click.argument("suites", nargs=-1, metavar="[SUITE...]")
_SUITE = click.argument("suite")
_INDEX = click.option(
    "--index",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    help="The index folder; without it, the default one, which `roundtable build` fills.",
)
_FILE = click.Path(path_type=Path, dir_okay=False)


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
@click.option(
    "--baseline", type=click.Path(path_type=Path, dir_okay=False), help="Compare with this baseline or results.json."
)
@click.option(
    "--report",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write results.json, junit.xml, summary.md and report.html here.",
)
@click.option("--only", "types", multiple=True, metavar="TYPE", help="Ask cases of this type only (repeatable).")
@click.option("--case", "ids", multiple=True, metavar="ID", help="Ask this case only (repeatable).")
@click.option(
    "--split",
    "splits",
    multiple=True,
    type=click.Choice(["dev", "cal", "test"]),
    help="Ask this split only (repeatable).",
)
@click.option("--explain", metavar="ID", help="Show one case in full: question, hits, quotes, scores, verdict.")
@click.option("--update-baseline", is_flag=True, help="Accept these answers as the new baseline; needs --reason.")
@click.option("--reason", help="Why the baseline changes; kept in it.")
@click.option(
    "--measure-noise",
    is_flag=True,
    help="With --update-baseline: ask again on stand-ins for other machines, and mark the cases that flip.",
)
@click.option(
    "--model", metavar="PROVIDER:NAME", help="Let this model word the answers; needs --baseline to be compared."
)
@click.option("--record", type=_FILE, help="With --model: keep its replies on this tape.")
@click.option("--replay", type=_FILE, help="Take the replies from this tape instead of a model.")
@click.option(
    "--repeat",
    type=click.IntRange(1, 20),
    default=1,
    show_default=True,
    help="With a model: ask each case so often; most takes decide, and the test sees smaller breaks.",
)
@click.option(
    "--judge", metavar="PROVIDER:NAME", help="Ask this model what it thinks of the answers; it decides nothing."
)
@click.option("--votes", type=click.IntRange(1, 9), default=3, show_default=True, help="Votes of --judge an answer.")
@click.option("--ragas", type=_FILE, help="Write the run as rows of ragas' dataset format here.")
@click.pass_context
def run(ctx: click.Context, /, suites: tuple[str, ...], directory: Path | None, **given: Any) -> None:
    """Ask every case of suites, and compare with what was answered before.

    SUITE is a file, or the name of a packaged suite; without one, all packaged suites are run. Exit code 0: no worse;
    1: a regression; 2: a suite, baseline or option that cannot be used; 3: an error of ours.
    """
    from eval.routine import Options, run_suites
    from eval.subject import open_subject
    from eval.voice import open_judge, open_voice

    _refuse_odd_baselines(given)
    _refuse_odd_models(given)
    voice = open_voice(given["model"], record=given["record"], replay=given["replay"])
    options = Options(
        directory=directory,
        baseline=given["baseline"],
        report=given["folder"],
        choice=_choice(given),
        explain=bool(given["explain"]),
        reason=given["reason"],
        noise=given["measure_noise"],
        written=voice is not None,
        ragas=given["ragas"],
        judge=open_judge(given["judge"], given["votes"]) if given["judge"] else None,
    )
    green = run_suites(suites, options, lambda index: open_subject(index, voice, given["repeat"]))
    complaint = voice.complaint() if voice else None
    if complaint:
        click.echo(complaint, err=True)
    if complaint or not green:
        ctx.exit(1)


def _refuse_odd_baselines(given: dict[str, Any]) -> None:
    """Options about the baseline that contradict each other."""
    from eval.run import EVERYTHING

    if given["update_baseline"] != bool(given["reason"]):
        raise click.UsageError("--update-baseline and --reason go together: say why the answers may change")
    if given["update_baseline"] and _choice(given) != EVERYTHING:
        raise click.UsageError("a baseline needs every case; leave out --only, --case, --split and --explain")
    if given["measure_noise"] and not given["update_baseline"]:
        raise click.UsageError("--measure-noise goes with --update-baseline")


def _refuse_odd_models(given: dict[str, Any]) -> None:
    """Options about models that contradict each other."""
    if given["record"] and not given["model"]:
        raise click.UsageError("--record needs --model: a tape is of a model's replies")
    if given["replay"] and (given["record"] or given["model"]):
        raise click.UsageError("--replay takes every reply from its tape; leave out --record and --model")
    if given["repeat"] > 1 and not (given["model"] or given["replay"]):
        raise click.UsageError(
            "--repeat goes with --model or --replay: without a model the same answer comes every time"
        )
    if given["update_baseline"] and (given["model"] or given["replay"]) and not given["baseline"]:
        raise click.UsageError("name the file of a model's own baseline with --baseline; the suite's own is of quotes")


def _choice(given: dict[str, Any]) -> Choice:
    from eval.case import CASE_TYPES
    from eval.run import Choice

    for type_ in given["types"]:
        if type_ not in CASE_TYPES:
            raise click.UsageError(f"there is no type {type_!r}; the types are {', '.join(CASE_TYPES)}")
    ids = {*given["ids"], *([given["explain"]] if given["explain"] else [])}
    return Choice(frozenset(given["types"]), frozenset(ids), frozenset(given["splits"]))


@eval_command.command()
@_SUITES
@_INDEX
def lint(suites: tuple[str, ...], directory: Path | None) -> None:
    """Prove every quote of suites, and check that their cases make sense."""
    from eval.routine import lint_suites

    lint_suites(suites, directory)


@eval_command.command()
def schema() -> None:
    """Print the JSON Schema of a suite, for an editor that completes and checks its keys."""
    import json

    from eval.case import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@eval_command.command()
@_SUITE
@_INDEX
def reanchor(suite: str, directory: Path | None) -> None:
    """Correct the lines of quotes that moved within the transcript."""
    from eval.load import load, suite_path
    from eval.lookup import finder
    from eval.rewrite import reanchored, save

    path = suite_path(suite)
    loaded = load(path, finder(directory), drafts=True)
    save(path, reanchored(loaded))
    for moved in loaded.moved:
        click.echo(f"{moved.case}: line {moved.stated} -> {moved.found}: {moved.quote[:40]}")
    click.echo(f"{path}: {len(loaded.moved)} quotes re-anchored")


@eval_command.command()
@_SUITE
@_INDEX
@click.option("--id", "id_", prompt="id")
@click.option("--question", prompt="question, as a visitor would ask it")
@click.option("--type", "type_", prompt="type", default="fact")
@click.option("--lang", type=click.Choice(["zh", "en"]), prompt="language", default="zh")
@click.option("--split", type=click.Choice(["dev", "cal", "test"]), prompt="split", default="dev")
@click.option("--answerable", type=click.Choice(["yes", "no", "partial"]), prompt="answerable", default="yes")
@click.option("--kind", help="Why it is not (wholly) answerable; needed unless it is: near_miss, absent, ...")
@click.option(
    "--quote",
    "quotes",
    multiple=True,
    help="Words that are the evidence, exactly as the transcript has them (repeatable: all are needed).",
)
@click.option(
    "--nugget", "nuggets", multiple=True, help="What the quotes must contain, alternatives separated by | (repeatable)."
)
def add(suite: str, directory: Path | None, **given: Any) -> None:
    """Add a case to a suite; its quotes are found in the transcript, and their line and speaker filled in."""
    from eval.add import Wish, add_case

    wish = Wish(
        given["id_"], given["question"], given["type_"], given["lang"], given["split"], given["answerable"],
        given["kind"], given["quotes"], given["nuggets"],
    )  # fmt: skip
    click.echo(add_case(suite, directory, wish))


@eval_command.command()
@click.argument("event")
@_INDEX
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it; default: EVENT.yaml."
)
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the stubs; default: the transcript's.")
def init(event: str, directory: Path | None, output: Path | None, lang: str | None) -> None:
    """Propose a suite for your own event, as drafts to be completed by a person.

    EVENT is a transcript file, or the id of a transcript that the index holds.
    """
    from eval.routine import propose

    path = propose(event, directory, output, lang)
    click.echo(f"{path}: complete each draft, remove its 'draft: true', then: roundtable eval lint {path}")


@eval_command.command()
@click.argument("source", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
def convert(source: Path, target: Path) -> None:
    """Convert a benchmark (transcripts/ and questions.jsonl) into one JSONL suite a transcript."""
    from eval.convert import convert as convert_benchmark

    done = convert_benchmark(source, target)
    click.echo(f"{target}: {done.suites} suites, {done.cases} cases; {done.skipped} questions without usable evidence")
