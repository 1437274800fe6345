"""Benchmarks laid out as ``transcripts/*.txt`` and ``questions.jsonl`` into suites; the data itself stays outside.

A question's gold is lines (``gold_lines``); where it also gives answers that stand in them, the answer is the quote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.source import SuiteError

MOST = 12  # gold lines that become evidence; QMSum marks up to hundreds, of which any is evidence
_NOT_ID = re.compile(r"[^A-Za-z0-9._-]+")


class Row(BaseModel):
    """A question of a benchmark; the keys it has beyond these are of no use here."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    transcript: str
    question: str
    answers: tuple[str, ...] = ()
    gold_lines: tuple[int, ...] = ()
    answerable: bool = True
    lang: str = "zh"


@dataclass(frozen=True, slots=True)
class Converted:
    """How many suites and cases were written, and questions left out for want of evidence."""

    suites: int
    cases: int
    skipped: int


def convert(source: Path, target: Path) -> Converted:
    """Write one JSONL suite a transcript into ``target``.

    Raises:
        SuiteError: the folder is not laid out so, or a line is no question.
    """
    rows: dict[str, list[Row]] = {}
    for row in _rows(source / "questions.jsonl"):
        rows.setdefault(row.transcript, []).append(row)
    target.mkdir(parents=True, exist_ok=True)
    written = skipped = suites = 0
    for transcript, questions in rows.items():
        lines = _lines(source / "transcripts" / f"{transcript}.txt")
        cases = [case for row in questions if (case := _case(row, lines))]
        skipped += len(questions) - len(cases)
        if cases:
            _write(target / f"{transcript}.jsonl", transcript, cases)
            written, suites = written + len(cases), suites + 1
    return Converted(suites, written, skipped)


def _rows(path: Path) -> Iterator[Row]:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise SuiteError(f"{path} cannot be read ({error.strerror}); name a folder with questions.jsonl") from error
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            yield Row.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            raise SuiteError(f"{path}:{number}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path} cannot be read ({error}); every question needs its transcript") from error


def _case(row: Row, lines: list[str]) -> dict[str, Any] | None:
    gold = [number for number in row.gold_lines if 1 <= number <= len(lines) and lines[number - 1].strip()]
    evidence = list(_evidence(row.answers, gold, lines)) if row.answerable else []
    if row.answerable and not evidence:
        return None
    quotes = [span["quote"] for alternative in evidence for span in alternative]
    said = [answer for answer in row.answers if any(answer in quote for quote in quotes)]
    return {
        "id": _NOT_ID.sub("-", row.id).strip("-"),
        "split": "dev",
        "lang": "en" if row.lang == "en" else "zh",
        "type": "fact" if row.answerable else "absent",
        "question": row.question,
        "answerable": "yes" if row.answerable else "no",
        **({} if row.answerable else {"kind": "absent"}),
        "outcome": ["answer"] if row.answerable else ["abstain", "related"],
        **({"nuggets": [said]} if said else {}),
        "evidence": evidence,
    }


def _evidence(answers: tuple[str, ...], gold: list[int], lines: list[str]) -> Iterator[list[dict[str, Any]]]:
    """Each gold line is evidence by itself: the answer's words where it has them once, else the line."""
    for number in gold[:MOST]:
        line = lines[number - 1].rstrip("\r")
        quote = next((answer for answer in answers if answer.strip() and line.count(answer) == 1), line)
        yield [{"line": number, "quote": quote}]


def _write(path: Path, transcript: str, cases: Iterable[dict[str, Any]]) -> None:
    head = {"schema": 1, "suite": transcript, "transcript": transcript}
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (head, *cases)), "utf-8")
