"""Quotes that do not suffice: told beside the names of the question, or facts where a reason is asked for."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.types import Outcome, Question
from index.types import Scope


def outcome(chatbot: Chatbot, question: str) -> Outcome:
    return chatbot.ask(Question(question, scope=Scope(event="a-plan-01"))).outcome


@pytest.mark.parametrize(
    "question",
    [
        "李浩源为什么去伯克利读博",  # his introduction says that he did
        "Why did Li Haoyuan choose Berkeley?",
        "季昕华为什么离开华为",  # the introduction names Huawei, the reasons around are of something else
    ],
)
def test_an_introduction_gives_no_reasons(chatbot: Chatbot, question: str) -> None:
    assert outcome(chatbot, question) is Outcome.RELATED


@pytest.mark.parametrize(
    ("near_miss", "told"),
    [
        ("季昕华在腾讯干了几年", "季昕华在腾讯做过什么"),
        ("How long did Ji Xinhua stay at Tencent?", "Did Ji Xinhua work at Tencent?"),
        ("美团在美国哪年上市的", "美团为什么去找腾讯"),
    ],
)
def test_what_was_asked_for_stands_where_the_names_do(chatbot: Chatbot, near_miss: str, told: str) -> None:
    assert outcome(chatbot, near_miss) not in (Outcome.ANSWER, Outcome.PARTIAL)
    assert outcome(chatbot, told) is Outcome.ANSWER


@pytest.mark.parametrize(
    ("near_miss", "told"),
    [
        ("竹子模式是什么", "顺合模式是什么"),
        ("什么是寄生模式", "什么是竞合模式"),
        ("What is the bamboo mode?", "What is the wandering mode?"),
        ("What is the parasite mode?", "What is the shunhe mode?"),
    ],
)
def test_a_thing_is_not_told_by_what_is_said_of_another_of_its_kind(
    chatbot: Chatbot, near_miss: str, told: str
) -> None:
    assert outcome(chatbot, near_miss) not in (Outcome.ANSWER, Outcome.PARTIAL)
    assert outcome(chatbot, told) is Outcome.ANSWER
