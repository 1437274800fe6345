"""Slips of names and terms are read as what the talk says, and said; words the talk merely does not have are let be."""

from __future__ import annotations

import pytest
from opencc import OpenCC

from bot.chatbot import Chatbot
from bot.spelling.slips import read
from bot.types import Outcome, Question


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("季新华为什么卖房", "季昕华为什么卖房"),
        ("冬旭怎么看BAT", "东旭怎么看BAT"),
        ("袁晋辉拿了几轮融资", "袁进辉拿了几轮融资"),
        ("顺和模式的优点是什么", "顺合模式的优点是什么"),
        ("开元软件在中国怎么做", "开源软件在中国怎么做"),
        ("优克得是什么意思", "优刻得是什么意思"),
        ("PinCAP是做什么的", "PingCAP是做什么的"),
        ("Pytroch有什么特色", "PyTorch有什么特色"),
        ("What is Aluxio?", "What is Alluxio?"),
    ],
)
def test_a_slip_is_read_as_the_name_or_term_of_the_talk(chatbot: Chatbot, written: str, meant: str) -> None:
    card = chatbot.index.event("a-plan-01").card
    found = read(written, [chatbot.index.transcript("a-plan-01")], card)
    assert found.text == meant
    assert found.slips


@pytest.mark.parametrize(
    "question",
    [
        "食品行业怎么样", "理事会有谁", "男的认为写作对他来说是什么", "可以是哪几种关系", "PingCAP排老几", "什么付款方式比较安全",
        "MSSQL和Python好用吗", "which mobile phone should I buy?", "季昕华为什么卖房", "陈凤霞是谁",
    ],
)  # fmt: skip
def test_what_is_no_slip_is_let_be(chatbot: Chatbot, question: str) -> None:
    card = chatbot.index.event("a-plan-01").card
    assert read(question, [chatbot.index.transcript("a-plan-01")], card).text == question


def test_a_mended_question_is_told_and_the_visitors_words_are_kept(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("逆和模式的优点是什么"))
    assert (answer.question, answer.asked) == ("逆和模式的优点是什么", "逆合模式的优点是什么")
    assert answer.outcome is Outcome.ANSWER
    assert "把“逆和模式”读作“逆合模式”。" in answer.notes


@pytest.mark.parametrize("question", ["幾位嘉賓怎麼看跟BAT競爭", "順合模式的優點是什麼", "袁進輝為什麼說效率最難"])
def test_a_question_in_traditional_characters_gets_the_answer_of_its_simplified_form(
    chatbot: Chatbot, question: str
) -> None:
    simplified = str(OpenCC("t2s").convert(question))
    one, other = chatbot.ask(Question(question)), chatbot.ask(Question(simplified))
    assert one.question == question
    assert (one.asked, one.claims, one.outcome) == (other.asked, other.claims, other.outcome)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("有多少家银航在用", "有多少家银行在用"),
        ("目前的新片谁家最强", "目前的芯片谁家最强"),
        ("老圆觉得谁会先登顶", "老袁觉得谁会先登顶"),
        ("李源浩在哪里读的书", "李浩源在哪里读的书"),
        ("主持人什么来投", "主持人什么来头"),
        ("竞争对手手定义了你", "竞争对手定义了你"),
        ("meituan为什么离开阿里", "美团为什么离开阿里"),
        ("TiDB的优点是shenme", "TiDB的优点是什么"),
        ("data abstration是什么", "data abstraction是什么"),
        ("为毛走南坡", "为什么走南坡"),
        ("创业公司跟BAT是那三种关系", "创业公司跟BAT是哪三种关系"),
    ],
)
def test_slips_of_every_kind_are_read_as_what_was_meant(chatbot: Chatbot, written: str, meant: str) -> None:
    card = chatbot.index.event("a-plan-01").card
    transcripts = [chatbot.index.transcript("a-plan-01")]
    assert read(written, transcripts, card, chatbot.retriever.encoder.pieces).text == meant  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "question",
    [
        "男的的职业是什么", "中学学生会做什么", "Alluxio是几几年成立的", "前前后后融了多少", "西贡商信银行的总部在哪里", "廖立是谁",
        "那三种关系是什么", "What is remote working?", "What did they say when discussing experiments?", "有wifi吗",
    ],
)  # fmt: skip
def test_words_of_the_language_and_strangers_are_let_be(chatbot: Chatbot, question: str) -> None:
    card = chatbot.index.event("a-plan-01").card
    transcripts = [chatbot.index.transcript("a-plan-01")]
    assert read(question, transcripts, card, chatbot.retriever.encoder.pieces).text == question  # type: ignore[attr-defined]
