"""Hashes that tell whether something is still what it was: a transcript as read, and the code that reads."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from .types import Turn


def revision(text: str, turns: Sequence[Turn]) -> str:
    """A hash of the text and of how it was read, 16 hex digits."""
    return hashlib.sha256(f"{text}\0{turns!r}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def code() -> str:
    """A hash of this package's own code: what other code read or cut may come out otherwise today."""
    found = hashlib.sha256()
    package = resources.files("index")
    for folder in (package, package / "formats", package / "encoder"):
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]
