"""A visitor's leaving, told at once to whatever is under way for them.

A call to a model may say nothing for minutes; whoever waits for it in a thread cannot be closed from another. What
makes an answer runs in the context of the visitor it is for, and so finds its ``Visit`` there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class VisitorLeft(Exception):
    """Nobody waits for this answer any more."""


class Visit:
    """One visitor's wait for one answer. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = False
        self._tell: Callable[[], None] | None = None

    @property
    def left(self) -> bool:
        """Whether the visitor has gone."""
        return self._left

    def leave(self) -> None:
        """The visitor has gone: tell what is under way."""
        with self._lock:
            self._left, tell = True, self._tell
        if tell:
            tell()

    @contextmanager
    def telling(self, tell: Callable[[], None]) -> Iterator[None]:
        """Call ``tell`` from any thread if the visitor leaves within; at once if they have."""
        with self._lock:
            self._tell, left = tell, self._left
        if left:
            tell()
        try:
            yield
        finally:
            with self._lock:
                self._tell = None


_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


def current() -> Visit:
    """The visit that what runs here is for; at the command line one that nobody leaves."""
    return _visit.get() or Visit()


@contextmanager
def on_behalf_of(visit: Visit) -> Iterator[None]:
    """What runs within, and in threads started from within, is for this visit."""
    held = _visit.set(visit)
    try:
        yield
    finally:
        _visit.reset(held)
