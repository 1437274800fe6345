"""How often a client may ask, and how many answers it may wait for at once."""

from __future__ import annotations

import math
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from limits import RateLimitItem, parse_many
from limits.storage.base import Storage
from limits.strategies import FixedWindowRateLimiter

from .errors import WebError

_SCHEMA = "CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, hits INTEGER NOT NULL, ends REAL NOT NULL)"
_COUNT = """INSERT INTO counts VALUES (:key, :amount, :now + :seconds) ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN ends <= :now THEN :amount ELSE hits + :amount END,
    ends = CASE WHEN ends <= :now THEN :now + :seconds ELSE ends END
    RETURNING hits"""
_SWEEP_EVERY = 1000  # counted requests between two removals of windows that have ended


class SharedCounts(Storage):
    """Counters of the ``limits`` library in one SQLite file: shared by all workers, and kept over a restart."""

    STORAGE_SCHEME = None

    def __init__(self, path: Path) -> None:
        super().__init__()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._local, self._counted = path, threading.local(), 0
        self._connection().execute(_SCHEMA)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What SQLite raises."""
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and say how often it was counted within the window."""
        self._counted += 1
        if self._counted % _SWEEP_EVERY == 0:
            self._connection().execute("DELETE FROM counts WHERE ends <= ?", (time.time(),))
        values = {"key": key, "amount": amount, "now": time.time(), "seconds": expiry}
        return int(self._connection().execute(_COUNT, values).fetchone()[0])

    def get(self, key: str) -> int:
        """How often it was counted within the window."""
        row = self._connection().execute("SELECT hits FROM counts WHERE key=? AND ends>?", (key, time.time()))
        return int((row.fetchone() or (0,))[0])

    def get_expiry(self, key: str) -> float:
        """When its window ends, in seconds since 1970."""
        row = self._connection().execute("SELECT ends FROM counts WHERE key=?", (key,)).fetchone()
        return float(row[0]) if row else time.time()

    def check(self) -> bool:
        """Whether the file can be read."""
        return bool(self._connection().execute("SELECT 1").fetchone())

    def reset(self) -> int | None:
        """Forget everything."""
        return self._connection().execute("DELETE FROM counts").rowcount

    def clear(self, key: str) -> None:
        """Forget one key."""
        self._connection().execute("DELETE FROM counts WHERE key=?", (key,))

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            found.execute("PRAGMA journal_mode=WAL")
            found.execute("PRAGMA synchronous=OFF")  # losing the last counts in a power cut harms nobody
            self._local.connection = found
        return found


class Rate:
    """A rate such as ``30/minute;1000/day``, per client."""

    def __init__(self, counts: Storage, rate: str) -> None:
        self._items: list[RateLimitItem] = parse_many(rate)
        self._limiter = FixedWindowRateLimiter(counts)

    def spend(self, purpose: str, client: str) -> None:
        """Count one request; refuse it with the seconds to wait where the rate is spent."""
        for item in self._items:
            if not self._limiter.hit(item, purpose, client):
                wait = self._limiter.get_window_stats(item, purpose, client).reset_time - time.time()
                raise too_many(max(1, math.ceil(wait)))


class Turnstile:
    """How many answers are under way in this process, in all and per client."""

    def __init__(self, each: int, total: int) -> None:
        self._each, self._total, self._lock = each, total, threading.Lock()
        self._inside: Counter[str] = Counter()

    @property
    def inside(self) -> int:
        """Answers under way."""
        return self._inside.total()

    @contextmanager
    def enter(self, client: str) -> Iterator[None]:
        """Hold a place while an answer is made."""
        with self._lock:
            if self._inside[client] >= self._each or self._inside.total() >= self._total:
                raise too_many(1)
            self._inside[client] += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[client] -= 1
                self._inside += Counter()  # drops the clients that are at zero


def too_many(seconds: int) -> WebError:
    """The refusal of a client that asks too fast."""
    return WebError(429, "too_many", f"Too many requests; try again in {seconds} s.", retry_after=seconds)
