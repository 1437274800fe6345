"""What other packages want to see of an index before it is used: entry points, as the index knows no chatbot."""

from __future__ import annotations

from collections.abc import Collection
from importlib.metadata import entry_points

from .build import Check
from .store import Index
from .types import Encoder

GROUP = "roundtable.checks"


def registered(ids: Collection[str]) -> Check:
    """All checks that are installed, for the events just built."""

    def check(index: Index, encoder: Encoder) -> None:
        for entry in entry_points(group=GROUP):
            entry.load()(index, encoder, ids)

    return check
