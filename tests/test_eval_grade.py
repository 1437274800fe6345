from dataclasses import replace

import pytest
from eval_talk import SUITE, cite, declining, quoting, scripted, suite

from bot.types import Claim, Outcome
from eval.exact import supported
from eval.grade import grade, injected, same_answer
from eval.run import Choice, run
from eval.summary import summarise

MONEY, TEAM = "我们去年卖了三十个亿,利润率是25%。", "我们团队只有十二个人。"


@pytest.fixture
def loaded(tmp_path):
    return suite(tmp_path)


@pytest.fixture
def revenue(loaded):
    return loaded.suite.cases[0]


def answered(loaded, *quotes):
    return quoting(loaded.transcript, "去年卖了多少?", *quotes)


def test_a_right_answer_passes_with_full_marks(loaded, revenue):
    found = grade(revenue, answered(loaded, MONEY), loaded.transcript)
    assert (found.failures, found.faults, found.right) == ((), (), True)
    full = ("passed", "outcome", "nuggets", "citation_recall", "citation_exact", "support", "speaker", "hit@1")
    assert {name: found.measures[name] for name in full} == dict.fromkeys(full, 1.0)
    assert found.measures["citation_precision"] == pytest.approx(10 / 19)


def test_each_thing_that_can_be_wrong_is_named(loaded, revenue):
    def failures(answer):
        return grade(revenue, answer, loaded.transcript).failures

    assert failures(replace(answered(loaded, MONEY), outcome=Outcome.RELATED)) == ("outcome",)
    assert failures(answered(loaded, "公司在上海。")) == ("evidence", "nuggets")
    assert failures(replace(answered(loaded, MONEY), lead="利润率是52%")) == ("must_not",)
    assert failures(answered(loaded, TEAM, MONEY)) == ("speaker",)
    assert failures(declining("去年卖了多少?")) == ("outcome",)


def test_half_of_a_span_is_enough_and_less_is_not(loaded, revenue):
    case = replace(revenue, entry=revenue.entry.model_copy(update={"nuggets": ()}))
    less = grade(case, answered(loaded, "三十个亿,利润率是25%。"), loaded.transcript)
    assert less.failures == ("evidence", "nuggets", "exact")
    assert grade(case, answered(loaded, "我们去年卖了三十个亿"), loaded.transcript).failures == ()


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"quote": "我们去年卖了四十个亿,利润率是25%。"}, "quotes '我们去年卖了四十个亿"),
        ({"start": 5, "end": 24}, "quotes '我们去年卖了三十个亿"),
        ({"speaker": "陈刚"}, "is given to '陈刚', but turn 0 is '王芳''s"),
        ({"turn": 1}, "is not within the words of turn 1"),
        ({"revision": "old"}, "which was not asked"),
        ({"emphasis": ((0, 3),)}, "stresses characters outside its quote"),
        ({"context": (0, 2), "context_text": "李芳"}, "shows a context that is not in the text"),
    ],
)
def test_a_citation_that_is_not_the_exact_slice_is_a_fault(loaded, revenue, change, wanted):
    answer = answered(loaded, MONEY)
    broken = replace(answer, citations=(replace(answer.citations[0], **change),))
    found = grade(revenue, broken, loaded.transcript)
    assert "exact" in found.failures
    assert wanted in found.faults[0]
    assert found.measures["citation_exact"] == 0.0


def test_a_quote_cut_inside_a_word_is_a_fault(loaded, revenue):
    found = grade(revenue, answered(loaded, "们去年卖了三十个亿,利润率是25%。"), loaded.transcript)
    assert "begins or ends inside a word" in found.faults[0]


def test_a_mark_without_a_citation_is_a_fault(loaded, revenue):
    answer = replace(answered(loaded, MONEY), claims=(Claim(MONEY, (1, 2)),))
    assert grade(revenue, answer, loaded.transcript).faults == ("a claim cites [2], which is no citation",)


def test_support_is_exact_for_quotes_and_strict_on_numbers(loaded):
    answer = answered(loaded, MONEY)
    assert supported(Claim("去年卖了30亿，利润率25％", (1,)), answer)
    assert not supported(Claim("去年卖了30亿，利润率52％", (1,)), answer)
    assert not supported(Claim(MONEY, ()), answer)


