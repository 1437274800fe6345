"""Thumbs and the word that may come with them, kept in SQLite for as long as the organiser says."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .database import DAY, Database

_SCHEMA = """CREATE TABLE IF NOT EXISTS votes (
    answer TEXT PRIMARY KEY, at REAL NOT NULL, event TEXT NOT NULL, vote TEXT NOT NULL,
    word TEXT NOT NULL, question TEXT NOT NULL, outcome TEXT NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a visitor thought of an answer. ``answer`` is the answer's id; a second vote replaces the first."""

    answer: str
    event: str
    vote: Literal["up", "down"]
    word: str = ""
    question: str = ""
    outcome: str = ""


class Votes:
    """The votes of all visitors; those older than ``days`` are forgotten when a new one comes."""

    def __init__(self, path: Path, days: int) -> None:
        self._database, self._days = Database(path, _SCHEMA), days

    def keep(self, vote: Vote) -> None:
        """Keep a vote."""
        now = time.time()
        rows = self._database.connection()
        rows.execute("DELETE FROM votes WHERE at < ?", (now - self._days * DAY,))
        rows.execute(
            "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?, ?, ?)",
            (vote.answer, now, vote.event, vote.vote, vote.word, vote.question, vote.outcome),
        )

    def since(self, at: float) -> tuple[Vote, ...]:
        """The votes since a time, in seconds since 1970, oldest first."""
        query = "SELECT answer, event, vote, word, question, outcome FROM votes WHERE at >= ? ORDER BY at"
        return tuple(Vote(*row) for row in self._database.connection().execute(query, (at,)))
