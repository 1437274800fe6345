"""Names as tools write them that look like none: whoever they are, their words are not given to somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.formats.read import read_file

ODD = ("O'Brien, Mary-Jane (she/her)", "ann_92", "Jean-Luc d'Arc | ACME", "林岚|示例科技CTO", "iPhone (2)")
SHOWN = ["O'Brien, Mary-Jane", "ann_92", "Jean-Luc d'Arc | ACME", "林岚|示例科技CTO", "iPhone"]
SAID = ("The nets come up at five.", "And the tide is out by then, I fear.")


def _turns(kind: str) -> list[tuple[str, str, int]]:
    """Who says what and when, each of them twice."""
    return [(name, f"{words} {kind}", n * 47 + 3) for n, (name, words) in enumerate((x, y) for y in SAID for x in ODD)]


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


FORMS = {
    "plain.txt": "{name}: {words}\n",
    "otter.txt": "{name}  {clock}\n{words}\n\n",
    "fireflies.txt": "{name} - {clock}\n{words}\n\n",
    "saved.txt": "[{name}] 10:{clock}\n{words}\n\n",
    "zoom.vtt": "{n}\n00:{clock}.000 --> 00:{clock}.900\n{name}: {words}\n\n",
    "above.srt": "{n}\n00:{clock},000 --> 00:{clock},900\n{name}\n{words}\n\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_each_speaks_their_own_words(tmp_path: Path, form: str) -> None:
    path = tmp_path / form
    head = "WEBVTT\n\n" if form.endswith("vtt") else ""
    rows = enumerate(_turns(form), 1)
    written = [FORMS[form].format(n=n, name=name, words=words, clock=_clock(at)) for n, (name, words, at) in rows]
    path.write_text(head + "".join(written), "utf-8")
    read = read_file(path, None)
    assert [turn.speaker for turn in read.turns] == [*SHOWN, *SHOWN]


@pytest.mark.parametrize(
    "line", ["so the thing is: we ship", "for example, at night: rain", "in one word: no", "he said: never mind"]
)
def test_a_colon_in_speech_still_names_nobody(tmp_path: Path, line: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(f"{line}.\nWe went on until dawn.\n{line}.\nThat was all of it.\n", "utf-8")
    assert {turn.speaker for turn in read_file(path, None).turns} == {None}


def test_captions_without_names_stay_without(tmp_path: Path) -> None:
    path, opens = tmp_path / "talk.txt", [f"we {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(30)]
    path.write_text("".join(f"0:{n:02d} {opens[n % 30]} then\nand on {n}\n" for n in range(1, 40)), "utf-8")
    assert {turn.speaker for turn in read_file(path, None).turns} == {None}
