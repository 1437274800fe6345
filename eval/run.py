"""Asking every case, and keeping what came back; a crash in one case never ends the run."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean
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
class Take:
    """One answer to a case: ``answer`` None means it crashed, ``error`` says how; ``seconds`` by the clock."""

    answer: Answer | None
    error: str | None
    grade: Grade
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """A case with the answer it got, as in ``Take``.

    Asked several times, the answer is the first whose verdict is that of more than half of them (a tie fails), and
    ``others`` are the rest.
    """

    case: Case
    answer: Answer | None
    error: str | None
    grade: Grade
    seconds: float
    phrasings: tuple[Phrasing, ...] = ()
    others: tuple[Take, ...] = ()

    @property
    def takes(self) -> tuple[Take, ...]:
        """Every answer, the shown one first."""
        return (Take(self.answer, self.error, self.grade, self.seconds), *self.others)

    @property
    def measures(self) -> dict[str, float]:
        """Each measure's mean over the takes it applies to; ``passed`` is the share of takes that pass."""
        if not self.others:
            return self.grade.measures
        scored = [take.grade.measures for take in self.takes]
        names = dict.fromkeys(name for measures in scored for name in measures)
        return {name: fmean(measures[name] for measures in scored if name in measures) for name in names}


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


@dataclass(frozen=True, slots=True)
class Takes:
    """How often each case is asked; ``begin`` is told which time it is, from 1."""

    count: int = 1
    begin: Callable[[int], None] = lambda _take: None


ONCE = Takes()


def run(
    loaded: Loaded, bot: Asked, *, choice: Choice = EVERYTHING, takes: Takes = ONCE, progress: Progress = lambda _: None
) -> Run:
    """Ask the chosen cases one by one."""
    results = []
    for case in filter(choice.takes, loaded.suite.cases):
        results.append(_result(case, bot, loaded.transcript, takes))
        progress(case)
    return Run(loaded.suite, loaded.transcript, tuple(results), len(results) == len(loaded.suite.cases))


def _result(case: Case, bot: Asked, transcript: Transcript, takes: Takes) -> Result:
    asked = []
    for number in range(1, takes.count + 1):
        takes.begin(number)
        asked.append(_take(case, bot, transcript))
    passes = 2 * sum(take.grade.passed for take in asked) > len(asked)
    shown = next(take for take in asked if take.grade.passed is passes)
    others = tuple(take for take in asked if take is not shown)
    takes.begin(1)
    phrasings = tuple(_phrasing(case, text, shown.answer, bot, transcript) for text in case.entry.paraphrases)
    return Result(case, shown.answer, shown.error, shown.grade, shown.seconds, phrasings, others)


def _take(case: Case, bot: Asked, transcript: Transcript) -> Take:
    began = time.perf_counter()
    answer, error = _answer(bot, case.question(transcript=transcript.id))
    seconds = time.perf_counter() - began
    return Take(answer, error, grade(case, answer, transcript) if answer else crashed(case), seconds)


def _phrasing(case: Case, text: str, plain: Answer | None, bot: Asked, transcript: Transcript) -> Phrasing:
    answer, error = _answer(bot, case.question(transcript=transcript.id, text=text))
    return Phrasing(text, bool(answer and plain and same_answer(plain, answer)), error)


def _answer(bot: Asked, question: Question) -> tuple[Answer | None, str | None]:
    try:
        return bot.ask(question), None
    except Exception as error:  # noqa: BLE001  whatever breaks is this case's failure, and the others are still asked
        where = traceback.extract_tb(error.__traceback__)[-1]
        return None, f"{type(error).__name__}: {error} ({where.filename}:{where.lineno})"
