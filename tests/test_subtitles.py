"""Captions: damaged ones, rolling ones, who speaks in them; and properties that hold for any file of them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pysubs2
import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import TranscriptError
from index.formats.read import read_file
from index.formats.subtitles import cues
from index.formats.utterance import Reading
from index.types import Turn

WORD = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0x9FFF), min_size=1, max_size=8)
SPEECH = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
TIME = st.tuples(st.integers(0, 9), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999))
FORMATS = st.sampled_from([".srt", ".vtt"])


def read(tmp_path: Path, text: str, suffix: str = ".vtt") -> Reading:
    path = tmp_path / f"talk{suffix}"
    path.write_text(text, encoding="utf-8", newline="")
    return read_file(path, None)


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, words(reading, turn)) for turn in reading.turns]


def words(reading: Reading, turn: Turn) -> str:
    return reading.text[turn.body : turn.end].strip()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def stamp(time: tuple[int, int, int, int], mark: str = ".") -> str:
    hours, minutes, seconds, rest = time
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{rest:03}"


@given(st.lists(st.tuples(TIME, TIME, st.lists(SPEECH, min_size=1, max_size=3)), min_size=1, max_size=8), FORMATS)
@settings(max_examples=150, deadline=None)
def test_no_character_of_speech_vanishes_whatever_the_times(
    tmp_path_factory: pytest.TempPathFactory,
    captions: list[tuple[tuple[int, ...], tuple[int, ...], list[str]]],
    suffix: str,
) -> None:
    mark = "," if suffix == ".srt" else "."
    blocks = [
        f"{n}\n{stamp(a, mark)} --> {stamp(b, mark)}\n" + "\n".join(lines)
        for n, (a, b, lines) in enumerate(captions, 1)
    ]  # type: ignore[arg-type]
    text = ("WEBVTT\n\n" if suffix == ".vtt" else "") + "\n\n".join(blocks) + "\n"
    reading = read(tmp_path_factory.mktemp("t"), text, suffix)
    spoken = "".join(line for _, _, lines in captions for line in lines)
    every = [line for _, _, lines in captions for line in lines]
    if len(set(every)) == len(every):  # captions that repeat lines are what rolling ones look like
        assert squeezed(reading.text) == squeezed(spoken)
    assert "".join(reading.text[t.start : t.end] for t in reading.turns) == reading.text


@given(st.lists(st.one_of(SPEECH, st.sampled_from(["", "-->", "1", "NOTE", "00:01 --> 00:02", "x --> y", "WEBVTT", "0:1 -> 0:3 a", "<v A>b", "&lt;", "A: b"])), max_size=30), FORMATS)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_lines_are_read_or_refused_and_their_words_kept(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], suffix: str
) -> None:
    try:
        reading = read(tmp_path_factory.mktemp("t"), "\n".join(["0:00 --> 0:01", "opening", "", *lines]), suffix)
    except TranscriptError:
        return
    for turn in reading.turns:
        assert 0 <= turn.start <= turn.body <= turn.end <= len(reading.text)
    offsets = [origin.offset for origin in reading.origins]
    assert offsets == sorted(offsets)
    assert all(1 <= origin.line <= len(lines) + 3 for origin in reading.origins)


@given(st.lists(st.tuples(TIME, TIME, SPEECH), min_size=1, max_size=8, unique_by=lambda c: c[2]))
@settings(max_examples=60, deadline=None)
def test_sound_files_read_as_the_libraries_of_their_formats_do(
    captions: list[tuple[tuple[int, ...], tuple[int, ...], str]],
) -> None:
    ordered = [(min(a, b), max(a, b), text) for a, b, text in captions]
    blocks = [f"{stamp(a)} --> {stamp(b)}\nx {text}" for a, b, text in ordered]  # type: ignore[arg-type]
    text = "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"
    own = [(cue.start, cue.end, " ".join(line.text for line in cue.lines)) for cue in cues(text)]
    theirs = [(c.start_in_seconds, c.end_in_seconds, c.raw_text) for c in webvtt.from_buffer(io.StringIO(text))]
    assert [(int(a or 0), int(b or 0), t) for a, b, t in own] == theirs
    srt = "\n".join(f"{n}\n{block.replace('.', ',', 2)}\n" for n, block in enumerate(blocks, 1))
    events = pysubs2.SSAFile.from_string(srt, format_="srt")
    assert [(round((c.start or 0) * 1000), c.lines[0].text) for c in cues(srt)] == [(e.start, e.text) for e in events]


DAMAGED = """WEBVTT

1
00:01.000 --> 00:02.000
<v Ann>hello

00:03,000 --> 00:04,000
comma time

00:05.000 -> 00:06.000
short arrow

99 --> 100
no clock

00:09.000 --> 00:08.000
end before start

-00:02.000 --> 00:03.000
negative

999:00:00.000 --> 999:00:01.000
absurd

00:11.000 --> 00:12.000

below an empty line

00:12.000 --> 00:13.000

