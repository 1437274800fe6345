"""Fit the confidence rule and write bot/judging/confidence.toml.

    python -m benchmarks.fit_confidence DATA --work FOLDER [--most N] [--dry]

Logistic regression over the signals of bot/judging/confidence.py, on the panel suite's dev and cal splits and on near misses
made from cmrc2018 and drcd (CC BY-SA; benchmarks/near_miss.py). Questions in another script than the transcript's have
a rule of their own; they are few, so it is drawn towards the other by a ridge. Printed: AUROC by set, and what each
bar would do to the panel's dev and cal splits, on which the bars are chosen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks.fit_evidence import SUITE, found, options
from benchmarks.near_miss import make
from benchmarks.quotes import auroc, opened, questions
from benchmarks.variants import FORMS
from bot.chatbot import Chatbot
from bot.judging import confidence
from bot.question import understand
from bot.wire import open_chatbot
from index.types import Scope

FILE = Path("bot/judging/confidence.toml")
SETS = ("cmrc2018-dev", "drcd-dev")
NAMES = ("match", "near", "weakest", "focus", "elsewhere", "around", "typed")
PANEL = 10.0  # weight of a question of the panel: its near misses are written by hand, and it is a talk
# Shapes and faults that other rules decide before the confidence does.
SKIPPED = {"overview", "followup", "injection", "lost", "false_premise", "wrong_speaker", "about_person"}
BARS = {"same": (0.42, 0.34), "cross": (0.54, 0.4)}  # answer, related
Row = tuple[str, bool, bool, list[float]]
"""Set, whether across scripts, whether answerable, signals."""


def signals(chatbot: Chatbot, text: str, transcript_id: str) -> tuple[bool, list[float]] | None:
    """The signals of a question."""
    transcript = chatbot.index.transcript(transcript_id)
    seen = found(chatbot, text, transcript)
    best = seen.best()
    if best is None:
        return None
    asked = understand(text, chatbot.index.event_of(transcript_id).card)
    hits = chatbot.retriever.passages(text, scope=Scope(transcript=transcript_id), k=20)
    values = confidence.signals(asked, seen, hits, best)
    return confidence.is_cross(asked, seen), [values[name] for name in NAMES]


def of_panel(splits: tuple[str, ...]) -> Iterator[Row]:
    """The panel's cases with their paraphrases and English forms; those set aside in benchmarks/variants.yaml are not used."""
    chatbot = open_chatbot()
    written = yaml.safe_load(FORMS.read_text("utf-8"))
    english = {**written["english"], **written["english_unanswerable"]}
    for case in yaml.safe_load(SUITE.read_text("utf-8"))["cases"]:
        if case["split"] in splits and case["type"] not in SKIPPED:
            forms = [english[case["id"]]] if case["id"] in english else []
            for text in (case["question"], *case.get("paraphrases", ()), *forms):
                if made := signals(chatbot, text, "a-plan-01"):
                    yield "panel", made[0], case["answerable"] == "yes", made[1]


def of_set(folder: Path, work: Path, most: int) -> Iterator[Row]:
    """A set with its near misses."""
    thinned = work / f"near-{folder.name}"
    make(folder, thinned)
    chatbot = opened(thinned, work / f"nm-{folder.name.removesuffix('-dev')}", 1)
    held = {t for e in chatbot.index.events for t in e.transcripts}
    for row in questions(thinned, held, most):
        if made := signals(chatbot, row["question"], row["transcript"]):
            yield folder.name, made[0], row["answerable"], made[1]


def fit(rows: list[Row], prior: NDArray[np.float64], ridge: float) -> NDArray[np.float64]:
    """Ridge-regularised logistic regression by Newton's method; the last weight is the bias, which is free."""
    x = np.array([[*row[3], 1.0] for row in rows])
    y = np.array([row[2] for row in rows], float)
    share = np.array([PANEL if row[0] == "panel" else 1.0 for row in rows])
    w, hold = prior.copy(), ridge * np.eye(len(prior))
    hold[-1, -1] = 0
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (share * (p - y)) + hold @ (w - prior)
        w = w - np.linalg.solve((x * (share * p * (1 - p))[:, None]).T @ x + hold, slope)
    return w


def probabilities(rows: list[Row], w: NDArray[np.float64]) -> NDArray[np.float64]:
    """How sure the rule is of each."""
    return np.asarray(1 / (1 + np.exp(-(np.array([[*row[3], 1.0] for row in rows]) @ w))))


def show(key: str, rows: list[Row], w: NDArray[np.float64]) -> None:
    """AUROC by set; and for the panel what bars would do."""
    for name in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == name]
        p = probabilities(mine, w)
        good = np.array([row[2] for row in mine])
        print(
            f"{key} {name}: n {len(mine)}, answerable {good.sum()}, AUROC {auroc(list(zip(p, good, strict=True))):.3f}"
        )
        if name == "panel":
            for bar in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
                print(
                    f"  bar {bar}: false answers {(p[~good] >= bar).mean():.2f}, answered {(p[good] >= bar).mean():.2f}"
                )


def main() -> None:
    """Fit, print, write."""
    chosen = options(__doc__, most=800)
    rows = list(of_panel(("dev", "cal")))
    for name in SETS:
        rows += of_set(chosen.data / name, chosen.work, chosen.most)
    same, cross = [r for r in rows if not r[1]], [r for r in rows if r[1]]
    rules = {"same": fit(same, np.zeros(len(NAMES) + 1), 1.0)}
    rules["cross"] = fit(cross, rules["same"], 5.0)
    show("same", same, rules["same"])
    show("cross", cross, rules["cross"])
    if not chosen.dry:
        suite = hashlib.sha256(SUITE.read_bytes()).hexdigest()[:12]
        encoder = open_chatbot().retriever.encoder.fingerprint[:16]
        text = [
            f"# Fitted by benchmarks/fit_confidence.py on near misses of {', '.join(SETS)} and the panel suite ({suite}); encoder {encoder}"
        ]
        for key, w in rules.items():
            text += [
                f"[{key}]",
                f"bias = {w[-1]:.3f}",
                f"answer = {BARS[key][0]}",
                f"related = {BARS[key][1]}",
                f"[{key}.weights]",
            ]
            text += [f"{name} = {value:.3f}" for name, value in zip(NAMES, w, strict=False)]
        FILE.write_text("\n".join(text) + "\n", "utf-8")


if __name__ == "__main__":
    main()
