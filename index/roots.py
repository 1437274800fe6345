"""Where the events of an index were built from, so that ``serve --watch`` knows what to look at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from .disk import locked, replace_file, writing

ROOTS = "roots.json"


def remember_roots(directory: Path, paths: Sequence[Path]) -> None:
    """Add paths that were built; each stands there once, absolute."""
    with writing(directory), locked(directory):
        known = dict.fromkeys((*map(str, roots(directory)), *(str(path.resolve()) for path in paths)))
        replace_file(directory / ROOTS, json.dumps(list(known), ensure_ascii=False, indent=1).encode("utf-8"))


def roots(directory: Path) -> tuple[Path, ...]:
    """The paths an index was built from, as far as they still exist."""
    try:
        found = json.loads((directory / ROOTS).read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    named = [Path(path) for path in found if isinstance(path, str)] if isinstance(found, list) else []
    return tuple(path for path in named if path.exists())
