"""The models of a run: the one that words the answers, from its provider or from a tape, and the one that judges."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from bot.model.types import Writer
from eval.judge import Judge
from eval.tape import Player, Recorder, new_tape, open_tape


@dataclass(frozen=True, slots=True)
class Voice:
    """A writer, what is to be complained of when the run is over, and whom to tell which time a case is asked."""

    writer: Writer
    complaint: Callable[[], str | None]
    begin: Callable[[int], None] = lambda _take: None


def open_voice(model: str | None, *, record: Path | None, replay: Path | None) -> Voice | None:
    """The model that the options name; None where the speakers' own words are evaluated.

    Raises:
        SuiteError: the tape cannot be used.
    """
    if replay:
        tape = open_tape(replay)
        player = Player(tape)
        return Voice(player, player.complaint, tape.begin)
    if model is None:
        return None
    writer = _opened(model)
    if record is None:
        return Voice(writer, lambda: None)
    tape = new_tape(record, writer)
    recorder = Recorder(writer, tape)
    return Voice(recorder, recorder.complaint, tape.begin)


def open_judge(model: str, votes: int) -> Judge:
    """A judge whose replies are kept in the user's cache, so that an answer that stayed is not judged again."""
    writer = _opened(model)
    folder = platformdirs.user_cache_path("roundtable", appauthor=False, ensure_exists=True)
    digest = hashlib.sha256(f"{writer.name}\0{writer.context}".encode()).hexdigest()[:12]
    return Judge(Recorder(writer, new_tape(folder / f"judge-{digest}.jsonl", writer)), votes)


def _opened(model: str) -> Writer:
    from bot.model.providers import open_model
    from bot.settings import read_settings

    return open_model(read_settings({"model": model}))
