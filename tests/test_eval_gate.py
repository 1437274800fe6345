"""The gate: what makes a run red, and what excuses a flip."""

from dataclasses import replace

import pytest
from eval_runs import ELSEWHERE, ENCODER, HERE, WHY, before, made, result, verdict
from eval_talk import declining, quoting, scripted, suite, talk

from eval.baseline import Encoder, Noise, new_baseline, read_baseline, with_noise, write_baseline
from eval.gate import judge
from eval.machine import this_machine
from eval.run import Run, run


@pytest.fixture
def transcript(tmp_path):
    return talk(tmp_path)


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


def test_an_answer_that_changed_but_still_passes_is_no_flip(tmp_path):
    loaded = suite(tmp_path)
    bot = scripted(loaded.transcript)
    was = before(run(loaded, bot))
    other = quoting(loaded.transcript, "去年卖了多少?", "我们去年卖了三十个亿")
    bot.script = {**bot.script, "去年卖了多少?": other}
    assert judge(run(loaded, bot), was, HERE, ENCODER).flips == ()
