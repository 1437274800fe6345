"""What a judging model thinks, beside what the measures say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval.judge import OPINIONS, Judged
from eval.source import SuiteError


def show_opinions(judged: Sequence[Judged], folder: Path | None, console: Console) -> None:
    """Print the opinions against the measures' verdict, and keep them vote by vote as judge.json in a report.

    Raises:
        SuiteError: the report cannot be written.
    """
    console.print(_table(judged))
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        rows = [asdict(one) for one in judged]
        (folder / "judge.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise SuiteError(f"judge.json cannot be written to {folder} ({error.strerror}); choose another") from error


def _table(judged: Sequence[Judged]) -> Table:
    counts = Counter((one.opinion, one.passed) for one in judged)
    table = Table("judge", "passed", "failed", title="a model's opinion; it decides nothing", title_justify="left")
    for opinion in OPINIONS:
        passed, failed = counts[opinion, True], counts[opinion, False]
        if passed or failed:
            table.add_row(opinion, str(passed), str(failed))
    return table
