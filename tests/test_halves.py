"""Two questions in one are each answered, and what is not is said."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.halves import halves, wanted
from bot.types import Outcome, Question, Reason
from index.event import EventCard

CARD = EventCard(title="-")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("UCloud为什么中立?TiDB有什么优点?", ("UCloud为什么中立", "TiDB有什么优点")),
        ("PingCAP成立多久了，另外它有多少客户", ("PingCAP成立多久了", "它有多少客户")),
        ("Who leads PingCAP and why is it open source?", ("Who leads PingCAP", "why is it open source")),
        ("TiDB是什么?", ("TiDB是什么?",)),
        ("你好,请问TiDB是什么?", ("你好,请问TiDB是什么?",)),
        ("刘超以前的公司卖给谁了,多少钱", ("刘超以前的公司卖给谁了,多少钱",)),
        ("BAT是哪三家?四?五?六?", ("BAT是哪三家?四?五?六?",)),
    ],
)
def test_a_text_is_taken_apart_only_where_each_part_asks(text: str, parts: tuple[str, ...]) -> None:
    assert halves(text, CARD) == parts


def test_the_same_asked_of_two_people_is_two_questions() -> None:
    card = EventCard.model_validate({"title": "-", "speakers": [{"name": "罗启明"}, {"name": "白桦"}]})
    assert halves("罗启明赞成降价吗,白桦赞成吗", card) == ("罗启明赞成降价吗", "白桦赞成吗")
    assert halves("罗启明赞成降价吗,为什么", card) == ("罗启明赞成降价吗,为什么",)


def test_both_questions_are_answered_in_order(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("UCloud为什么保持中立?TiDB有什么优点?"))
    assert answer.outcome is Outcome.ANSWER
    assert next(c.speaker for c in answer.citations) == "季昕华"
    assert "黄东旭" in {c.speaker for c in answer.citations}
    assert [claim.lead for claim in answer.claims][:2] == [
        "季昕华（UCloud创始人）在季昕华的分享里说：",
        "黄东旭列了 4 项：",
    ]


def test_the_second_question_may_lean_on_the_first(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("黄东旭以前在哪工作?他怎么看BAT?"))
    assert {(c.about, c.speaker) for c in answer.citations} == {("黄东旭", None), (None, "黄东旭")}


def test_the_question_without_an_answer_is_named(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("今天天气怎么样?UCloud为什么中立?"))
    assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, Reason.NOT_SAID)
    assert answer.missing == ("今天天气怎么样：文字稿里没有。",)
    assert {c.speaker for c in answer.citations} == {"季昕华"}


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("再告诉我它的估值是多少", "它的估值是多少"), ("并请列出它的客户", "它的客户"), ("给我它的官网", "它的官网"), ("说明书在哪", "说明书在哪"),
        ("今天天气怎么样", "今天天气怎么样"), ("and please tell me about its price", "its price"), ("give me its website", "its website"),
        ("介绍一下", "介绍一下"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_without_the_words_that_order_it(part: str, said: str) -> None:
    assert wanted(part) == said


def test_an_order_is_not_repeated_as_missing(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("介绍一下PingCAP,再告诉我它的估值是多少"))
    assert answer.missing == ("它的估值是多少：文字稿里没有。",)
    assert "告诉我" not in answer.lead
