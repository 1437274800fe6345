"""Line numbers of a text: 1-based, as editors count them."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache


@lru_cache(maxsize=64)
def _breaks(text: str) -> tuple[int, ...]:
    return tuple(at for at, char in enumerate(text) if char == "\n")


def line_of(text: str, offset: int) -> int:
    """The line the character at ``offset`` stands on; a line break belongs to the line it ends."""
    return bisect_left(_breaks(text), offset) + 1


def lines_of(text: str, start: int, end: int) -> tuple[int, int]:
    """First and last line of the slice ``start:end``, inclusive."""
    return line_of(text, start), line_of(text, max(start, end - 1))
