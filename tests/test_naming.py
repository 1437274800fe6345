"""Whether the names of a question stand near what is quoted."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.judging.naming import AskedNames
from bot.question import understand
from bot.weigh import weigh


@pytest.mark.parametrize(
    ("question", "words", "near"),
    [
        ("UCloud哪年上市的", "20号上市", True),
        ("Alluxio哪年上市的", "20号上市", False),
        ("季昕华在华为干了几年", "20号上市", False),
        ("上市融了多少美金", "20号上市", True),
        ("When did Huawei begin?", "20号上市", False),
        ("UCloud在美国哪里上市的", "20号上市", False),
        ("How did UCloud meet Frankenstein?", "20号上市", False),
        ("How Did UCloud Go Public?", "20号上市", True),  # in a title all words have capitals
        ("季昕华当CEO的时候上市了吗", "20号上市", True),  # a post is no name
        ("What does the Chinese name of UCloud stand for?", "20号上市", True),  # nor is a language
        ("Who helped Wang Xing at Meituan?", "典型是美团", True),  # 王兴, in Pinyin
        ("Who worked at Microsoft Research?", "原微软亚洲研究院主管研究员", True),  # as the talk calls it
        ("Who worked at Microsoft Research?", "20号上市", False),
        ("mobike是谁创办的", "20号上市", False),  # a name in small letters too
        ("阿里为什么要做支付", "大恒星", True),  # said of so many sentences that the whole talk is about it
    ],
)
def test_names_of_a_question_stand_near_a_sentence_or_do_not(
    chatbot: Chatbot, question: str, words: str, near: bool
) -> None:
    card = chatbot.index.events[0].card
    transcript = chatbot.index.transcript("a-plan-01")
    asked = understand(question, card)
    found = weigh(chatbot.retriever, asked, transcript, card=card, hits=())
    place = next(n for n in range(len(found.sentences)) if words in found.text(n))
    assert AskedNames(asked, found, card).near(place) is near
