import math
from collections.abc import Sequence

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.case import Span
from eval.chance import losses_needed, power, rate, sign_flips, visible_drop
from eval.normal import contains, normal, numbers
from eval.ranking import RANKING, Judged, finds, hit, judge, ndcg, rank, recall, reciprocal_rank
from eval.selective import augrc, aurc, curve
from eval.summary import percentile
from eval.wording import char_f1, cmrc_em, cmrc_f1, exact_match, nugget_recall
from index.types import Hit, Legs, Passage


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1月20号。", "1月20号"),
        ("25％", "25%"),
        ("三十个亿", "30亿"),
        ("百分之二十五", "25%"),
        ("一百万", "100万"),
        ("1,234,567", "1234567"),
        ("两千五百", "2500"),
        ("两千五", "2500"),
        ("三点五亿", "3.5亿"),
        ("二〇二〇年", "2020年"),
        ("３０亿", "30亿"),
        ("*东旭 说：“好”", "东旭说好"),
        ("TiDB", "tidb"),
    ],
)
def test_what_says_the_same_becomes_the_same(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("25%", "52%"),
        ("25%", "25"),
        ("2.5", "25"),
        ("3、4", "34"),
        ("会低于", "不会低于"),
        ("李总", "张总"),
        ("1.20", "1.2"),
        ("-5%", "5%"),
        ("C++", "C"),
    ],
)
def test_what_differs_stays_apart(one, other):
    assert normal(one) != normal(other)


@pytest.mark.parametrize("words", ["千万别", "三四千米", "上百万", "亿人民币", "十几家", "百分之百"])
def test_numerals_that_state_no_amount_do_not_break_the_text(words):
    assert normal(words)
    assert normal(normal(words)) == normal(words)


def test_a_number_is_not_found_inside_a_longer_one():
    assert contains(normal("卖了30亿元"), normal("三十亿元"))
    assert not contains(normal("130家"), normal("30家"))
    assert not contains(normal("3.25%"), normal("25%"))
    assert numbers(normal("25％的人,2.5倍")) == {"25%", "2.5"}


@given(st.text(max_size=80))
def test_normalising_twice_changes_no_more_than_once(text):
    assert normal(normal(text)) == normal(normal(normal(text)))


def span(start: int, end: int) -> Span:
    return Span(start, end, "x" * (end - start), None, None, 1)


def ranking(*intervals: tuple[int, int]) -> tuple[Hit, ...]:
    return tuple(Hit(Passage(f"p{n}", "t", 0, 0, *it, ()), 1 / (n + 1), Legs()) for n, it in enumerate(intervals))


def test_a_passage_finds_a_span_when_it_holds_half_of_it():
    assert finds(span(10, 20), (15, 30))
    assert not finds(span(10, 20), (16, 30))
    assert not finds(span(10, 20), (20, 30))


def test_a_span_is_brought_once_by_the_best_ranked_passage():
    judged = judge(ranking((0, 50), (0, 60), (90, 120)), (span(10, 20), span(30, 40), span(100, 110), span(500, 510)))
    assert judged == Judged((2, 0, 1), 1)
    assert (recall(judged, 1), recall(judged, 3)) == (0.5, 0.75)
    assert (hit(judged, 1), reciprocal_rank(judged, 10)) == (1.0, 1.0)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(judged, 10) == pytest.approx((1 + 1 / math.log2(4)) / ideal)


def test_measures_are_those_of_the_best_alternative_and_absent_without_evidence():
    measured = rank(ranking((0, 5), (10, 20)), ((span(100, 110),), (span(10, 20),)))
    assert (measured["hit@1"], measured["recall@3"], measured["mrr@10"]) == (0.0, 1.0, 0.5)
    assert rank(ranking((0, 5)), ()) == {}
    assert set(rank((), ((span(0, 1),),)).values()) == {0.0}


