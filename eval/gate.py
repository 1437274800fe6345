"""The gate: whether a run is worse than the past, for which cases, and how sure that is.

On the deterministic path a flip is real, so a budget decides: red when losses minus wins exceed 1 % of the cases
compared, over all of them, or over those the talk answers or does not answer alone. For a bar moved down wins answers
and loses refusals, and neither pays for the other. Runs with a language model are noisy, so there a paired test decides.
Invariants and locked cases are red in either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.baseline import Baseline, Encoder, Past, case_digest, forbidden, takes
from eval.chance import losses_needed, power, sign_flips, visible_drop
from eval.grade import injected
from eval.machine import Machine
from eval.run import Result, Run

BUDGET = 0.01  # of the cases compared may be lost net; 2 of 160 are red, and 1 of 25
LEVEL = 0.025  # one-sided (5 % for a test of both sides): of 200 no-ops hardly ever more than 5 % are red
LEAST_DROP = 0.01  # a significant drop of less than a point is not worth a red light
TESTED = ("passed", "outcome", "nuggets", "citation_recall", "recall@5", "mrr@10")


@dataclass(frozen=True, slots=True)
class Flip:
    """A case whose verdict changed. ``machine`` means the change is within the noise measured between processors."""

    result: Result
    before: Past
    machine: bool

    @property
    def lost(self) -> bool:
        """Whether it passed before and does not now."""
        return self.before.passed


@dataclass(frozen=True, slots=True)
class Comparison:
    """A paired test of one measure: mean change over ``n`` cases, one-sided p, and p adjusted for the others."""

    measure: str
    change: float
    p: float
    adjusted: float
    n: int

    @property
    def significant(self) -> bool:
        """Whether the drop is both beyond chance and worth naming."""
        return self.adjusted < LEVEL and self.change < -LEAST_DROP


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says: ``red`` are the reasons it is red, ``notes`` what a reader should know besides."""

    red: tuple[str, ...]
    flips: tuple[Flip, ...]
    tests: tuple[Comparison, ...]
    notes: tuple[str, ...]
    compared: int

    @property
    def ok(self) -> bool:
        """Whether nothing is red."""
        return not self.red

    def counted(self, *, lost: bool) -> tuple[Flip, ...]:
        """The flips that count, in one direction."""
        return tuple(flip for flip in self.flips if flip.lost is lost and not flip.machine)


def judge(run: Run, baseline: Baseline | None, machine: Machine, encoder: Encoder) -> Verdict:
    """Compare a run with the past; without one, invariants and locked cases only."""
    debts = {case.id for case in baseline.cases if case.forbidden or "must_not" in case.failures} if baseline else set()
    red = [*_invariants(run.results), *_forbidden(run.results, debts), *_locked(run.results)]
    if baseline is None:
        return Verdict(tuple(red), (), (), ("no baseline: only invariants and locked cases were judged",), 0)
    elsewhere = machine.differences(baseline.machine) if encoder.name == baseline.encoder.name else ()
    both = pairs(run.results, baseline)
    changed = (pair for pair in both if pair[0].grade.passed is not pair[1].passed)
    found = (Flip(result, before, bool(elsewhere) and before.fragile) for result, before in changed)
    flips = tuple(sorted(found, key=lambda flip: (flip.machine, not flip.lost)))  # what was lost is read first
    tests = _tests(both)
    noisy = any(result.answer and result.answer.mode == "llm" for result in run.results)
    red += _significant(tests) if noisy else _over_budget(flips, len(both), baseline)
    red += _missing(run, baseline)
    encoded = _encoder_change(encoder, baseline)
    red += [encoded] if encoded and encoder.name == baseline.encoder.name and not elsewhere else []
    notes = (
        *([encoded] if encoded else []),
        *_scope_notes(run, baseline, both),
        *_machine_notes(elsewhere, flips, baseline),
        *_takes_notes(run, baseline),
        _seen_through_noise(both) if noisy and both else _power_note(len(both)),
    )
    return Verdict(tuple(red), flips, tests, notes, len(both))


def pairs(results: Sequence[Result], baseline: Baseline) -> list[tuple[Result, Past]]:
    """Cases that are word for word those of the baseline; an edited case has no past."""
    known = {case.id: case for case in baseline.cases}
    both = ((result, known.get(result.case.id)) for result in results)
    return [(result, before) for result, before in both if before and before.digest == case_digest(result)]


def _invariants(results: Iterable[Result]) -> Iterable[str]:
    for result in results:
        for take in result.takes:
            if take.answer is None:
                yield f"{result.case.id}: crashed: {take.error}"
            elif injected(result.case, take.answer):
                yield f"{result.case.id}: did what a planted instruction said"
            yield from (f"{result.case.id}: {fault}" for fault in take.grade.faults)


def _forbidden(results: Iterable[Result], debts: set[str]) -> Iterable[str]:
    for result in results:
        if forbidden(result) and result.case.id not in debts:
            yield f"{result.case.id}: says what it must not"


def _locked(results: Iterable[Result]) -> Iterable[str]:
    for result in results:
        if result.case.entry.locked and not result.grade.passed:
            yield f"{result.case.id}: is locked and fails ({', '.join(result.grade.failures)})"


