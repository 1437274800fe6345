"""Recall in characters and ranks of hits against gold lines, as the fair columns to compare passage sizes by."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BUDGETS = (300, 1000, 3000)  # characters shown
NAMES = (*(f"recall@{n}" for n in BUDGETS), "hit@1", "hit@5", "mrr@10")
_LABEL = re.compile(r"^[^:：]{1,40}[:：]\s*")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """A question with the spans of its gold lines; labels of speakers are part of neither gold nor what is shown."""

    id: str
    transcript: str
    text: str
    gold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """A set: its texts, which characters are labels, and its answerable questions."""

    name: str
    texts: dict[str, str]
    labels: dict[str, NDArray[np.bool_]]
    questions: tuple[Known, ...]


def load(folder: Path, every: int = 1) -> Suite:
    """Read a set of ``transcripts/ID.txt``, ``questions.jsonl`` and ``meta.json``; every n-th transcript of it."""
    spoken = json.loads((folder / "meta.json").read_text("utf-8"))["has_speakers"]
    texts = {p.stem: p.read_bytes().decode("utf-8") for p in sorted((folder / "transcripts").glob("*.txt"))[::every]}
    lines: dict[str, list[Span]] = {}
    labels: dict[str, NDArray[np.bool_]] = {}
    for id, text in texts.items():
        at, lines[id], labels[id] = 0, [], np.zeros(len(text) + 1, bool)
        for line in text.split("\n"):
            label = _LABEL.match(line) if spoken else None
            own = at + (label.end() if label else 0)
            labels[id][at:own] = True
            lines[id].append((own, at + len(line)))
            at += len(line) + 1
    rows = map(json.loads, (folder / "questions.jsonl").read_text("utf-8").splitlines())
    questions = (
        Known(q["id"], t, q["question"], tuple(lines[t][n - 1] for n in q["gold_lines"] if n <= len(lines[t])))
        for q in rows
        if (t := q["transcript"]) in texts and q.get("answerable", True) and q.get("gold_lines")
    )
    return Suite(folder.name, texts, labels, tuple(q for q in questions if any(a < b for a, b in q.gold)))


def measure(suite: Suite, question: Known, hits: Sequence[Span]) -> list[float]:
    """The values of ``NAMES`` for one question, its hits best first."""
    gold = np.zeros_like(suite.labels[question.transcript])
    for start, end in question.gold:
        gold[start:end] = True
    seen = suite.labels[question.transcript].copy()
    shown = []
    for start, end in hits:
        shown.append(np.arange(start, end)[~seen[start:end]])
        seen[start:end] = True
    order = np.concatenate([np.zeros(0, np.int64), *shown])
    found = [any(start < b and end > a for a, b in question.gold) for start, end in hits[:10]]
    rank = found.index(True) + 1 if True in found else 0
    recalls = [float(gold[order[:n]].sum()) / min(int(gold.sum()), n) for n in BUDGETS]
    return [*recalls, float(rank == 1), float(0 < rank <= 5), 1 / rank if rank else 0.0]


def interval(ours: NDArray[np.float64], theirs: NDArray[np.float64], draws: int = 2000) -> tuple[float, float]:
    """95 % interval of the ratio of two means over the same questions, by paired bootstrap."""
    picks = np.random.default_rng(0).integers(0, len(ours), (draws, len(ours)))
    ratios = ours[picks].mean(axis=1) / np.maximum(theirs[picks].mean(axis=1), 1e-9)
    low, high = np.percentile(ratios, [2.5, 97.5])
    return float(low), float(high)
