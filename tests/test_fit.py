"""What a question demands of its answer: quotes without it are no answer."""

from __future__ import annotations

import pytest

from bot.fit import satisfies
from bot.question import understand
from index.event import EventCard

CARD = EventCard(title="A talk")


@pytest.mark.parametrize(
    ("question", "answers", "near_miss"),
    [
        ("他们用什么编程语言写的", "服务端是用 Rust 写的。", "服务端写了三年。"),
        ("她毕业于哪所大学", "她在南京大学读的书。", "她在南京待过五年。"),
        ("节点之间走什么协议", "节点之间走 RDMA。", "节点之间连得很快。"),
        ("项目用哪种开源许可证", "我们用 Apache 2.0 许可。", "我们下个月开源。"),
        ("那本书叫什么", "书名叫《山路》。", "我们去年写了一本书。"),
        ("How much does a seat cost?", "A seat is 40 dollars a month.", "The cost of moving is next to nothing."),
        ("Which university did she go to?", "她在清华大学读的博士。", "她是公司的创始人。"),
        ("融了多少钱", "我们融了两千万美元。", "我们融了三轮。"),
    ],
)
def test_quotes_must_hold_what_is_asked_for(question: str, answers: str, near_miss: str) -> None:
    asked = understand(question, CARD)
    assert satisfies(asked, [answers])
    assert not satisfies(asked, [near_miss])


@pytest.mark.parametrize(
    "question", ["为什么要开源", "他怎么看大学生创业", "语言模型有什么用", "协议签了以后发生了什么"]
)
def test_a_word_that_is_not_asked_for_demands_nothing(question: str) -> None:
    assert satisfies(understand(question, CARD), ["这件事说来话长。"])