def _missing(run: Run, baseline: Baseline) -> Iterable[str]:
    """Deleting or editing most of a suite is no way to pass: the past must still be mostly there."""
    if not run.whole:
        return
    now = {result.case.id for result in run.results}
    gone = [case.id for case in baseline.cases if case.id not in now and case.passed]
    if len(gone) > BUDGET * len(baseline.cases):
        yield f"{len(gone)} cases that passed are gone ({_few(gone)}); accept that with --update-baseline --reason"


def _encoder_change(encoder: Encoder, baseline: Baseline) -> str:
    """An encoder of the same name that computes something else (weights, prompts) is never changed in silence."""
    before = baseline.encoder
    if encoder.fingerprint == before.fingerprint:
        return ""
    return (
        f"the encoder is {encoder.name!r} ({encoder.fingerprint[:12]}), the baseline's {before.name!r} "
        f"({before.fingerprint[:12]}); if that is meant, accept it with --update-baseline --reason"
    )


def _over_budget(flips: Sequence[Flip], compared: int, baseline: Baseline) -> Iterable[str]:
    allowed = BUDGET * compared
    counted = [flip for flip in flips if not flip.machine]
    no = [flip for flip in counted if flip.result.case.entry.answerable == "no"]
    yes = [flip for flip in counted if flip.result.case.entry.answerable != "no"]
    for name, group in (("", counted), ("answerable ", yes), ("unanswerable ", no)):
        if _net(group) > allowed:
            lost = [flip.result.case.id for flip in group if flip.lost]
            yield (
                f"{len(lost)} {name}cases lost and {len(group) - len(lost)} won of {compared}: a net loss of "
                f"{_net(group)}, over the budget of {allowed:.1f} ({_few(lost)})"
            )
            break
    elsewhere = _net([flip for flip in flips if flip.machine])
    worst = baseline.noise.worst_net_loss if baseline.noise else 0
    if elsewhere > worst + allowed:
        yield f"a net loss of {elsewhere} among fragile cases; stand-ins for other machines lost at most {worst}"


def _net(flips: Sequence[Flip]) -> int:
    return sum(1 if flip.lost else -1 for flip in flips)


def _tests(pairs: Sequence[tuple[Result, Past]]) -> tuple[Comparison, ...]:
    counts = {name: sum(name in before.measures for _, before in pairs) for name in TESTED}
    now = [result.measures for result, _ in pairs]
    changes = {
        name: [_changed(name, measures, before) for measures, (_, before) in zip(now, pairs, strict=True)]
        for name, n in counts.items()
        if n
    }
    return tuple(
        Comparison(name, sum(changes[name]) / counts[name], tested.p, tested.adjusted, counts[name])
        for name, tested in sign_flips(changes).items()
    )


def _changed(name: str, now: dict[str, float], before: Past) -> float:
    return now.get(name, 0.0) - before.measures[name] if name in before.measures else 0.0


def _significant(tests: Iterable[Comparison]) -> Iterable[str]:
    for test in tests:
        if test.significant:
            points = -100 * test.change
            yield f"{test.measure} fell by {points:.1f} points (p = {test.adjusted:.3f} after step-down, n = {test.n})"


def _scope_notes(run: Run, baseline: Baseline, pairs: Sequence[tuple[Result, Past]]) -> Iterable[str]:
    known, compared = {case.id for case in baseline.cases}, {result.case.id for result, _ in pairs}
    asked = [result.case.id for result in run.results]
    if new := [id for id in asked if id not in known]:
        yield f"{len(new)} new cases have no past yet and count in no change: {_few(new)}"
    if edited := [id for id in asked if id in known and id not in compared]:
        yield f"{len(edited)} cases were edited since the baseline and are not compared: {_few(edited)}"
    if run.whole and (gone := sorted(known - set(asked))):
        yield f"{len(gone)} cases of the baseline are gone: {_few(gone)}"


def _machine_notes(elsewhere: Sequence[str], flips: Sequence[Flip], baseline: Baseline) -> Iterable[str]:
    if not elsewhere:
        return
    yield f"the baseline was made on another machine: {'; '.join(elsewhere)}"
    excused = [flip.result.case.id for flip in flips if flip.machine]
    if baseline.noise is None:
        yield "its numeric noise was not measured, so every flip counts; compare with the base commit scored here"
    elif excused:
        yield f"{len(excused)} flips are within the noise measured between machines and do not count: {_few(excused)}"


def _takes_notes(run: Run, baseline: Baseline) -> Iterable[str]:
    """Means over unlike numbers of takes scatter unlike; the test is exact where they are as many."""
    if (now := takes(run)) != baseline.takes:
        yield f"each case was asked {now} times, for the baseline {baseline.takes}; --repeat the same number in both"


def _seen_through_noise(pairs: Sequence[tuple[Result, Past]]) -> str:
    drop = visible_drop([_changed("passed", result.measures, before) for result, before in pairs])
    return (
        f"{len(pairs)} cases compared: as much as these two runs differ by, a drop of {100 * drop:.1f} points of cases "
        "passed would be seen nine times in ten; with --repeat 3 or more, a smaller one"
    )


def _power_note(compared: int) -> str:
    needed, budget = losses_needed(), int(BUDGET * compared) + 1
    small, large = (100 * power(compared, broken, needed=needed) for broken in (0.05, 0.1))
    return (
        f"{compared} cases compared: a net loss of {budget} or more is always red when runs repeat exactly. "
        f"A significance test alone needs {needed} losses, and would see a break of 5 % of the cases "
        f"{small:.0f} % of the time, of 10 % {large:.0f} %"
    )


def _few(ids: Sequence[str]) -> str:
    return ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
