"""A small SQLite file that threads and workers share."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

DAY = 86400  # seconds


class Database:
    """One connection a thread; every statement commits by itself."""

    def __init__(self, path: Path, schema: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._local = path, threading.local()
        self.connection().executescript(schema)

    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            found.row_factory = sqlite3.Row
            found.execute("PRAGMA journal_mode=WAL")
            self._local.connection = found
        return found
