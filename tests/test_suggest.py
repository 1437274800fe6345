"""Next questions: they have answers, are not asked again, and are in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.lexicon import lexicon
from bot.offers.candidates import candidates
from bot.stage import Stage
from bot.types import Outcome, Question
from index.build import build
from index.retriever import Retriever
from index.source import find_events
from index.store import open_index
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


def test_an_overview_asked_in_other_words_is_not_offered_again(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("黄东旭具体讲了些什么", scope=EVENT))
    assert "黄东旭讲了什么？" not in answer.suggestions


def test_no_two_next_questions_are_on_the_same_thing_or_a_kind_of_it(chatbot: Chatbot) -> None:
    for question in ("PingCAP做的是什么数据库", "竞争发展模式难在哪", "What is TiDB?"):
        answer = chatbot.ask(Question(question, scope=EVENT))
        things = [q.removeprefix("关于").split("，")[0].removesuffix("是什么？") for q in answer.suggestions]
        assert not any(a != b and a in b for a in things for b in things)


MEETING = """\
刘洋: 怎么看数字化这件事？王芳，你们怎么看？
王芳: 我叫王小芳，我们厂有个学生叫李小雨，他写了一套系统，叫云纺车。企业数字化难在工人不愿意用。
刘洋: 企业数字化还要多久？王芳，你怎么看？
王芳: 企业数字化要三年，云纺车已经跑了一年，企业数字化不能着急。今天企业数字化只做了一半。
陈默: 好的。
"""


def test_neither_people_nor_pieces_of_words_nor_the_silent_are_asked_after(chatbot: Chatbot, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(MEETING, "utf-8")
    encoder = chatbot.retriever.encoder
    build(tmp_path / "index", find_events([tmp_path / "talk.txt"]), encoder)
    bot = Chatbot(Retriever(open_index(tmp_path / "index", encoder), encoder))
    made = {c.question for c in candidates(Stage(bot.index.events[0].card, bot.index.segment("talk"), "zh"))}
    assert "云纺车是什么？" in made
    assert not {"王小芳是什么？", "李小雨是什么？"} & made
    assert not any("业数字化" in q and "企业" not in q for q in made)
    assert "陈默讲了什么？" not in bot.ask(Question("企业数字化要几年？")).suggestions
