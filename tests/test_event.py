"""The event card, and what is an event."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import CardError, TranscriptError
from index.event import read_card
from index.source import packaged_event, read_event, read_events


def card(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "event.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_packaged_card_names_five_people_and_six_parts() -> None:
    found = read_card(packaged_event() / "event.toml")
    assert [s.name for s in found.speakers] == ["刘超", "季昕华", "黄东旭", "袁进辉", "李浩源"]
    assert [p.heading for p in found.parts] == ["", "01", "02", "03", "04", "问答环节"]
    assert all(s.name_en and s.role_en for s in found.speakers)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("titel = 'x'", "did you mean 'title'"),
        ("title = 'x'\n[[speakers]]\nnmae = 'y'", "did you mean 'name'"),
        ("title = ", "not valid TOML"),
        ("title = 'x'\nlink = 'javascript:alert(1)'", "link"),
        ("title = 'x'\n[[speakers]]\nname='a'\nspellings=['c']\n[[speakers]]\nname='b'\nspellings=['c']", "names both"),
        ("title = 'x'\n[[speakers]]\nname='a'\n[[speakers]]\nname='a'", "same name"),
        ("series = 'x'", "title"),
    ],
)
def test_a_card_that_cannot_be_used_says_what_and_where(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CardError, match=says) as error:
        read_card(card(tmp_path, text))
    assert "event.toml" in str(error.value)


def test_an_event_is_its_folder_and_a_lone_file_its_own_event(tmp_path: Path) -> None:
    folder = tmp_path / "night"
    folder.mkdir()
    (folder / "one.txt").write_text("Ann: Hi.\nBob: Hello.\nAnn: Bye.\n", "utf-8")
    (folder / "night.txt").write_text("Just words.\n", "utf-8")
    event = read_event(folder)
    assert (event.id, [t.id for t in event.transcripts]) == ("night", ["night", "night/one"])
    alone = read_event(folder / "one.txt")
    assert (alone.id, [t.id for t in alone.transcripts]) == ("one", ["one"])


def test_a_folder_of_events_is_all_of_them(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "talk.txt").write_text("Words.\n", "utf-8")
    assert [e.id for e in read_events([tmp_path])] == ["a", "b"]
    with pytest.raises(TranscriptError, match="two events are called 'a'"):
        read_events([tmp_path / "a", tmp_path])


def test_a_folder_without_a_transcript_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="holds no transcript"):
        read_event(tmp_path)
    with pytest.raises(TranscriptError, match="there is no"):
        read_event(tmp_path / "nowhere.txt")
