"""From a file to an event folder, and what its organiser is told to look at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from fixture_files import FIXTURES
from test_formats import READ

from bot.cli.check_command import check
from index.event import read_card
from index.init_command import init
from index.source import read_event


def run(command: object, *arguments: str) -> str:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)  # type: ignore[arg-type]
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [name for name in READ if not name.endswith(".docx")])
def test_a_drafted_card_can_be_read_and_changes_no_turn(home: Path, name: str) -> None:
    shutil.copy(FIXTURES / name, home)
    stem = Path(name).stem
    run(init, name)
    made, alone = read_event(home / stem), read_event(FIXTURES / name)
    assert made.carded
    assert made.id == alone.id
    assert made.transcripts[0].turns == alone.transcripts[0].turns
    assert {who.name for who in made.card.speakers} == {who.name for who in alone.card.speakers}


def test_a_label_that_is_named_in_the_card_is_that_person_everywhere(home: Path) -> None:
    shutil.copy(FIXTURES / "tencent.txt", home)
    assert "2 of them to be named" in run(init, "tencent.txt")
    card = home / "tencent" / "event.toml"
    assert '"说话人 1" = ""  # 欢迎大家。' in card.read_text("utf-8")
    card.write_text(card.read_text("utf-8").replace('"说话人 1" = ""', '"说话人 1" = "林岚"'), "utf-8")
    event = read_event(home / "tencent")
    assert [t.speaker for t in event.transcripts[0].turns] == [None, "林岚", "说话人 2", "林岚", "说话人 2"]
    assert event.card.speaker("林岚") is not None


def test_roles_are_guessed_from_introductions_and_marked(home: Path) -> None:
    text = "夜谈\n张三,星云公司创始人,做了十年数据库。\n张三:\n晚上好。我们开始。\n李四:\n好。\n张三:\n请说。\n李四:\n我说完了。\n"
    (home / "夜谈.txt").write_text(text, "utf-8")
    run(init, "夜谈.txt")
    card = read_card(home / "夜谈" / "event.toml")
    assert next((who.name, who.organisation, who.role) for who in card.speakers) == ("张三", "星云", "创始人")
    assert '"创始人"  # 猜的' in (home / "夜谈" / "event.toml").read_text("utf-8")


def test_a_card_that_is_there_is_never_overwritten(home: Path) -> None:
    shutil.copy(FIXTURES / "zoom.vtt", home)
    run(init, "zoom.vtt")
    before = (home / "zoom" / "event.toml").read_bytes()
    result = CliRunner().invoke(init, ["zoom.vtt"])
    assert result.exit_code != 0
    assert (home / "zoom" / "event.toml").read_bytes() == before


def test_check_names_lines_people_times_and_questions(home: Path) -> None:
    folder = home / "talk"
    folder.mkdir()
    (folder / "talk.vtt").write_text(
        "WEBVTT\n\n00:10.000 --> 00:12.000\n<v Speaker 1>Hello to everybody here.\n\n00:14.000 --> 00:13.000\n<v Bob>This ends early.\n\n"
        "00:01.000 --> 00:02.000\nNobody said this.\n",
        "utf-8",
    )
    (folder / "event.toml").write_text('title = "t"\npinned = ["Who won the lottery in Paris?"]\n')
    lines = run(check, str(folder), "--lang", "en").splitlines()
    assert (
        lines[1]
        == "  line 4: the speaker “Speaker 1” has no name yet; write it into [voices] of the card. First words: Hello to everybody here."
    )
    assert "  line 7: the time here cannot be read or cannot be right; citations have none: This ends early." in lines
    assert "  line 10: nobody is named as the speaker: Nobody said this." in lines
    assert "  line 10: the time is earlier than before (0:10, then 0:01): Nobody said this." in lines
    assert "  the card pins a question that has no answer: Who won the lottery in Paris?" in lines
    assert lines[-1] == "5 places to look at."


def test_check_speaks_chinese_of_a_chinese_talk() -> None:
    assert "没有卡片" in run(check, str(FIXTURES / "diarised.json"))


def test_init_says_what_comes_next_and_check_how_much_there_is(home: Path) -> None:
    (home / "My talk.txt").write_text("Speaker 1: Hello to you.\nAnn: Hello.\nAnn: Bye.\nAnn: Really.\n")
    assert run(init, "My talk.txt").splitlines()[1:] == [
        "next: roundtable check 'My talk'; roundtable build 'My talk'; roundtable serve",
        "then open the address that serve prints with ?event=My%20talk behind it",
    ]
    assert run(check, "My talk").splitlines()[-1] == "1 place to look at."
