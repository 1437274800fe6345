"""The judging model: how its replies are read, voted on and shown; scripted models only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest
from eval_talk import scripted, suite
from langchain_core.messages import BaseMessage
from rich.console import Console

from bot.model.types import ModelFailed
from eval.baseline import Encoder
from eval.judge import Ballot, Judge, Judged, ballot, opinion, turned
from eval.report.finding import Finding
from eval.report.opinions import show_opinions
from eval.report.ragas import write_ragas
from eval.run import EVERYTHING
from eval.session import Subject, evaluate
from eval.tape import Recorder, new_tape
from prompts.load import load


@dataclass
class Grading:
    """A model that gives its replies in turn, over and over; an empty one is a failed call."""

    replies: Sequence[str]
    name: str = "fake:judge"
    context: int = 4000
    asked: list[str] = field(default_factory=list)

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        self.asked.append("\n\n".join(str(message.content) for message in messages))
        reply = self.replies[(len(self.asked) - 1) % len(self.replies)]
        if not reply:
            raise ModelFailed("timeout", "it is late")
        yield reply


@pytest.fixture
def finding(tmp_path: Path) -> Finding:
    """Three cases: one answered, one crashed, one declined."""
    loaded = suite(tmp_path)
    bot = scripted(loaded.transcript)
    bot.script = {**bot.script, "团队有多少人?": lambda: 1 / 0}
    subject = Subject(bot, Encoder(name="scripted", fingerprint="none"), 0.5)
    return evaluate(loaded, subject, None, choice=EVERYTHING, progress=lambda _: None)


READ: dict[str, Ballot] = {
    "It agrees.\nRIGHT": "right",
    "理由：漏了一半。\n\nPARTLY。\n": "partly",
    "**WRONG**": "wrong",
    "grade: right": "right",
    "It is WRONG to call this right.\nRIGHT": "right",
    "<think>WRONG, no, wait\nWRONG</think>\nRIGHT": "right",
    "<think>RIGHT": "unread",
    "RIGHT or PARTLY": "unread",
    "RIGHT\nbecause it agrees": "unread",
    "COPYRIGHT": "unread",
    "8/10": "unread",
    "": "unread",
}


@pytest.mark.parametrize("reply", READ)
def test_a_grade_is_read_from_the_last_line_alone(reply: str) -> None:
    assert ballot(reply) == READ[reply]


@pytest.mark.parametrize(
    ("ballots", "most"),
    [
        (("right", "right", "wrong"), "right"),
        (("right", "partly", "wrong"), "split"),
        (("right", "right", "wrong", "wrong"), "split"),
        (("unread", "unread", "right"), "unread"),
        (("failed",), "failed"),
    ],
)
def test_the_opinion_is_what_more_than_half_of_the_votes_say(ballots: tuple[Ballot, ...], most: str) -> None:
    assert opinion(ballots) == most


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_vote_lists_the_grades_in_another_order(lang: str) -> None:
    prompt = load("judge", "zh" if lang == "zh" else "en")
    orders = []
    for by in range(4):
        lines = turned(prompt, by).system.splitlines()
        orders.append([line[2:7] for line in lines if line.startswith("- ")])
        assert sorted(lines) == sorted(prompt.system.splitlines())
    assert orders[:3] == [["RIGHT", "PARTL", "WRONG"], ["PARTL", "WRONG", "RIGHT"], ["WRONG", "RIGHT", "PARTL"]]
    assert orders[3] == orders[0]


def test_answers_are_judged_by_votes_and_a_crash_is_wrong_unseen(finding: Finding) -> None:
    model = Grading(["好。\nRIGHT", "RIGHT", "PARTLY", "RIGHT", "", "no idea"])
    judged = list(Judge(model).of(finding.run.results))
    assert judged == [
        Judged("revenue", True, "right", ("right", "right", "partly")),
        Judged("team", False, "wrong", ("wrong",)),
        Judged("ipo", True, "split", ("right", "failed", "unread")),
    ]
    assert len(model.asked) == 6


def test_the_judge_sees_question_reference_and_what_a_person_reads(finding: Finding) -> None:
    model = Grading(["RIGHT"])
    list(Judge(model, votes=1).of(finding.run.results))
    first, last = model.asked
    assert "问题：去年卖了多少?" in first
    assert "参考资料：\n我们去年卖了三十个亿\n" in first
    assert "我们去年卖了三十个亿,利润率是25%。" in first
    assert "参考资料：\n文字稿里没有谈到。\n" in last
    assert "这份文字稿里没有谈到。" in last.split("回答：")[-1]


def test_an_answer_that_stayed_is_not_judged_again(finding: Finding, tmp_path: Path) -> None:
    first, second = Grading(["RIGHT"]), Grading(["WRONG"])
    path = tmp_path / "judge.jsonl"
    before = list(Judge(Recorder(first, new_tape(path, first))).of(finding.run.results))
    after = list(Judge(Recorder(second, new_tape(path, second))).of(finding.run.results))
    assert (before == after, second.asked) == (True, [])


def test_opinions_are_shown_against_the_measures_and_kept(tmp_path: Path) -> None:
    judged = (Judged("a", True, "right", ("right",)), Judged("b", True, "wrong", ("wrong",)), Judged("c", False, "unread", ("unread",)))  # fmt: skip
    console = Console(file=StringIO(), width=80)
    show_opinions(judged, tmp_path / "out", console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    rows = [line.split() for line in printed.splitlines() if line.split()[1:2] in (["right"], ["wrong"], ["unread"])]
    assert [[cell for cell in row if cell != "│"] for row in rows] == [["right", "1", "0"], ["wrong", "1", "0"], ["unread", "0", "1"]]  # fmt: skip
    kept = json.loads((tmp_path / "out" / "judge.json").read_text("utf-8"))
    assert kept[1] == {"case": "b", "passed": True, "opinion": "wrong", "ballots": ["wrong"]}


def test_a_run_is_exported_as_ragas_rows(finding: Finding, tmp_path: Path) -> None:
    write_ragas(finding, tmp_path / "rows.jsonl")
    answered, crashed, declined = (
        json.loads(line) for line in (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()
    )
    assert answered == {
        "user_input": "去年卖了多少?",
        "retrieved_contexts": ["我们去年卖了三十个亿,利润率是25%。公司在上海。\n开源是我们的选择,因为社区最懂用户。\n"],
        "reference_contexts": ["我们去年卖了三十个亿"],
        "response": "我们去年卖了三十个亿,利润率是25%。",
        "reference": "我们去年卖了三十个亿",
    }
    assert (crashed["response"], crashed["retrieved_contexts"], crashed["reference"]) == (
        "",
        [],
        "我们团队只有十二个人。",
    )
    assert (declined["reference"], declined["reference_contexts"]) == ("文字稿里没有谈到。", [])
    assert declined["response"] == "这份文字稿里没有谈到。"
