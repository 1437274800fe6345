"""What the tests of an event of several talks share."""

from __future__ import annotations

from collections.abc import Callable

from bot.types import Answer

RUN = "import sys; from index.cli import main; sys.argv[0] = 'roundtable'; main()"
OPEN_SOURCE = {"storage": "张远航", "search": "李岚清", "panel": "王可欣"}
Ask = Callable[..., Answer]


def stems(answer: Answer) -> list[str]:
    return [citation.transcript.split("/")[1] for citation in answer.citations]
