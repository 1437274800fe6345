"""How sure an answer is: a few signals of the evidence, weighed by a small logistic rule that ships as a readable file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from index.types import Hit

from .evidence import NEVER, Evidence
from .question import Asked
from .reading import idf, read

_WINDOW = 2  # sentences on either side of the best one in which its topic may be spelt out


@dataclass(frozen=True, slots=True)
class Rule:
    """A logistic rule: probability = 1 / (1 + exp(-(bias + sum of weight x signal))); and the bars of the outcomes."""

    bias: float
    weights: Mapping[str, float]
    answer: float
    related: float


Rules = Callable[[bool], Rule]
"""Gives the rule, for a question in another script than the transcript's or in the same."""


@cache
def shipped(cross: bool) -> Rule:
    """The rule fitted on development data; another where question and transcript are of different scripts."""
    found = tomllib.loads((resources.files("bot") / "confidence.toml").read_text("utf-8"))
    table = found["cross" if cross else "same"]
    return Rule(table["bias"], table["weights"], table["answer"], table["related"])


def probability(rule: Rule, signals: Mapping[str, float]) -> float:
    """How likely the best evidence answers the question."""
    return 1 / (1 + math.exp(-(rule.bias + sum(weight * signals[name] for name, weight in rule.weights.items()))))


def is_cross(asked: Asked, evidence: Evidence) -> bool:
    """Whether the question is written in another script than the transcript."""
    return _is_cjk(asked.text) != _is_cjk(evidence.transcript.text[:2000])


def _is_cjk(text: str) -> bool:
    han = sum(1 for c in text if "\u3400" <= c <= "\u9fff")
    return han * 4 >= len(text.replace(" ", ""))


def signals(asked: Asked, evidence: Evidence, hits: Sequence[Hit], best: int) -> dict[str, float]:
    """What speaks for the best sentence, each about 0 to 1."""
    reading = read(evidence.transcript)
    rare = idf(asked.topic, reading)
    total = sum(rare.values()) or 1.0
    near = frozenset[str]().union(*reading.words[max(0, best - _WINDOW) : best + _WINDOW + 1])
    ranked = np.sort(evidence.scores[evidence.scores > NEVER / 2])[::-1]
    late = [hit.legs.maxsim for hit in hits if hit.legs.maxsim is not None]
    return {
        "maxsim": max(late, default=0.0),
        "dense": float(evidence.dense[best]),
        "late": float(evidence.features["late"][best]) / 3,
        "dense_z": float(evidence.features["dense"][best]) / 5,
        "sparse_z": min(float(evidence.features["sparse"][best]) / 10, 1.5),
        "coverage": sum(w for t, w in rare.items() if t in reading.words[best]) / total,
        "around": sum(w for t, w in rare.items() if t in near) / total,
        "unseen": sum(w for t, w in rare.items() if t not in reading.held) / total,
        "passage": float(evidence.features["passage"][best]),
        "cue": float(evidence.features["kind"][best]),
        "margin": float(ranked[0] - ranked[min(3, len(ranked) - 1)]) / 3 if len(ranked) else 0.0,
        "topic": min(len(asked.topic), 10) / 10,
    }
