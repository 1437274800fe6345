"""Questions about the event itself: its theme, its guests, what was asked there, what is mentioned."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.types import Answer, Outcome, Question


def ask(chatbot: Chatbot, question: str) -> Answer:
    return chatbot.ask(Question(question))


@pytest.mark.parametrize("question", ["整场活动的主题是什么", "这次聊的是什么话题", "What is the topic of this talk?"])
def test_the_theme_is_what_the_host_says_it_is(chatbot: Chatbot, question: str) -> None:
    answer = ask(chatbot, question)
    assert answer.outcome is Outcome.ANSWER
    assert [c.speaker for c in answer.citations] == ["刘超"]
    assert "围绕计算、存储、数据" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question", ["四位嘉宾分别是谁", "有几位嘉宾", "都有谁参加了", "这几家公司分别是做什么的", "Who are the speakers?"]
)
def test_the_guests_are_introduced_in_the_organisers_words(chatbot: Chatbot, question: str) -> None:
    answer = ask(chatbot, question)
    assert [(c.kind, c.about) for c in answer.citations] == [
        ("bio", guest) for guest in ("季昕华", "黄东旭", "袁进辉", "李浩源")
    ]
    assert "4" in answer.lead
    assert not any("\u3400" <= c <= "\u9fff" for c in answer.lead) or answer.lang == "zh"


@pytest.mark.parametrize("question", ["主持人问了什么问题", "What did the host ask?"])
def test_what_was_asked_on_stage_is_quoted_where_that_is_the_question(chatbot: Chatbot, question: str) -> None:
    answer = ask(chatbot, question)
    assert {(c.kind, c.speaker) for c in answer.citations} == {("question", "刘超")}


@pytest.mark.parametrize("question", ["有人提到AWS吗", "Does anyone mention AWS?"])
def test_what_is_mentioned_is_quoted_wherever_it_is(chatbot: Chatbot, question: str) -> None:
    answer = ask(chatbot, question)
    assert answer.outcome is Outcome.ANSWER
    assert all("AWS" in c.quote for c in answer.citations)


def test_a_question_with_a_topic_of_its_own_is_not_about_the_event(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "季昕华的公司文化主题是什么寓意")
    assert {c.kind for c in answer.citations} <= {"talk", "answer"}
