"""BM25 for Chinese and English."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.focus import focus, names
from index.sparse import K1, B, bm25, invert, normal, terms


def test_chinese_gives_characters_and_pairs_and_english_stems() -> None:
    assert list(terms("数据库 running databases")) == ["数", "据", "库", "数据", "据库", "run", "databas"]


def test_traditional_full_width_and_case_are_read_alike() -> None:
    assert normal("雲計算ＵＣｌｏｕｄ") == normal("云计算ucloud")


def test_scores_are_robertsons() -> None:
    texts = ["apple boat", "apple apple cat", "dog"]
    (scores,) = bm25([invert(texts)], ["appl"])
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    wanted = [idf * tf / (tf + K1 * (1 - B + B * length / 2)) for tf, length in ((1, 2), (2, 3))]
    assert np.allclose(scores, [*wanted, 0.0])


@given(st.lists(st.text(max_size=30), min_size=2, max_size=6), st.text(max_size=10))
def test_splitting_an_index_into_parts_changes_no_score(texts: list[str], question: str) -> None:
    query = list(terms(question))
    (whole,) = bm25([invert(texts)], query)
    assert np.array_equal(whole, np.concatenate(bm25([invert(texts[:1]), invert(texts[1:])], query)))


def test_a_question_is_searched_without_the_words_that_make_it_one() -> None:
    assert focus("关于“数据库”，嘉宾们是怎么说的？") == ("数", "据", "库", "数据", "据库")
    assert focus("What did the group discuss about animal characteristics?") == ("anim", "characterist")
    assert focus("怎么说?") == tuple(terms("怎么说")), "a question of nothing else keeps its words"


def test_only_names_are_asked_across_scripts() -> None:
    assert names("What does Alluxio put between compute and storage in TiDB?") == ("alluxio", "tidb")
