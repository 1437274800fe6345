"""What a sentence holds that a question's type asks for, and whether quotes can be an answer at all."""

from __future__ import annotations

import pytest

from bot.answer_type import head, holds, predicate, types_of
from bot.fitting.fit import satisfies
from bot.question import Kind, understand
from bot.weigh import weights
from index.event import EventCard
from index.source import read_transcript

CARD = EventCard(title="-")
TALK = read_transcript(
    "这家公司在杭州。它成立于2013年。年公司上市了。一共有三百人。他们做了一个框架。",
    id="t",
    event="e",
    card=None,
)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("公司何年成立", [Kind.WHEN]),
        ("总部在哪个城市", [Kind.WHERE]),
        ("这个湖的面积", [Kind.HOW_MANY]),
        ("when was it founded", [Kind.WHEN]),
    ],
)
def test_types_that_the_cues_of_a_question_tell(question: str, kinds: list[Kind]) -> None:
    assert [kind for kind in types_of(understand(question, CARD)) if kind in kinds] == kinds


def test_a_sentence_that_lost_its_year_held_one() -> None:
    assert holds(understand("哪年的事", CARD), Kind.WHEN, TALK).tolist() == [0, 1, 1, 0, 0]


def test_what_only_repeats_the_question_is_no_answer() -> None:
    assert holds(understand("2013年怎么了", CARD), Kind.WHEN, TALK)[1] == 0


def test_the_noun_of_the_question_word_is_looked_for() -> None:
    assert head(understand("做了什么框架", CARD), TALK).tolist() == [0, 0, 0, 0, 1]
    assert not head(understand("为什么上市", CARD), TALK).any()


def test_a_yes_or_no_question_looks_for_its_verb() -> None:
    assert predicate(understand("后来公司上市了吗", CARD), TALK).tolist() == [0, 0, 1, 0, 0]
    assert not predicate(understand("公司为什么上市", CARD), TALK).any()


@pytest.mark.parametrize(
    ("question", "quote", "can_be"),
    [
        ("几秒能恢复", "系统会自我恢复", False),
        ("几秒能恢复", "三秒就恢复了", True),
        ("有多少人", "一共有三百位", True),
        ("市场份额是百分之几", "市场上只有两种", False),
        ("市场份额是百分之几", "占了25%", True),
        ("那轮融了多少", "后来融到了B轮", False),
        ("那轮融了多少", "融了三千万美金", True),
        ("融了多少轮", "我们融了五轮", True),
        ("公司有多少员工", "前两年其实没挣钱", False),
        ("公司有多少员工", "现在有三百个员工", True),
        ("有多少家客户", "超过五百家客户", True),
    ],
)
def test_an_answer_is_counted_in_what_was_asked_for(question: str, quote: str, can_be: bool) -> None:
    assert satisfies(understand(question, CARD), [quote]) is can_be


def test_the_shipped_weights_are_whole() -> None:
    assert {"inherited", "head", "holds_when", "damaged"} <= weights().keys()
    assert weights()["damaged"] < 0
