"""Waiting for what is to come, however busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(found: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so; ``seconds`` only keep a test that fails from waiting for ever."""
    ends = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.02)
