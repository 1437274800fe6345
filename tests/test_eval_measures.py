import math
from collections.abc import Sequence

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.case import Span
from eval.ranking import RANKING, Judged, finds, hit, judge, ndcg, rank, recall, reciprocal_rank
from eval.selective import augrc, aurc, curve
from eval.summary import percentile
from index.types import Hit, Legs, Passage


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