MEASURES = {
    "hit@1": ir_measures.Success @ 1,
    "hit@5": ir_measures.Success @ 5,
    "hit@10": ir_measures.Success @ 10,
    "recall@1": ir_measures.R @ 1,
    "recall@3": ir_measures.R @ 3,
    "recall@5": ir_measures.R @ 5,
    "recall@10": ir_measures.R @ 10,
    "mrr@10": ir_measures.RR @ 10,
    "ndcg@10": ir_measures.nDCG @ 10,
}


def reference(brought: Sequence[int], missing: int) -> dict[str, float]:
    """What ir-measures says when each passage brings at most one span."""
    qrels = [ir_measures.Qrel("q", f"p{n}", 1) for n, new in enumerate(brought) if new]
    qrels += [ir_measures.Qrel("q", f"lost{n}", 1) for n in range(missing)]
    run = [ir_measures.ScoredDoc("q", f"p{n}", float(len(brought) - n)) for n in range(len(brought))]
    found = ir_measures.calc_aggregate(list(MEASURES.values()), qrels, run)
    return {name: found[measure] for name, measure in MEASURES.items()}


@given(st.lists(st.integers(0, 1), min_size=1, max_size=20), st.integers(0, 4))
def test_every_ranking_measure_agrees_with_ir_measures(brought, missing):
    if not sum(brought) + missing:
        missing = 1
    judged = Judged(tuple(brought), missing)
    ours = {name: measure(judged, k) for name, (measure, k) in RANKING.items()}
    assert ours == pytest.approx(reference(brought, missing))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=15), st.integers(0, 3))
def test_measures_stay_between_zero_and_one(brought, missing):
    judged = Judged(tuple(brought), missing or int(not sum(brought)))
    assert all(0 <= measure(judged, k) <= 1 + 1e-12 for measure, k in RANKING.values())


def test_nuggets_are_an_and_of_ors():
    assert nugget_recall("我们卖了三十个亿。", [["30亿", "3000000000"], ["五十人"]]) == 0.5
    assert nugget_recall("", []) == 1.0


def test_texts_are_compared_by_character_and_by_latin_word():
    assert exact_match("1月20号。", "１月20号") == 1.0
    assert char_f1("卖了30亿", "卖30亿") == pytest.approx(2 * 2 / 5)
    assert char_f1("", "好") == 0.0


def test_the_official_cmrc_rule_takes_the_longest_common_run():
    assert cmrc_em("“年1月20号”。", "年1月20号") == 1.0
    assert cmrc_f1("我们在TiDB上", "我们用TiDB上") == pytest.approx(2 * 2 / (5 + 5))
    assert cmrc_f1("25%", "25%。") == 1.0
    assert cmrc_em("25％", "25%") == 0.0  # what our own rule repairs


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


def test_risk_rises_with_coverage_and_ties_move_together():
    points = curve([(0.9, True), (0.5, False), (0.5, True), (0.1, False)])
    assert [(point.coverage, point.risk, point.generalised) for point in points] == [
        (0.25, 0.0, 0.0),
        (0.75, pytest.approx(1 / 3), 0.25),
        (1.0, 0.5, 0.5),
    ]


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.booleans()), min_size=2, max_size=40))
def test_augrc_is_what_its_closed_form_says(scored):
    right = [confidence for confidence, ok in scored if ok]
    wrong = [confidence for confidence, ok in scored if not ok]
    accuracy = len(right) / len(scored)
    pairs = len(right) * len(wrong)
    auroc = sum((r > w) + 0.5 * (r == w) for r in right for w in wrong) / pairs if pairs else 1.0
    closed = (1 - auroc) * accuracy * (1 - accuracy) + (1 - accuracy) ** 2 / 2
    assert augrc(scored) == pytest.approx(closed)


def test_aurc_is_zero_when_nothing_is_wrong():
    assert aurc([(0.4, True), (0.9, True)]) == 0.0


def test_percentiles_are_values_that_were_seen():
    assert (percentile([3, 1, 2], 50), percentile([3, 1, 2], 95), percentile([7], 50)) == (2, 3, 7)
