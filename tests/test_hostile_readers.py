"""A megabyte of hostile lines, or a part of one, is read whole or refused; how long that takes is `python -m benchmarks.hostile_readers`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.hostile_texts import texts
from index.errors import TranscriptError
from index.formats.decode import LINES
from index.formats.read import read_file

TEXTS = texts()


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("suffix", "part"), [(".vtt", 1), (".txt", 16), (".md", 16)])
def test_a_megabyte_is_read_whole_or_refused(tmp_path: Path, name: str, suffix: str, part: int) -> None:
    path = tmp_path / f"talk{suffix}"
    path.write_text(TEXTS[name][: len(TEXTS[name]) // part], "utf-8")
    read = None
    with suppress(TranscriptError):
        read = read_file(path, None)
    if read is None:
        return
    edges = [0, *(turn.end for turn in read.turns)]
    assert edges == sorted(edges)
    assert edges[-1] == len(read.text)


def test_a_file_of_more_lines_than_a_day_has_captions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("a\n" * (LINES + 1), "utf-8")
    with pytest.raises(TranscriptError, match="lines, over"):
        read_file(path, None)
