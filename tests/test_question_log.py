"""What ``roundtable questions`` makes of the question log."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.serve_commands import questions
from bot.log.feedback import Vote, Votes
from bot.log.questions import Logged, QuestionLog
from bot.log.report import as_csv, as_text, draft, groups, seconds_in
from bot.types import Answer, Outcome
from index.errors import InputError


def logged(*asked: tuple[str, str]) -> list[Logged]:
    return [Logged(f"a-{n:016x}", 0.0, "e", q, q, outcome, 0.5) for n, (q, outcome) in enumerate(asked)]


def test_alike_questions_are_one_group_and_the_unanswered_come_first() -> None:
    rows = logged(
        ("为什么保持中立？", "answer"),
        ("UCloud哪年上市的", "partial"),
        ("ucloud 是哪年上市的？", "partial"),
        ("午饭吃什么", "abstain"),
    )
    found = groups(rows, [Vote(rows[1].answer, "e", "down", "没有年份")])
    assert [(g.question, g.times, g.outcome) for g in found] == [
        ("午饭吃什么", 1, "abstain"),
        ("UCloud哪年上市的", 2, "partial"),
        ("为什么保持中立？", 1, "answer"),
    ]
    assert (found[1].down, found[1].words, found[1].variants) == (1, ("没有年份",), ("ucloud 是哪年上市的？",))


@given(st.text(max_size=40))
def test_no_cell_of_the_csv_is_a_formula_and_none_is_lost(text: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(groups(logged((text, "answer")), [])))))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])


def test_a_terminal_is_not_steered_by_a_question() -> None:
    assert "\x1b" not in as_text(groups(logged(("\x1b[2Jhello", "answer")), []))


def test_a_draft_is_a_case_that_says_it_is_a_draft() -> None:
    (case,) = yaml.safe_load(draft(groups(logged(("午饭吃什么", "abstain")), [])[0], 3))
    assert (case["id"], case["question"], case["draft"]) == ("asked-3", "午饭吃什么", True)


@pytest.mark.parametrize(("span", "seconds"), [("90m", 5400), ("12h", 43200), ("7d", 604800), ("4w", 2419200)])
def test_a_span_is_read(span: str, seconds: int) -> None:
    assert seconds_in(span) == seconds


def test_a_span_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="'7 days'"):
        seconds_in("7 days")


def test_old_questions_and_votes_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    log, votes = QuestionLog(tmp_path / "q", 1), Votes(tmp_path / "v", 1)
    answer = Answer("q", "q", Outcome.ANSWER, None, "zh", "")
    monkeypatch.setattr(time, "time", lambda: now - 2 * 86400)
    log.keep("a-1", "e", answer)
    votes.keep(Vote("a-1", "e", "up"))
    monkeypatch.setattr(time, "time", lambda: now)
    log.keep("a-2", "e", answer)
    votes.keep(Vote("a-2", "e", "up"))
    assert [row.answer for row in log.since(0)] == ["a-2"]
    assert [row.answer for row in votes.since(0)] == ["a-2"]


def test_the_command_prints_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_STATE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert isinstance(CliRunner().invoke(questions).exception, InputError)
    QuestionLog(tmp_path / "questions.sqlite", 30).keep(
        "a-1", "e", Answer("=午饭", "x", Outcome.ABSTAIN, None, "zh", "")
    )
    assert "abstain     1x  =午饭" in CliRunner().invoke(questions).output
    assert "'=午饭" in CliRunner().invoke(questions, ["--csv"]).output
    assert "draft: true" in CliRunner().invoke(questions, ["--draft", "1"]).output
