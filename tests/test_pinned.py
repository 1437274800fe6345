"""Pinned questions: ``roundtable build`` asks them, and keeps the old index where one has no answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.source import packaged_event
from index.store import MANIFEST


def build(event: Path, index: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from index.cli import main; main()", "build", str(event), "--index", str(index)]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """The packaged event, as an organiser's own folder."""
    return Path(shutil.copytree(packaged_event(), tmp_path / "my-panel"))


def pin(event: Path, *questions: str) -> None:
    card = (packaged_event() / "event.toml").read_text("utf-8")
    pinned = ", ".join(f'"{question}"' for question in questions)
    (event / "event.toml").write_text(f"pinned = [{pinned}]\n{card}", "utf-8")


def test_a_pinned_question_without_an_answer_fails_the_build_and_the_old_index_stays(
    event: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    pin(event, "UCloud为什么保持中立？")
    assert build(event, index).returncode == 0
    before = (index / MANIFEST).read_bytes()
    pin(event, "UCloud为什么保持中立？", "量子计算机什么时候能破解比特币？")
    refused = build(event, index)
    assert refused.returncode == 1
    assert "pins the question '量子计算机什么时候能破解比特币？', which has no answer" in refused.stderr
    assert (index / MANIFEST).read_bytes() == before
    pin(event, "UCloud为什么保持中立？", "UCloud哪年上市的？")  # a lost year is still half an answer
    assert build(event, index).returncode == 0
    assert (index / MANIFEST).read_bytes() != before


def test_a_first_build_that_is_refused_leaves_no_index(event: Path, tmp_path: Path) -> None:
    pin(event, "")
    assert build(event, tmp_path / "index").returncode == 1
    assert not (tmp_path / "index" / MANIFEST).exists()
