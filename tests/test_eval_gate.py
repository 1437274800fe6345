import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from eval_talk import declining, quoting, scripted, suite, talk

from bot.types import Answer, Outcome
from eval.baseline import Encoder, Entry, Noise, new_baseline, past, read_baseline, with_noise, write_baseline
from eval.case import Case, CaseEntry, Suite
from eval.gate import judge
from eval.grade import Grade
from eval.machine import Machine, this_machine
from eval.run import Result, Run, Take, Takes, run
from eval.source import SuiteError

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


@pytest.fixture
def transcript(tmp_path):
    return talk(tmp_path)


def verdict(transcript, was, now, **kind):
    return judge(made(transcript, now, **kind), before(made(transcript, was, **kind)), HERE, ENCODER)


def test_the_same_answers_are_green(transcript):
    found = verdict(transcript, [1] * 160, [1] * 160)
    assert (found.ok, found.flips, found.compared) == (True, (), 160)


@pytest.mark.parametrize(("cases", "lost", "ok"), [(160, 1, True), (160, 2, False), (160, 3, False), (25, 1, False)])
def test_the_budget_is_one_percent_net(transcript, cases, lost, ok):
    found = verdict(transcript, [1] * cases, [0] * lost + [1] * (cases - lost))
    assert found.ok is ok
    assert [flip.result.case.id for flip in found.counted(lost=True)] == [f"c{n}" for n in range(lost)]


def test_wins_pay_for_losses_and_both_are_listed(transcript):
    found = verdict(transcript, [1] * 3 + [0] * 3 + [1] * 154, [0] * 3 + [1] * 3 + [1] * 154)
    assert found.ok
    assert [flip.lost for flip in found.flips] == [True] * 3 + [False] * 3


def refusing(finished: Run, first: int) -> Run:
    """The run with its first cases unanswerable."""
    update = {"answerable": "no", "kind": "absent"}
    rows = [
        replace(row, case=replace(row.case, entry=row.case.entry.model_copy(update=update))) if n < first else row
        for n, row in enumerate(finished.results)
    ]
    return replace(finished, results=tuple(rows))


def test_a_bar_moved_down_is_red_though_as_many_are_won_as_lost(transcript):
    was = refusing(made(transcript, [1] * 80 + [0] * 80), 80)
    now = refusing(made(transcript, [0] * 20 + [1] * 60 + [1] * 20 + [0] * 60), 80)
    found = judge(now, before(was), HERE, ENCODER)
    assert (len(found.counted(lost=True)), len(found.counted(lost=False))) == (20, 20)
    assert found.red[0].startswith("20 unanswerable cases lost and 0 won of 160: a net loss of 20")


def test_an_encoder_is_not_changed_in_silence(transcript):
    same = made(transcript, [1] * 100)
    other = ENCODER.model_copy(update={"fingerprint": "another"})
    red = judge(same, before(same), HERE, other).red
    assert red == (
        "the encoder is 'scripted' (another), the baseline's 'scripted' (none); if that is meant, accept it with "
        "--update-baseline --reason",
    )
    renamed = Encoder(name="bge", fingerprint="another")
    assert judge(same, before(same), HERE, renamed).ok
    assert judge(same, before(same), ELSEWHERE, other).ok


def test_a_locked_case_is_red_whatever_was_before(transcript):
    found = verdict(transcript, [0] + [1] * 159, [0] + [1] * 159, locked=True)
    assert found.red == ("c0: is locked and fails (nuggets)",)


def test_power_is_said_out_loud(transcript):
    said = verdict(transcript, [1] * 60, [1] * 60).notes[-1]
    assert "60 cases compared: a net loss of 1 or more is always red" in said
    assert "would see a break of 5 % of the cases 18 % of the time, of 10 % 73 %" in said


def test_a_real_run_is_judged_against_the_baseline_it_wrote(tmp_path):
    loaded = suite(tmp_path)
    finished = run(loaded, scripted(loaded.transcript))
    path = tmp_path / "talk.baseline.json"
    write_baseline(new_baseline(finished, ENCODER, this_machine(), entry=WHY, old=None), path)
    baseline = read_baseline(path, loaded.suite)
    assert judge(finished, baseline, this_machine(), ENCODER).ok
    worse = scripted(loaded.transcript)
    worse.script = {**worse.script, "去年卖了多少?": declining("去年卖了多少?")}
    found = judge(run(loaded, worse), baseline, this_machine(), ENCODER)
    assert found.red == ("1 cases lost and 0 won of 3: a net loss of 1, over the budget of 0.0 (revenue)",)


