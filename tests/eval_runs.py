"""Runs made up of verdicts, and how they are judged."""

from dataclasses import replace
from pathlib import Path

from bot.types import Answer, Outcome
from eval.baseline import Encoder, Entry, new_baseline
from eval.case import Case, CaseEntry, Suite
from eval.gate import judge
from eval.grade import Grade
from eval.machine import Machine
from eval.run import Result, Run, Take

HERE = Machine(system="Linux", architecture="x86_64", features=("avx2", "avx512_vnni"), libraries={"onnxruntime": "1"})
ELSEWHERE = HERE.model_copy(update={"features": ("avx2",)})
ENCODER = Encoder(name="scripted", fingerprint="none")
WHY = Entry(date="2026-11-23", reason="first", passed=0, cases=0)


def case(number: int, *, locked: bool = False) -> Case:
    entry = CaseEntry(
        id=f"c{number}", split="dev", lang="zh", type="fact", question=f"问{number}?", answerable="yes",
        outcome=(Outcome.ANSWER,), locked=locked,
    )  # fmt: skip
    return Case(entry, (), number + 1)


def result(number: int, passed: bool, *, mode: str = "verbatim", locked: bool = False) -> Result:
    answer = Answer(f"问{number}?", f"问{number}?", Outcome.ANSWER, None, "zh", "", mode=mode)
    measures = {"passed": float(passed), "outcome": float(passed), "nuggets": float(passed)}
    return Result(
        case(number, locked=locked), answer, None, Grade(measures, () if passed else ("nuggets",), (), passed), 0
    )


def made(transcript, passes, **kind) -> Run:
    results = tuple(result(number, bool(passed), **kind) for number, passed in enumerate(passes))
    cases = tuple(row.case for row in results)
    return Run(Suite("s", Path("s.yaml"), transcript.id, cases, "d", "c"), transcript, results, True)


def before(finished: Run, machine: Machine = HERE):
    return new_baseline(finished, ENCODER, machine, entry=WHY, old=None)


def verdict(transcript, was, now, **kind):
    return judge(made(transcript, now, **kind), before(made(transcript, was, **kind)), HERE, ENCODER)


def asked_again(finished: Run, number: int, *passes: bool) -> Run:
    """The run with one of its cases asked again, with these verdicts."""
    rows = list(finished.results)
    again = [result(number, bool(ok), mode="llm") for ok in passes]
    others = tuple(Take(row.answer, row.error, row.grade, row.seconds) for row in again)
    rows[number] = replace(rows[number], others=others)
    return replace(finished, results=tuple(rows))
