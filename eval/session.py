"""One suite from its file to its finding: load, ask, summarise, judge, and accept as the new past."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.types import Answer
from eval.baseline import Baseline, Encoder, Entry, baseline_path, new_baseline, read_baseline
from eval.gate import judge
from eval.lint import lint
from eval.load import Loaded
from eval.machine import peak_memory, this_machine
from eval.report.finding import Cost, Finding, Window
from eval.run import ONCE, Asked, Choice, Progress, Takes, run
from eval.source import SuiteError
from eval.summary import summarise
from index.types import Transcript


@dataclass(frozen=True, slots=True)
class Subject:
    """What is evaluated: the chatbot, the encoder it searches with, and the seconds it took to open.

    ``windows`` says how sentences scored for an answer, where the chatbot can tell; ``takes`` how often it is asked.
    """

    bot: Asked
    encoder: Encoder
    cold: float
    windows: Callable[[Answer, Transcript], tuple[Window, ...]] = lambda _answer, _transcript: ()
    takes: Takes = ONCE


def refuse_unsound(loaded: Loaded) -> None:
    """Stop before asking anything when lint finds errors.

    Raises:
        SuiteError: with one message per error.
    """
    found = [finding for finding in lint(loaded) if finding.error]
    if found:
        raise SuiteError(*(f"{loaded.suite.path}:{f.line}: {f.case!r} {f.message}" for f in found))


def known_past(loaded: Loaded, given: Path | None) -> Baseline | None:
    """The baseline to compare with: the one given, else the suite's own if it has one."""
    path = given or baseline_path(loaded.suite)
    return read_baseline(path, loaded.suite) if given or path.exists() else None


def evaluate(
    loaded: Loaded, subject: Subject, baseline: Baseline | None, *, choice: Choice, progress: Progress
) -> Finding:
    """Ask the chosen cases and judge the answers.

    Raises:
        SuiteError: no case is chosen.
    """
    began = time.perf_counter()
    finished = run(loaded, subject.bot, choice=choice, takes=subject.takes, progress=progress)
    if not finished.results:
        raise SuiteError(f"no case of {loaded.suite.name!r} is chosen; see the ids and types in {loaded.suite.path}")
    machine = this_machine()
    cost = Cost(subject.cold, time.perf_counter() - began, peak_memory())
    verdict = judge(finished, baseline, machine, subject.encoder)
    return Finding(finished, summarise(finished.results), verdict, baseline, machine, subject.encoder, cost)


def accept(finding: Finding, reason: str) -> Baseline:
    """The run as the new past, with why it was accepted.

    Raises:
        SuiteError: only some cases were asked, or a case crashed or broke an invariant: no past worth keeping.
    """
    run_ = finding.run
    if not run_.whole:
        raise SuiteError("a baseline needs every case; leave out --only, --case and --split")
    broken = [
        result.case.id
        for result in run_.results
        if any(take.answer is None or take.grade.faults for take in result.takes)
    ]
    if broken:
        raise SuiteError(f"{len(broken)} cases crashed or cite inexactly ({', '.join(broken[:5])}); mend them first")
    passed = sum(result.grade.passed for result in run_.results)
    today = datetime.now(UTC).date().isoformat()
    entry = Entry(date=today, reason=reason, passed=passed, cases=len(run_.results))
    return new_baseline(run_, finding.encoder, finding.machine, entry=entry, old=finding.baseline)
