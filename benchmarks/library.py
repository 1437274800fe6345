"""A library of 500 transcripts: build, rebuild after one change, search within one event and across all, memory.

    python -m benchmarks.library SCRATCH DATA_DIR [--transcripts 500] [--characters 1500]

SCRATCH is an empty folder outside the repository; DATA_DIR holds sets of `transcripts/ID.txt` and `questions.jsonl`.
Transcripts are taken from the sets in turn and cut at a line end after so many characters, so that the build's time is
the encoder's and not an afternoon. Every answer about an event is compared with the one it gives where it is alone.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np

from bot.chatbot import Chatbot
from bot.types import Answer, Question
from index.build import build
from index.embed import load_encoder
from index.retriever import Retriever
from index.source import find_events
from index.store import Index, open_index
from index.types import Encoder, Scope

ALONE = 20  # events that are also built in an index of their own, before the library
EACH = 2  # questions of an event that are compared
SEARCHES = 300


@dataclass(frozen=True, slots=True)
class Talk:
    """A transcript of the library and questions about it."""

    id: str
    text: str
    questions: tuple[str, ...]


def talks(folder: Path, characters: int) -> Iterator[Talk]:
    """The transcripts of a set that have questions."""
    asked: dict[str, list[str]] = {}
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        asked.setdefault(row["transcript"], []).append(row["question"])
    for path in sorted((folder / "transcripts").glob("*.txt")):
        text = path.read_text("utf-8")
        end = text.find("\n", characters)
        cut = text if end < 0 else text[: end + 1]
        if path.stem in asked and len(cut) < 4 * characters:
            yield Talk(f"{folder.name.removesuffix('-dev')}-{path.stem}", cut, tuple(asked[path.stem]))


def library(data: Path, count: int, characters: int) -> list[Talk]:
    """So many transcripts, from the sets in turn."""
    sets = [
        list(talks(folder, characters)) for folder in sorted(data.iterdir()) if (folder / "questions.jsonl").exists()
    ]
    found = [talk for talk in chain.from_iterable(zip_longest(*sets)) if talk]
    return found[:count]


def main() -> None:
    """Build, change, search, compare, report."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("scratch", type=Path)
    options.add_argument("data", type=Path)
    options.add_argument("--transcripts", type=int, default=500)
    options.add_argument("--characters", type=int, default=1500)
    chosen = options.parse_args()
    held = library(chosen.data, chosen.transcripts, chosen.characters)
    events, encoder = chosen.scratch / "events", load_encoder()
    for talk in held:
        (events / talk.id).mkdir(parents=True, exist_ok=True)
        (events / talk.id / f"{talk.id}.txt").write_text(talk.text, "utf-8")
    print(f"{len(held)} transcripts, {sum(len(t.text) for t in held)} characters, of {chosen.data}", flush=True)
    before = _alone(held[:: max(1, len(held) // ALONE)], events, chosen.scratch, encoder)
    full = _build(events, chosen.scratch / "index", encoder, held[len(held) // 2])
    index = open_index(chosen.scratch / "index", encoder)
    bot = Chatbot(Retriever(index, encoder))
    _search(bot, held)
    _compare(bot, held, before)
    print(f"memory {_memory('VmRSS')} MB now, {_memory('VmHWM')} MB at most; full build {full:.0f} s", flush=True)


def _alone(held: list[Talk], events: Path, scratch: Path, encoder: Encoder) -> dict[tuple[str, str], Answer]:
    """What some events answer before any other is added."""
    found: dict[tuple[str, str], Answer] = {}
    for talk in held:
        folder = scratch / "alone" / talk.id
        build(folder, find_events([events / talk.id]), encoder)
        bot = Chatbot(Retriever(open_index(folder, encoder), encoder))
        found |= {(talk.id, text): _ask(bot, talk.id, text) for text in talk.questions[: 5 * EACH]}
    return found


def _build(events: Path, folder: Path, encoder: Encoder, changed: Talk) -> float:
    began = time.perf_counter()
    built = build(folder, find_events([events]), encoder)
    full = time.perf_counter() - began
    index = open_index(folder, encoder)
    passages = sum(len(index.segment(id).passages) for event in index.events for id in event.transcripts)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"full build {full:.1f} s: {passages} passages ({passages / full:.0f} a second), {built.texts} passages and "
          f"sentences encoded ({built.texts / full:.0f} a second), {size / 1e6:.0f} MB", flush=True)  # fmt: skip
    path = events / changed.id / f"{changed.id}.txt"
    for what, text in (
        ("a word changed", changed.text.replace("的", "之", 1) + "And that is all.\n"),
        ("back", changed.text),
    ):
        path.write_text(text, "utf-8")
        began = time.perf_counter()
        built = build(folder, find_events([events]), encoder)
        took = time.perf_counter() - began
        print(f"one file, {what}: {took:.2f} s, {took / full:.2%} of the full build; {len(built.encoded)} transcript, "
              f"{built.texts} texts encoded", flush=True)  # fmt: skip
    return full


def _search(bot: Chatbot, held: list[Talk]) -> None:
    pairs = [(talk.id, text) for talk in held for text in talk.questions[:EACH]][
        :: max(1, EACH * len(held) // SEARCHES)
    ]
    began = time.perf_counter()
    bot.retriever.search("开始")
    print(f"open, check every byte and first search {time.perf_counter() - began:.1f} s", flush=True)
    for name, run in (
        ("search within one event", lambda id, text: bot.retriever.search(text, scope=Scope(event=id))),
        ("search across all", lambda id, text: bot.retriever.search(text)),
        ("answer within one event", lambda id, text: bot.ask(Question(text, scope=Scope(event=id)))),
        ("answer across all", lambda id, text: bot.ask(Question(text))),
    ):
        seconds = []
        for id, text in pairs:
            began = time.perf_counter()
            run(id, text)
            seconds.append(time.perf_counter() - began)
        p50, p95 = np.percentile(seconds, [50, 95]) * 1000
        print(f"{name}: p50 {p50:.0f} ms, p95 {p95:.0f} ms over {len(pairs)} questions", flush=True)


def _compare(bot: Chatbot, held: list[Talk], before: dict[tuple[str, str], Answer]) -> None:
    """Compare with the answers from before, and for every event with those of the same index without the others."""
    same = [_ask(bot, id, text) == answer for (id, text), answer in before.items()]
    print(
        f"answers of {len({id for id, _ in before})} events built alone before: {sum(same)} of {len(same)} identical",
        flush=True,
    )
    ids, equal = {talk.id for talk in held}, []
    for talk in held:
        index = Index(bot.index.directory, bot.index.manifest.without(ids - {talk.id}))
        alone = Chatbot(Retriever(index, bot.retriever.encoder))
        equal += [_ask(alone, talk.id, text) == _ask(bot, talk.id, text) for text in talk.questions[:EACH]]
    print(
        f"answers of all {len(held)} events with and without the others: {sum(equal)} of {len(equal)} identical",
        flush=True,
    )


def _ask(bot: Chatbot, event: str, text: str) -> Answer:
    return replace(bot.ask(Question(text, scope=Scope(event=event))), seconds={})


def _memory(what: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(what))


if __name__ == "__main__":
    main()
