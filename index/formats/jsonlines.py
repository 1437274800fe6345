"""The arrays of a JSON file, each element with the line it begins on, which no JSON library tells."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import TranscriptError

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Element:
    """An element of an array, and the line of the file it begins on."""

    value: object
    line: int


Arrays = Mapping[str, Sequence[Element]]
"""The arrays of a file by the keys that lead to them, joined by dots; the empty key is an array that is the file."""


def arrays(text: str, name: str) -> tuple[Arrays, Mapping[str, object]]:
    """Every array that objects alone lead to, and every other value, by key."""
    reader = _Reader(text)
    try:
        return reader.all()
    except RecursionError:
        raise TranscriptError(f"{name!r} is nested too deeply to be a transcript") from None
    except ValueError as error:
        raise TranscriptError(f"{name!r}, line {reader.line()}: no valid JSON here ({error}); save it again") from error


class _Reader:
    """A place in the text that moves forward."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._arrays: dict[str, list[Element]] = {}
        self._others: dict[str, object] = {}

    def all(self) -> tuple[Arrays, Mapping[str, object]]:
        """Read the file to its end."""
        self._value("", 0)
        if self._peek():
            raise ValueError("words behind the end")
        return self._arrays, self._others

    def line(self) -> int:
        """The line of the place reached."""
        return bisect_right(self._breaks, self._at - 1) + 1

    def _value(self, path: str, depth: int) -> None:
        char = self._peek()
        if char == "[":
            self._arrays[path] = [*self._elements()]
        elif char == "{" and depth < 4:
            for key in self._keys():
                self._value(f"{path}.{key}" if path else key, depth + 1)
        else:
            self._others[path] = self._decoded()

    def _elements(self) -> Iterator[Element]:
        self._at += 1
        while self._peek() != "]":
            line = self.line()
            yield Element(self._decoded(), line)
            self._between("]")
        self._at += 1

    def _keys(self) -> Iterator[str]:
        self._at += 1
        while self._peek() != "}":
            key = self._decoded()
            if not isinstance(key, str) or self._peek() != ":":
                raise ValueError("a key and a colon are expected")
            self._at += 1
            yield key
            self._between("}")
        self._at += 1

    def _between(self, end: str) -> None:
        char = self._peek()
        if char == ",":
            self._at += 1
            if self._peek() == end:
                raise ValueError("a comma before the end")
        elif char != end:
            raise ValueError(f"a comma or {end!r} is expected")

    def _decoded(self) -> object:
        self._peek()
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return value

    def _peek(self) -> str:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]
