"""Asking every case, and keeping what came back; a crash in one case never ends the run."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.types import Answer, Question
from eval.case import Case, Suite
from eval.grade import Grade, crashed, grade, same_answer
from eval.load import Loaded
from index.types import Transcript


class Asked(Protocol):
    """What a suite is put to: the very object users ask."""

    def ask(self, question: Question) -> Answer:
        """Answer a question."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A paraphrase, and whether it got the answer of the case's own question; a crash is not the same answer."""

    text: str
    same: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """A case with the answer it got: ``answer`` None means it crashed, ``error`` says how; ``seconds`` by the clock."""

    case: Case
    answer: Answer | None
    error: str | None
    grade: Grade
    seconds: float
    phrasings: tuple[Phrasing, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A suite's results, in the order of its file. ``whole`` is False when only some of its cases were asked."""

    suite: Suite
    transcript: Transcript
    results: tuple[Result, ...]
    whole: bool


Progress = Callable[[Case], None]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cases to ask; empty means all."""

    types: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    splits: frozenset[str] = frozenset()

    def takes(self, case: Case) -> bool:
        """Whether a case is chosen."""
        entry = case.entry
        wanted = ((self.types, entry.type), (self.ids, entry.id), (self.splits, entry.split))
        return all(not chosen or value in chosen for chosen, value in wanted)


EVERYTHING = Choice()


def run(loaded: Loaded, bot: Asked, *, choice: Choice = EVERYTHING, progress: Progress = lambda _: None) -> Run:
    """Ask the chosen cases one by one."""
    chosen = [case for case in loaded.suite.cases if choice.takes(case)]
    results = tuple(_ask_all(chosen, bot, loaded.transcript, progress))
    return Run(loaded.suite, loaded.transcript, results, len(chosen) == len(loaded.suite.cases))


def _ask_all(cases: Iterable[Case], bot: Asked, transcript: Transcript, progress: Progress) -> Iterable[Result]:
    for case in cases:
        yield _result(case, bot, transcript)
        progress(case)


def _result(case: Case, bot: Asked, transcript: Transcript) -> Result:
    began = time.perf_counter()
    answer, error = _answer(bot, case.question(transcript=transcript.id))
    seconds = time.perf_counter() - began
    graded = grade(case, answer, transcript) if answer else crashed(case)
    phrasings = tuple(_phrasing(case, text, answer, bot, transcript) for text in case.entry.paraphrases)
    return Result(case, answer, error, graded, seconds, phrasings)


def _phrasing(case: Case, text: str, plain: Answer | None, bot: Asked, transcript: Transcript) -> Phrasing:
    answer, error = _answer(bot, case.question(transcript=transcript.id, text=text))
    return Phrasing(text, bool(answer and plain and same_answer(plain, answer)), error)


def _answer(bot: Asked, question: Question) -> tuple[Answer | None, str | None]:
    try:
        return bot.ask(question), None
    except Exception as error:  # noqa: BLE001  whatever breaks is this case's failure, and the others are still asked
        where = traceback.extract_tb(error.__traceback__)[-1]
        return None, f"{type(error).__name__}: {error} ({where.filename}:{where.lineno})"
