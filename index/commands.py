"""The commands of the index: turns, build, events, search. Heavy imports happen inside, when a command runs."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("source", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the frozen JSON, one list of rows.")
@click.option("--holes", is_flag=True, help="List the places where something was lost, to be checked by a person.")
def turns(source: str | None, as_json: bool, holes: bool) -> None:
    """Show how a transcript was read: who speaks on which lines, in which part.

    SOURCE is a transcript, an event folder, or an event's id; without it, the packaged event.
    """
    from .source import DEFAULT_EVENT, packaged_event, read_event
    from .turns import gaps, rows

    is_packaged = source is None or (source == DEFAULT_EVENT and not Path(source).exists())
    event = read_event(packaged_event() if is_packaged else Path(source or ""))
    found = list(gaps(event)) if holes else list(rows(event))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    from .show import show_gaps, show_turns

    show_gaps(event, list(gaps(event))) if holes else show_turns(event, list(rows(event)))


INDEX_OPTION = click.option(
    "--index",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    help="The index folder; without it, a folder of yours that is built on first use.",
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option("--embedding", help="A sentence-transformers model, by name or folder, in place of the built-in encoder.")
def build(paths: tuple[Path, ...], directory: Path | None, embedding: str | None) -> None:
    """Index transcripts, so that they can be searched and asked.

    PATH is a transcript, or a folder of transcripts (an event) with perhaps an event.toml; without it, the packaged
    event is indexed. An event that the index already holds is replaced, the others stay, and only what changed is
    encoded again. A pinned question of a card that has no answer is refused, and the index stays as it was.
    """
    from .build import build as build_index
    from .build import changed
    from .checks import registered
    from .default import default_directory
    from .embed import load_encoder
    from .roots import remember_roots
    from .show import progress_bar
    from .source import find_events, packaged_event

    target = directory or default_directory()
    events = find_events(paths or (packaged_event(),))
    with progress_bar() as progress:
        encoder = load_encoder(embedding, progress=lambda stage, done: progress(stage, round(done * 100), 100))
        check = registered(changed(target, events, encoder))
        built = build_index(target, events, encoder, progress=progress, check=check)
    remember_roots(target, paths)
    plural = "" if len(built.encoded) == 1 else "s"
    click.echo(f"{target}: {len(built.encoded)} transcript{plural} encoded, {len(built.reused)} unchanged")
    if built.dropped:
        click.echo(f"damaged in the old index, and left out: {', '.join(built.dropped)}; build them again", err=True)


@click.command()
@INDEX_OPTION
@click.option("--remove", "removed", multiple=True, metavar="EVENT", help="Take this event out; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def events(directory: Path | None, removed: tuple[str, ...], as_json: bool) -> None:
    """List the events of an index, or take some out.

    An event that is taken out leaves the disk at once; a running `roundtable serve` without --watch holds it until it is
    started again.
    """
    from .build import remove
    from .default import default_directory
    from .library import rows
    from .show import show_events
    from .store import open_index

    target = directory or default_directory()
    if removed:
        remove(target, removed)
    found = list(rows(open_index(target)))
    click.echo(json.dumps(found, ensure_ascii=False, indent=1)) if as_json else show_events(found)


@click.command()
@click.argument("question", required=False)
@INDEX_OPTION
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many passages.")
@click.option("--event", help="Search this event only.")
@click.option("--transcript", help="Search this transcript only.")
@click.option("--speaker", help="Search the words of this speaker only.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.option("--batch", type=click.Path(path_type=Path), help='Search a file of {"id", "question"} lines instead.')
@click.option("--output", type=click.Path(path_type=Path), help="Where the lines of --batch go.")
def search(
    question: str | None,
    directory: Path | None,
    k: int,
    event: str | None,
    transcript: str | None,
    speaker: str | None,
    as_json: bool,
    batch: Path | None,
    output: Path | None,
) -> None:
    """Show the passages nearest to a question, best first, without answering it."""
    if (question is None) == (batch is None):
        raise click.UsageError("give a QUESTION, or --batch IN.jsonl with --output OUT.jsonl")
    if (batch is None) != (output is None):
        raise click.UsageError("--batch IN.jsonl and --output OUT.jsonl go together")
    from .batch import Request, run_batch
    from .default import open_chosen
    from .found import search_row
    from .retriever import Retriever
    from .show import progress_bar, show_hits

    with progress_bar() as progress:
        retriever = Retriever(*open_chosen(directory, progress))
    if batch and output:
        failed = run_batch(batch, output, lambda request: search_row(retriever, request, k))
        if failed:
            click.echo(f"{failed} lines could not be searched; {output} says why", err=True)
        return
    asked = Request(id="", question=question or "", event=event, transcript=transcript, speaker=speaker)
    row = search_row(retriever, asked, k)
    click.echo(json.dumps(row, ensure_ascii=False)) if as_json else show_hits(row)
