"""A tape of a model's replies: recorded once with the model, replayed without it, keyed by a hash of model and prompt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.model.types import FailureKind, ModelFailed, Writer
from eval.source import SuiteError
from index.errors import RoundtableError

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

KEPT: tuple[FailureKind, ...] = ("too_long", "bad_reply")
"""Failures that are the model's own way with a prompt; the others pass, and are not kept."""


class TapeMiss(RoundtableError):
    """A prompt that is not on the tape: the prompts, the passages found or the model changed since it was recorded."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Head(_Line):
    tape: Literal[1]
    model: str
    context: int


class _Reply(_Line):
    key: str
    reply: str
    failed: FailureKind | None = None


@dataclass(slots=True)
class Tape:
    """Replies by key, in a file of JSON lines; ``take`` says which time a suite asks the same, from 1."""

    path: Path
    model: str
    context: int
    replies: dict[str, _Reply] = field(default_factory=dict)
    take: int = 1

    def begin(self, take: int) -> None:
        """Keep and say the replies of this take from now on."""
        self.take = take

    def key(self, messages: Sequence[BaseMessage]) -> str:
        """The hash of model and prompt, and of the take after the first."""
        said: list[object] = [self.model, [[message.type, str(message.content)] for message in messages]]
        said += [self.take] if self.take > 1 else []
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def keep(self, reply: _Reply) -> None:
        """Write a reply down at once, so that an interrupted recording loses nothing."""
        self.replies[reply.key] = reply
        with self.path.open("a", encoding="utf-8") as file:
            file.write(reply.model_dump_json(exclude_defaults=True) + "\n")


def open_tape(path: Path) -> Tape:
    """Read a tape.

    Raises:
        SuiteError: it cannot be read, or a line of it is not one of a tape.
    """
    try:
        first, *rest = path.read_text("utf-8").splitlines() or [""]
        head = _Head.model_validate_json(first)
        replies = [_Reply.model_validate_json(line) for line in rest]
    except OSError as error:
        raise SuiteError(f"the tape {path} cannot be read ({error.strerror}); make one with --record") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path} is no tape of replies; delete it and make one with --record") from error
    return Tape(path, head.model, head.context, {reply.key: reply for reply in replies})


def new_tape(path: Path, writer: Writer) -> Tape:
    """The tape to record a model on; one of the same model is continued.

    Raises:
        SuiteError: it cannot be written, or is of another model.
    """
    if path.exists():
        tape = open_tape(path)
        if (tape.model, tape.context) != (writer.name, writer.context):
            raise SuiteError(f"{path} is a tape of {tape.model!r}, not of {writer.name!r}; record on another file")
        return tape
    head = _Head(tape=1, model=writer.name, context=writer.context)
    try:
        path.write_text(head.model_dump_json() + "\n", "utf-8")
    except OSError as error:
        raise SuiteError(f"the tape {path} cannot be written ({error.strerror}); name another file") from error
    return Tape(path, writer.name, writer.context)


class _Taped:
    """A ``Writer`` by the name and within the window of the model on a tape."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape

    @property
    def name(self) -> str:
        """The model's name."""
        return self._tape.model

    @property
    def context(self) -> int:
        """Tokens a prompt may have."""
        return self._tape.context


class Recorder(_Taped):
    """A ``Writer`` that keeps what another says; what is on the tape already is not asked again."""

    def __init__(self, writer: Writer, tape: Tape) -> None:
        super().__init__(tape)
        self._writer = writer
        self.lost = 0  # replies that failed in passing and are not on the tape

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        """The reply; a reader that has enough closes it, and what came until then is what is kept."""
        key = self._tape.key(messages)
        if key in self._tape.replies:
            yield from _said(self._tape, key)
            return
        said: list[str] = []
        try:
            for piece in self._writer.stream(messages):
                said.append(piece)
                yield piece
        except GeneratorExit:
            self._keep(key, said)
            raise
        except ModelFailed as error:
            if error.kind in KEPT:
                self._keep(key, said, error.kind)
            else:
                self.lost += 1
            raise
        self._keep(key, said)

    def _keep(self, key: str, said: Sequence[str], failed: FailureKind | None = None) -> None:
        self._tape.keep(_Reply(key=key, reply="".join(said), failed=failed))

    def complaint(self) -> str | None:
        """Why the tape is not whole, if it is not."""
        if not self.lost:
            return None
        return f"{self.lost} replies failed and are not on {self._tape.path}; record once more with the same command"


class Player(_Taped):
    """A ``Writer`` that says what is on a tape, and nothing else."""

    def __init__(self, tape: Tape) -> None:
        super().__init__(tape)
        self.missed = 0

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        """The reply on the tape.

        Raises:
            TapeMiss: it is not there. No ModelFailed: that would be answered in the speakers' words, and pass.
        """
        key = self._tape.key(messages)
        if key not in self._tape.replies:
            self.missed += 1
            raise TapeMiss(f"the prompt {key[:12]} is not on the tape {self._tape.path}; record again with --record")
        yield from _said(self._tape, key)

    def complaint(self) -> str | None:
        """Why the replay counts for nothing, if it does."""
        if not self.missed:
            return None
        return f"{self.missed} prompts are not on the tape {self._tape.path}; record again with --record"


def _said(tape: Tape, key: str) -> Iterator[str]:
    kept = tape.replies[key]
    if kept.reply:
        yield kept.reply
    if kept.failed:
        raise ModelFailed(kept.failed, f"the model {tape.model!r} failed when this was recorded ({kept.failed})")
