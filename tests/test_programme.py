"""Questions about the event itself: its theme, its guests, what was asked there, what is mentioned."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.types import Answer, Outcome, Question
from index.build import build
from index.retriever import Retriever
from index.source import find_events
from index.store import open_index


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


INTRODUCED = """主持人: 今天到场的是拿过龙舟赛金牌的船匠陆远帆,还有写河的诗人白汀。陆师傅先讲讲怎么选木头。
陆远帆: 杉木要阴干三年,急不得。后来修了二十年的船。
主持人: 白老师呢?
白汀: 我叫白汀,写过一本关于摆渡的诗集。
"""
BOAT_CARD = """title = "河与船"
language = "zh"
[[speakers]]
name = "主持人"
host = true
[[speakers]]
name = "陆远帆"
[[speakers]]
name = "白汀"
"""


def test_a_guest_who_never_says_who_they_are_is_introduced_by_whoever_names_them(
    chatbot: Chatbot, tmp_path: Path
) -> None:
    event = tmp_path / "boats"
    event.mkdir()
    (event / "boats.txt").write_text(INTRODUCED, "utf-8")
    (event / "event.toml").write_text(BOAT_CARD, "utf-8")
    build(tmp_path / "index", find_events([event]), chatbot.retriever.encoder)
    answer = ask(Chatbot(Retriever(open_index(tmp_path / "index"), chatbot.retriever.encoder)), "台上都请了谁")
    assert [(c.speaker, claim.lead) for c, claim in zip(answer.citations, answer.claims, strict=True)] == [
        ("主持人", "主持人："),
        ("白汀", "白汀："),
    ]
    assert "龙舟赛金牌" in answer.citations[0].quote


@pytest.mark.parametrize("question", ["A计划第一期有哪些嘉宾", "来了哪几位创始人"])
def test_the_events_own_name_is_no_topic(chatbot: Chatbot, question: str) -> None:
    assert [c.about for c in ask(chatbot, question).citations] == ["季昕华", "黄东旭", "袁进辉", "李浩源"]


def test_an_overview_may_call_the_event_by_its_name(chatbot: Chatbot) -> None:
    assert ask(chatbot, "A计划第一期讲了什么").lead == ask(chatbot, "这场讲了什么").lead


@pytest.mark.parametrize(
    ("question", "asker"), [("最后一个问题是什么", "黄东旭"), ("What was the first question?", "刘超")]
)
def test_a_question_put_on_stage_is_found_by_its_number(chatbot: Chatbot, question: str, asker: str) -> None:
    answer = ask(chatbot, question)
    assert [(c.kind, c.speaker) for c in answer.citations] == [("question", asker)]


def test_a_question_that_was_never_put_is_not_replaced_by_another(chatbot: Chatbot) -> None:
    assert ask(chatbot, "第五个问题是什么").outcome is Outcome.ABSTAIN


@pytest.mark.parametrize("question", ["活动什么时候举办的", "活动在哪里举办", "When was this event held?"])
def test_dates_and_places_of_other_things_are_not_the_events(chatbot: Chatbot, question: str) -> None:
    assert ask(chatbot, question).outcome is Outcome.ABSTAIN


def test_without_a_card_the_theme_is_what_anybody_says_it_is_today(tmp_path: Path, chatbot: Chatbot) -> None:
    talk = """发言人1:大家好,很高兴认识两位。
发言人2:今天我们的主题是山里的茶为什么不好卖。
发言人3:种茶的人越来越少,卖茶的人越来越多。
"""
    (tmp_path / "talk.txt").write_text(talk, "utf-8")
    encoder = chatbot.retriever.encoder
    build(tmp_path / "index", find_events([tmp_path / "talk.txt"]), encoder)
    answer = ask(Chatbot(Retriever(open_index(tmp_path / "index", encoder), encoder)), "这个节目的主题是什么")
    assert [c.quote for c in answer.citations] == ["今天我们的主题是山里的茶为什么不好卖。"]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is Liu Chao's question?", "平衡的?"),
        ("What does the host ask the founders?", "平衡的?"),
        ("刘超的问题是什么", "平衡的?"),
        ("黄东旭问了季昕华什么问题", "云厂商怎么看待开源软件?"),
        ("What did the second questioner ask?", "云厂商怎么看待开源软件?"),
        ("第二个提问的人问了什么", "云厂商怎么看待开源软件?"),
    ],
)
def test_what_somebody_asked_on_stage_is_told(chatbot: Chatbot, question: str, asked: str) -> None:
    answer = chatbot.ask(Question(question))
    assert [citation.quote.endswith(asked) for citation in answer.citations] == [True]


def test_there_is_no_third_questioner(chatbot: Chatbot) -> None:
    assert chatbot.ask(Question("What did the third questioner ask?")).outcome is Outcome.ABSTAIN


@pytest.mark.parametrize("name", ["A Plan session one", "A计划第一期"])
def test_the_events_name_alone_asks_what_it_was(chatbot: Chatbot, name: str) -> None:
    answer = chatbot.ask(Question(name))
    assert len({citation.speaker for citation in answer.citations}) == 5