def test_a_crash_a_fault_and_a_followed_instruction_are_red_without_a_baseline(tmp_path):
    loaded = suite(tmp_path)
    bot = scripted(loaded.transcript)
    good = bot.script["去年卖了多少?"]
    false = replace(good, citations=(replace(good.citations[0], quote="编的"),))
    bot.script = {"去年卖了多少?": false, "团队有多少人?": lambda: 1 / 0}
    red = judge(run(loaded, bot), None, HERE, ENCODER).red
    assert red[0].startswith("revenue: citation [1] quotes '编的', but 4:23 is")
    assert red[1].startswith("team: crashed: ZeroDivisionError")
    assert red[2] == "team: is locked and fails (crash)"


def test_a_forbidden_word_is_red_unless_the_baseline_owns_up_to_it(tmp_path):
    loaded = suite(tmp_path)
    bot = scripted(loaded.transcript)
    bot.script = {**bot.script, "去年卖了多少?": replace(bot.script["去年卖了多少?"], lead="52%")}
    bad = run(loaded, bot)
    assert judge(bad, None, HERE, ENCODER).red == ("revenue: says what it must not",)
    assert judge(bad, before(bad), HERE, ENCODER).ok


def test_an_edited_case_has_no_past(transcript):
    was, now = made(transcript, [1] * 100), made(transcript, [0] + [1] * 99)
    edited = replace(now.results[0].case, entry=now.results[0].case.entry.model_copy(update={"question": "别的?"}))
    now = replace(now, results=(replace(now.results[0], case=edited), *now.results[1:]))
    found = judge(now, before(was), HERE, ENCODER)
    assert (found.ok, found.compared) == (True, 99)
    assert "1 cases were edited since the baseline and are not compared: c0" in found.notes


def test_a_new_case_asked_alone_is_judged_without_a_past(transcript):
    """What ``eval add`` says to do next; there is nothing to compare, and that is said."""
    was, new = made(transcript, [1] * 3), result(7, passed=False)
    alone = replace(was, results=(new,), whole=False)
    found = judge(alone, before(was), HERE, ENCODER)
    assert (found.ok, found.compared, found.tests) == (True, 0, ())
    assert "1 new cases have no past yet and count in no change: c7" in found.notes


def test_deleting_cases_is_no_way_to_pass(transcript):
    was = made(transcript, [1] * 100)
    fewer = replace(was, results=was.results[3:])
    assert judge(fewer, before(was), HERE, ENCODER).red == (
        "3 cases that passed are gone (c0, c1, c2); accept that with --update-baseline --reason",
    )
    assert judge(replace(fewer, whole=False), before(was), HERE, ENCODER).ok


def test_a_flip_counts_on_the_same_machine_even_when_it_is_fragile(transcript):
    was, now = made(transcript, [1] * 100), made(transcript, [0, 0] + [1] * 98)
    noisy = with_noise(before(was), ["c0", "c1"], Noise(stand_ins=("fp32",), worst_net_loss=2))
    assert not judge(now, noisy, HERE, ENCODER).ok
    found = judge(now, noisy, ELSEWHERE, ENCODER)
    assert found.ok
    assert [flip.machine for flip in found.flips] == [True, True]
    assert "the baseline was made on another machine: processor without avx512_vnni" in found.notes
    assert any(note.startswith("2 flips are within the noise measured between machines") for note in found.notes)


def test_elsewhere_only_measured_cases_are_excused_and_never_more_than_was_measured(transcript):
    was = made(transcript, [1] * 100)
    unmeasured = judge(made(transcript, [0, 0] + [1] * 98), before(was), ELSEWHERE, ENCODER)
    assert not unmeasured.ok
    assert any("its numeric noise was not measured" in note for note in unmeasured.notes)
    noisy = with_noise(before(was), ["c0", "c1"], Noise(stand_ins=("fp32",), worst_net_loss=2))
    assert not judge(made(transcript, [0] * 4 + [1] * 96), noisy, ELSEWHERE, ENCODER).ok
    many = with_noise(before(was), [f"c{n}" for n in range(9)], Noise(stand_ins=("fp32",), worst_net_loss=2))
    red = judge(made(transcript, [0] * 9 + [1] * 91), many, ELSEWHERE, ENCODER).red
    assert red == ("a net loss of 9 among fragile cases; stand-ins for other machines lost at most 2",)


def asked_again(finished: Run, number: int, *passes: bool) -> Run:
    """The run with one of its cases asked again, with these verdicts."""
    rows = list(finished.results)
    again = [result(number, bool(ok), mode="llm") for ok in passes]
    others = tuple(Take(row.answer, row.error, row.grade, row.seconds) for row in again)
    rows[number] = replace(rows[number], others=others)
    return replace(finished, results=tuple(rows))


def test_takes_are_averaged_in_the_test_and_most_of_them_decide(transcript):
    was = made(transcript, [1] * 20, mode="llm")
    now = asked_again(made(transcript, [1] * 20, mode="llm"), 3, False, True)
    found = judge(now, before(was), HERE, ENCODER)
    assert (found.ok, found.flips) == (True, ())
    assert {test.measure: test.change for test in found.tests}["passed"] == pytest.approx(-1 / 3 / 20)
    assert "each case was asked 3 times, for the baseline 1; --repeat the same number in both" in found.notes
    assert any("points of cases passed would be seen nine times in ten" in note for note in found.notes)


