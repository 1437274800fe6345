"""Sentences and clauses."""

from __future__ import annotations

import itertools
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentence import clauses, sentences
from index.source import packaged_event, read_event
from index.types import Sentence


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好。真的吗?是!", ["好。", "真的吗?", "是!"]),
        ("他说“走吧。”然后走了。", ["他说“走吧。”", "然后走了。"]),
        ("不要在意这些细节。(笑)第二个。", ["不要在意这些细节。(笑)", "第二个。"]),
        ("1.新的人群。比如快手。", ["1.新的人群。", "比如快手。"]),
        ("It cost 3.5 dollars. Mr. Smith paid e.g. by card.", ["It cost 3.5 dollars.", "Mr. Smith paid e.g. by card."]),
        ("He works at U.S. Steel. Good", ["He works at U.S. Steel.", "Good"]),
        ("See http://a.b/c?d=e;f now.", ["See http://a.b/c?d=e;f now."]),
        ("等等……然后呢？！好", ["等等……", "然后呢？！", "好"]),
        ("没有标点\n下一行", ["没有标点", "下一行"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_the_panel_has_402_sentences_of_median_29_characters() -> None:
    text = read_event(packaged_event()).transcripts[0].text
    lengths = [len(s) for s in split(text)]
    assert (len(lengths), statistics.median(lengths), sum(n > 80 for n in lengths)) == (402, 29, 15)


def test_a_long_sentence_is_cut_at_commas_into_clauses_of_some_length() -> None:
    text = "我们先做了这件事情花了很多时间," * 7 + "完。"
    parts = clauses(text, Sentence(0, len(text)))
    assert "".join(text[p.start : p.end] for p in parts) == text
    assert min(p.end - p.start for p in parts) >= 12


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab1 。.!?？;…”)(笑\n,，A中文-—'\"/:="), max_size=80))
def test_every_character_lies_in_exactly_one_sentence(text: str) -> None:
    joined = "".join(split(text))
    assert "".join(joined.split()) == "".join(text.split())
    spans = sentences(text, 0, len(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_a_megabyte_of_spaces_and_dots_is_read_at_once() -> None:
    for hostile in (" " * 500_000, ". " * 250_000, "?" * 500_000, "\n" * 500_000):
        assert "".join("".join(split(hostile)).split()) == "".join(hostile.split())
