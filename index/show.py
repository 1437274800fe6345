"""Tables for the terminal; colours respect NO_COLOR and pipes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from .event import Event
from .found import SearchRow
from .library import EventRow
from .turns import Gap, Row

_KINDS = {"figure": "figure lost", "mask": "masked", "word": "word lost", "cut": "cut off"}


def show_turns(event: Event, rows: Sequence[Row]) -> None:
    """Print how an event was read."""
    table = Table(title=Text(event.card.title), box=None, header_style="bold", title_justify="left")
    for name in ("lines", "kind", "who", "part"):
        table.add_column(name, no_wrap=name == "lines")
    for row in rows:
        who = row["speaker"] or (f"about {row['about']}" if row["about"] else "")
        span = f"{row['start_line']}-{row['end_line']}"
        table.add_row(span, row["kind"], Text(who), Text(row["section"] or ""))
    Console().print(table)


def show_gaps(event: Event, gaps: Sequence[Gap]) -> None:
    """Print the places where something was lost."""
    table = Table(
        title=Text(f"{event.card.title}: {len(gaps)} places"), box=None, header_style="bold", title_justify="left"
    )
    for name in ("line", "what", "where"):
        table.add_column(name, no_wrap=name == "line")
    for gap in gaps:
        where = Text(gap["before"]) + Text("▯", style="bold red") + Text(gap["after"])
        table.add_row(str(gap["line"]), _KINDS[gap["kind"]], where)
    Console().print(table)


def show_events(rows: Sequence[EventRow]) -> None:
    """Print the events of an index."""
    table = Table(box=None, header_style="bold")
    for name in ("event", "title", "transcripts", "MB"):
        table.add_column(name, no_wrap=name == "event", justify="right" if name in ("transcripts", "MB") else "left")
    for row in rows:
        table.add_row(Text(row["id"]), Text(row["title"]), str(len(row["transcripts"])), str(row["megabytes"]))
    Console().print(table)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the terminal's error stream for each thing that is being done; silent in a pipe."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield progress


def show_hits(row: SearchRow) -> None:
    """Print the passages found, best first."""
    console = Console(highlight=False)
    for number, hit in enumerate(row["hits"], 1):
        who = ", ".join(hit["speakers"]) or hit["kind"]
        first, last = hit["lines"]
        place = f"{hit['transcript']}:{first}" + (f"-{last}" if last > first else "")
        console.print(Text(f"{number}. {who}", style="bold") + Text(f"  {place}  {hit['score']:.2f}", style="dim"))
        console.print(Text("   " + " ".join(hit["text"].split())), soft_wrap=True)
