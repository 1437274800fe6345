"""The gate where runs are noisy: cases asked several times, and how often a break of some size is seen."""

import numpy as np
import pytest
from eval_runs import ENCODER, HERE, asked_again, before, made, verdict
from eval_talk import scripted, suite, talk

from eval.gate import judge
from eval.run import Takes, run


@pytest.fixture
def transcript(tmp_path):
    return talk(tmp_path)


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
