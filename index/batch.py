"""Questions by the file: JSON lines in, JSON lines out, and a bad line ends nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import InputError, RoundtableError
from .types import Scope


class PastExchange(BaseModel):
    """A past turn of the conversation, in a line's ``history``."""

    user: str
    assistant: str = ""


class Request(BaseModel):
    """A line of a batch; keys it does not know are ignored."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str | int
    question: str
    # JSON has lists and no tuples: strictly read, every line with a past was refused.
    history: tuple[PastExchange, ...] = Field(default=(), strict=False)
    event: str | None = None
    transcript: str | None = None
    speaker: str | None = None

    @property
    def scope(self) -> Scope:
        """What this line's search is limited to."""
        return Scope(self.event, self.transcript, self.speaker)


def run_batch(source: Path, target: Path, answer: Callable[[Request], Mapping[str, object]]) -> int:
    """Answer every line of a file into another, in order; returns how many lines failed."""
    failed = 0
    try:
        with (
            source.open(encoding="utf-8", errors="surrogateescape") as lines,
            target.open("w", encoding="utf-8") as out,
        ):
            for line in filter(str.strip, lines):
                row = _answered(line, answer)
                failed += "error" in row
                _print(row, out)
    except OSError as error:
        raise InputError(f"{error.filename!r} cannot be used ({error.strerror}); name another file") from error
    return failed


def _answered(line: str, answer: Callable[[Request], Mapping[str, object]]) -> Mapping[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"not a JSON line: {error}"}
    known = found.get("id") if isinstance(found, dict) else None
    try:
        return answer(Request.model_validate(found))
    except ValidationError as error:
        return {"id": known, "error": "; ".join(_faults(error))}
    except RoundtableError as error:
        return {"id": known, "error": str(error)}


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        yield f"{'.'.join(map(str, fault['loc'])) or 'line'}: {fault['msg']} (found {str(fault['input'])[:80]!r})"


def _print(row: Mapping[str, object], out: TextIO) -> None:
    # A lone surrogate of the question would not encode; JSON's escapes carry it.
    text = json.dumps(row, ensure_ascii=False)
    out.write((text if text.isascii() or _encodable(text) else json.dumps(row)) + "\n")
    out.flush()


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
