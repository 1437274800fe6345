"""How many answers flip when another processor would round differently, and how well six stand-ins foretell a seventh.

usage: python benchmarks/other_machines.py [COPIES]      (default 10 jittered copies beside fp32; about a minute each)

Every stand-in asks the packaged suite; each in turn is then held out, and judged with the cases excused that flipped on
fp32 and on any six of the others (docs/evaluating.md, "Another machine than the baseline's").
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.chatbot import Chatbot
from bot.wire import open_chatbot
from eval.gate import BUDGET
from eval.load import Loaded, load, suite_path
from eval.lookup import finder
from eval.noise import Jittered, fp32_of, rebuilt
from eval.run import run
from index.types import Encoder

MEASURED = 6
Flips = Mapping[str, int]
"""By case, 1 for a loss and -1 for a win."""


def main(copies: int) -> None:
    """Print the angle between int8 and fp32, each stand-in's flips, and the share of held-out ones that are red."""
    bot, suite = open_chatbot(), plain()
    before = passed(suite, bot)
    flips: dict[str, Flips] = {}
    for name, encoder in stand_ins(bot, copies):
        if name == "fp32":
            angle(bot, encoder)
        with tempfile.TemporaryDirectory() as folder:
            now = passed(suite, rebuilt(bot.index, encoder, Path(folder)))
        flips[name] = {id: 1 if was else -1 for id, was in before.items() if now[id] is not was}
        print(f"{name}: {len(flips[name])} of {len(before)} flip, net loss {sum(flips[name].values())}", flush=True)
    answerable = {case.id: case.entry.answerable != "no" for case in suite.suite.cases}
    for measured in (0, MEASURED):
        held = list(held_out(flips, measured, answerable))
        reds, counted = zip(*held, strict=True)
        print(f"{measured} copies measured: {sum(reds)} of {len(held)} held-out stand-ins are red;", end=" ")
        print(f"unexcused flips {np.mean(counted):.1f} on average, {max(counted)} at most")


def plain() -> Loaded:
    """The packaged suite without paraphrases."""
    loaded = load(suite_path("a-plan-01"), finder(None))
    cases = (replace(case, entry=case.entry.model_copy(update={"paraphrases": ()})) for case in loaded.suite.cases)
    return replace(loaded, suite=replace(loaded.suite, cases=tuple(cases)))


def passed(suite: Loaded, bot: Chatbot) -> dict[str, bool]:
    """Every case's verdict."""
    return {result.case.id: result.grade.passed for result in run(suite, bot).results}


def stand_ins(bot: Chatbot, copies: int) -> Iterator[tuple[str, Encoder]]:
    """The fp32 original, and jittered copies."""
    encoder = bot.retriever.encoder
    if original := fp32_of(encoder):
        yield "fp32", original
    known: dict = {}
    yield from ((f"jitter-{seed}", Jittered(encoder, seed, known)) for seed in range(1, copies + 1))


def angle(bot: Chatbot, original: Encoder) -> None:
    """Print how far the int8 vectors are from the fp32 ones."""
    event = bot.index.events[0]
    segment = bot.index.segment(event.transcripts[0])
    texts = [segment.transcript.text[p.start : p.end] for p in segment.passages]
    pairs = list(zip(bot.retriever.encoder.encode_passages(texts), original.encode_passages(texts), strict=True))
    whole = [float(ours.vector @ theirs.vector) for ours, theirs in pairs]
    both = [(a.tokens, b.tokens) for a, b in pairs]
    tokens = np.concatenate([(a * b).sum(axis=1) for a, b in both if a is not None and b is not None])
    print(f"cosine of int8 to fp32: mean {np.mean(whole):.4f}, worst {min(whole):.4f} of {len(whole)} passages;")
    print(f"tokens: median {np.median(tokens):.4f}, worst hundredth {np.percentile(tokens, 1):.4f}", flush=True)


def held_out(flips: Mapping[str, Flips], measured: int, answerable: Mapping[str, bool]) -> Iterator[tuple[bool, int]]:
    """Whether each stand-in would be red, when fp32 and any ``measured`` of the others were measured before, and how
    many of its flips were not excused.
    """
    allowed = BUDGET * len(answerable)
    for name, own in flips.items():
        others = [other for other in flips if other not in (name, "fp32")]
        for chosen in itertools.combinations(others, measured):
            known = {*chosen, *({"fp32"} & flips.keys() - {name})} if measured else set()
            fragile = set().union(*(flips[other] for other in known)) if known else set()
            worst = max([0, *(sum(flips[other].values()) for other in known)])
            excused = sum(value for id, value in own.items() if id in fragile)
            counted = {id: value for id, value in own.items() if id not in fragile}
            groups = (counted, *({i: v for i, v in counted.items() if answerable[i] is kind} for kind in (True, False)))
            is_red = any(sum(group.values()) > allowed for group in groups) or excused > worst + allowed
            yield is_red, len(counted)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
