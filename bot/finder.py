"""Finding what a question is judged by: every sentence weighed, and the passages nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.retriever import Retriever
from index.types import Hit, Scope

from .evidence import Evidence
from .followup.leaning import leaned
from .followup.resolved import Resolved
from .hearing import nameless
from .judging.case import Case
from .judging.confidence import Rules
from .question import Asked
from .stage import Stage
from .weigh import weigh

NEAR = 20  # single passages whose rank counts for the sentences in them


@dataclass(frozen=True, slots=True)
class Finder:
    """Puts a question's case together, from one index and by the rules of one encoder."""

    retriever: Retriever
    rules: Rules

    def case(self, stage: Stage, asked: Asked, resolved: Resolved, scope: Scope, speaker: str | None) -> Case:
        """Everything found for a question; where it names speakers, also for the question without the names.

        ``speaker`` is whose words alone may be quoted; what others say is weighed all the same.
        """
        evidence, hits = self._evidence(stage, asked, scope)
        bare = nameless(asked) if not speaker else None
        return Case(
            stage,
            asked,
            leaned(evidence, asked, resolved),
            hits,
            speaker=speaker,
            others=resolved.others,
            rules=self.rules,
            bare=Case(stage, bare, *self._evidence(stage, bare, scope), rules=self.rules) if bare else None,
        )

    def _evidence(self, stage: Stage, asked: Asked, scope: Scope) -> tuple[Evidence, Sequence[Hit]]:
        near = self.retriever.passages(asked.text, scope=replace(scope, speaker=None), k=NEAR)
        return weigh(self.retriever, asked, stage.transcript, card=stage.card, hits=near), near
