"""What is said to be polite is not asked; what would ask nothing without it stays."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.spelling.manner import plainly
from bot.types import Question


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("请问UCloud到底哪年上市的", "UCloud到底哪年上市的"),
        ("你好,请问一下TiDB好在哪儿?谢谢", "TiDB好在哪儿"),
        ("能不能讲讲袁进辉怎么看芯片", "袁进辉怎么看芯片"),
        ("麻烦问一下,老袁觉得最后谁会先登顶呢?", "老袁觉得最后谁会先登顶"),
        ("可以告诉我Alluxio被下载过多少次吗", "Alluxio被下载过多少次"),
        ("Could you tell me what the mountain story is about?", "what the mountain story is about?"),
        ("Hi, who started Alluxio? Thanks!", "who started Alluxio"),
    ],
)
def test_manners_are_left_out(question: str, asked: str) -> None:
    assert plainly(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "能不能讲讲TiDB", "请介绍一下袁进辉", "那第二种呢?", "为什么呢?", "能说说吗", "还有呢", "你好", "谢谢", "那个公司是谁的",
        "不是,我想问的是OneFlow", "我想问的是OneFlow怎么样", "告诉我重点", "please summarize the talk", "Thanks",
    ],
)  # fmt: skip
def test_what_would_ask_nothing_else_is_let_be(question: str) -> None:
    assert plainly(question) == question


def test_a_polite_question_gets_the_answer_of_the_plain_one(chatbot: Chatbot) -> None:
    polite, plain = (
        chatbot.ask(Question("您好,我想请教一下,顺合模式是啥呀?谢谢")),
        chatbot.ask(Question("顺合模式是啥")),
    )
    assert polite.question == "您好,我想请教一下,顺合模式是啥呀?谢谢"
    assert (polite.asked, polite.claims, polite.citations) == (plain.asked, plain.claims, plain.citations)
