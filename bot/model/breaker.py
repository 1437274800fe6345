"""A circuit breaker: a model that fails again and again is left alone for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 5  # in a row; one bad minute of a provider is three or four calls of one visitor
REST = 30.0  # seconds


class Breaker:
    """Counts failures in a row; after ``failures`` it rests, then lets one call in ``rest`` seconds try.

    Our own: pybreaker wraps a function call, holds its lock while it runs, and lets everybody try at once after the
    rest; ours are streams, many at a time. Thread-safe.
    """

    def __init__(
        self, failures: int = FAILURES, rest: float = REST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit, self._rest, self._clock = failures, rest, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._until = 0.0

    def wait(self) -> float:
        """Seconds until it may be asked; 0 lets the caller in."""
        with self._lock:
            now = self._clock()
            if self._failed < self._limit:
                return 0.0
            if now < self._until:
                return self._until - now
            self._until = now + self._rest
            return 0.0

    def well(self) -> None:
        """A call went well."""
        with self._lock:
            self._failed = 0

    def sick(self) -> None:
        """A call failed in a way that tells on the server."""
        with self._lock:
            self._failed += 1
            self._until = self._clock() + self._rest
