"""What a sentence's looks tell, whatever is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.reading import read
from index.source import read_event


def looked_at(tmp_path: Path, sentence: str) -> tuple[bool, bool]:
    """Whether a sentence is filler, and whether it only asks somebody for something."""
    talk = tmp_path / "talk.txt"
    talk.write_text(f"主持人:我们开始吧,有请两位。\n王芳:{sentence}\n主持人:好的。\n王芳:我们在山里种茶。\n", "utf-8")
    transcript = read_event(talk).transcripts[0]
    reading = read(transcript)
    [n] = [n for n, s in enumerate(reading.sentences) if transcript.text[s.start : s.end] == sentence]
    return bool(reading.filler[n]), bool(reading.requests[n])


def sound(tmp_path: Path, sentence: str) -> bool:
    """Whether a sentence is nothing but a sound of somebody who listens."""
    talk = tmp_path / "talk.txt"
    talk.write_text(f"Ann: We grow tea.\nBob: {sentence}\nAnn: In the hills.\nBob: I see it now.\n", "utf-8")
    transcript = read_event(talk).transcripts[0]
    reading = read(transcript)
    return any(
        reading.greeting[n] and transcript.text[s.start : s.end] == sentence for n, s in enumerate(reading.sentences)
    )


@pytest.mark.parametrize(
    "sentence", ["Mm-hmm.", "Mm okay.", "Uh-huh", "'Kay.", "Oh, okay, okay.", "Hmm.", "嗯嗯。", "好的，好的。"]
)
def test_a_mere_sound_is_never_quoted(tmp_path: Path, sentence: str) -> None:
    assert sound(tmp_path, sentence)


@pytest.mark.parametrize("sentence", ["Yeah.", "No.", "Rabbit.", "Okay, twelve.", "是的。", "好茶。"])
def test_a_short_answer_is_no_sound(tmp_path: Path, sentence: str) -> None:
    assert not sound(tmp_path, sentence)


def filler(tmp_path: Path, sentence: str) -> bool:
    return looked_at(tmp_path, sentence)[0]


@pytest.mark.parametrize("sentence", ["The materials for the case are", "So what we need is a button for the"])
def test_a_sentence_that_breaks_off_says_nothing(tmp_path: Path, sentence: str) -> None:
    assert filler(tmp_path, sentence)


@pytest.mark.parametrize("sentence", ["The case is what they are made for.", "We look at what it is made of."])
def test_a_sentence_that_ends_on_a_small_word_with_a_full_stop_is_whole(tmp_path: Path, sentence: str) -> None:
    assert not filler(tmp_path, sentence)


@pytest.mark.parametrize(
    ("sentence", "only_asks"),
    [
        ("If I can just start and ask you if you're satisfied with the harvest.", True),
        ("We've got some questions now on the harvest.", True),
        ("We have questions of our own about the harvest.", False),
        ("I'm just wondering what advice you gave the minister.", True),
        ("Can I just ask about the budget for next year?", True),
        ("I would like to know whether the roof is safe.", True),
        ("The board was blamed for the leak last winter, so I'm just wondering whether that is fair.", False),
        ("It is no wonder that the roof leaks.", False),
        ("I would like to ask nobody for money.", False),
    ],
)
def test_what_is_asked_of_somebody_is_told_without_a_question_mark(
    tmp_path: Path, sentence: str, only_asks: bool
) -> None:
    assert looked_at(tmp_path, sentence)[1] is only_asks


@pytest.mark.parametrize(
    "sentence",
    ["接下来我给大家介绍一下我们的茶园。", "今天我想讲讲种茶的困难。", "Let me briefly talk about our costs.", "I'd like to share what we learned."],
)  # fmt: skip
def test_a_sentence_that_announces_says_nothing_yet(tmp_path: Path, sentence: str) -> None:
    assert filler(tmp_path, sentence)


@pytest.mark.parametrize(
    "sentence",
    ["种茶最难的是第三年,前两年没有收成。", "他介绍了一位老茶农给我们,我们学会了炒茶。", "We talk about costs every week, and they fall.", "我们把一半利润分享给了村里,他们就愿意留下来种茶。"],
)  # fmt: skip
def test_a_sentence_that_tells_of_sharing_does_not_announce(tmp_path: Path, sentence: str) -> None:
    assert not filler(tmp_path, sentence)


def test_what_the_panel_announces_is_no_evidence(chatbot: Chatbot) -> None:
    transcript = chatbot.index.transcript("a-plan-01")
    reading = read(transcript)
    marked = {transcript.text[s.start : s.end] for s, f in zip(reading.sentences, reading.filler, strict=True) if f}
    assert {"所以我想讲讲我整个创业过程中的困难和挑战。", "那么接下来我会详细介绍的这两种模式。"} <= marked
