"""A model's reply as it comes in, in pieces of any size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.written.reply import MOST, Said, sentences

REPLY = (
    "<think>想一下[S1]。先看第二句</think>\n季昕华说，公司坚持中立。[S1][S2] 做电商的不太敢用阿里云 [S3]。\n- **第二点**是多云需求。[S4]。"
    "He paid 3.5 million to Dr. Smith. [S2] It works【S9】.<|im_end|>"
)
READ = [
    Said("季昕华说，公司坚持中立。", (1, 2)),
    Said("做电商的不太敢用阿里云。", (3,)),
    Said("第二点是多云需求。", (4,)),
    Said("He paid 3.5 million to Dr. Smith.", (2,)),
    Said("It works.", (), 1),
]


def read(*pieces: str) -> list[Said]:
    return list(sentences(pieces, range(1, 6)))


@given(st.lists(st.integers(1, len(REPLY) - 1), max_size=30))
def test_a_reply_reads_the_same_however_it_is_cut(cuts: list[int]) -> None:
    places = [0, *sorted(set(cuts)), len(REPLY)]
    assert read(*(REPLY[a:b] for a, b in pairwise(places))) == READ


@pytest.mark.parametrize(
    "reply",
    ["NO_ANSWER", "no answer", "NO-ANSWER.", "<think>no</think>NO_ANSWER", "回答：NO_ANSWER", "  \nNO_ANSWER\n"],
)
def test_no_answer_is_understood(reply: str) -> None:
    assert [said.refuses for said in read(reply)] == [True]


@pytest.mark.parametrize(
    "reply", ["", " \n\n", "<think>still thinking about [S1]", "。。。", "\u200b\u202e", "<think></think>"]
)
def test_nothing_said_is_nothing(reply: str) -> None:
    assert read(reply) == []


def test_a_thought_whose_beginning_the_template_swallowed_is_no_answer() -> None:
    assert read("我先想想用户要什么", "</think>公司坚持中立。[S1]") == [Said("公司坚持中立。", (1,))]


def test_a_sentence_is_there_before_the_reply_ends() -> None:
    told: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("公司坚持中立。", "[S1]", "第二", "点是"):
            told.append(piece)
            yield piece

    assert next(sentences(pieces(), range(1, 6))) == Said("公司坚持中立。", (1,))
    assert told == ["公司坚持中立。", "[S1]", "第二"]


def test_an_endless_reply_is_stopped() -> None:
    def pieces() -> Iterator[str]:
        while True:
            yield "又一句话。[S1]"

    assert len(list(sentences(pieces(), range(1, 6)))) == MOST


def test_a_reply_without_an_end_of_sentence_is_stopped() -> None:
    def pieces() -> Iterator[str]:
        while True:
            yield "没完没了"

    assert list(sentences(pieces(), range(1, 6))) == []


def test_a_sentence_too_long_to_check_is_empty() -> None:
    assert read("长" * 700 + "。") == [Said("", ())]
