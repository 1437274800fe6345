"""Bytes into text: exact, or a named error."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import TranscriptError
from index.formats.decode import LIMIT, decode, read_text

TALK = "刘超: 大家好,欢迎来到A计划。\n季昕华: 谢谢。\n" * 20


@pytest.mark.parametrize(
    "raw",
    [
        TALK.encode(),
        codecs.BOM_UTF8 + TALK.encode(),
        codecs.BOM_UTF16_LE + TALK.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TALK.encode("utf-16-be"),
        TALK.encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16 le", "utf-16 be", "gb18030"],
)
def test_every_usual_encoding_reads_the_same(raw: bytes) -> None:
    assert decode(raw, "talk.txt") == TALK


@pytest.mark.parametrize("written", ["It’s Müller’s, and we don’t mind.\n", "“Señor Núñez – naïve?”\n", "Café\n"])
def test_english_of_old_windows_programs_keeps_its_accents_and_quotes(written: str) -> None:
    talk = "Ann: The meeting is open, and the minutes are read.\nBen: " + written
    assert decode(talk.encode("cp1252"), "talk.txt") == talk


def test_chinese_among_english_is_still_gb18030() -> None:
    talk = "Ann: The club was called 乐动力 and its founder is 刘超, who “sold” it.\n" * 5
    assert decode(talk.encode("gb18030"), "talk.txt") == talk


def test_line_ends_are_left_as_they_are() -> None:
    assert decode(b"a\r\nb\n", "t") == "a\r\nb\n"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (TALK.encode()[:50] + b"\xff" + TALK.encode()[51:], "not utf-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00\x00", "utf-16-le"),
        (bytes(range(128, 256)) * 4, "UTF-8"),
    ],
)
def test_what_cannot_be_decoded_is_a_named_error(raw: bytes, says: str) -> None:
    with pytest.raises(TranscriptError, match=says) as error:
        decode(raw, "talk.txt")
    assert "talk.txt" in str(error.value)


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(content)
    with pytest.raises(TranscriptError, match="is empty"):
        read_text(path)


def test_a_folder_a_missing_file_and_a_huge_one_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(LIMIT + 1)
    for path, says in ((tmp_path, "is a folder"), (tmp_path / "no.txt", "cannot read"), (huge, "split it")):
        with pytest.raises(TranscriptError, match=says):
            read_text(path)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_utf8_text_comes_back_unchanged(text: str) -> None:
    bare = text.removeprefix("\ufeff")
    assert decode(text.encode(), "t") == bare


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_named_error(raw: bytes) -> None:
    try:
        text = decode(raw, "talk.txt")
    except TranscriptError as error:
        text = str(error)
    assert isinstance(text, str)
