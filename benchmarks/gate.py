"""How often the gate is wrong: false alarms over simulated no-ops, and detection of planted breaks.

usage: python -m benchmarks.gate [TRIALS]      (default 200; two minutes, no model is run)

What passes is what passes in the packaged suite's baseline. On the deterministic path a no-op flips nothing at home. On
another machine some of the cases marked fragile flip, each with the chance that the stand-ins of the baseline had on
average (``benchmarks.other_machines`` measures real stand-ins instead of drawing them). In noisy runs (a language
model) every case passes or fails anew in both runs. A break of 5 % makes so many of all cases fail that passed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bot.types import Answer, Outcome
from eval.baseline import Baseline, Encoder, Entry, new_baseline, read_baseline
from eval.chance import rate
from eval.gate import judge
from eval.grade import Grade
from eval.load import SUITES, Loaded, load
from eval.lookup import finder
from eval.machine import Machine
from eval.run import Result, Run

HOME = Machine(system="Linux", architecture="x86_64", features=("avx2",), libraries={})
ELSEWHERE = HOME.model_copy(update={"features": ("avx512f",)})
ENCODER = Encoder(name="simulated", fingerprint="0")
FLIPPING = 0.3  # of the fragile cases, on one stand-in: 2 to 11 flipped of about 20 that any of seven flipped
WOBBLES = (0.05, 0.10, 0.15)  # chance that a case ends otherwise than it mostly does, in any run with the same model
Passed = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Suite:
    """The packaged suite, what passed of it, and which of it is fragile."""

    loaded: Loaded
    passed: Passed
    fragile: Passed
    baseline: Baseline
    rng: np.random.Generator

    def run(self, was: Passed, mode: str = "verbatim") -> Run:
        """A run in which these cases passed; ranking does not vary, the rest goes with the verdict."""
        results = []
        for case, ok in zip(self.loaded.suite.cases, was, strict=True):
            measures = {"passed": ok, "outcome": ok, "nuggets": ok, "citation_recall": ok, "recall@5": 1, "mrr@10": 1}
            grade = Grade({k: float(v) for k, v in measures.items()}, () if ok else ("outcome",), (), bool(ok))
            answer = Answer("", "", Outcome.ANSWER, None, "zh", "", mode=mode)
            entry = case.entry.model_copy(update={"locked": False})
            results.append(Result(replace(case, entry=entry), answer, None, grade, 0.0))
        return Run(self.loaded.suite, self.loaded.transcript, tuple(results), whole=True)

    def before(self, was: Passed, mode: str = "verbatim") -> Baseline:
        """The baseline such a run would be, with the fragile cases marked."""
        entry = Entry(date="2026-11-24", reason="simulated", passed=0, cases=0)
        plain = new_baseline(self.run(was, mode), ENCODER, HOME, entry=entry, old=None)
        marked = zip(plain.cases, self.fragile, strict=True)
        cases = tuple(case.model_copy(update={"fragile": bool(fragile)}) for case, fragile in marked)
        return plain.model_copy(update={"cases": cases, "noise": self.baseline.noise})

    def noisy(self, wobble: float) -> Passed:
        """What passes in one run with a language model."""
        return self.rng.random(len(self.passed)) < np.where(self.passed, 1 - wobble, wobble)

    def broken(self, was: Passed, share: float) -> Passed:
        """The same, with so many of all cases failing that passed."""
        hit = self.rng.choice(np.flatnonzero(was), size=round(share * len(was)), replace=False)
        return was & ~np.isin(np.arange(len(was)), hit)

    def elsewhere(self) -> Passed:
        """What passes on another machine."""
        return self.passed ^ (self.fragile & (self.rng.random(len(self.passed)) < FLIPPING))


def main(trials: int) -> None:
    """Print every rate with its 95 % interval."""
    suite = packaged()
    past = suite.before(suite.passed)

    def at_home(was: Passed) -> bool:
        return judge(suite.run(was), past, HOME, ENCODER).ok

    def written(wobble: float, share: float) -> bool:
        now = suite.run(suite.broken(suite.noisy(wobble), share), "llm")
        return judge(now, suite.before(suite.noisy(wobble), "llm"), HOME, ENCODER).ok

    simulated: dict[str, Callable[[], bool]] = {
        "false alarms, same machine": lambda: at_home(suite.passed),
        "false alarms, another machine": lambda: judge(suite.run(suite.elsewhere()), past, ELSEWHERE, ENCODER).ok,
        "detected, same machine, 2 % break": lambda: at_home(suite.broken(suite.passed, 0.02)),
        "detected, same machine, 5 % break": lambda: at_home(suite.broken(suite.passed, 0.05)),
    }
    for wobble in WOBBLES:
        for share in (0.0, 0.05, 0.10):
            what = f"detected, {100 * share:.0f} % break" if share else "false alarms"
            simulated[f"{what}, runs that wobble by {100 * wobble:.0f} %"] = partial(written, wobble, share)
    print(f"{len(suite.passed)} cases, {suite.passed.sum()} pass, {suite.fragile.sum()} fragile; {trials} trials each")
    for name, is_green in simulated.items():
        red = rate([float(not is_green()) for _ in range(trials)])
        print(f"{name:<46} {100 * (red.value or 0):5.1f} % [{100 * red.low:.1f} {100 * red.high:.1f}]", flush=True)


def packaged() -> Suite:
    """The packaged suite and its committed baseline; a case without a past counts as failed."""
    loaded = load(SUITES / "a-plan-01.yaml", finder(None))
    baseline = read_baseline(SUITES.parent / "baselines" / "a-plan-01.json", loaded.suite)
    past = {case.id: case for case in baseline.cases}
    known = [past.get(case.entry.id) for case in loaded.suite.cases]
    passed = np.array([bool(case and case.passed) for case in known])
    fragile = np.array([bool(case and case.fragile) for case in known])
    return Suite(loaded, passed, fragile, baseline, np.random.default_rng(20261124))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
