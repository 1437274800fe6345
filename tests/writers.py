"""Legible models: each replies from a script, and keeps what it was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from langchain_core.messages import BaseMessage

from bot.model.types import FailureKind, ModelFailed

Script = Callable[[str], str]
_LINE = re.compile(r"^\[S(\d+)\] (.*)$", re.MULTILINE)


@dataclass
class ScriptedWriter:
    """Says what its script makes of the whole prompt, in pieces of a few characters."""

    script: Script
    name: str = "scripted:test"
    context: int = 8192
    size: int = 7
    breaks: FailureKind | None = None
    after: int = 0
    prompts: list[str] = field(default_factory=list)
    closed: int = 0

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        prompt = "\n\n".join(str(m.content) for m in messages)
        self.prompts.append(prompt)
        reply = self.script(prompt)
        try:
            for at in range(0, len(reply), self.size):
                if self.breaks and at >= self.after:
                    raise ModelFailed(self.breaks, "the script breaks here")
                yield reply[at : at + self.size]
            if self.breaks:
                raise ModelFailed(self.breaks, "the script breaks here")
        finally:
            self.closed += 1


def says(reply: str) -> ScriptedWriter:
    """A model that says one thing whatever it is asked."""
    return ScriptedWriter(lambda _: reply)


def lines(prompt: str) -> dict[int, str]:
    """The numbered sentences of a prompt, those of its examples left out."""
    data = prompt.rsplit("</data-", 1)[0].rsplit("<data-", 1)[-1]
    return {int(number): words for number, words in _LINE.findall(data)}


def number_of(prompt: str, words: str) -> int:
    """The number of the sentence that holds these words."""
    return next(number for number, line in lines(prompt).items() if words in line)
