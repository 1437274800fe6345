"""A question with everything found for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Hit

from ..evidence import Evidence
from ..question import Asked
from ..stage import Stage
from . import confidence


@dataclass(frozen=True, slots=True)
class Case:
    """A question with everything found for it."""

    stage: Stage
    asked: Asked
    evidence: Evidence
    hits: Sequence[Hit]
    speaker: str | None = None
    """Whose words alone may be quoted, by the visitor's filter."""
    others: tuple[str, ...] = ()
    """Speakers already heard, where the others are asked for."""
    rules: confidence.Rules = confidence.shipped
    bare: Case | None = None
    """The same question without the one speaker it names, judged over everybody's words."""

    def probability(self, best: int) -> float:
        """How likely sentence ``best`` answers."""
        rule = self.rules(confidence.way(self.asked, self.evidence))
        return confidence.probability(rule, confidence.signals(self.asked, self.evidence, self.hits, best))
