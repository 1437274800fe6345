"""Who a written claim says said it, as the measurements read it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scripted import panel, quoted

from benchmarks.credit import credited, miscredited
from bot.types import Claim

NEUTRAL = "一个我们坚持中立,不被BAT投资"
AFRAID = "我个人觉得不要去害怕跟BAT去做直接竞争"
ASKED = "云厂商怎么看待开源软件?"
BIO = "李浩源获得了北京大学学士学位"
OFTEN = "Ruby常说自己是技术小白"
PRAISE = "作为前辈,老季的故事给我们所有人带来鼓舞"


def wrongly(claim: str, *cites: str) -> tuple[str, ...]:
    index = panel().index
    answer = quoted(index, "zh", *cites)
    numbers = tuple(citation.number for citation in answer.citations)
    card = index.events[0].card
    return miscredited(Claim(claim, numbers, "supported"), replace(answer, claims=()), card)


@pytest.mark.parametrize(
    ("claim", "cites", "who"),
    [
        ("季昕华认为不要害怕跟BAT直接竞争。", AFRAID, "季昕华"),
        ("主持人说，他们坚持中立。", NEUTRAL, "主持人"),
        ("The host says that they stay neutral.", NEUTRAL, "The host"),
        ("提问者认为不要害怕跟BAT竞争。", AFRAID, "提问者"),
        ("A questioner said not to fear BAT.", AFRAID, "A questioner"),
        ("马化腾认为不要害怕竞争。", AFRAID, "马化腾"),
        ("Jack Ma says not to fear BAT.", AFRAID, "Jack Ma"),
        ("According to Ruby, one should not be afraid of BAT.", AFRAID, "Ruby"),
        ("老季的故事鼓舞人，老季说。", PRAISE, "老季"),
        ("李浩源说，他获得了北京大学学士学位。", BIO, "李浩源"),
        ("季昕华（UCloud创始人）在问答环节里还提到云厂商怎么看待开源软件。", ASKED, "季昕华"),
    ],
)
def test_words_credited_to_somebody_else_are_counted(claim: str, cites: str, who: str) -> None:
    assert wrongly(claim, cites) == (who,)


@pytest.mark.parametrize(
    ("claim", "cites"),
    [
        ("季昕华（UCloud创始人）说，UCloud坚持中立。", NEUTRAL),
        ("UCloud says that it stays neutral.", NEUTRAL),
        ("Huang Dongxu also says not to fear BAT.", AFRAID),
        ("东旭觉得，不要害怕竞争。", AFRAID),
        ("Ruby常说自己是技术小白。", OFTEN),
        ("提问者问，云厂商怎么看待开源软件。", ASKED),
        ("有人说UCloud坚持中立。", NEUTRAL),
        ("UCloud坚持中立，不被BAT投资。", NEUTRAL),
        ("They said that they stay neutral.", NEUTRAL),
    ],
)
def test_words_of_those_who_said_them_are_not(claim: str, cites: str) -> None:
    assert wrongly(claim, cites) == ()


def test_quotes_and_prose_that_credits_nobody_name_nobody() -> None:
    assert list(credited("从尼泊尔南坡爬的成功率高。")) == []
    assert list(credited("The success rate is higher from the south side.")) == []


def test_each_of_two_sayers_is_read() -> None:
    assert list(credited("季昕华说要中立，而黄东旭认为不要害怕竞争。")) == ["季昕华", "黄东旭"]
