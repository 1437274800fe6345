"""Fit the confidence rule and write bot/judging/confidence.toml.

    python -m benchmarks.fit_confidence DATA --work FOLDER [--most N] [--dry]

Logistic regression over the signals of bot/judging/confidence.py, on the panel suite's dev and cal splits and on near misses
made from cmrc2018 and drcd (CC BY-SA; benchmarks/near_miss.py). English questions about a Chinese talk have a rule of
their own; they are few, so it is drawn towards the other by a ridge. Chinese ones about an English talk have that rule
with another bias, fitted on benchmarks/chinese_on_english.yaml over qmsum, each question also put to a meeting of another
kind. Printed: AUROC by set, and what each
bar would do to the panel's dev and cal splits, on which the bars are chosen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks.fit_evidence import SUITE, options
from benchmarks.near_miss import make
from benchmarks.quotes import auroc, opened, questions
from benchmarks.variants import FORMS
from bot.chatbot import Chatbot
from bot.gloss import in_words_of
from bot.judging import confidence
from bot.question import understand
from bot.weigh import weigh
from bot.wire import open_chatbot
from index.types import Scope

FILE = Path("bot/judging/confidence.toml")
SETS = ("cmrc2018-dev", "drcd-dev")
NAMES = ("match", "near", "weakest", "focus", "elsewhere", "around", "typed")
PANEL = 10.0  # weight of a question of the panel: its near misses are written by hand, and it is a talk
# Shapes and faults that other rules decide before the confidence does.
SKIPPED = {"overview", "followup", "injection", "lost", "false_premise", "wrong_speaker", "about_person"}
FIXED = 1e6  # a ridge that leaves only the bias free
BARS: Mapping[confidence.Way, tuple[float, float]] = {
    "same": (0.42, 0.34),
    "to_chinese": (0.54, 0.4),
    "to_english": (0.54, 0.4),
}
"""The bars of an answer and of the nearest remarks."""
CHINESE = Path("benchmarks/chinese_on_english.yaml")
Row = tuple[str, confidence.Way, bool, list[float]]
"""Set, from which script to which, whether answerable, signals."""


def signals(chatbot: Chatbot, text: str, transcript_id: str) -> tuple[confidence.Way, list[float]] | None:
    """The signals of a question, read in the words of its transcript."""
    index, card = chatbot.index, chatbot.index.event_of(transcript_id).card
    asked = in_words_of(index.segment(transcript_id), understand(text, card), chatbot.retriever)
    hits = chatbot.retriever.passages(text, scope=Scope(transcript=transcript_id), k=20)
    seen = weigh(chatbot.retriever, asked, index.transcript(transcript_id), card=card, hits=hits)
    best = seen.best()
    if best is None:
        return None
    values = confidence.signals(asked, seen, hits, best)
    return confidence.way(asked, seen), [values[name] for name in NAMES]


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


def of_meetings(folder: Path, work: Path) -> Iterator[Row]:
    """The Chinese questions about English meetings, each also put to a meeting of another kind."""
    asked: dict[str, list[str]] = yaml.safe_load(CHINESE.read_text("utf-8"))
    kinds = {row["transcript"]: row["type"] for row in questions(folder, set(asked), 0) if row["answerable"]}
    chatbot = opened(folder, work / "qmsum", 1)
    for meeting, texts in asked.items():
        others = [other for other in asked if kinds[other] != kinds[meeting]]
        for n, text in enumerate(texts):
            for where in (meeting, others[(7 * n + len(text)) % len(others)]):
                if made := signals(chatbot, text, where):
                    yield folder.name, made[0], where == meeting, made[1]


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
    rows += of_meetings(chosen.data / "qmsum-dev", chosen.work)
    ways = {way: [row for row in rows if row[1] == way] for way in BARS}
    rules: dict[confidence.Way, NDArray[np.float64]] = {"same": fit(ways["same"], np.zeros(len(NAMES) + 1), 1.0)}
    rules["to_chinese"] = fit(ways["to_chinese"], rules["same"], 5.0)
    rules["to_english"] = fit(ways["to_english"], rules["to_chinese"], FIXED)
    for way, weights in rules.items():
        show(way, ways[way], weights)
    if not chosen.dry:
        suite = hashlib.sha256(SUITE.read_bytes()).hexdigest()[:12]
        encoder = open_chatbot().retriever.encoder.fingerprint[:16]
        text = [
            f"# Fitted by benchmarks/fit_confidence.py on near misses of {', '.join(SETS)} and the panel suite ({suite}), to_english on qmsum-dev; encoder {encoder}"
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
