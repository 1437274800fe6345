"""A megabyte of hostile lines holds no reader up. Processor time is measured, so that a busy machine changes nothing."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hostile import texts

from index.errors import TranscriptError
from index.formats.decode import LINES
from index.formats.read import read_file

TEXTS = texts()


@pytest.mark.parametrize("suffix", [".vtt"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_megabyte_is_read_or_refused_in_a_second(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"talk{suffix}"
    path.write_text(TEXTS[name], "utf-8")
    began = time.process_time()
    with suppress(TranscriptError):
        read_file(path, None)
    assert time.process_time() - began < 1.0


def test_a_file_of_more_lines_than_a_day_has_captions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("a\n" * (LINES + 1), "utf-8")
    with pytest.raises(TranscriptError, match="lines, over"):
        read_file(path, None)