00:13.000 --> 00:14.000
a < b and <script>x</script> &amp; <b>bold</b>
"""


def test_damaged_captions_are_kept_and_only_their_times_are_lost(tmp_path: Path) -> None:
    reading = read(tmp_path, DAMAGED)
    for kept in (
        "hello",
        "comma time",
        "short arrow",
        "no clock",
        "end before start",
        "negative",
        "absurd",
        "below an empty line",
        "a < b and <script>x</script> & bold",
    ):
        assert kept in reading.text
    time = {reading.text[a.offset :].split("\n")[0].split(" ")[0]: a.seconds for a in reading.anchors}
    assert time["hello"] == 1
    assert time["comma"] == 3
    assert time["short"] == 5
    assert time["no"] is None  # and so are the three that follow
    assert time["below"] == 11


def test_the_library_for_webvtt_drops_captions_of_the_same_file() -> None:
    kept = " ".join(caption.raw_text for caption in webvtt.from_buffer(io.StringIO(DAMAGED)))
    assert "comma time" not in kept
    assert "short arrow" not in kept


def test_a_voice_holds_to_the_end_of_its_cue_and_no_further(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ann>one\ntwo</v> three\n\n00:03.000 --> 00:04.000\nfour\n\n00:05.000 --> 00:06.000\n<v Ann>five</v><v Bob>six</v>\n"
    assert said(read(tmp_path, text)) == [("Ann", "one two"), (None, "three four"), ("Ann", "five"), ("Bob", "six")]


@pytest.mark.parametrize(
    ("ids", "speakers"),
    [
        (["Ann", "Bob"], ["Ann", "Bob"]),
        (["ann-1", "bob-2", "ann-3"], ["ann", "bob", "ann"]),
        (["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"], ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]),
        (['1 "Ann Lee" (22)', '2 "Bob" (23)'], ["Ann Lee", "Bob"]),
        (["cue-1", "cue-2"], [None]),
        (["8f2b6a1e-2f8c/12-0", "8f2b6a1e-2f8c/12-1"], [None]),
    ],
)
def test_a_speaker_in_the_cue_id_is_found(tmp_path: Path, ids: list[str], speakers: list[str | None]) -> None:
    text = "WEBVTT\n\n" + "\n\n".join(f"{id}\n00:0{n}.000 --> 00:0{n}.900\nwords {n}." for n, id in enumerate(ids))
    assert [speaker for speaker, _ in said(read(tmp_path, text))] == speakers


def test_a_colon_in_speech_makes_no_speaker(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nNote: this is new.\n\n2\n00:00:03,000 --> 00:00:04,000\nWe go on.\n\n3\n00:00:05,000 --> 00:00:06,000\nAnd on.\n\n4\n00:00:07,000 --> 00:00:08,000\nNote: and on.\n"
    assert {speaker for speaker, _ in said(read(tmp_path, text, ".srt"))} == {None}


def test_sentences_join_across_cues_and_keep_their_times_and_lines(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n我们先把数据\n\n2\n00:00:02,000 --> 00:00:03,500\n搬到对象存储。\n\n3\n00:00:08,000 --> 00:00:09,000\n然后再算。\n"
    reading = read(tmp_path, text, ".srt")
    assert reading.text == "我们先把数据搬到对象存储。\n然后再算。\n"  # a pause of two seconds begins a paragraph
    assert [(a.offset, a.seconds) for a in reading.anchors] == [(0, 1.0), (6, 2.0), (14, 8.0)]
    assert [(o.offset, o.line, o.block) for o in reading.origins] == [(0, 3, 1), (6, 7, 5), (14, 11, 9), (20, 12, 12)]


@given(st.lists(SPEECH, min_size=3, max_size=12), st.booleans())
@settings(max_examples=100, deadline=None)
def test_rolling_captions_show_each_line_once_and_lose_none(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], fills: bool
) -> None:
    blocks, before = [], " "
    for n, line in enumerate(lines):
        blocks.append(f"00:{n:02}.000 --> 00:{n:02}.900\n{before}\n{line}")
        if fills:
            blocks.append(f"00:{n:02}.900 --> 00:{n:02}.910\n{line}\n ")
        before = line
    reading = read(tmp_path_factory.mktemp("t"), "WEBVTT\n\n" + "\n\n".join(blocks))
    assert squeezed(reading.text) == squeezed("".join(lines))


def test_somebody_who_says_the_same_twice_is_heard_twice(tmp_path: Path) -> None:
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{n}.000 --> 00:0{n}.900\n{words}" for n, words in enumerate(["No.", "No.", "Why?", "Because."])
    )
    assert read(tmp_path, text).text == "No. No. Why? Because.\n"


def test_captions_in_a_text_file_are_read_as_captions(tmp_path: Path) -> None:
    whisper = "[00:00:00.000 --> 00:00:03.000]   And so my fellow\n[00:00:03.000 --> 00:00:06.000]   Americans.\n"
    assert read(tmp_path, whisper, ".txt").text == "And so my fellow Americans.\n"
    teams = "0:0:0.0 --> 0:0:3.2\nAnn Lee\nHello.\n\n0:0:3.2 --> 0:0:4.0\nBob Ray\nHi.\n\n0:0:4.0 --> 0:0:6.0\nAnn Lee\nBye.\n"
    assert said(read(tmp_path, teams, ".txt")) == [("Ann Lee", "Hello."), ("Bob Ray", "Hi."), ("Ann Lee", "Bye.")]
    youtube = "0:03\nhello and welcome\n0:07\nto the show\n0:12\nof tools\n"
    assert read(tmp_path, youtube, ".txt").text == "hello and welcome to the show of tools\n"


def test_an_empty_file_of_captions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="no words"):
        read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\n\n")
