"""Fit the confidence rule: logistic regression over the signals, on the panel suite's dev and cal splits and, where a
folder of third-party sets is given, on cmrc2018 and drcd (CC BY-SA). Writes bot/confidence.toml.

usage: fit_confidence.py [SETS_DIR]
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
import yaml

from bot import confidence, evidence
from bot.question import understand
from index.build import build
from index.default import open_default
from index.event import EventCard
from index.retriever import Retriever
from index.source import read_event
from index.store import open_index
from index.types import Scope

SUITE = Path("eval/suites/a-plan-01.yaml")
SETS = {"cmrc2018-dev": 200, "drcd-dev": 200}
NAMES = (
    "maxsim",
    "late",
    "dense",
    "dense_z",
    "sparse_z",
    "coverage",
    "around",
    "unseen",
    "passage",
    "cue",
    "margin",
    "topic",
)
# Shapes and faults that other rules decide before the confidence does.
SKIPPED = {"overview", "followup", "injection", "lost", "false_premise", "wrong_speaker", "about_person"}


def rows_of(retriever, card, transcript, questions):
    for text, good in questions:
        asked = understand(text, card)
        hits = retriever.passages(text, scope=Scope(transcript=transcript.id), k=20)
        found = evidence.weigh(retriever, asked, transcript, card=card, hits=hits)
        best = found.best()
        signals = confidence.signals(asked, found, hits, best)
        yield confidence.is_cross(asked, found), good, [signals[n] for n in NAMES]


def panel(splits):
    index, encoder = open_default()
    transcript, card = index.transcript("a-plan-01"), index.event("a-plan-01").card
    cases = [
        c
        for c in yaml.safe_load(SUITE.read_text("utf-8"))["cases"]
        if c["split"] in splits and c["type"] not in SKIPPED
    ]
    asked = [(q, int(c["answerable"] == "yes")) for c in cases for q in (c["question"], *c.get("paraphrases", ()))]
    yield from rows_of(Retriever(index, encoder), card, transcript, asked)


def third_party(folder: Path, n: int):
    _, encoder = open_default()
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    random.Random(1).shuffle(rows)
    no = [r for r in rows if not r["answerable"]][: n // 2]
    rows = no + [r for r in rows if r["answerable"]][: n - len(no)]
    with tempfile.TemporaryDirectory() as scratch:
        build(Path(scratch), [read_event(folder / "transcripts")], encoder)
        index = open_index(Path(scratch), encoder)
        retriever = Retriever(index, encoder)
        for row in rows:
            transcript = index.transcript(row["transcript"])
            asked = [(row["question"], int(row["answerable"]))]
            yield from rows_of(retriever, EventCard(title="-"), transcript, asked)


def fit(x, y, weight):
    """Ridge-regularised logistic regression by Newton's method."""
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    ridge = np.eye(x.shape[1])
    ridge[-1, -1] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + ridge @ w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge
        w -= np.linalg.solve(hessian, gradient)
    return w


def auroc(p, y):
    good, bad = p[y == 1], p[y == 0]
    return (
        float((good[:, None] > bad[None]).mean() + 0.5 * (good[:, None] == bad[None]).mean())
        if len(good) and len(bad)
        else float("nan")
    )


def main():
    found = [("panel", *r) for r in panel({"dev", "cal"})]
    if len(sys.argv) > 1:
        for name, n in SETS.items():
            found += [(name, *r) for r in third_party(Path(sys.argv[1]) / name, n)]
    held = list(panel({"test"})) if "--test" in sys.argv else []
    text = [
        f"# Fitted by benchmarks/fit_confidence.py; data: {', '.join(sorted({f[0] for f in found}))}; suite {hashlib.sha256(SUITE.read_bytes()).hexdigest()[:12]}"
    ]
    for key, cross in (("same", False), ("cross", True)):
        mine = [f for f in found if f[1] == cross]
        x, y = np.array([f[3] for f in mine]), np.array([f[2] for f in mine])
        source = np.array([f[0] for f in mine])
        weight = np.where(
            source == "panel", max(1.0, (source != "panel").sum() / max((source == "panel").sum(), 1)), 1.0
        )
        w = fit(x, y, weight)
        p = 1 / (1 + np.exp(-(np.hstack([x, np.ones((len(x), 1))]) @ w)))
        for name in sorted(set(source)):
            print(
                key,
                name,
                "n",
                (source == name).sum(),
                "answerable",
                y[source == name].sum(),
                "AUROC",
                round(auroc(p[source == name], y[source == name]), 3),
            )
        hx, hy = np.array([h[2] for h in held if h[0] == cross]), np.array([h[1] for h in held if h[0] == cross])
        if len(hx):
            hp = 1 / (1 + np.exp(-(np.hstack([hx, np.ones((len(hx), 1))]) @ w)))
            print(key, "panel test AUROC", round(auroc(hp, hy), 3), len(hy))
        for bar in (0.2, 0.3, 0.4, 0.5, 0.6):
            mask = source == "panel"
            print(
                f"  bar {bar}: panel false answers {((p >= bar) & (y == 0) & mask).sum()}/{((y == 0) & mask).sum()}, kept {((p >= bar) & (y == 1) & mask).sum()}/{((y == 1) & mask).sum()}"
            )
        text += [f"[{key}]", f"bias = {w[-1]:.3f}", "answer = 0.45", "related = 0.25", f"[{key}.weights]"]
        text += [f"{n} = {v:.3f}" for n, v in zip(NAMES, w, strict=False)]
    Path("bot/confidence.toml").write_text("\n".join(text) + "\n", "utf-8")


if __name__ == "__main__":
    main()
