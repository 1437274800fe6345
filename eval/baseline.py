"""What answers scored before: the committed baseline of a suite, or another run's results.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.case import Suite
from eval.load import SUITES, digest
from eval.machine import Machine
from eval.run import Result, Run
from eval.source import SuiteError

SCHEMA: Literal[1] = 1
BASELINES = SUITES.parent / "baselines"


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


class Encoder(_Row):
    """The encoder a run searched with."""

    name: str
    fingerprint: str


class Past(_Row):
    """A case as it was: ``digest`` hashes its entry, ``cited`` are the offsets quoted.

    ``fragile`` says that it flips within the measured numeric noise, ``forbidden`` that some answer to it said what it
    must not.
    """

    id: str
    digest: str
    passed: bool
    outcome: str
    failures: tuple[str, ...]
    measures: dict[str, float]
    cited: tuple[tuple[int, int], ...] = ()
    fragile: bool = False
    forbidden: bool = False


class Noise(_Row):
    """How the fragile cases were measured: the stand-ins for other machines, and the worst net loss among them."""

    stand_ins: tuple[str, ...]
    worst_net_loss: int


class Entry(_Row):
    """One line of a baseline's history: why it was accepted, and what it came to."""

    date: str
    reason: str
    passed: int
    cases: int


class Baseline(_Row):
    """A suite's past. A results.json is one too: the keys it has beyond these are ignored.

    ``takes`` is how often each case was asked; verdicts are of most takes, measures are means over them.
    """

    schema_: Literal[1] = Field(alias="schema")
    suite: str
    suite_digest: str
    corpus: str
    encoder: Encoder
    machine: Machine
    takes: int = 1
    cases: tuple[Past, ...]
    noise: Noise | None = None
    history: tuple[Entry, ...] = ()


def baseline_path(suite: Suite) -> Path:
    """Where a suite's baseline is kept: with the packaged ones, or beside the suite's own file."""
    if suite.path.parent == SUITES:
        return BASELINES / f"{suite.name}.json"
    return suite.path.with_name(f"{suite.path.stem}.baseline.json")


def read_baseline(path: Path, suite: Suite) -> Baseline:
    """Read a baseline and check that it is this suite's, over this transcript.

    Raises:
        SuiteError: it is missing, no JSON, of another schema, another suite, or another text.
    """
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise SuiteError(
            f"the baseline {path} cannot be read ({error.strerror}); name another with --baseline"
        ) from error
    except ValueError as error:
        raise SuiteError(f"the baseline {path} is not JSON ({error}); write it anew with --update-baseline") from error
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != SCHEMA:
        raise SuiteError(f"the baseline {path} has schema {schema!r}, this version reads {SCHEMA}; write it anew")
    try:
        baseline = Baseline.model_validate(found)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise SuiteError(f"the baseline {path} cannot be used: {where}: {fault['msg']}; write it anew") from error
    if baseline.suite != suite.name:
        raise SuiteError(f"the baseline {path} is of the suite {baseline.suite!r}, not of {suite.name!r}")
    if baseline.corpus != suite.corpus:
        raise SuiteError(
            f"the baseline {path} is of another text of {suite.transcript!r} ({baseline.corpus}, now {suite.corpus}); "
            "look at the changed answers, then accept them with --update-baseline --reason"
        )
    return baseline


def past(result: Result, *, fragile: bool = False) -> Past:
    """A result as the past keeps it."""
    return Past(
        id=result.case.id,
        digest=case_digest(result),
        passed=result.grade.passed,
        outcome=str(result.answer.outcome) if result.answer else "crash",
        failures=result.grade.failures,
        measures={name: round(value, 6) for name, value in result.measures.items()},
        cited=cited(result),
        fragile=fragile,
        forbidden=forbidden(result),
    )


def forbidden(result: Result) -> bool:
    """Whether any take said what it must not."""
    return any("must_not" in take.grade.failures for take in result.takes)


def takes(run: Run) -> int:
    """How often each case of a run was asked."""
    return max((len(result.takes) for result in run.results), default=1)


def cited(result: Result) -> tuple[tuple[int, int], ...]:
    """The offsets an answer quotes, in its order."""
    return tuple((citation.start, citation.end) for citation in result.answer.citations) if result.answer else ()


def case_digest(result: Result) -> str:
    """A hash of everything a case states; an edited case is another case."""
    return digest(result.case.entry.model_dump_json())


def new_baseline(run: Run, encoder: Encoder, machine: Machine, *, entry: Entry, old: Baseline | None) -> Baseline:
    """The baseline a run would be, with the reason it was accepted for."""
    return Baseline(
        schema_=SCHEMA,
        suite=run.suite.name,
        suite_digest=run.suite.digest,
        corpus=run.suite.corpus,
        encoder=encoder,
        machine=machine,
        takes=takes(run),
        cases=tuple(past(result) for result in run.results),
        history=(*(old.history if old else ()), entry),
    )


def with_noise(baseline: Baseline, fragile: Iterable[str], noise: Noise) -> Baseline:
    """The baseline with the cases that flipped on stand-ins for other machines marked."""
    known = frozenset(fragile)
    cases = tuple(case.model_copy(update={"fragile": case.id in known}) for case in baseline.cases)
    return baseline.model_copy(update={"cases": cases, "noise": noise})


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline; one case a line, so that a diff shows which changed."""
    rows = baseline.model_dump(mode="json", by_alias=True)
    cases = rows.pop("cases")
    head = json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True).rstrip("}\n")
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{head},\n "cases": [\n{lines}\n ]\n}}\n', "utf-8")
