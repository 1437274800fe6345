"""Quantities in Chinese and English: what is read, and what a source lets a claim say."""

from __future__ import annotations

import pytest

from bot.checks import chinese, english
from bot.checks.quantity import strangers

SAME = [
    ("三十个亿", "3 billion"), ("30亿", "three billion"), ("百分之二十五", "25%"), ("25％", "25 percent"), ("三成", "30 %"), ("三成", "thirty percent"), ("一千多", "over a thousand"),
    ("一千多个投资人", "more than 1,000 investors"), ("两家公司", "two companies"), ("第六大", "the sixth largest"), ("第6名", "number six"), ("16年开源", "in 2016"), ("于13年创办", "in 2013"),
    ("1月20号", "January 20"), ("1月20日", "20th of January"), ("80年代", "the 1980s"), ("80年代", "the eighties"), ("2倍到10倍", "two to ten times"), ("2到10倍", "between 2 and 10 times"), ("十倍", "tenfold"), ("10倍", "10x"),
    ("三个月", "three months"), ("正好5年", "five years old"), ("四十年", "four decades"), ("半年", "half a year"), ("一半", "half of it"), ("三分之一", "a third of"), ("1亿美金", "100 million dollars"), ("一亿美元", "$100M"),
    ("超过一千万美元", "over 10 million dollars"), ("数千万元", "tens of millions of yuan"), ("上百万次", "over a million"), ("不到10年", "less than ten years"), ("近百分之五", "nearly 5 percent"), ("约三千", "about 3,000"),
    ("前十名中有八家", "eight of the top ten"), ("二〇一九年", "in 2019"), ("两千三百万", "23 million"), ("1.5亿", "150 million"), ("八年", "8-year"), ("12万", "120,000"),
]  # fmt: skip
OTHER = [
    ("25%", "52 percent"), ("30亿", "three million"), ("一千多", "over two thousand"), ("三年", "three times"), ("三年", "three months"), ("16年开源", "in 2018"), ("年1月20号", "January 12"), ("年1月20号", "in 2020"),
    ("超过万美元", "over 10,000 dollars"), ("有亿参数", "100 million parameters"), ("数千万元", "50 million yuan"), ("第六大", "the third largest"), ("第六大", "six companies"), ("5年", "over five years"), ("一千多", "fewer than a thousand"),
    ("不到10年", "over ten years"), ("八家", "nine companies"), ("百度", "a hundred"), ("三体", "three bodies"), ("已经做了16年", "in 2016"), ("5年前", "in 2005"), ("1亿元", "100 million dollars"), ("80年代", "the 1970s"), ("GPT-3", "three models"),
]  # fmt: skip
PLAIN = [
    "百度",
    "三体",
    "千万不要",
    "万一",
    "B轮",
    "GPT-3",
    "亿人民币",
    "十分",
    "超过万美元",
    "一个",
    "统一",
    "唯一",
    "s3",
    "灵*拷问",
]


@pytest.mark.parametrize(("said", "claimed"), SAME)
def test_the_same_quantity_is_known_in_both_languages(said: str, claimed: str) -> None:
    figures = tuple(english.quantities(claimed))
    assert figures
    assert strangers(figures, tuple(chinese.quantities(said))) == ()


@pytest.mark.parametrize(("said", "claimed"), OTHER)
def test_another_quantity_is_a_stranger(said: str, claimed: str) -> None:
    figures = tuple(english.quantities(claimed))
    assert strangers(figures, tuple(chinese.quantities(said)))


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("三十个亿", "30亿"),
        ("3年", "三年"),
        ("一千多", "1000多"),
        ("25%", "百分之二十五"),
        ("第6名", "第六"),
        ("13年创办", "2013年创办"),
        ("2倍到10倍", "2到10倍"),
        ("五六个", "五六个"),
    ],
)
def test_numerals_and_digits_are_one(said: str, claimed: str) -> None:
    figures = tuple(chinese.quantities(claimed))
    assert figures
    assert strangers(figures, tuple(chinese.quantities(said))) == ()


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("三年", "五年"),
        ("25%", "52%"),
        ("年1月20号", "2019年1月20号"),
        ("超过万", "超过一万"),
        ("六家", "第六家"),
        ("三年", "三个月"),
        ("不到十家", "超过十家"),
    ],
)
def test_another_number_in_chinese_is_a_stranger(said: str, claimed: str) -> None:
    assert strangers(tuple(chinese.quantities(claimed)), tuple(chinese.quantities(said)))


@pytest.mark.parametrize("words", PLAIN)
def test_a_word_with_a_numeral_in_it_is_no_quantity(words: str) -> None:
    assert list(chinese.quantities(words)) == []
