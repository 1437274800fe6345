"""Reading plain text: the panel's traps, other talks, and properties that hold for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.event import EventCard, read_card
from index.formats.plain import read_turns
from index.source import packaged_event, read_event, read_transcript
from index.turns import rows
from index.types import Transcript, Turn, TurnKind

LINES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30),
        st.sampled_from(
            ["刘超:", "刘超: 你好。", "Ann: Hi there.", "Bob: Why?", "01", "—", "分享人:", "问答环节", "", "   ", "例如:", "# Part", "主持人:", "*东旭:", "李浩源博士是创始人。", "大家好!我们开始。"]
        ),
    ),
    max_size=25,
)  # fmt: skip


@pytest.fixture(scope="module")
def panel() -> Transcript:
    return read_event(packaged_event()).transcripts[0]


def line(transcript: Transcript, number: int) -> Turn:
    """The turn that holds a source line."""
    at = len("\n".join(transcript.text.split("\n")[: number - 1])) + (number > 1)
    return next(turn for turn in transcript.turns if turn.start <= at < turn.end)


def test_the_packaged_transcript_is_read_byte_for_byte() -> None:
    raw = (packaged_event() / "a-plan-01.txt").read_bytes()
    assert read_event(packaged_event()).transcripts[0].text.encode() == raw


@pytest.mark.parametrize(
    ("number", "kind", "speaker", "about"),
    [
        (1, "title", None, None),  # the title, with the host's label glued to it
        (2, "bio", None, "刘超"),
        (5, "bio", None, "刘超"),
        (7, "talk", "刘超", None),
        (8, "title", None, None),  # a section number
        (10, "title", None, None),  # 分享人: looks like a speaker and is none
        (11, "bio", None, "季昕华"),
        (13, "talk", "季昕华", None),
        (44, "talk", "季昕华", None),
        (48, "bio", None, "黄东旭"),  # written *东旭
        (50, "talk", "黄东旭", None),
        (73, "bio", None, "袁进辉"),
        (91, "bio", None, "李浩源"),
        (92, "talk", "李浩源", None),  # his talk has no marker
        (98, "talk", "李浩源", None),
        (99, "title", None, None),
        (101, "question", "刘超", None),
        (107, "answer", "黄东旭", None),
        (108, "talk", "刘超", None),  # hands over; the text stands on the marker's own line
        (109, "question", "黄东旭", None),
        (111, "answer", "季昕华", None),  # cut off
    ],
)
def test_the_panel_is_read_right(
    panel: Transcript, number: int, kind: str, speaker: str | None, about: str | None
) -> None:
    turn = line(panel, number)
    assert (turn.kind.value, turn.speaker, turn.about) == (kind, speaker, about)


def test_words_begin_behind_the_label(panel: Transcript) -> None:
    assert panel.text[line(panel, 108).body :].startswith("基本告诉我")
    assert panel.text[line(panel, 13).body :].startswith("谢谢Ruby")


def test_parts_carry_the_cards_titles(panel: Transcript) -> None:
    assert [line(panel, n).section for n in (7, 13, 50, 75, 92, 101)] == [
        "开场", "季昕华的分享", "黄东旭的分享", "袁进辉的分享", "李浩源的分享", "问答环节",
    ]  # fmt: skip


def test_every_line_lies_in_exactly_one_row() -> None:
    event = read_event(packaged_event())
    numbers = [n for row in rows(event) for n in range(row["start_line"], row["end_line"] + 1)]
    assert numbers == list(range(1, len(event.transcripts[0].text.split("\n")) + 1))


def test_without_a_card_the_panel_keeps_its_speakers(tmp_path: Path) -> None:
    copy = tmp_path / "talk.txt"
    copy.write_bytes((packaged_event() / "a-plan-01.txt").read_bytes())
    transcript = read_event(copy).transcripts[0]
    assert [line(transcript, n).speaker for n in (7, 13, 50, 75, 101, 102)] == [
        "刘超", "季昕华", "*东旭", "袁进辉", "刘超", "*东旭",
    ]  # fmt: skip
    assert line(transcript, 91).about == "李浩源"


def test_speakers_are_learned_from_repetition_not_from_colons() -> None:
    talk = "Ann: Welcome.\nBob: Thanks. One thing: it works.\nNote to self\nAnn: Why?\nBob: Because.\n"
    assert [t.speaker for t in read_turns(talk, None)] == ["Ann", "Bob", "Ann", "Bob"]
    article = "介绍:\n例如:苹果、梨。\n注意:天冷。\n结论:多穿衣服,少出门,最好在家看书。\n"
    assert {t.speaker for t in read_turns(article, None)} == {None}


def test_numbered_speakers_of_meeting_tools_are_speakers() -> None:
    talk = "发言人1: 大家好。\n发言人2: 你好,请问怎么做?\n发言人1: 先做这个。\n"
    assert [(t.speaker, t.kind.value) for t in read_turns(talk, None)] == [
        ("发言人1", "talk"), ("发言人2", "question"), ("发言人1", "answer"),
    ]  # fmt: skip


def test_a_name_with_an_aside_is_the_name() -> None:
    talk = "张三（CEO）：开始吧。\n李四（CTO）：好的。\n张三（CEO）：第一点。\n李四（CTO）：嗯。\n"
    assert [t.speaker for t in read_turns(talk, None)] == ["张三", "李四", "张三", "李四"]


def test_text_without_speakers_is_one_turn() -> None:
    turns = read_turns("第一段没有说话人。\n第二段也没有。\n", None)
    assert [(t.speaker, t.kind) for t in turns] == [(None, TurnKind.TALK)]


def test_two_people_introduced_line_by_line_get_a_bio_each() -> None:
    card = EventCard.model_validate({"title": "夜谈", "speakers": [{"name": "甲一"}, {"name": "乙二"}]})
    turns = read_turns("夜谈\n甲一,作家。\n乙二,画家。\n甲一:\n晚上好。\n乙二:\n晚上好。\n", card)
    assert [(t.kind.value, t.speaker or t.about) for t in turns] == [
        ("title", None), ("bio", "甲一"), ("bio", "乙二"), ("talk", "甲一"), ("talk", "乙二"),
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LINES, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_turns_tile_any_text(lines: list[str], carded: bool, newline: str) -> None:
    card = read_card(packaged_event() / "event.toml") if carded else None
    text = newline.join(lines)
    turns = read_turns(text, card)
    assert "".join(text[t.start : t.end] for t in turns) == text
    assert all(t.start <= t.body <= t.end for t in turns)
    assert all(text[t.end - 1] == "\n" for t in turns[:-1] if t.end > t.start)


@settings(max_examples=50, deadline=None)
@given(LINES)
def test_reading_is_deterministic(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert read_transcript(text, id="t", event="t", card=None) == read_transcript(text, id="t", event="t", card=None)
