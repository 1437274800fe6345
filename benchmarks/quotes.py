"""What ``ask`` quotes on sets of others, question by question in its own transcript, default configuration.

    python -m benchmarks.quotes DATA [--sets cmrc2018-dev,expc3-dev,...] [--every N] [--most N] [--work FOLDER]

DATA holds sets as benchmarks/measures.py reads them; ``--work`` keeps the indexes for the next run. Printed for each
set, as far as it has gold for it: whether the quotes hold the answer (and in how many characters), character F1 of the
quotes with the marked evidence beside the best single sentence of BM25 and the best 1 to 3 sentences there are, how
often a gold sentence is among the quotes beside BM25's as many sentences, and AUROC and risk of the confidence.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.chatbot import Chatbot
from bot.types import Answer, Outcome, Question
from eval.selective import augrc
from eval.wording import char_f1, cmrc_f1
from index.build import build
from index.embed import load_encoder
from index.retriever import Retriever
from index.sentence import sentences
from index.source import read_event
from index.sparse import bm25, invert, terms
from index.store import open_index
from index.types import Scope, Transcript

SETS = "cmrc2018-dev,drcd-dev,expc3-dev,rgb-dev,meetingqa-dev"
LONGEST = 200  # characters of quotes within which the answer must lie
_PLAIN = re.compile(r"[\s\W_]+")


@dataclass(slots=True)
class Tally:
    """What was measured of a set, a value a question."""

    held: list[bool] = field(default_factory=list)
    short: list[bool] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    run_f1: list[float] = field(default_factory=list)
    bm25_f1: list[float] = field(default_factory=list)
    oracle_f1: list[float] = field(default_factory=list)
    gold: list[bool] = field(default_factory=list)
    bm25_gold: list[bool] = field(default_factory=list)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    outcomes: list[tuple[bool, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def plain(text: str) -> str:
    """Text as answers are compared: without white space and punctuation, case folded."""
    return _PLAIN.sub("", text).casefold()


def questions(folder: Path, held: set[str], most: int) -> list[dict[str, Any]]:
    """The questions whose transcript is held; at most ``most``, drawn once and for all."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["transcript"] in held]
    return sorted(random.Random(7).sample(rows, most), key=lambda r: r["transcript"]) if 0 < most < len(rows) else rows


def opened(folder: Path, work: Path, every: int) -> Chatbot:
    """The bot on a set, built where ``work`` does not hold it yet."""
    encoder = load_encoder()
    if not (work / "manifest.json").exists():
        files = sorted((folder / "transcripts").glob("*.txt"))[::every]
        build(work, [read_event(path) for path in files], encoder)
    return Chatbot(Retriever(open_index(work, encoder), encoder))


def tally(chatbot: Chatbot, rows: Sequence[dict[str, Any]]) -> Tally:
    """Ask every question and measure."""
    found = Tally()
    for row in rows:
        transcript = chatbot.index.transcript(row["transcript"])
        began = time.perf_counter()
        answer = chatbot.ask(Question(row["question"], scope=Scope(transcript=row["transcript"])))
        found.seconds.append(time.perf_counter() - began)
        right = row["answerable"]
        found.outcomes.append((right, answer.outcome.value))
        found.sure.append((answer.confidence, right))
        if not right:
            continue
        quotes = [c.quote for c in answer.citations] if answer.outcome is not Outcome.ABSTAIN else []
        if row.get("extractive") and row["answers"] and "answer_parts" not in row:
            _holds(found, row, quotes)
        if row.get("evidence_texts"):
            _evidence(found, row, transcript, quotes)
        if row.get("question_lines") is not None and row["gold_lines"]:
            _lines(found, row, transcript, answer)
    return found


def _holds(found: Tally, row: dict[str, Any], quotes: Sequence[str]) -> None:
    said = plain("".join(quotes))
    groups = row.get("answer_groups") or [row["answers"]]
    held = all(any(plain(one) in said for one in group) for group in groups)
    size = sum(map(len, quotes))
    found.held.append(held)
    found.short.append(held and size <= LONGEST)
    found.size.append(size)


