"""Near misses made from sets of extractive questions: the sentence with the answer is taken out of the text, all that
stands around it stays, and the question is asked all the same.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.sentence import sentences

SHARE = 0.4  # of the sentences that bear an answer


def make(folder: Path, into: Path) -> None:
    """A copy of a set with answers taken out, the same on every call; questions it cannot decide on are left out."""
    (into / "transcripts").mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    kept: list[dict[str, Any]] = []
    draw = random.Random(11)
    for path in sorted((folder / "transcripts").glob("*.txt")):
        mine = [row for row in rows if row["transcript"] == path.stem]
        lines = path.read_text("utf-8").split("\n")
        thinned = []
        for number, line in enumerate(lines, 1):
            asked = [row for row in mine if row["answerable"] and number in row["gold_lines"]]
            thinned.append(_thin(line, [answer for row in asked for answer in row["answers"]], draw))
            kept += _judged(asked, line, thinned[-1])
        kept += [row for row in mine if not row["answerable"]]
        (into / "transcripts" / path.name).write_text("\n".join(thinned), "utf-8")
    (into / "questions.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in kept), "utf-8")


def _thin(line: str, answers: list[str], draw: random.Random) -> str:
    pieces = [line[s.start : s.end] for s in sentences(line, 0, len(line))]
    gone = {n for n, piece in enumerate(pieces) if any(a in piece for a in answers) and draw.random() < SHARE}
    if len(gone) == len(pieces):
        return line
    return "".join(piece for n, piece in enumerate(pieces) if n not in gone)


def _judged(asked: list[dict[str, Any]], before: str, after: str) -> Iterator[dict[str, Any]]:
    for row in asked:
        if any(answer in after for answer in row["answers"]):
            yield row
        elif any(answer in before for answer in row["answers"]):
            yield {**row, "answerable": False, "gold_lines": []}
