"""Next questions: they have answers, are not asked again, and are in the reader's language."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.lexicon import lexicon
from bot.offers.candidates import candidates
from bot.stage import Stage
from bot.types import Outcome, Question
from index.types import Scope

EVENT = Scope(event="a-plan-01")


@pytest.mark.parametrize(
    "question",
    ["这场讲了什么", "UCloud哪年上市的", "从属发展有哪四种模式", "今天天气怎么样", "Ruby是谁", "谢谢", "What is TiDB?", "What's for lunch?"],
)  # fmt: skip
def test_two_or_three_next_questions_have_answers_and_were_not_asked(chatbot: Chatbot, question: str) -> None:
    answer = chatbot.ask(Question(question, scope=EVENT))
    assert 2 <= len(answer.suggestions) <= 3
    assert question not in answer.suggestions
    for following in answer.suggestions:
        told = chatbot.ask(Question(following, scope=EVENT))
        assert told.outcome is Outcome.ANSWER
        assert told.citations


def test_suggestions_to_an_english_reader_hold_no_chinese(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("What does Ji Xinhua say about BAT?", scope=EVENT))
    assert not any("\u3400" <= c <= "\u9fff" for c in "".join(answer.suggestions))


def test_suggestions_stay_near_what_was_answered(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("新机会有哪七种模式", scope=EVENT))
    assert "从属发展有哪四种模式？" in answer.suggestions


def test_a_talk_suggests_its_lists_names_and_the_questions_put_to_the_room(chatbot: Chatbot) -> None:
    entry = chatbot.index.event("a-plan-01")
    made = {c.question for c in candidates(Stage(entry.card, chatbot.index.segment("a-plan-01"), "zh"))}
    assert {"从属发展有哪四种模式？", "云备胎是什么？", "为什么要选择TiDB？", "季昕华讲了什么？"} <= made


def test_a_lexicon_holds_what_a_talk_keeps_coming_back_to(chatbot: Chatbot) -> None:
    words = {term.text for term in lexicon(chatbot.index.transcript("a-plan-01"))}
    assert {"TiDB", "深度学习框架", "顺合模式", "云计算"} <= words
    assert not {"合模式", "的公司", "我们"} & words
