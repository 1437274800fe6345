"""A caption as a file has it, whichever format the file is in."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """A line of a caption and its number in the file."""

    number: int
    text: str


class Cue(NamedTuple):
    """A caption as the file has it. ``block`` is the line it begins on; ``clear`` is whether its times can be read."""

    block: int
    id: str
    start: float | None
    end: float | None
    lines: tuple[Line, ...]
    clear: bool = True
