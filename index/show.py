"""Tables for the terminal; colours respect NO_COLOR and pipes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .event import Event
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
    table = Table(title=Text(f"{event.card.title}: {len(gaps)} places"), box=None, header_style="bold", title_justify="left")
    for name in ("line", "what", "where"):
        table.add_column(name, no_wrap=name == "line")
    for gap in gaps:
        where = Text(gap["before"]) + Text("▯", style="bold red") + Text(gap["after"])
        table.add_row(str(gap["line"]), _KINDS[gap["kind"]], where)
    Console().print(table)
