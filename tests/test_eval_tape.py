"""Replies of a model, recorded and replayed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from eval_suite import panel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from bot.model.types import FailureKind, ModelFailed, Writer
from eval.commands import eval_command
from eval.source import SuiteError
from eval.tape import Player, Recorder, TapeMiss, new_tape, open_tape
from tests.model_server import saying, serving


@dataclass
class Speaking:
    """A model that says its pieces, then fails if it is told to."""

    pieces: Sequence[str] = ("我们", "中立。")
    fails: FailureKind | None = None
    name: str = "fake:one"
    context: int = 1000
    asked: list[str] = field(default_factory=list)

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        self.asked.append(str(messages[-1].content))
        yield from self.pieces
        if self.fails:
            raise ModelFailed(self.fails, "it failed")


def prompt(question: str) -> list[BaseMessage]:
    return [SystemMessage("Answer."), HumanMessage(question)]


def said(writer: Writer, question: str = "why?") -> str:
    return "".join(writer.stream(prompt(question)))


def test_what_was_recorded_is_replayed_without_the_model(tmp_path: Path) -> None:
    model = Speaking()
    assert said(Recorder(model, new_tape(tmp_path / "t.jsonl", model))) == "我们中立。"
    player = Player(open_tape(tmp_path / "t.jsonl"))
    assert (player.name, player.context) == ("fake:one", 1000)
    assert said(player) == "我们中立。"
    assert player.complaint() is None


def test_a_prompt_that_is_not_on_the_tape_says_record_again_and_is_no_failure_of_the_model(tmp_path: Path) -> None:
    model = Speaking()
    said(Recorder(model, new_tape(tmp_path / "t.jsonl", model)))
    player = Player(open_tape(tmp_path / "t.jsonl"))
    with pytest.raises(TapeMiss, match="record again with --record") as missed:
        said(player, "who?")
    assert not isinstance(missed.value, ModelFailed)
    assert player.complaint() == f"1 prompts are not on the tape {tmp_path / 't.jsonl'}; record again with --record"


def test_the_key_holds_the_roles_the_words_and_the_model(tmp_path: Path) -> None:
    tape = new_tape(tmp_path / "t.jsonl", Speaking())
    other = new_tape(tmp_path / "u.jsonl", Speaking(name="fake:two"))
    keys = {
        tape.key([HumanMessage("ab")]),
        tape.key([HumanMessage("a"), HumanMessage("b")]),
        tape.key([SystemMessage("ab")]),
        other.key([HumanMessage("ab")]),
    }
    assert len(keys) == 4


def test_every_take_has_a_reply_of_its_own_and_the_first_is_keyed_as_ever(tmp_path: Path) -> None:
    model = Speaking()
    tape = new_tape(tmp_path / "t.jsonl", model)
    first = tape.key(prompt("why?"))
    recorder = Recorder(model, tape)
    assert said(recorder) == "我们中立。"
    tape.begin(2)
    model.pieces = ("另一句。",)
    assert said(recorder) == "另一句。"
    tape.begin(1)
    assert tape.key(prompt("why?")) == first
    again = open_tape(tmp_path / "t.jsonl")
    player = Player(again)
    assert said(player) == "我们中立。"
    again.begin(2)
    assert said(player) == "另一句。"
    again.begin(3)
    with pytest.raises(TapeMiss):
        said(player)


def test_a_recording_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first, second = Speaking(), Speaking()
    said(Recorder(first, new_tape(tmp_path / "t.jsonl", first)))
    recorder = Recorder(second, new_tape(tmp_path / "t.jsonl", second))
    assert (said(recorder), said(recorder, "who?")) == ("我们中立。", "我们中立。")
    assert second.asked == ["who?"]


def test_a_reader_that_has_enough_leaves_what_it_read(tmp_path: Path) -> None:
    model = Speaking(["NO_ANSWER", " and a long story"])
    reply = Recorder(model, new_tape(tmp_path / "t.jsonl", model)).stream(prompt("why?"))
    assert next(reply) == "NO_ANSWER"
    reply.close()  # type: ignore[attr-defined]
    assert said(Player(open_tape(tmp_path / "t.jsonl"))) == "NO_ANSWER"


def test_a_model_that_writes_too_much_does_so_again(tmp_path: Path) -> None:
    model = Speaking(fails="too_long")
    with pytest.raises(ModelFailed):
        said(Recorder(model, new_tape(tmp_path / "t.jsonl", model)))
    pieces = Player(open_tape(tmp_path / "t.jsonl")).stream(prompt("why?"))
    assert next(pieces) == "我们中立。"
    with pytest.raises(ModelFailed) as failed:
        next(pieces)
    assert failed.value.kind == "too_long"


@pytest.mark.parametrize("kind", ["timeout", "refused", "cut", "rate_limited", "circuit_open", "garbage"])
def test_a_passing_failure_is_not_kept_and_complained_of(tmp_path: Path, kind: FailureKind) -> None:
    model = Speaking(fails=kind)
    recorder = Recorder(model, new_tape(tmp_path / "t.jsonl", model))
    with pytest.raises(ModelFailed):
        said(recorder)
    assert not open_tape(tmp_path / "t.jsonl").replies
    assert recorder.complaint() == f"1 replies failed and are not on {tmp_path / 't.jsonl'}; record once more with the same command"  # fmt: skip


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"tape": 2, "model": "m", "context": 1}', '{"tape": 1, "model": "m", "context": 1}\n{"key": 1}', "\xff"])  # fmt: skip
def test_a_file_that_is_no_tape_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.jsonl").write_text(text, "latin-1")
    with pytest.raises(SuiteError, match="is no tape") as refused:
        open_tape(tmp_path / "t.jsonl")
    assert refused.value.exit_code == 2


def test_a_tape_of_another_model_is_not_recorded_over(tmp_path: Path) -> None:
    new_tape(tmp_path / "t.jsonl", Speaking())
    with pytest.raises(SuiteError, match="a tape of 'fake:one', not of 'fake:two'"):
        new_tape(tmp_path / "t.jsonl", Speaking(name="fake:two"))


def test_a_missing_tape_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="cannot be read"):
        open_tape(tmp_path / "none.jsonl")
    with pytest.raises(SuiteError, match="cannot be written"):
        new_tape(tmp_path / "no" / "folder.jsonl", Speaking())


ASKED = "UCloud为什么保持中立"
REPLY = "季昕华说，做电商的不太敢用阿里云。[S1]"


def run(folder: Path, *words: str, question: str = ASKED, url: str = "") -> Result:
    env = {"ROUNDTABLE_MODEL_URL": url or None}
    return CliRunner(env=env).invoke(eval_command, ["run", str(panel(folder, question=question)), *words], env=env)


def answered(folder: Path) -> dict[str, Any]:
    (case,) = json.loads((folder / "out" / "results.json").read_text("utf-8"))["cases"]
    return dict(case)


def test_a_run_with_a_model_is_replayed_without_it(tmp_path: Path) -> None:
    tape, out = str(tmp_path / "t.jsonl"), str(tmp_path / "out")
    with serving(saying(REPLY)) as server:
        made = run(tmp_path, "--model", "openai:m", "--record", tape, "--report", out, url=server.url)
    assert made.exception is None or made.exit_code in (0, 1), made.output
    assert len(server.requests) == 1
    first = answered(tmp_path)
    again = run(tmp_path, "--replay", tape, "--report", out)
    assert (again.exit_code, again.output.replace(" ", "").count("crashed")) == (made.exit_code, 0)
    second = answered(tmp_path)
    same = ("outcome", "failures", "citations", "text")
    assert [first.get(key) for key in same] == [second.get(key) for key in same]
    assert REPLY in Path(tape).read_text("utf-8")
    assert second["answer"]["text"]


def test_a_case_asked_three_times_is_recorded_and_replayed_three_times(tmp_path: Path) -> None:
    tape, out, past = str(tmp_path / "t.jsonl"), str(tmp_path / "out"), str(tmp_path / "model.json")
    with serving(saying(REPLY)) as server:
        run(tmp_path, "--model", "openai:m", "--repeat", "3", "--record", tape, url=server.url)
    assert len(server.requests) == 3
    kept = run(tmp_path, "--replay", tape, "--repeat", "3", "--baseline", past, "--update-baseline", "--reason", "x")
    assert kept.exit_code == 0, kept.output
    again = run(tmp_path, "--replay", tape, "--repeat", "3", "--baseline", past, "--report", out)
    assert again.exit_code == 0, again.output
    assert len(answered(tmp_path)["takes"]) == 3
    fewer = run(tmp_path, "--replay", tape, "--baseline", past)
    assert "each case was asked 1 times, for the baseline 3" in " ".join(fewer.output.split())
    missed = run(tmp_path, "--replay", tape, "--repeat", "4")
    assert (missed.exit_code, "record again" in missed.output) == (1, True)


def test_a_replay_that_misses_a_prompt_fails_and_says_record_again(tmp_path: Path) -> None:
    tape = str(tmp_path / "t.jsonl")
    with serving(saying(REPLY)) as server:
        run(tmp_path, "--model", "openai:m", "--record", tape, url=server.url)
    missed = run(tmp_path, "--replay", tape, question="UCloud为什么要中立呢")
    assert missed.exit_code == 1
    assert "1 prompts are not on the tape" in missed.output
    assert "record again with --record" in missed.output
    assert "theme: crashed" in missed.output


def test_a_recording_without_a_server_keeps_nothing_and_fails(tmp_path: Path) -> None:
    tape = tmp_path / "t.jsonl"
    made = run(tmp_path, "--model", "openai:m", "--record", str(tape), url="http://127.0.0.1:9/v1")
    assert made.exit_code == 1
    assert "1 replies failed" in made.output
    assert not open_tape(tape).replies


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--record", "t"], "--record needs --model"),
        (["--repeat", "3"], "without a model the same answer comes every time"),
        (["--replay", "t", "--model", "openai:m"], "leave out --record and --model"),
        (["--model", "openai:m", "--update-baseline", "--reason", "x"], "--baseline"),
    ],
)
def test_options_that_contradict_each_other_are_refused(tmp_path: Path, words: list[str], message: str) -> None:
    refused = run(tmp_path, *words)
    assert (refused.exit_code, message in refused.output) == (2, True)
