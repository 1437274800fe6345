"""Marks of models as they are really written; and what is no mark stays, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.written import marks

KNOWN = range(1, 31)
DRIFT = {
    "a[S12]": (12,), "a [S12]": (12,), "a【S12】": (12,), "a［S12］": (12,), "a［12］": (12,), "a[12]": (12,), "a〔S3〕": (3,), "a〖3〗": (3,),
    "a(S3)": (3,), "a（S3）": (3,), "a（S3，S4）": (3, 4), "a[s3]": (3,), "a[ S3 ]": (3,), "a［Ｓ３］": (3,), "a[[S3]]": (3,), "a[S3": (3,), "a[S3）": (3,),
    "a[S1][S2]": (1, 2), "a[S1] [S2]": (1, 2), "a[S1, S2]": (1, 2), "a[S1,2]": (1, 2), "a[S1、S2]": (1, 2), "a[S1；S2]": (1, 2), "a[S1 S2]": (1, 2), "a[S1S2]": (1, 2),
    "a[S1 and S2]": (1, 2), "a[S1和S2]": (1, 2), "a[S1/S2]": (1, 2), "a[S1&S2]": (1, 2), "a[S1-S3]": (1, 2, 3), "a[S1–3]": (1, 2, 3), "a[S1~S3]": (1, 2, 3), "a[S1至S3]": (1, 2, 3),
    "a[S1 to S3]": (1, 2, 3), "a[1-3, 5]": (1, 2, 3, 5), "a[citation:3]": (3,), "a[Citation: 3]": (3,), "a[citation:3][citation:4]": (3, 4), "a[cite:3]": (3,), "a[source 3]": (3,),
    "a[Sources: S1, S2]": (1, 2), "a[ref 3]": (3,), "a[来源: S3]": (3,), "a[来源3]": (3,), "a[引用：3]": (3,), "a[句3]": (3,), "a[句子 3]": (3,), "a[S3句]": (3,), "a[第3句]": (3,), "a[sentence 4]": (4,),
    "a^[S3]": (3,), "a[^3]": (3,), "a[#3]": (3,), "a[S-3]": (3,), "a[S:3]": (3,), "a[S3.]": (3,), "a[S3。]": (3,), "a(Source: S3)": (3,),
}  # fmt: skip
STRAY = {"a[S99]": 1, "a[S0]": 1, "a[S3-S1]": 1, "a[S1-S9999]": 1, "a[S123456]": 1, "a[Sx]": 1, "a[S?]": 1, "a[S12a]": 1, "a[S]": 1, "a[S1, S99]": 1}  # fmt: skip
NO_MARKS = (
    "去年（2012）",
    "a (12) b",
    "亚马逊的s3",
    "GPT-3",
    "[abc]",
    "a[b]c",
    "见图（3）",
    "[缺]",
    "〔缺〕年",
    "3[a]",
    "{S3}",
    "S3。",
)


@pytest.mark.parametrize(("text", "numbers"), DRIFT.items())
def test_a_mark_is_read_however_a_model_writes_it(text: str, numbers: tuple[int, ...]) -> None:
    assert marks.read(text, KNOWN) == marks.Marked("a", numbers, 0)


@pytest.mark.parametrize(("text", "strays"), STRAY.items())
def test_a_mark_that_leads_nowhere_is_counted_and_never_shown(text: str, strays: int) -> None:
    found = marks.read(text, KNOWN)
    assert (found.text, found.strays) == ("a", strays)


@pytest.mark.parametrize("text", NO_MARKS)
def test_what_is_no_mark_stays(text: str) -> None:
    assert marks.read(text, KNOWN) == marks.Marked(text, (), 0)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6, unique=True), st.sampled_from(["", " ", "，", ", "]))
def test_what_is_written_is_read_back(numbers: list[int], between: str) -> None:
    text = "他说了" + between + "".join(map(marks.write, numbers))
    assert marks.read(text, KNOWN).numbers == tuple(numbers)


@given(
    st.text(st.characters(exclude_characters="[［【〔〖⟦(（^", exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(list(DRIFT)),
)
def test_no_character_outside_a_mark_vanishes(words: str, drift: str) -> None:
    assert marks.read(words, KNOWN).text == words.strip()
    assert marks.read(words + drift, KNOWN).text == (words + "a").strip()


@given(st.text(max_size=60))
def test_hidden_text_has_no_mark(words: str) -> None:
    hidden = marks.hide(words)
    assert marks.read(hidden, KNOWN) == marks.Marked(hidden.strip(), (), 0)
    assert len(hidden) == len(words)