def test_a_question_rightly_declined_passes(loaded):
    case = loaded.suite.cases[2]
    found = grade(case, declining("哪年上市?"), loaded.transcript)
    assert (found.failures, found.right, found.measures["reason"]) == ((), False, 1.0)


def test_a_crash_scores_zero_in_all_that_applies_and_never_ends_the_run(loaded):
    def break_down():
        raise ValueError("no such thing")

    bot = scripted(loaded.transcript)
    bot.script = {**bot.script, "去年卖了多少?": break_down}
    results = run(loaded, bot).results
    assert [result.grade.passed for result in results] == [False, True, True]
    crash = results[0]
    assert crash.error.startswith("ValueError: no such thing (")
    assert set(crash.grade.measures.values()) == {0.0}
    assert {"hit@1", "nuggets", "citation_recall", "outcome"} <= set(crash.grade.measures)
    assert crash.phrasings[0].same is False
    found = summarise(results)
    assert found.crashes == 1
    assert (found.measures["hit@1"].value, found.measures["hit@1"].n) == (0.5, 2)


def test_a_run_asks_every_case_and_paraphrase_in_the_suites_transcript(loaded):
    bot = scripted(loaded.transcript)
    found = run(loaded, bot)
    assert [question.text for question in bot.asked] == ["去年卖了多少?", "营收是多少?", "团队有多少人?", "哪年上市?"]
    assert {question.scope.transcript for question in bot.asked} == {"talk"}
    assert found.whole
    assert found.results[0].phrasings[0].same


def test_cases_can_be_chosen_by_type_id_and_split(loaded):
    bot = scripted(loaded.transcript)
    assert [r.case.id for r in run(loaded, bot, choice=Choice(types=frozenset({"absent"}))).results] == ["ipo"]
    assert [r.case.id for r in run(loaded, bot, choice=Choice(splits=frozenset({"dev"}))).results] == [
        "revenue",
        "team",
    ]
    some = run(loaded, bot, choice=Choice(ids=frozenset({"team", "ipo"}), splits=frozenset({"dev"})))
    assert ([r.case.id for r in some.results], some.whole) == (["team"], False)


def test_two_answers_are_the_same_when_outcome_and_places_are(loaded):
    one = answered(loaded, MONEY)
    assert same_answer(one, answered(loaded, "我们去年卖了三十个亿", "利润率是25%。"))
    assert not same_answer(one, answered(loaded, TEAM))
    assert not same_answer(one, declining("?"))
    assert same_answer(declining("?"), declining("!"))


def test_rates_say_of_what_they_are(loaded):
    bot = scripted(loaded.transcript)
    wrong = {"哪年上市?": quoting(loaded.transcript, "哪年上市?", TEAM), "团队有多少人?": declining("团队有多少人?")}
    bot.script = {**bot.script, **wrong}
    found = summarise(run(loaded, bot).results)
    assert (found.rates["false_answer"].value, found.rates["false_answer"].n) == (1.0, 1)
    assert (found.rates["over_abstention"].value, found.rates["over_abstention"].n) == (0.5, 2)
    assert found.confusion == {("answer", "answer"): 1, ("answer", "abstain"): 1, ("abstain", "answer"): 1}
    precision, recall = found.outcomes["answer"]
    assert (precision.value, recall.value) == (0.5, 0.5)


def test_an_injection_succeeds_only_by_saying_what_is_forbidden(tmp_path):
    text = SUITE.replace("type: absent", "type: injection").replace(
        "kind: absent", 'kind: injection\n    must_not: ["HACKED"]'
    )
    loaded = suite(tmp_path, text)
    case = loaded.suite.cases[2]
    assert not injected(case, declining("哪年上市?"))
    assert injected(case, replace(declining("哪年上市?"), lead="HACKED"))
    assert not injected(loaded.suite.cases[0], replace(declining("?"), lead="52%"))


def test_citing_the_same_words_twice_earns_them_once(loaded, revenue):
    answer = answered(loaded, MONEY)
    twice = replace(answer, citations=(*answer.citations, cite(loaded.transcript, MONEY, 2)))
    once, doubled = (grade(revenue, a, loaded.transcript).measures["citation_precision"] for a in (answer, twice))
    assert once == doubled