def _evidence(found: Tally, row: dict[str, Any], transcript: Transcript, quotes: Sequence[str]) -> None:
    spans = [(s.start, s.end) for s in sentences(transcript.text, 0, len(transcript.text))]
    said = [transcript.text[a:b] for a, b in spans]
    score = bm25([invert(said)], terms(row["question"]))[0]

    def best(texts: Iterator[str]) -> float:
        return max(char_f1(text, gold) for text in texts for gold in row["evidence_texts"])

    found.f1.append(best(iter(["".join(quotes)])))
    found.run_f1.append(max(cmrc_f1("".join(quotes), gold) for gold in row["evidence_texts"]))
    found.bm25_f1.append(best(iter([said[int(np.argmax(score))]])))
    found.oracle_f1.append(
        best(
            transcript.text[spans[i][0] : spans[min(i + n, len(spans) - 1)][1]]
            for i in range(len(spans))
            for n in range(3)
        )
    )


def _lines(found: Tally, row: dict[str, Any], transcript: Transcript, answer: Answer) -> None:
    asked = set(row["question_lines"])
    gold = set(row["gold_lines"]) - asked
    lines = transcript.text.split("\n")
    cited = {n for c in answer.citations for n in range(c.lines[0], c.lines[1] + 1)} - asked
    score = bm25([invert(lines)], terms(row["question"]))[0]
    order = [int(n) + 1 for n in np.argsort(-score, kind="stable") if int(n) + 1 not in asked]
    found.gold.append(bool(gold & cited))
    found.bm25_gold.append(bool(gold & set(order[: max(len(cited), 1)])))


def auroc(pairs: Sequence[tuple[float, bool]]) -> float:
    """How often an answerable question is surer than an unanswerable one."""
    good = np.array([p for p, right in pairs if right])
    bad = np.array([p for p, right in pairs if not right])
    if not len(good) or not len(bad):
        return float("nan")
    return float((good[:, None] > bad[None]).mean() + 0.5 * (good[:, None] == bad[None]).mean())


def report(name: str, found: Tally) -> None:
    """One paragraph a set."""

    def share(values: Sequence[float]) -> str:
        return f"{np.mean(values):.3f}"

    print(f"{name}: {len(found.sure)} questions, ask p50 {1000 * float(np.median(found.seconds)):.0f} ms")
    if found.held:
        print(
            f"  answer in the quotes {share(found.held)}, within {LONGEST} characters {share(found.short)}; quotes p50 {np.median(found.size):.0f}, mean {np.mean(found.size):.0f} characters"
        )
    if found.f1:
        print(
            f"  evidence F1 {share(found.f1)} (by longest run {share(found.run_f1)}); best BM25 sentence {share(found.bm25_f1)}; oracle of 1 to 3 sentences {share(found.oracle_f1)}"
        )
    if found.gold:
        print(
            f"  gold line quoted {share(found.gold)}; BM25's as many lines {share(found.bm25_gold)}; ratio {np.mean(found.gold) / max(float(np.mean(found.bm25_gold)), 1e-9):.2f}"
        )
    for right, label in ((True, "answerable"), (False, "unanswerable")):
        ended = [outcome for is_right, outcome in found.outcomes if is_right is right]
        if ended:
            print(
                f"  {label} ({len(ended)}): "
                + ", ".join(f"{o.value} {ended.count(o.value) / len(ended):.3f}" for o in Outcome)
            )
    if any(not right for _, right in found.sure):
        print(f"  confidence: AUROC {auroc(found.sure):.3f}, AUGRC {augrc(found.sure):.3f}", flush=True)


def main() -> None:
    """Run the sets."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--sets", default=SETS)
    options.add_argument("--every", type=int, default=1, help="use every n-th transcript")
    options.add_argument("--most", type=int, default=0, help="at most so many questions a set")
    options.add_argument("--work", type=Path, help="keep the indexes here")
    chosen = options.parse_args()
    for name in chosen.sets.split(","):
        with nullcontext(str(chosen.work)) if chosen.work else tempfile.TemporaryDirectory() as work:
            chatbot = opened(chosen.data / name, Path(work) / name.removesuffix("-dev"), chosen.every)
            held = {t for e in chatbot.index.events for t in e.transcripts}
            report(name, tally(chatbot, questions(chosen.data / name, held, chosen.most)))


if __name__ == "__main__":
    main()
