import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.chance import losses_needed, power, rate, sign_flips, visible_drop


def test_intervals_are_wilsons():
    found = rate([1.0] * 8 + [0.0] * 2)
    assert (found.value, round(found.low, 4), round(found.high, 4)) == (0.8, 0.4902, 0.9433)
    assert round(rate([0.0] * 60).high, 4) == 0.0602
    assert rate([]).value is None


def p_of(differences):
    return sign_flips({"passed": differences})["passed"].p


def test_the_paired_test_is_exact_for_few_changes():
    assert p_of([0, 0, -1, -1, -1, -1, -1]) == 1 / 32
    assert p_of([-1, 1]) == 0.75
    assert p_of([0.0] * 9) == 1.0
    assert p_of([1] * 5) == 1.0


def test_the_paired_test_by_draws_is_near_the_binomial():
    losses, wins = 18, 7
    exact = sum(math.comb(25, b) for b in range(wins + 1)) / 2**25
    assert p_of([-1] * losses + [1] * wins) == pytest.approx(exact, abs=0.004)


def holm(p_values):
    """Holm's adjusted p by hand: the i-th smallest of m times (m - i + 1), made monotone, at most 1."""
    ordered = sorted(p_values.items(), key=lambda item: item[1])
    adjusted = [min(1.0, p * (len(ordered) - rank)) for rank, (_, p) in enumerate(ordered)]
    return {name: max(adjusted[: rank + 1]) for rank, (name, _) in enumerate(ordered)}


def test_measures_that_say_the_same_cost_each_other_nothing():
    same = [-1.0] * 6 + [1.0]
    found = sign_flips({"passed": same, "outcome": same, "nuggets": [0.5 * value for value in same]})
    assert {tested.adjusted for tested in found.values()} == {8 / 128}  # 1 + 7 patterns of 128 are as low


def test_measures_of_different_cases_are_adjusted_by_hand():
    one, other = [-1.0] * 5 + [0.0] * 4, [0.0] * 5 + [-1.0] * 4  # 1/32 and 1/16 alone
    found = sign_flips({"other": other, "one": one})
    assert (found["one"].p, found["other"].p) == (1 / 32, 1 / 16)
    assert found["one"].adjusted == 1 / 32  # no pattern of the other is as rare, so that it takes no share
    assert found["other"].adjusted == 1 / 16
    both = sign_flips({"other": [0.0] * 5 + [-1.0] * 5, "one": [*one, 0.0]})
    assert both["one"].adjusted == both["other"].adjusted == 1 - (31 / 32) ** 2


@given(st.lists(st.tuples(*[st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0])] * 3), min_size=1, max_size=40))
def test_the_adjustment_is_never_above_holms_nor_below_p(rows):
    changes = dict(zip("abc", map(list, zip(*rows, strict=True)), strict=True))
    found = sign_flips(changes)
    by_holm = holm({name: tested.p for name, tested in found.items()})
    for name, tested in found.items():
        assert tested.p - 1e-9 <= tested.adjusted <= by_holm[name] + 1e-9


def test_the_drop_that_would_be_seen_follows_from_the_scatter():
    assert visible_drop([1.0] * 50 + [-1.0] * 50 + [0.0] * 300) == pytest.approx(3.2415 * 10 / 400, abs=1e-4)


def test_power_says_what_a_suite_can_see():
    assert losses_needed() == 5
    assert power(60, 0.05, needed=5) == pytest.approx(0.18, abs=0.01)
    assert power(200, 0.05, needed=5) == pytest.approx(0.97, abs=0.005)
    assert power(3, 0.05, needed=5) == pytest.approx(0.0, abs=1e-12)
