"""How often the gate is wrong: false alarms over simulated no-ops, and detection of planted breaks.

usage: python -m benchmarks.gate [TRIALS] [BASELINE]      (default 200; twenty minutes, no model is run)

What passes is what passes in the packaged suite's baseline (or in another one, or in a results.json). On the
deterministic path a no-op flips nothing at home. On another machine some of the cases marked fragile flip, each with the
chance that the stand-ins of the baseline had on average (``benchmarks.other_machines`` measures real stand-ins instead of
drawing them). In noisy runs (a language model) every take of every case ends otherwise than it mostly does with some
chance, in both runs. A break of 5 % makes so many of all cases, drawn from those that mostly pass, fail in every take.

The measures of an answer either go with its verdict, or each wobbles on its own. Real ones lie between: the gate adjusts
for testing several, which costs nothing in the first case and most in the second.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.types import Answer, Outcome
from eval.baseline import Baseline, Encoder, Entry, new_baseline, read_baseline
from eval.case import Case
from eval.chance import rate
from eval.gate import judge
from eval.grade import Grade
from eval.load import SUITES, Loaded, load
from eval.lookup import finder
from eval.machine import Machine
from eval.run import Result, Run, Take

HOME = Machine(system="Linux", architecture="x86_64", features=("avx2",), libraries={})
ELSEWHERE = HOME.model_copy(update={"features": ("avx512f",)})
ENCODER = Encoder(name="simulated", fingerprint="0")
FLIPPING = 0.5  # of the fragile cases, on one stand-in: 17 to 21 flipped of 39 that any of seven flipped
WOBBLES = (0.05, 0.10, 0.15)  # chance that a take ends otherwise than its case mostly does, with the same model
TAKES = (1, 3)
VARY = ("passed", "outcome", "nuggets", "citation_recall")  # measures a model's words move; ranking is none of them
Passed = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Suite:
    """The packaged suite without locks, what passed of it, and which of it is fragile."""

    loaded: Loaded
    cases: tuple[Case, ...]
    passed: Passed
    fragile: Passed
    baseline: Baseline
    rng: np.random.Generator

    def run(self, takes: Passed, mode: Literal["verbatim", "llm"] = "verbatim") -> Run:
        """A run with these (takes, cases, measures) that came out well; ranking does not vary."""
        answer = Answer("", "", Outcome.ANSWER, None, "zh", "", mode=mode)
        results = []
        for number, case in enumerate(self.cases):
            first, *rest = (Take(answer, None, _grade(take[number]), 0.0) for take in takes)
            passes = 2 * takes[:, number, 0].sum() > len(takes)
            shown = next(take for take in (first, *rest) if take.grade.passed == passes)
            others = tuple(take for take in (first, *rest) if take is not shown)
            results.append(Result(case, answer, None, shown.grade, 0.0, (), others))
        return Run(self.loaded.suite, self.loaded.transcript, tuple(results), whole=True)

    def before(self, takes: Passed, mode: Literal["verbatim", "llm"] = "verbatim") -> Baseline:
        """The baseline such a run would be, with the fragile cases marked."""
        entry = Entry(date="2026-11-24", reason="simulated", passed=0, cases=0)
        plain = new_baseline(self.run(takes, mode), ENCODER, HOME, entry=entry, old=None)
        marked = zip(plain.cases, self.fragile, strict=True)
        cases = tuple(case.model_copy(update={"fragile": bool(fragile)}) for case, fragile in marked)
        return plain.model_copy(update={"cases": cases, "noise": self.baseline.noise})

    def once(self, passed: Passed) -> Passed:
        """The takes of a run in which these cases passed."""
        return np.repeat(passed[None, :, None], len(VARY), axis=2)

    def noisy(self, wobble: float, takes: int, apart: bool) -> Passed:
        """The takes of one run with a language model."""
        drawn = self.rng.random((takes, len(self.passed), len(VARY) if apart else 1))
        well = drawn < np.where(self.passed, 1 - wobble, wobble)[None, :, None]
        return np.broadcast_to(well, (takes, len(self.passed), len(VARY)))

    def whole(self, share: float) -> Passed:
        """The cases that still work after so many of all broke that passed."""
        count = round(share * len(self.passed))
        hit = self.rng.choice(np.flatnonzero(self.passed), size=count, replace=False)
        return ~np.isin(np.arange(len(self.passed)), hit)

    def elsewhere(self) -> Passed:
        """What passes on another machine."""
        return self.passed ^ (self.fragile & (self.rng.random(len(self.passed)) < FLIPPING))


def _grade(well: Passed) -> Grade:
    measures = {**dict(zip(VARY, map(float, well), strict=True)), "recall@5": 1.0, "mrr@10": 1.0}
    return Grade(measures, () if well[0] else ("outcome",), (), bool(well[0]))


def main(trials: int, baseline: Path | None) -> None:
    """Print every rate with its 95 % interval."""
    suite = packaged(baseline)
    past = suite.before(suite.once(suite.passed))

    def at_home(share: float) -> bool:
        now = suite.once(suite.passed & suite.whole(share))
        return judge(suite.run(now), past, HOME, ENCODER).ok

    def abroad() -> bool:
        return judge(suite.run(suite.once(suite.elsewhere())), past, ELSEWHERE, ENCODER).ok

    def written(wobble: float, share: float, takes: int, apart: bool) -> bool:
        now = suite.noisy(wobble, takes, apart) & suite.whole(share)[None, :, None]
        was = suite.noisy(wobble, takes, apart)
        return judge(suite.run(now, "llm"), suite.before(was, "llm"), HOME, ENCODER).ok

    simulated: dict[str, Callable[[], bool]] = {
        "same machine, no-op": partial(at_home, 0.0),
        "another machine, no-op": abroad,
        "same machine, 2 % break": partial(at_home, 0.02),
        "same machine, 5 % break": partial(at_home, 0.05),
    }
    kinds = [(takes, apart, wobble) for takes in TAKES for apart in (False, True) for wobble in WOBBLES]
    for takes, apart, wobble in kinds:
        for share in (0.0, 0.10) if apart else (0.0, 0.05, 0.10):
            broken = f"{100 * share:.0f} % break" if share else "no-op"
            name = f"wobble {100 * wobble:.0f} %, takes {takes}, measures {'apart' if apart else 'together'}, {broken}"
            simulated[name] = partial(written, wobble, share, takes, apart)
    print(f"{len(suite.passed)} cases, {suite.passed.sum()} pass, {suite.fragile.sum()} fragile; {trials} trials each")
    for name, is_green in simulated.items():
        red = rate([float(not is_green()) for _ in range(trials)])
        print(f"red {100 * (red.value or 0):5.1f} % [{100 * red.low:.1f} {100 * red.high:.1f}]  {name}", flush=True)


def packaged(path: Path | None) -> Suite:
    """The packaged suite and its past; a case without one is left out."""
    loaded = load(SUITES / "a-plan-01.yaml", finder(None))
    baseline = read_baseline(path or SUITES.parent / "baselines" / "a-plan-01.json", loaded.suite)
    past = {case.id: case for case in baseline.cases}
    bare = {"locked": False, "paraphrases": (), "nuggets": (), "must_not": (), "evidence": ()}  # hashed in every trial
    cases = tuple(
        replace(case, entry=case.entry.model_copy(update=bare)) for case in loaded.suite.cases if case.id in past
    )
    known = [past[case.id] for case in cases]
    passed, fragile = np.array([case.passed for case in known]), np.array([case.fragile for case in known])
    return Suite(loaded, cases, passed, fragile, baseline, np.random.default_rng(20261124))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
