"""The question log, which an organiser may switch on: what was asked, and how it ended."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from ..types import Answer
from .database import DAY, Database

_SCHEMA = """CREATE TABLE IF NOT EXISTS questions (
    answer TEXT PRIMARY KEY, at REAL NOT NULL, event TEXT NOT NULL, question TEXT NOT NULL,
    asked TEXT NOT NULL, outcome TEXT NOT NULL, confidence REAL NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Logged:
    """A question as it was asked: no address, no session, nothing else about who asked."""

    answer: str
    at: float
    event: str
    question: str
    asked: str
    outcome: str
    confidence: float


class QuestionLog:
    """The questions of all visitors; those older than ``days`` are forgotten when a new one comes."""

    def __init__(self, path: Path, days: int) -> None:
        self._database, self._days = Database(path, _SCHEMA), days

    def keep(self, id: str, event: str, answer: Answer) -> None:
        """Keep a question with the way it ended."""
        now = time.time()
        rows = self._database.connection()
        rows.execute("DELETE FROM questions WHERE at < ?", (now - self._days * DAY,))
        rows.execute(
            "INSERT OR REPLACE INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)",
            (id, now, event, answer.question, answer.asked, answer.outcome.value, answer.confidence),
        )

    def since(self, at: float) -> tuple[Logged, ...]:
        """The questions since a time, in seconds since 1970, oldest first."""
        found = self._database.connection().execute("SELECT * FROM questions WHERE at >= ? ORDER BY at", (at,))
        return tuple(Logged(*row) for row in found)
