"""Transcripts of every format, written by us in the shape their tools give them."""

from __future__ import annotations

import shutil
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"


def events_of_formats(root: Path) -> None:
    """An event a file, each in its folder, the Word document with them."""
    for path in [*FIXTURES.iterdir(), Path("teams.docx")]:
        folder = root / path.name.replace(".", "-")
        folder.mkdir(parents=True)
        if path.suffix == ".docx":
            teams_document(folder / path.name)
        else:
            shutil.copy(path, folder)


def teams_document(path: Path) -> None:
    """A Word transcript as Teams writes it: the name and the time in one paragraph, the words in the next."""
    import docx

    document = docx.Document()
    for name, time, words in (
        ("Rosa Klein", "0:03", "Good morning. Ben, tell us about the railway tunnel."),
        ("Ben Adeyemi", "0:44", "The tunnel is late because the clay was softer than the drill expected."),
        ("Rosa Klein", "1:20", "When will the first train run?"),
    ):
        document.add_paragraph().add_run(f"{name}   {time}").bold = True
        document.add_paragraph(words)
    document.save(str(path))
