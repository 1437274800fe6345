"""How sure an answer is: a few signals of the evidence, weighed by a small logistic rule that ships as a readable file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

import numpy as np

from index.types import Hit

from ..answer_type import types_of
from ..evidence import Evidence
from ..question import Asked
from ..reading import idf, read

_WINDOW = 2  # sentences on either side of the best one in which the rest of the question may be matched

# How well even the worst quarter of the tokens must then be matched: .69 where "first snow" is asked, and on stage was "first
# honey". From 0 to .72 it decides nothing else of 500 interview questions.
_SAME = 0.72
_FOCUS = 3  # tokens of the question, those its answer must match most (index/attention.py)


@dataclass(frozen=True, slots=True)
class Rule:
    """A logistic rule: probability = 1 / (1 + exp(-(bias + sum of weight x signal))); and the bars of the outcomes."""

    bias: float
    weights: Mapping[str, float]
    answer: float
    related: float


Way = Literal["same", "to_chinese", "to_english"]
"""From the script of a question to that of the transcript."""
Rules = Callable[[Way], Rule]


@cache
def shipped(way: Way) -> Rule:
    """The rule fitted on development data: what matches nothing still matches by more in one script than across two, and
    a Chinese question an English talk by more than an English one a Chinese talk.
    """
    found = tomllib.loads((resources.files("bot.judging") / "confidence.toml").read_text("utf-8"))
    table = found[way]
    return Rule(table["bias"], table["weights"], table["answer"], table["related"])


def probability(rule: Rule, signals: Mapping[str, float]) -> float:
    """How likely the best evidence answers the question."""
    return 1 / (1 + math.exp(-(rule.bias + sum(weight * signals[name] for name, weight in rule.weights.items()))))


def way(asked: Asked, evidence: Evidence) -> Way:
    """From which script to which the question is asked."""
    chinese = _is_cjk(evidence.transcript.text[:2000])
    if _is_cjk(asked.text) == chinese:
        return "same"
    return "to_chinese" if chinese else "to_english"


@lru_cache(maxsize=64)
def _is_cjk(text: str) -> bool:
    han = sum(1 for c in text if "\u3400" <= c <= "\u9fff")
    return han * 4 >= len(text.replace(" ", ""))


def signals(asked: Asked, evidence: Evidence, hits: Sequence[Hit], best: int) -> dict[str, float]:
    """What speaks for the best sentence, each about 0 to 1.

    All are absolute: how far the best stands out among its fellows says little of whether anything answers. ``near`` and
    ``match`` are the best passage's cosine and MaxSim; ``weakest`` is the mean over the quarter of the question's tokens
    that the best sentence and its neighbours match worst, ``focus`` that over the ``_FOCUS`` tokens that count most,
    ``elsewhere`` that over the quarter that some other place
    matches better, by how much: a near miss has the topic here and the thing asked for nowhere, or elsewhere.
    ``around`` is the share of the topic's idf mass within the window, ``typed`` whether the sentence holds what the
    question's type asks for (.5 where it asks for nothing that can be told).
    """
    reading = read(evidence.transcript)
    rare = idf(asked.topic, reading)
    window = _window(evidence, best)
    near = frozenset[str]().union(*(reading.words[n] for n in window))
    weakest, focus, elsewhere = _matched(evidence, window)
    typed = [float(evidence.features[f"holds_{kind}"][best]) for kind in types_of(asked)]
    return {
        "match": max((hit.legs.maxsim for hit in hits if hit.legs.maxsim is not None), default=0.0),
        "near": max((hit.legs.dense for hit in hits if hit.legs.dense is not None), default=0.0),
        "weakest": weakest,
        "focus": focus,
        "elsewhere": elsewhere,
        "around": sum(w for t, w in rare.items() if t in near) / (sum(rare.values()) or 1.0),
        "typed": min(typed, default=0.5),
    }


def _window(evidence: Evidence, best: int) -> list[int]:
    """The best sentence and its neighbours in the same turn; where that opens a reply, also the question it replies to, if
    that may be the visitor's.
    """
    first, last = max(0, best - _WINDOW), min(len(evidence.turns), best + _WINDOW + 1)
    own = [n for n in range(first, last) if evidence.turns[n] == evidence.turns[best]]
    put = _replied_to(evidence, own[0])
    return [*put, *own] if put and _matched(evidence, [*put, *own])[0] >= _SAME else own


def _replied_to(evidence: Evidence, first: int) -> list[int]:
    """The sentences just before a turn's first one that put a question to its speaker."""
    before = range(max(0, first - _WINDOW), first)
    return [n for n in before if evidence.handed_on[n] and evidence.turns[n] == evidence.turns[first] - 1]


def _matched(evidence: Evidence, window: Sequence[int]) -> tuple[float, float, float]:
    if not len(evidence.words):
        return 0.0, 0.0, 0.0
    here = evidence.words[:, list(window)].max(axis=1)
    behind = np.sort(evidence.words.max(axis=1) - here)
    quarter = max(1, len(here) // 4)
    asked = here[np.argsort(-evidence.weights, kind="stable")[:_FOCUS]]
    return float(np.sort(here)[:quarter].mean()), float(asked.mean()), float(behind[-quarter:].mean())
