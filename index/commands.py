"""The commands of the index: turns, build, search. Heavy imports happen inside, when a command runs."""

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
