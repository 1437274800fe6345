"""JSON of speech recognition, Word, Markdown, and plain text whose labels have times."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest
from fixture_files import teams_document
from hypothesis import given, settings
from hypothesis import strategies as st
from test_subtitles import SPEECH, read, said, squeezed

from index.errors import TranscriptError
from index.formats.read import read_file

NAMES = st.sampled_from(["Ann", "SPEAKER_01", "张三", None, 3])
NUMBER = st.one_of(st.none(), st.floats(allow_nan=True, width=32), st.integers(-5, 10**6))
WORDS = st.fixed_dictionaries(
    {"word": SPEECH}, optional={"start": NUMBER, "end": NUMBER, "speaker": NAMES, "score": st.floats(0, 1)}
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=6), st.booleans(), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_no_word_of_a_json_transcript_vanishes(
    tmp_path_factory: pytest.TempPathFactory, segments: list[list[dict[str, object]]], has_words: bool, indent: int
) -> None:
    rows = []
    for words in segments:
        text = " ".join(str(word["word"]) for word in words)
        rows.append({**words[0], "text": text, "words": words} if has_words else {"text": text, **words[0]})
    spoken = "".join(str(row["text"]) for row in rows)
    reading = read(tmp_path_factory.mktemp("t"), json.dumps({"segments": rows}, indent=indent or None), ".json")
    assert squeezed(reading.text) == squeezed(spoken)
    assert all(a.seconds is None or 0 <= a.seconds <= 86400 for a in reading.anchors)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"segments": [\n{"text": "a"},\n{"text": 3}]}', "line 3: text"),
        ('{"segments": [\n{"text": "a"},\n{"start": 3}]}', "line 3: an entry without 'text'"),
        ('{"segments": [\n{"text": "a"}\n{"text": "b"}]}', "line 3: no valid JSON"),
        ('{"name": "my-package", "version": "1"}', "no transcript this reads"),
        ("[" * 100_000, "nested too deeply|no valid JSON"),
    ],
)
def test_a_json_file_that_cannot_be_read_names_the_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        read(tmp_path, text, ".json")


def test_words_without_speaker_or_start_take_what_is_known(tmp_path: Path) -> None:
    words = [
        {"word": "Yes", "start": 1.0, "speaker": "A"}, {"word": "in"}, {"word": "2014."},
        {"word": "No.", "start": 4.0, "speaker": "B"}, {"word": "Never.", "start": 5.0, "speaker": "B"},
    ]  # fmt: skip
    reading = read(
        tmp_path,
        json.dumps({"segments": [{"start": 1, "end": 6, "text": " Yes in 2014. No. Never.", "words": words}]}),
        ".json",
    )
    assert said(reading) == [("A", "Yes in 2014."), ("B", "No. Never.")]
    assert [a.seconds for a in reading.anchors] == [1.0, 4.0, 5.0]


def test_milliseconds_are_told_from_seconds_by_the_pace_of_speech(tmp_path: Path) -> None:
    def times(scale: float) -> list[float | None]:
        rows = [
            {
                "speaker": "A",
                "start": n * 5 * scale,
                "end": (n * 5 + 4) * scale,
                "text": "about sixty characters of speech stand in this one sentence.",
            }
            for n in range(3)
        ]
        return [a.seconds for a in read(tmp_path, json.dumps({"utterances": rows}), ".json").anchors]

    assert times(1) == times(1000) == [0.0, 5.0, 10.0]
    assert times(1_000_000) == []  # nobody can say what these numbers count


@given(st.lists(SPEECH, min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_no_word_of_a_document_vanishes(tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str]) -> None:
    path = tmp_path_factory.mktemp("t") / "talk.docx"
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    assert squeezed(read_file(path, None).text) == squeezed("".join(paragraphs))


def test_a_word_document_gives_tables_insertions_and_breaks_but_no_deletions(tmp_path: Path) -> None:
    path = tmp_path / "talk.docx"
    document = docx.Document()
    document.add_heading("Opening", 1)
    paragraph = document.add_paragraph("Kept ")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for tag, inner in (("ins", "<w:r><w:t>inserted</w:t></w:r>"), ("del", "<w:r><w:delText>deleted</w:delText></w:r>")):
        paragraph._p.append(docx.oxml.parse_xml(f"<w:{tag} {space}>{inner}</w:{tag}>"))
    document.add_table(1, 1).cell(0, 0).text = "in a cell"
    document.add_paragraph("above\nbelow")
    document.save(str(path))
    reading = read_file(path, None)
    assert reading.text == "Opening\nKept inserted\nin a cell\nabove\nbelow"
    assert reading.turns[0].section == "Opening"
    assert [origin.line for origin in reading.origins] == [1, 2, 3, 4, 4, 4]


def test_a_word_document_with_captions_is_read_as_captions(tmp_path: Path) -> None:
    path = tmp_path / "talk.docx"
    document = docx.Document()
    for words in (
        "0:0:0.0 --> 0:0:3.2",
        "Ann Lee",
        "Hello.",
        "0:0:3.2 --> 0:0:4.0",
        "Bob Ray",
        "Hi.",
        "0:0:4.0 --> 0:0:6.0",
        "Ann Lee",
        "Bye.",
    ):
        document.add_paragraph(words)
    document.save(str(path))
    reading = read_file(path, None)
    assert said(reading) == [("Ann Lee", "Hello."), ("Bob Ray", "Hi."), ("Ann Lee", "Bye.")]
    assert [origin.line for origin in reading.origins] == [3, 6, 9, 9]


@pytest.mark.parametrize("raw", [b"PK\x03\x04 broken", b"no package at all"])
def test_a_broken_word_document_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "talk.docx"
    path.write_bytes(raw)
    with pytest.raises(TranscriptError, match="no Word document"):
        read_file(path, None)


MARKDOWN = st.lists(st.one_of(SPEECH, st.sampled_from(["", "# Part", "- item", "> said", "1. one", "    code", "```", "---", "Ann: hello", "[Ann]: hello", "2019. was a year", "* * *", "===", "| a |"])), min_size=1, max_size=15)  # fmt: skip


@given(MARKDOWN)
@settings(max_examples=150, deadline=None)
def test_no_word_of_markdown_vanishes(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    text = "opening\n\n" + "\n".join(lines)
    letters = re.sub(r"[\W_]", "", text)
    assert re.sub(r"[\W_]", "", read(tmp_path_factory.mktemp("t"), text, ".md").text) == letters


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("说话人 1 00:00:05\n大家好。\n\n说话人 2 00:03:12\n你好。\n", [("说话人 1", "大家好。", 5.0), ("说话人 2", "你好。", 192.0)]),
        ("Ann Lee  0:03\nHi there.\n\nBob Ray  0:41\nHello.\n", [("Ann Lee", "Hi there.", 3.0), ("Bob Ray", "Hello.", 41.0)]),
        ("[00:03:12] Ann: Hi.\n[00:03:20] Bob: Hello.\n", [("Ann", "Hi.", 192.0), ("Bob", "Hello.", 200.0)]),
        ("张三(00:00:12): 大家好。\n李四(00:01:12): 你好。\n", [("张三", "大家好。", 12.0), ("李四", "你好。", 72.0)]),
        ("Ann Lee (Host)  0:03\nHi.\n\nBob  0:05\nHello.\n", [("Ann Lee", "Hi.", 3.0), ("Bob", "Hello.", 5.0)]),
        ("[Ann Lee] 14:03:12\nHi.\n[Bob Ray] 14:03:20\nHello.\n[Ann Lee] 14:03:30\nYes.\n", [("Ann Lee", "Hi.", None), ("Bob Ray", "Hello.", None), ("Ann Lee", "Yes.", None)]),
    ],
)  # fmt: skip
def test_labels_with_times_are_speakers(tmp_path: Path, text: str, spoken: list[tuple[str, str, float | None]]) -> None:
    reading = read(tmp_path, text, ".txt")
    assert reading.text == text  # plain text is the file itself
    times = {anchor.offset: anchor.seconds for anchor in reading.anchors}
    assert [(t.speaker, reading.text[t.body : t.end].strip(), times.get(t.body)) for t in reading.turns] == spoken


def test_a_programme_of_the_day_has_no_speakers(tmp_path: Path) -> None:
    text = "签到 09:00\n开场致辞 09:30\n茶歇 10:15\n午餐 12:00\n"
    assert {turn.speaker for turn in read(tmp_path, text, ".txt").turns} == {None}


def test_a_word_transcript_of_teams_has_paragraphs_for_lines(tmp_path: Path) -> None:
    teams_document(tmp_path / "talk.docx")
    reading = read_file(tmp_path / "talk.docx", None)
    assert [turn.speaker for turn in reading.turns] == ["Rosa Klein", "Ben Adeyemi", "Rosa Klein"]
    assert [anchor.seconds for anchor in reading.anchors] == [3.0, 44.0, 80.0]


def test_a_text_box_that_older_programs_have_a_copy_of_is_read_once(tmp_path: Path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"
    both = f'<mc:AlternateContent xmlns:mc="{compatible}" xmlns:w="{word}"><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    document = docx.Document()
    document.add_paragraph("before ").runs[0]._r.append(docx.oxml.parse_xml(both))
    document.add_paragraph("after")
    document.save(str(tmp_path / "talk.docx"))
    reading = read_file(tmp_path / "talk.docx", None)
    assert reading.text == "before \nin the box\nafter"
    assert [origin.line for origin in reading.origins] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("> " * 25 + "deep words\n\nafter\n", ["deep words", "after"]),
        ("- " * 25 + "deep words\n\nafter\n", ["deep words", "after"]),
        ("1. " * 12 + "deep words\n\nafter\n", ["deep words", "after"]),
        ("\n".join(f"{'  ' * n}- item {n}." for n in range(20)) + "\n", [f"item {n}." for n in range(20)]),
        ("---\nAnn: hello.\n---\nBob: hi.\n", ["Ann: hello.", "Bob: hi."]),
        ("~~~ Ann said so ~~~\nBob did not.\n", ["Ann said so", "Bob did not."]),
        ("**" * 40_000 + " words *behind* them\n\n**Ann:** hi\n", ["words *behind* them", "**Ann:** hi"]),
    ],
)
def test_no_depth_and_no_number_of_marks_takes_words_away(tmp_path: Path, text: str, spoken: list[str]) -> None:
    found = read(tmp_path, text, ".md").text
    assert [found.count(words) for words in spoken] == [1] * len(spoken)


def test_front_matter_is_no_speech(tmp_path: Path) -> None:
    text = "---\ntitle: A talk\ntags:\n  - rivers\n---\n**Ann:** hello *there*.\n"
    reading = read(tmp_path, text, ".md")
    assert reading.text.strip() == "Ann: hello there."
    assert reading.origins[0].line == 6
