"""The contributor guide's map of the house is today's."""

from __future__ import annotations

import re
from pathlib import Path

HOUSE = Path(__file__).parents[1]
GUIDE = (HOUSE / "docs" / "contributing.md").read_text("utf-8")
ROWS = re.findall(r"^\| ((?:`[\w/]+/`(?:, )?)+) \|[^|]+\| ([^|]+) \|$", GUIDE, re.MULTILINE)


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_place_the_guide_names_is_there() -> None:
    named = re.findall(r"`((?:bot|index|eval|prompts|benchmarks|tests)/[\w./-]+)`", GUIDE)
    assert len(named) > 40
    assert [place for place in named if not (HOUSE / place).exists()] == []


def test_the_first_file_to_read_of_each_folder_is_in_it() -> None:
    assert len(ROWS) > 15
    lost = [
        (folders, file)
        for folders, files in ROWS
        for file in names(files)
        if not any((HOUSE / folder / file).exists() for folder in names(folders))
    ]
    assert lost == []


def test_every_folder_of_the_bot_is_on_the_map() -> None:
    folders = {f"bot/{place.name}/" for place in (HOUSE / "bot").iterdir() if place.is_dir() and any(place.iterdir())}
    assert folders - {"bot/__pycache__/"} == {
        name for cell, _ in ROWS for name in names(cell) if name.startswith("bot/")
    } - {"bot/"}
