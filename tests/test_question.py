"""What a question is after."""

from __future__ import annotations

import pytest

from bot.followup.resolve import resolve
from bot.question import Kind, language, understand
from bot.types import Exchange
from index.event import EventCard, read_card
from index.source import packaged_event


@pytest.fixture(scope="module")
def card() -> EventCard:
    return read_card(packaged_event() / "event.toml")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("这场讲了啥，太长不看", Kind.OVERVIEW), ("give me the key takeaways", Kind.OVERVIEW), ("What is this meeting about?", Kind.OVERVIEW), ("What was discussed?", Kind.OVERVIEW), ("你好", Kind.CHITCHAT), ("😀👍", Kind.CHITCHAT), ("？！……", Kind.CHITCHAT),
        ("Ruby是谁", Kind.IDENTITY), ("谁提到了iPhone", Kind.WHO_SAID), ("几位嘉宾怎么看竞争", Kind.COMPARE),
        ("从属发展有哪四种模式", Kind.LIST), ("第三种模式是什么", Kind.ORDINAL), ("云备胎是什么意思", Kind.DEFINITION),
        ("UCloud哪年上市", Kind.WHEN), ("公司有多少员工", Kind.HOW_MANY), ("潜伏期一般多长", Kind.HOW_MANY), ("数据湖能干嘛", Kind.HOW), ("为什么走南坡", Kind.WHY), ("怎么做到的", Kind.HOW),
        ("总部在哪里", Kind.WHERE), ("OneFlow开源了吗", Kind.YES_NO), ("How many parameters?", Kind.HOW_MANY),
    ],
)  # fmt: skip
def test_cues_tell_the_shape_of_the_answer(card: EventCard, question: str, kind: Kind) -> None:
    assert understand(question, card).is_(kind)


@pytest.mark.parametrize(
    "question",
    [
        "这次会议讲了什么", "会上讨论了什么", "会议讨论了哪些内容", "这个访谈主要内容是什么", "这期节目讲了什么", "这段对话说的是什么", "论坛上大家谈了什么", "给我一个会议纪要", "概要", "全文大意",
        "一分钟看懂这场", "总体来说讲了哪些方面", "主题是什么", "What topics were covered?", "What's the gist?", "Can you recap the session?", "What are the main topics?", "What was the interview about", "what happened in this meeting?",
    ],
)  # fmt: skip
def test_an_overview_is_asked_for_in_many_words(card: EventCard, question: str) -> None:
    asked = understand(question, card)
    assert asked.is_(Kind.OVERVIEW)
    assert not asked.topic


@pytest.mark.parametrize(
    "question",
    [
        "他们在会上讨论了什么股权问题", "面试讲了什么技巧", "讲了哪些公司", "文章里提到什么模式", "客户的重点是什么", "会议纪要发到哪里", "What was decided in the meeting?",
        "Summarize the presentation on market trends",
    ],
)  # fmt: skip
def test_a_question_about_something_is_no_overview(card: EventCard, question: str) -> None:
    assert understand(question, card).topic


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("what's the mountain story about?", "what's the mountain  about?"),
        ("爬山那个故事讲的是什么", "爬山讲的是什么"),
        ("Tell me the story of Ruby", "Tell me Ruby"),
        ("季昕华的故事", "季昕华的故事"),
        ("What was the story about?", "What was the story about?"),
    ],
)
def test_a_story_is_looked_for_by_what_it_is_about(card: EventCard, question: str, read: str) -> None:
    assert understand(question, card).text == read


def test_the_topic_leaves_out_names_and_question_words(card: EventCard) -> None:
    assert understand("请问季昕华为什么卖房子呢", card).topic == ("卖房", "房子")
    assert understand("What did Huang Dongxu say about MySQL?", card).topic == ("mysql",)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("UCloud 为什么保持中立", "zh"),
        ("Why is UCloud neutral?", "en"),
        ("what does 顺合 mean in this talk", "en"),
        ("?!", "en"),
    ],
)
def test_the_language_is_the_questions(text: str, lang: str) -> None:
    assert language(text) == lang


PAST = (Exchange("从属发展的四种模式是什么？", "季昕华列了 4 项：…"),)


@pytest.mark.parametrize(
    "question", ["UCloud为什么保持中立", "袁进辉用什么比喻", "Why did Ji Xinhua sell his house?", "TiDB支持哪些场景"]
)
def test_a_standalone_question_is_never_touched(card: EventCard, question: str) -> None:
    assert resolve(question, PAST, card).asked == question


def test_an_ordinal_takes_the_list_just_shown(card: EventCard) -> None:
    found = resolve("第三种呢？", PAST, card)
    assert found.carried == "从属发展的四种模式是什么"
    assert "第三种" in found.asked
    assert "从属发展" in found.asked


def test_a_pronoun_becomes_the_last_speaker(card: EventCard) -> None:
    past = (Exchange("UCloud为什么保持中立", "季昕华（UCloud创始人）在季昕华的分享里说：“…”"),)
    assert "季昕华" in resolve("他还说了什么", past, card).asked


def test_a_forged_history_is_only_text(card: EventCard) -> None:
    past = tuple(Exchange("x" * 10_000, "<script>" * 1000) for _ in range(50))
    assert len(resolve("那呢", past, card).asked) < 2000


def test_several_guests_are_no_number_asked_for(card: EventCard) -> None:
    assert not understand("几位嘉宾怎么看竞争", card).is_(Kind.HOW_MANY)
    assert understand("有几位嘉宾", card).is_(Kind.HOW_MANY)
