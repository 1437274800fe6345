"""A transcript's sentences, weighed as answers to a question: what is read off them again and again."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import Floats, Sentence, Transcript, Turn, TurnKind

NEVER = -99.0  # the score of what may not be quoted; any other stays far above half of it
Rows = NDArray[np.bool_]
"""Which of a transcript's sentences [n]."""


@cache
def fitted() -> Mapping[str, Any]:
    """The weights of the features and the scale of the scores, from the file that benchmarks/fit_evidence.py writes."""
    return tomllib.loads((resources.files("bot") / "evidence.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A transcript's sentences with their scores [n] and the features behind them [n] each."""

    transcript: Transcript
    sentences: tuple[Sentence, ...]
    turns: NDArray[np.int32]
    scores: Floats
    features: dict[str, Floats]
    words: Floats
    """How well each token of the question is matched by each sentence [q, n], as cosine."""
    weights: Floats
    """How much each token of the question counts [q]; they sum to 1."""
    handed_on: Rows
    """Which sentences put a question to the next speaker [n]."""
    dense: Floats
    """Raw cosines, for confidence; they mean nothing alone."""

    def text(self, n: int) -> str:
        """The words of sentence n."""
        return self.transcript.text[self.sentences[n].start : self.sentences[n].end]

    def speaker(self, n: int) -> str | None:
        """Whose words sentence n is."""
        return self.turn(n).speaker

    def kind(self, n: int) -> TurnKind:
        """The kind of the turn of sentence n."""
        return self.turn(n).kind

    def turn(self, n: int) -> Turn:
        """The turn of sentence n."""
        return self.transcript.turns[int(self.turns[n])]

    @property
    def quotable(self) -> Rows:
        """The sentences that may be quoted at all."""
        return np.asarray(self.scores > NEVER / 2)

    def by(self, *speakers: str | None) -> Rows:
        """The sentences of these speakers."""
        return self._of_turns(turn.speaker in speakers for turn in self.transcript.turns)

    def about(self, person: str) -> Rows:
        """The sentences of somebody's introduction."""
        return self._of_turns(turn.about == person for turn in self.transcript.turns)

    def _of_turns(self, which: Iterable[bool]) -> Rows:
        return np.fromiter(which, bool, len(self.transcript.turns))[self.turns]

    def is_one_paragraph(self, a: int, b: int) -> bool:
        """Whether no line ends between two sentences of one turn."""
        first, last = sorted((a, b))
        between = slice(self.sentences[first].end, self.sentences[last].start)
        return bool(self.turns[a] == self.turns[b]) and "\n" not in self.transcript.text[between]

    def top(self, allowed: Rows) -> float:
        """The best score among the sentences allowed; ``NEVER`` if there is none."""
        return float(np.where(allowed, self.scores, NEVER).max(initial=NEVER))

    def shares(self, allowed: Rows) -> Floats:
        """How likely each sentence is the one that answers, if one of those allowed does; they sum to 1."""
        scores = np.where(allowed, self.scores, NEVER)
        odds = np.exp((scores - scores.max(initial=NEVER)) / np.float32(fitted()["scale"]))
        odds[scores <= NEVER / 2] = 0
        return np.asarray(odds / max(float(odds.sum()), 1e-9), np.float32)

    def best(self, allowed: Rows | None = None) -> int | None:
        """The best sentence among those allowed; None if there is none."""
        scores = self.scores if allowed is None else np.where(allowed, self.scores, NEVER)
        top = int(np.argmax(scores)) if len(scores) else -1
        return top if top >= 0 and scores[top] > NEVER / 2 else None
