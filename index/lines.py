"""Line numbers of a text and of the file it was read from: 1-based, as editors count them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from .types import Origin, Transcript


@lru_cache(maxsize=64)
def _breaks(text: str) -> tuple[int, ...]:
    return tuple(at for at, char in enumerate(text) if char == "\n")


def line_of(text: str, offset: int) -> int:
    """The line the character at ``offset`` stands on; a line break belongs to the line it ends."""
    return bisect_left(_breaks(text), offset) + 1


def lines_of(text: str, start: int, end: int) -> tuple[int, int]:
    """First and last line of the slice ``start:end``, inclusive."""
    return line_of(text, start), line_of(text, max(start, end - 1))


def source_line(transcript: Transcript, offset: int) -> int:
    """The line of the source file that holds the character at ``offset``."""
    origin = _origin(transcript, offset)
    return origin.line if origin else line_of(transcript.text, offset)


def source_lines(transcript: Transcript, start: int, end: int) -> tuple[int, int]:
    """First and last line of the source file that the slice ``start:end`` stands on, inclusive."""
    return source_line(transcript, start), source_line(transcript, max(start, end - 1))


def turn_lines(transcript: Transcript) -> Iterator[tuple[int, int]]:
    """First and last line of each turn; together they are every line of the source file, each once where the file
    gives each turn a line of its own.
    """
    if not transcript.origins:
        yield from _turn_lines_of_text(transcript)
        return
    blocks = [transcript.origins[at].block for at in _at_turns(transcript)]
    firsts, total = [1, *blocks[1:]], transcript.origins[-1].line
    for first, following in zip(firsts, [*firsts[1:], total + 1], strict=True):
        yield first, max(first, following - 1)


def _turn_lines_of_text(transcript: Transcript) -> Iterator[tuple[int, int]]:
    text = transcript.text
    for turn in transcript.turns:
        first, last = lines_of(text, turn.start, turn.end)
        # The empty line behind the last line break is a line of the file as well.
        yield first, last + (text.endswith("\n") and turn.end == len(text))


def _at_turns(transcript: Transcript) -> Iterator[int]:
    for turn in transcript.turns:
        yield max(0, bisect_right(transcript.origins, turn.start, key=attrgetter("offset")) - 1)


def _origin(transcript: Transcript, offset: int) -> Origin | None:
    at = bisect_right(transcript.origins, offset, key=attrgetter("offset"))
    return transcript.origins[max(0, at - 1)] if transcript.origins else None
