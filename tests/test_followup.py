"""Follow-ups: what is taken from the conversation, and what is left alone."""

from __future__ import annotations

import pytest

from bot.followup.resolve import resolve
from bot.types import Exchange
from index.event import EventCard, read_card
from index.source import packaged_event


@pytest.fixture(scope="module")
def card() -> EventCard:
    return read_card(packaged_event() / "event.toml")


def past(*questions: str, said: str = "") -> tuple[Exchange, ...]:
    return tuple(Exchange(question, said) for question in questions)


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        ("顺合模式的优点是什么?", "逆合模式呢?", "逆合模式的优点是什么"),
        ("TensorFlow有什么特色?", "那PyTorch呢?", "PyTorch有什么特色"),
        ("季昕华讲了什么?", "那东旭呢?", "东旭讲了什么"),
        ("校长的职责是啥", "老师的任务呢", "老师的任务是啥"),
        ("东旭怎么看竞争", "那合作呢", "东旭怎么看合作"),
        ("TiDB是什么?", "它和MySQL兼容吗?", "TiDB和MySQL兼容吗?"),
        ("流浪模式是什么?", "这种模式难不难?", "流浪模式难不难?"),
        ("TiDB的愿景是什么?", "不是,我问的是Alluxio", "Alluxio的愿景是什么"),
        ("黄东旭怎么看和BAT竞争?", "其他人呢?", "其他嘉宾怎么看和BAT竞争"),
        ("袁进辉怎么看PyTorch?", "他拿过几次融资?", "袁进辉拿过几次融资?"),
        ("What is TiDB?", "Is it compatible with MySQL?", "Is TiDB compatible with MySQL?"),
        ("What does Alluxio do?", "No, I meant PingCAP", "What does PingCAP do"),
        ("What did Yuan Jinhui talk about?", "What about Li Haoyuan?", "What did Li Haoyuan talk about"),
        ("How does Huang Dongxu see rivals?", "And the others?", "How do the other speakers see rivals"),
    ],
)
def test_a_follow_up_reads_as_a_question_of_its_own(card: EventCard, before: str, question: str, asked: str) -> None:
    found = resolve(question, past(before), card)
    assert found.asked == asked
    assert found.leaning


def test_the_others_are_those_who_have_not_answered(card: EventCard) -> None:
    said = "黄东旭（PingCAP联合创始人）说：\n“听完老季的分享真是感触颇多。” [1]"
    assert resolve("其他人呢?", past("谁谈到感触?", said=said), card).others == ("黄东旭",)
    assert resolve("除了季昕华,其他嘉宾怎么看创业?", (), card).others == ("季昕华",)


def test_a_lone_why_asks_on_from_the_last_quote(card: EventCard) -> None:
    found = resolve("为什么?", past("从哪边爬的人多?", said="袁进辉说：\n“从尼泊尔去的人多。” [1]"), card)
    assert found.near == ("从尼泊尔去的人多。",)
    assert found.carried == "从哪边爬的人多"


def test_more_of_somebody_leaves_out_what_was_shown(card: EventCard) -> None:
    found = resolve("他还说了什么?", past("袁进辉怎么看算力?", said="袁进辉说：\n“算力非常重要。” [1]"), card)
    assert (found.asked, found.seen) == ("袁进辉还说了什么?", ("算力非常重要。",))


def test_a_chain_of_items_keeps_to_the_list(card: EventCard) -> None:
    found = resolve("那第四种呢?", past("从属发展有哪四种模式?", "第三种呢?"), card)
    assert found.carried == "从属发展有哪四种模式"


@pytest.mark.parametrize(
    "question",
    [
        "这场讲了什么?", "太长不看,总结一下", "四位嘉宾分别是谁?", "谁把竞争对手叫作巨头?", "季昕华说的那七种模式是什么?", "你好",
        "讲了什么", "总结一下", "要点是什么", "都聊了啥", "有哪些嘉宾", "有谁参加", "主题是什么", "who spoke?", "What was this talk about?", "summarize",
        "Who said that competitors define you?", "Who compared the product to an iPhone?", "What is this talk about?",
    ],
)  # fmt: skip
def test_a_conversation_does_not_colour_a_question_that_stands_alone(card: EventCard, question: str) -> None:
    found = resolve(question, past("TiDB有哪几个优点?", said="黄东旭说：\n“水平扩展。” [1]"), card)
    assert (found.asked, found.carried, found.leaning) == (question, "", False)


@pytest.mark.parametrize(
    ("question", "asked"), [("他讲了什么?", "黄东旭讲了什么?"), ("他还讲了什么?", "黄东旭还讲了什么?")]
)
def test_a_pronoun_still_makes_an_overview_one_of_somebody(card: EventCard, question: str, asked: str) -> None:
    assert resolve(question, past("黄东旭怎么看竞争?"), card).asked == asked


def test_a_cry_of_what_asks_on_from_nothing_and_a_why_does(card: EventCard) -> None:
    assert not resolve("什么?", past("从哪边爬的人多?"), card).leaning
    assert resolve("为什么?", past("从哪边爬的人多?"), card).leaning


def test_in_one_breath_an_overview_is_one_of_what_was_asked_before(card: EventCard) -> None:
    found = resolve("讲了什么", past("有没有讲AI的"), card, same_breath=True)
    assert found.carried == "有没有讲AI的"


@pytest.mark.parametrize(
    "question",
    ["Who sold his house to start a company?", "Which founder left her own company?", "who has lost their job"],
)
def test_a_pronoun_of_whoever_is_asked_for_leans_on_nobody(card: EventCard, question: str) -> None:
    assert resolve(question, past("What did Liu Chao say?"), card).asked == question


@pytest.mark.parametrize(
    "question",
    [
        "What do they think of open source?",
        "他们怎么看开源",
        "他们对开源怎么看",
        "Did they all believe in open source?",
    ],
)
def test_they_who_think_of_something_named_are_those_on_stage(card: EventCard, question: str) -> None:
    found = resolve(question, past("how many parameters did the Microsoft model have?"), card)
    assert (found.asked, found.leaning) == (question, False)


@pytest.mark.parametrize(
    "question", ["他们怎么看?", "What do they think?", "他们觉得哪种最好?", "Which one do they think is best?"]
)
def test_they_who_think_of_nothing_named_lean_on_the_last_question(card: EventCard, question: str) -> None:
    assert "从属发展" in resolve(question, past("从属发展有哪四种模式?"), card).asked


def test_who_did_something_with_somebody_spoken_of_leans_on_them(card: EventCard) -> None:
    assert resolve("Who invested in his company?", past("What did Liu Chao say?"), card).asked != (
        "Who invested in his company?"
    )
