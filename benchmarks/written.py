"""The panel's suite answered by a small local model, beside the verbatim answers to the same questions.

usage: python -m benchmarks.written [--model qwen-1.5b] [--cases 30] [--seed 1] [--minutes 8] [--splits dev,cal]
                                    [--rows OUT.jsonl] [--tape FILE.jsonl]

A seeded sample of the cases that a model is asked at all (where the talk says nothing, it is not); a run ends after so
many minutes, and says how many cases it came to. ``--rows`` keeps every claim with its quotes, to be read by a person;
``--tape`` keeps what the model wrote (eval/tape.py) and does not ask it again: other checks on the same words.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chatbot import Chatbot
from bot.model.providers import open_model
from bot.model.types import ModelFailed, Writer
from bot.settings import Settings
from bot.types import Answer, ClaimMade, Finished
from bot.wire import open_chatbot
from bot.written.author import Author
from eval.case import Case
from eval.exact import inexact
from eval.grade import grade, read
from eval.load import load, suite_path
from eval.lookup import finder
from eval.tape import Recorder, new_tape
from eval.wording import nugget_recall
from index.event import EventCard
from index.types import Transcript

from .credit import miscredited
from .llama import serving

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

CONTEXT, OUTPUT = 2560, 300  # tokens: what one core can read and write in about a minute
PATIENCE = 600.0  # seconds; a slow machine is no fault of the model's
FATES = ("supported", "recited", "verbatim", "dropped")


@dataclass
class Counting:
    """A writer that counts what another does."""

    writer: Writer
    failed: Counter[str] = field(default_factory=Counter)
    calls: int = 0

    @property
    def name(self) -> str:
        return self.writer.name

    @property
    def context(self) -> int:
        return self.writer.context

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        self.calls += 1
        try:
            yield from self.writer.stream(messages)
        except ModelFailed as error:
            self.failed[error.kind] += 1
            raise


@dataclass
class Told:
    """One case: the two answers, and seconds to the first claim and to the end of the written one."""

    case: Case
    verbatim: Answer
    written: Answer
    first: float
    whole: float


def local(name: str, url: str, tape: Path | None = None) -> Counting:
    settings = Settings(
        model=f"openai:{name}", model_url=url, model_context=CONTEXT, model_output=OUTPUT,
        model_first=PATIENCE, model_total=PATIENCE,
    )  # fmt: skip
    model = open_model(settings)
    return Counting(Recorder(model, new_tape(tape, model)) if tape else model)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="qwen-1.5b")
    parser.add_argument("--cases", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--splits", default="dev,cal,test")
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--tape", type=Path)
    given = parser.parse_args()
    loaded = load(suite_path("a-plan-01"), finder(None))
    bare = open_chatbot()
    with serving(given.model, context=CONTEXT) as url:
        writer = local(given.model, url, given.tape)
        author = Author(writer, bare.retriever.encoder)
        cases = [case for case in loaded.suite.cases if case.entry.split in given.splits.split(",")]
        chosen = sample(cases, loaded.transcript, bare, author, given.cases, given.seed)
        told = list(asked(chosen, Chatbot(bare.retriever, bare.rules, author=author), loaded.transcript, given.minutes))
    card = bare.index.event_of(loaded.transcript.id).card
    report(given.model, told, writer, loaded.transcript, card)
    if given.rows:
        given.rows.write_text("".join(json.dumps(row(one), ensure_ascii=False) + "\n" for one in told), "utf-8")


def sample(
    cases: Sequence[Case], transcript: Transcript, bare: Chatbot, author: Author, size: int, seed: int
) -> list[tuple[Case, Answer]]:
    """Cases whose verbatim answer a model may put into words, each with that answer."""
    pairs = [(case, bare.ask(case.question(transcript=transcript.id))) for case in cases]
    taken = [pair for pair in pairs if author.takes(pair[1])]
    print(
        f"{len(cases)} cases, {len(taken)} of them put to the model; a sample of {min(size, len(taken))}, seed {seed}"
    )
    return random.Random(seed).sample(taken, min(size, len(taken)))


def asked(
    chosen: Sequence[tuple[Case, Answer]], bot: Chatbot, transcript: Transcript, minutes: float
) -> Iterator[Told]:
    until = time.monotonic() + 60 * minutes
    for case, verbatim in chosen:
        if time.monotonic() > until:
            return
        began, first = time.monotonic(), 0.0
        for event in bot.stream(case.question(transcript=transcript.id)):
            if isinstance(event, ClaimMade):
                first = first or time.monotonic() - began
            elif isinstance(event, Finished):
                whole = time.monotonic() - began
                yield Told(case, verbatim, event.answer, first or whole, whole)


def report(model: str, told: Sequence[Told], writer: Counting, transcript: Transcript, card: EventCard) -> None:
    fates = Counter[str]()
    for one in told:
        fates.update(one.written.written)
    sentences = sum(fates[fate] for fate in FATES)
    print(f"{model}: {len(told)} cases asked, {writer.calls} calls, failed calls {dict(writer.failed)}")
    shares = ", ".join(f"{fate} {fates[fate]} ({fates[fate] / max(sentences, 1):.2f})" for fate in FATES)
    print(f"sentences of the model {sentences}: {shares}; marks that lead nowhere {fates['strays']}")
    forbidden = [one.case.id for one in told if any(re.search(p, read(one.written)) for p in one.case.entry.must_not)]
    cited = [citation for one in told for citation in one.written.citations]
    exact = sum(not inexact(citation, transcript) for citation in cited)
    wrong = [
        (who, claim.text)
        for one in told
        for claim in one.written.claims
        for who in miscredited(claim, one.written, card)
    ]
    print(f"must_not hits {len(forbidden)} {forbidden}; citations exact {exact}/{len(cited)}")
    print(f"written claims that credit somebody whose words they do not cite: {len(wrong)} {wrong}")
    asks = [one for one in told if one.case.entry.nuggets]
    recalls = {
        "verbatim answers": [grade(one.case, one.verbatim, transcript).measures["nuggets"] for one in asks],
        "written, in the quotes": [grade(one.case, one.written, transcript).measures["nuggets"] for one in asks],
        "written, in all words": [nugget_recall(read(one.written), one.case.entry.nuggets) for one in asks],
    }
    for name, values in recalls.items():
        print(f"nugget recall, {name}: {statistics.mean(values):.3f} (n {len(values)})")
    modes = Counter(one.written.mode for one in told)
    print(f"mode of the answer: {dict(modes)}; outcomes {dict(Counter(str(one.written.outcome) for one in told))}")
    for name, seconds in (("first claim", [one.first for one in told]), ("whole answer", [one.whole for one in told])):
        ordered = sorted(seconds)
        print(f"seconds to {name}: median {statistics.median(ordered):.1f}, slowest {ordered[-1]:.1f}")


def row(one: Told) -> dict[str, object]:
    quotes = {citation.number: f"{citation.speaker or citation.about}: {citation.quote}" for citation in one.written.citations}  # fmt: skip
    return {
        "id": one.case.id,
        "question": one.case.entry.question,
        "outcome": str(one.written.outcome),
        "mode": one.written.mode,
        "fates": one.written.written,
        "notes": list(one.written.notes),
        "claims": [
            {"status": claim.status, "text": claim.text, "quotes": [quotes[n] for n in claim.citations]}
            for claim in one.written.claims
        ],
        "seconds": [round(one.first, 1), round(one.whole, 1)],
    }


if __name__ == "__main__":
    main()
