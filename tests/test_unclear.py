"""Questions that nobody can answer: question words alone, and a text too long to be a question."""

from __future__ import annotations

from typing import NoReturn

import pytest

from bot.chatbot import Chatbot
from bot.render import answer_text
from bot.types import Answer, Exchange, Outcome, Question, Reason
from bot.unclear import too_long
from index.retriever import EVERYWHERE, LONGEST, Retriever
from index.types import Scope
from tests.second_talk import open_second_talk


@pytest.fixture(scope="module")
def bookshop(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return open_second_talk(tmp_path_factory.mktemp("unclear"), chatbot.retriever.encoder)


class Unsearchable(Retriever):
    """A retriever that must not be asked."""

    def search(self, question: str, *, scope: Scope = EVERYWHERE, k: int = 10) -> NoReturn:
        raise AssertionError(f"searched for {question[:20]!r}")


def after(bot: Chatbot, first: str, question: str) -> Answer:
    """The answer to a question that follows another."""
    said = answer_text(bot.ask(Question(first)), bot.index)
    return bot.ask(Question(question, (Exchange(first, said),)))


@pytest.mark.parametrize(
    "question", ["谁", "什么", "哪里?", "为什么?", "是什么", "什么意思", "这个呢", "who", "Why?", "what does it mean?"]
)
def test_question_words_alone_are_asked_back(chatbot: Chatbot, bookshop: Chatbot, question: str) -> None:
    for bot in (chatbot, bookshop):
        answer = bot.ask(Question(question))
        assert (answer.outcome, answer.reason, answer.citations) == (Outcome.ABSTAIN, Reason.CHITCHAT, ())
        assert "想问什么" in answer.lead or "What would you like to know" in answer.lead
        assert answer.suggestions


@pytest.mark.parametrize("question", ["这场讲了什么", "嘉宾都有谁", "大家怎么看", "总结一下"])
def test_a_question_about_the_event_needs_no_topic(bookshop: Chatbot, question: str) -> None:
    assert bookshop.ask(Question(question)).reason is not Reason.CHITCHAT


def test_a_lone_why_asks_on_where_something_was_answered(bookshop: Chatbot) -> None:
    answer = after(bookshop, "罗启明觉得选书重要吗?", "为什么?")
    assert "为了书来的" in "".join(c.quote for c in answer.citations)


@pytest.mark.parametrize("question", ["讲了什么", "总结一下", "What was this talk about?", "要点是什么"])
@pytest.mark.parametrize("before", ["为什么读者会记住一家店?", "顾小满为什么不卖新书?"])
def test_an_overview_after_another_question_is_the_overview(bookshop: Chatbot, before: str, question: str) -> None:
    assert after(bookshop, before, question).citations == bookshop.ask(Question(question)).citations


@pytest.mark.parametrize("question", ["讲了什么", "总结一下", "主要内容", "有哪些嘉宾"])
def test_on_the_panel_too(chatbot: Chatbot, question: str) -> None:
    assert after(chatbot, "黄东旭为什么创业?", question).citations == chatbot.ask(Question(question)).citations


@pytest.mark.parametrize(
    "question", ["为什么" * 350_000, "\ufdfa" * 5000, "the " * 5000], ids=["1 MB", "U+FDFA", "the"]
)
def test_a_text_too_long_to_be_a_question_is_told_so_and_not_searched_for(chatbot: Chatbot, question: str) -> None:
    unsearched = Chatbot(Unsearchable(chatbot.index, chatbot.retriever.encoder))
    answer = unsearched.ask(Question(question))
    assert (answer.outcome, answer.citations, answer.hits) == (Outcome.ABSTAIN, (), ())
    assert len(answer.question) <= LONGEST
    assert "1000" in answer.lead


def test_of_a_megabyte_no_more_is_read_than_a_question_could_take() -> None:
    assert too_long("为什么" * LONGEST)
    assert not too_long("\u200b" * 4 * LONGEST + "为什么" * LONGEST)  # what comes after is not looked at