def test_what_no_answer_may_do_is_red_in_any_take(tmp_path):
    loaded = suite(tmp_path)
    good, calls = scripted(loaded.transcript), []

    class Shaky:
        def ask(self, question):
            calls.append(question.text)
            if calls.count(question.text) == 2 and question.text == "团队有多少人?":
                raise RuntimeError("away")
            return good.ask(question)

    finished = run(loaded, Shaky(), takes=Takes(3))
    assert len(finished.results[0].takes) == 3
    assert all(row.grade.passed for row in finished.results)
    (red,) = judge(finished, None, HERE, ENCODER).red
    assert red.startswith("team: crashed: RuntimeError: away")


def test_a_baseline_keeps_means_over_takes_and_how_many_there_were(transcript):
    kept = before(asked_again(made(transcript, [0, 1], mode="llm"), 0, False, True, False))
    assert (kept.takes, kept.cases[0].passed, kept.cases[0].measures["passed"]) == (4, False, 0.25)


CASES, SOLID, SHAKY = 180, 0.8, 0.1  # of the cases always pass, a tenth pass every other time, the rest never


def noisy(rng: np.random.Generator, broken: float = 0.0) -> list[bool]:
    """The verdicts of a run whose shaky cases are coin flips, after a change that breaks some of the solid ones."""
    solid, shaky = int(SOLID * CASES), int(SHAKY * CASES)
    kept = rng.random(solid) >= broken / SOLID
    return [*kept, *(rng.random(shaky) < 0.5), *([False] * (CASES - solid - shaky))]


def reds(transcript, broken: float, *, mode: str = "llm", rounds: int = 200) -> float:
    rng = np.random.default_rng(7)
    pairs = [(noisy(rng), noisy(rng, broken)) for _ in range(rounds)]
    found = [not verdict(transcript, was, now, mode=mode).ok for was, now in pairs]
    return sum(found) / rounds


def test_two_hundred_comparisons_of_nothing_changed_are_red_at_most_one_time_in_twenty(transcript):
    assert reds(transcript, 0.0) <= 0.05


def test_a_break_of_ten_percent_is_seen_through_the_noise_nine_times_in_ten(transcript):
    assert reds(transcript, 0.10) >= 0.9


def test_a_break_of_five_percent_is_always_seen_when_runs_repeat_exactly(transcript):
    rng = np.random.default_rng(11)
    for _ in range(200):
        was = rng.random(CASES) < 0.8
        now = was.copy()
        now[rng.choice(np.flatnonzero(was), 9, replace=False)] = False
        assert not verdict(transcript, was, now).ok
        assert verdict(transcript, was, was).ok


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (None, "cannot be read"),
        ("{", "is not JSON"),
        ("[]", "has schema None, this version reads 1"),
        ({"schema": 9}, "has schema 9, this version reads 1"),
        ({"suite": "other"}, "is of the suite 'other', not of 'talk'"),
        ({"corpus": "0000"}, "is of another text of 'talk' (0000, now"),
        ({"cases": [{"id": 3}]}, "cannot be used: cases.0.id"),
    ],
)
def test_a_baseline_that_does_not_fit_says_why(tmp_path, change, wanted):
    loaded = suite(tmp_path)
    path = tmp_path / "talk.baseline.json"
    finished = run(loaded, scripted(loaded.transcript))
    write_baseline(before(finished), path)
    if isinstance(change, dict):
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    elif change is None:
        path.unlink()
    else:
        path.write_text(change, "utf-8")
    with pytest.raises(SuiteError) as caught:
        read_baseline(path, loaded.suite)
    assert wanted in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_baseline_keeps_every_case_on_its_own_line_and_reads_back(tmp_path):
    loaded = suite(tmp_path)
    path = tmp_path / "talk.baseline.json"
    finished = run(loaded, scripted(loaded.transcript))
    write_baseline(before(finished), path)
    assert sum(line.startswith('{"id": ') for line in path.read_text("utf-8").splitlines()) == 3
    assert read_baseline(path, loaded.suite).cases == tuple(past(row) for row in finished.results)


def test_this_machine_is_itself():
    assert this_machine().differences(this_machine()) == ()
    assert this_machine().libraries["numpy"] == np.__version__


def test_an_answer_that_changed_but_still_passes_is_no_flip(tmp_path):
    loaded = suite(tmp_path)
    bot = scripted(loaded.transcript)
    was = before(run(loaded, bot))
    other = quoting(loaded.transcript, "去年卖了多少?", "我们去年卖了三十个亿")
    bot.script = {**bot.script, "去年卖了多少?": other}
    assert judge(run(loaded, bot), was, HERE, ENCODER).flips == ()
