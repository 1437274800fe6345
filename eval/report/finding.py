"""Everything a report is made from."""

from __future__ import annotations

from dataclasses import dataclass

from eval.baseline import Baseline, Encoder
from eval.gate import Flip, Verdict
from eval.machine import Machine
from eval.run import Run
from eval.summary import Summary


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: ``cold`` seconds to open the chatbot, ``total`` seconds asking, ``peak`` bytes of memory."""

    cold: float
    total: float
    peak: int


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence that might have been quoted: its place, its score, and what the score is made of."""

    start: int
    end: int
    score: float
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Finding:
    """A run with its verdict, ready to be shown."""

    run: Run
    summary: Summary
    verdict: Verdict
    baseline: Baseline | None
    machine: Machine
    encoder: Encoder
    cost: Cost

    def flip(self, case: str) -> Flip | None:
        """The flip of a case, if it has one."""
        return next((flip for flip in self.verdict.flips if flip.result.case.id == case), None)
