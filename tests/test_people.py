"""Whom a question names, and whether it asks for their words."""

from __future__ import annotations

import pytest

from index.event import EventCard, read_card
from index.people import people
from index.source import packaged_event


@pytest.fixture(scope="module")
def card() -> EventCard:
    return read_card(packaged_event() / "event.toml")


@pytest.mark.parametrize(
    ("question", "by", "about"),
    [
        ("刘超的公司被谁收购", (), ("刘超",)),
        ("李浩源毕业院校", (), ("李浩源",)),
        ("东旭怎么评价老季", ("黄东旭",), ("季昕华",)),
        ("UCloud何时上市", (), ()),
        ("季昕华说了什么", ("季昕华",), ()),
        ("季昕华对开源软件怎么看", ("季昕华",), ()),
        ("季昕华为什么卖房", (), ("季昕华",)),
        ("黄东旭和袁进辉怎么看BAT", ("黄东旭", "袁进辉"), ()),
        ("UCloud的创始人怎么看竞争", ("季昕华",), ()),
        ("主持人问了什么", ("刘超",), ()),
        ("按老袁的说法,谁会先登顶", ("袁进辉",), ()),
        ("怎么看待季昕华", (), ("季昕华",)),
        ("老季说刘超什么", ("季昕华",), ("刘超",)),
        ("袁老师对效率的看法", ("袁进辉",), ()),
        ("what did Huang Dongxu say about BAT?", ("黄东旭",), ()),
        ("According to Li Haoyuan, why did it fail?", ("李浩源",), ()),
        ("Dongxu's opinion on competition", ("黄东旭",), ()),
        ("Why did Ji Xinhua sell his house?", (), ("季昕华",)),
        ("Who is Yuan Jinhui?", (), ("袁进辉",)),
        ("what does Haoyuan Li think of DataLake", ("李浩源",), ()),
        ("季总当年融不到钱怎么办", (), ("季昕华",)),
        ("袁师傅怎么看效率", ("袁进辉",), ()),
        ("关于刘超,老季提过什么", ("季昕华",), ("刘超",)),
    ],
)
def test_words_by_and_words_about(card: EventCard, question: str, by: tuple[str, ...], about: tuple[str, ...]) -> None:
    found = people(question, card)
    assert (found.by, found.about) == (by, about)


@pytest.mark.parametrize(
    ("question", "stranger"),
    [
        ("马云说了什么", "马云"), ("马化腾到场了没", "马化腾"), ("雷军是谁", "雷军"), ("任正非对云怎么看", "任正非"),
        ("老王怎么看创业", "老王"), ("小王说了什么", "小王"),
        ("What did Jack Ma say?", "Jack Ma"), ("Did Robin Li speak at this event?", "Robin Li"),
    ],
)  # fmt: skip
def test_somebody_who_is_not_on_the_card_is_a_stranger(card: EventCard, question: str, stranger: str) -> None:
    assert people(question, card).strangers == (stranger,)


@pytest.mark.parametrize(
    "question",
    [
        "高效性怎么看",
        "云计算怎么看",
        "小程序怎么看",
        "老总怎么看",
        "技术小白怎么理解",
        "时间怎么安排",
        "方法怎么说",
        "易用性怎么评价",
        "大家怎么看",
        "他说了什么",
        "Why did TiDB win?",
    ],
)
def test_common_words_are_not_strangers(card: EventCard, question: str) -> None:
    assert people(question, card).strangers == ()


def test_a_surname_two_speakers_share_names_neither() -> None:
    card = EventCard.model_validate({"title": "t", "speakers": [{"name": "王小明"}, {"name": "王大力"}]})
    assert people("王总怎么看", card).by == ()
    assert people("小明怎么看", card).by == ("王小明",)
