"""Prompts: Markdown files with a ``# system`` and a ``# human`` part and ``{variables}``, ours or an organiser's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

Name = Literal["answer", "rewrite", "judge"]
Lang = Literal["zh", "en"]
VARIABLES: Mapping[Name, frozenset[str]] = MappingProxyType(
    {
        "answer": frozenset({"title", "tag", "data", "question"}),
        "rewrite": frozenset({"history", "question"}),
        "judge": frozenset({"tag", "question", "reference", "answer"}),
    }
)
"""What each prompt is filled with, and must use."""
_PARTS = re.compile(r"\A# system\n(?P<system>.*?)\n# human\n(?P<human>.*)\Z", re.DOTALL)


class PromptError(ValueError):
    """A prompt that cannot be used; the message names the file and what it lacks."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with its variables open."""

    system: str
    human: str

    def messages(self, **values: str) -> list[BaseMessage]:
        """The messages with every variable filled; values are inserted as they are."""
        from langchain_core.prompts import ChatPromptTemplate

        return ChatPromptTemplate.from_messages([("system", self.system), ("human", self.human)]).format_messages(
            **values
        )


def load(name: Name, lang: Lang, folder: Path | None = None) -> Prompt:
    """Read a prompt; a file of the same name in the organiser's folder takes the place of ours.

    Raises:
        PromptError: the file has no two parts, or lacks a variable, or has one we do not fill.
    """
    file = f"{name}.{lang}.md"
    own = folder / file if folder else None
    if own is not None and own.is_file():
        return _read(str(own), own.read_text("utf-8"), VARIABLES[name])
    return _read(file, (resources.files("prompts") / file).read_text("utf-8"), VARIABLES[name])


def _read(where: str, text: str, wanted: frozenset[str]) -> Prompt:
    parts = _PARTS.match(text.replace("\r\n", "\n").lstrip("\ufeff\n"))
    if parts is None:
        raise PromptError(f"the prompt {where!r} needs a line '# system' at its start and a line '# human' after it")
    try:
        found = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise PromptError(f"the prompt {where!r} has a brace that is no variable ({error}); double it") from error
    if missing := sorted(wanted - found):
        raise PromptError(f"the prompt {where!r} lacks the variable {{{missing[0]}}}; write it where its value belongs")
    if strange := sorted(found - wanted):
        known = ", ".join(f"{{{name}}}" for name in sorted(wanted))
        raise PromptError(f"the prompt {where!r} has {{{strange[0]}}}, which nothing fills; known: {known}")
    return Prompt(parts["system"].strip(), parts["human"].strip())
