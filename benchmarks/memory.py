"""Passages that say something else than a model remembers: does the answer follow the passage?

usage: python -m benchmarks.memory FOLDER [--model qwen-1.5b] [--cases 30] [--seed 1] [--minutes 8] [--rows OUT.jsonl]
                                           [--tape FILE.jsonl]

FOLDER has transcripts/ and questions.jsonl with ``answer_groups`` (AND of ORs) and ``true_answer``, what memory says.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.chatbot import Chatbot
from bot.types import Answer, Claim, Question
from bot.written.author import Author
from eval.normal import contains, normal
from index.build import build
from index.embed import load_encoder
from index.retriever import Retriever
from index.source import read_event
from index.store import open_index
from index.types import Scope

from .llama import serving
from .written import CONTEXT, Counting, local


@dataclass(frozen=True, slots=True)
class Fact:
    """A question, what its passage says (AND of ORs), and what a model may remember instead."""

    id: str
    transcript: str
    question: str
    groups: tuple[tuple[str, ...], ...]
    memory: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="qwen-1.5b")
    parser.add_argument("--cases", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--tape", type=Path)
    given = parser.parse_args()
    rows = [json.loads(line) for line in (given.folder / "questions.jsonl").read_text("utf-8").splitlines()]
    facts = [
        Fact(r["id"], r["transcript"], r["question"], tuple(map(tuple, r["answer_groups"])), tuple(r["true_answer"]))
        for r in rows
    ]
    chosen = random.Random(given.seed).sample(facts, min(given.cases, len(facts)))
    with tempfile.TemporaryDirectory() as work, serving(given.model, context=CONTEXT) as url:
        writer = local(given.model, url, given.tape)
        bot = opened(given.folder, sorted({fact.transcript for fact in chosen}), Path(work), writer)
        told = list(asked(chosen, bot, given.minutes))
    report(given.model, len(facts), told, writer)
    if given.rows:
        given.rows.write_text("".join(json.dumps(row(*one), ensure_ascii=False) + "\n" for one in told), "utf-8")


def opened(folder: Path, transcripts: Sequence[str], work: Path, writer: Counting) -> Chatbot:
    encoder = load_encoder()
    build(work, [read_event(folder / "transcripts" / f"{id}.txt") for id in transcripts], encoder)
    return Chatbot(Retriever(open_index(work, encoder), encoder), author=Author(writer, encoder))


def asked(chosen: Sequence[Fact], bot: Chatbot, minutes: float) -> Iterator[tuple[Fact, Answer]]:
    until = time.monotonic() + 60 * minutes
    for fact in chosen:
        if time.monotonic() > until:
            return
        yield fact, bot.ask(Question(fact.question, scope=Scope(transcript=fact.transcript)))


def report(model: str, all_: int, told: Sequence[tuple[Fact, Answer]], writer: Counting) -> None:
    by = Counter(answer.mode for _, answer in told)
    print(
        f"{model}: {len(told)} of {all_} questions asked, {writer.calls} calls, failed {dict(writer.failed)}; {dict(by)}"
    )
    written = [(fact, answer) for fact, answer in told if answer.mode == "llm"]
    for name, answers in (("all answers", told), ("answers with a written claim", written)):
        follow = sum(follows(fact, answer) for fact, answer in answers)
        print(f"{name}: {follow} of {len(answers)} hold what the passage says")
    fates = Counter[str]()
    for _, answer in told:
        fates.update(answer.written)
    stated = [(fact.id, claim.text) for fact, answer in told for claim in remembered(fact, answer)]
    print(f"sentences of the model: {dict(fates)}")
    print(f"written claims that state what memory says and their quotes do not: {len(stated)} {stated}")


def follows(fact: Fact, answer: Answer) -> bool:
    said = normal(" ".join(claim.text for claim in answer.claims))
    return all(any(contains(said, normal(way)) for way in group) for group in fact.groups)


def remembered(fact: Fact, answer: Answer) -> list[Claim]:
    """Written claims with a value of memory that none of their quotes holds."""
    quotes = {citation.number: normal(citation.quote) for citation in answer.citations}
    question = normal(fact.question)
    return [
        claim
        for claim in answer.claims
        if claim.status == "supported"
        for value in map(normal, fact.memory)
        if contains(normal(claim.text), value)
        and not contains(question, value)
        and not any(contains(quotes[number], value) for number in claim.citations)
    ]


def row(fact: Fact, answer: Answer) -> dict[str, object]:
    quotes = {citation.number: citation.quote for citation in answer.citations}
    claims = [
        {"status": claim.status, "text": claim.text, "quotes": [quotes[n] for n in claim.citations]}
        for claim in answer.claims
    ]
    return {
        "id": fact.id, "question": fact.question, "passage": fact.groups, "memory": fact.memory,
        "follows": follows(fact, answer), "outcome": str(answer.outcome), "fates": answer.written, "claims": claims,
    }  # fmt: skip


if __name__ == "__main__":
    main()
