"""Follow-ups: what is taken from the conversation, and what is left alone."""

from __future__ import annotations

import pytest
from asking import ask

from bot.chatbot import Chatbot
from bot.followup.again import again
from bot.followup.resolve import resolve
from bot.render import answer_text
from bot.types import Exchange, Question
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
        ("Did UCloud go public?", "When?", "When did UCloud go public"),
        ("Is TiDB open source?", "And why?", "why is TiDB open source"),
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


RELATIONS = (
    "季昕华（UCloud创始人）说：\n“我们认为有三种关系,分别是独立的发展模式、从属的发展模式、竞争的发展模式。” [1]"
)


@pytest.mark.parametrize(
    ("said", "question", "asked"),
    [
        (RELATIONS, "那第二种呢?", "从属的发展模式是什么？"),
        (RELATIONS, "最后一种难不难?", "竞争的发展模式难不难?"),
        ("Ann:\n“There are three parts: the design, the user interface, and the market.” [1]", "And the second one?", "What is the user interface?"),
    ],
)  # fmt: skip
def test_an_item_named_in_one_breath_is_asked_for_by_its_name(
    card: EventCard, said: str, question: str, asked: str
) -> None:
    assert resolve(question, past("有哪几种?", said=said), card).asked == asked


@pytest.mark.parametrize(
    "said",
    [
        "杜志明：\n“这个平台有基金、保险、理财公司、私募等数十家企业。” [1]",
        "黄东旭：\n“第一点是扩展、加机器。” [1]\n“第二点有三种能力,分别是恢复、容错、备份。” [2]",
        "Ann:\n“It is like a pear, a banana, or an apple.” [1]",
    ],
)
def test_a_series_that_nobody_announced_is_no_list(card: EventCard, said: str) -> None:
    found = resolve("And the second one?", past("有哪几种?", said=said), card)
    assert found.about == ""
    assert found.carried == "有哪几种"


def test_a_sibling_of_an_item_is_asked_for_by_its_name_too(card: EventCard) -> None:
    history = (*past("有哪几种?", said=RELATIONS), *past("那第二种呢?", said="季昕华说：\n“核心是认清定位。” [1]"))
    found = resolve("独立发展呢?", history, card)
    assert (found.asked, found.about) == ("独立发展是什么？", "独立发展")


def test_after_an_item_the_topic_is_still_the_list(card: EventCard) -> None:
    history = past("What are the five principles?", "What's the third one?")
    assert resolve("Do they apply to universities?", history, card).carried == "What are the five principles"


def test_another_of_the_same_asks_on_from_what_was_shown(card: EventCard) -> None:
    found = resolve("还有别的方法吗?", past("他们怎么管时间?", said="季昕华说：\n“按重要程度排。” [1]"), card)
    assert (found.carried, found.seen) == ("他们怎么管时间", ("按重要程度排。",))


def test_a_number_without_a_list_before_it_leans_on_nothing_it_names(card: EventCard) -> None:
    assert resolve("第一个上市的公司是谁?", past("有哪几种?", said=RELATIONS), card).carried == ""


def test_what_was_named_is_what_it_means_from_then_on(card: EventCard) -> None:
    history = (*past("有哪几种?", said=RELATIONS), *past("那第二种呢?", said="季昕华说：\n“核心是认清定位。” [1]"))
    assert resolve("它有什么好处?", history, card).asked == "从属的发展模式有什么好处?"
    after = (*history, *past("它有什么好处?"))
    assert resolve("不是,我问的是竞争发展", after, card).asked == "竞争发展有什么好处"
    assert resolve("那难点呢?", after, card).asked == "从属的发展模式有什么难点"


def test_an_item_is_what_it_calls_itself(card: EventCard) -> None:
    item = "季昕华说：\n“第二种也很有意思,叫做逆合模式。” [1]"
    history = (*past("从属发展有哪四种模式?"), *past("第二种呢?", said=item))
    assert resolve("它的优点是什么?", history, card).asked == "逆合模式的优点是什么?"


def test_a_number_goes_back_to_the_last_list_shown(card: EventCard) -> None:
    history = (*past("从属发展有哪四种模式?"), *past("谁做得最大?", said="季昕华说：\n“典型是美团。” [1]"))
    assert resolve("那第四种呢?", history, card).carried == "从属发展有哪四种模式"
    assert resolve("And the fourth?", history, card).carried == "从属发展有哪四种模式"


def test_why_somebody_says_so_asks_on_from_their_own_quote(card: EventCard) -> None:
    said = "季昕华（UCloud创始人）：\n“可以从新人群切入。” [1]\n黄东旭（PingCAP联合创始人）：\n“不要去害怕。” [2]"
    found = resolve("东旭为什么这么说?", (*past("怎么看竞争?", said=said), *past("其他人呢?")), card)
    assert (found.near, found.speaker) == (("不要去害怕。",), "黄东旭")
    assert "竞争" in found.carried


def test_a_long_chain_keeps_the_question_it_began_with(card: EventCard) -> None:
    history = past("TiDB是什么?", "为什么?", "还有呢?", "具体呢?", "为什么?", "还有吗?")
    assert resolve("为什么?", history, card).carried == "TiDB是什么"


@pytest.mark.parametrize("text", ["你确定吗?", "这是谁说的？", "Are you sure?", "who said that?"])
def test_doubt_asks_the_last_question_again_as_it_was_asked(card: EventCard, text: str) -> None:
    history = past("TiDB是什么?", "它难吗?", "谢谢", text)
    repeated = again(Question(text, history), text, card)
    assert repeated
    assert (repeated.text, repeated.history) == ("它难吗?", history[:1])
    assert again(Question(text), text, card) is None


def test_who_said_something_in_particular_is_a_question_of_its_own(card: EventCard) -> None:
    text = "谁说生物要拿满分?"
    assert again(Question(text, past("TiDB是什么?")), text, card) is None


def test_a_repeated_answer_is_the_same_and_says_what_was_read(chatbot: Chatbot) -> None:
    first = ask(chatbot, "TiDB是什么?")
    doubted = ask(chatbot, "你确定吗?", ("TiDB是什么?", answer_text(first, chatbot.index)))
    assert doubted.citations == first.citations
    assert "TiDB是什么?" in doubted.notes[0]


def test_a_pronoun_behind_a_thing_of_somebody_else_is_not_the_last_speaker(card: EventCard) -> None:
    history = past("季昕华讲了什么?")
    text = "为什么要选TiDB,他给了几条理由?"
    assert resolve(text, history, card).asked == text
    assert "黄东旭" in resolve(text, past("黄东旭讲了什么?"), card).asked
    assert "季昕华" in resolve("上市那年,他多大?", history, card).asked
