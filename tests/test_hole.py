"""What was lost: found by grammar, with few false alarms."""

from __future__ import annotations

import pytest

from index.hole import holes
from index.source import packaged_event, read_event
from index.turns import gaps
from index.types import HoleKind

DAMAGED = [11, 14, 31, 40, 48, 50, 66, 73, 76, 82, 87, 91, 92]  # lines of the panel that lost figures, by reading it


def found(text: str) -> list[tuple[str, str]]:
    """Kind and the two characters behind each hole of a one-paragraph text."""
    return [(h.kind.value, text[h.offset : h.offset + 2]) for h in holes(text, [(0, len(text))])]


def test_the_panels_lines_with_lost_figures_are_found_without_false_alarm() -> None:
    lines = {gap["line"] for gap in gaps(read_event(packaged_event())) if gap["kind"] == "figure"}
    assert sorted(lines) == DAMAGED


def test_the_panels_end_is_known_as_cut() -> None:
    transcript = read_event(packaged_event()).transcripts[0]
    assert [h.offset for h in transcript.holes if h.kind is HoleKind.CUT] == [len(transcript.text)]


def test_the_damaged_negation_is_known_as_a_lost_word() -> None:
    transcript = read_event(packaged_event()).transcripts[0]
    words = [transcript.text[h.offset - 2 : h.offset + 4] for h in transcript.holes if h.kind is HoleKind.WORD]
    assert "从来有成功过" in words


@pytest.mark.parametrize(
    "text",
    [
        "公司成立于年,总部在北京。", "我们在年1月上市。", "融资超过万美元。", "有亿参数的模型。", "公司个员工都在。",
        "到米海拔就冷了。", "喝了多杯咖啡。", "去年我年年底离职。",
    ],
)  # fmt: skip
def test_a_measure_word_without_its_number_is_a_lost_figure(text: str) -> None:
    assert ("figure", text[text.index(found(text)[0][1]) :][:2]) == found(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "公司成立于2014年,总部在北京。", "我们在 2021 年 1 月上市。", "去年年底,今年年初,每年一次。", "年轻人和中年人都来了。", "融资超过三千万美元。",
        "打个比方,这个公司有个产品。", "大家都到家了。", "万一不行呢。", "吃了几碗米饭。", "有多个员工。", "从来没有成功过。", "太太的付出。", "年收入和年产量。",
    ],
)  # fmt: skip
def test_sound_sentences_raise_no_alarm(text: str) -> None:
    assert found(text) == []


def test_a_masked_character_is_a_mask_and_markdown_is_not() -> None:
    assert found("会被问到一个灵*拷问。") == [("mask", "*拷")]
    assert found("这是**重点**内容。") == []


def test_a_text_that_never_ends_its_lines_is_not_cut() -> None:
    text = "第一行没有句号\n第二行也没有句号\n第三行还是没有句号"
    spans = [(0, 7), (8, 16), (17, 26)]
    assert [h for h in holes(text, spans) if h.kind is HoleKind.CUT] == []
