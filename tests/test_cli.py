"""The command line as people run it: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.source import packaged_event

README = Path(__file__).parent.parent / "README.md"
BLOCKED = "import sys\nfor name in ('torch', 'sentence_transformers', 'transformers', 'gradio', 'langchain', 'langchain_core'):\n    sys.modules[name] = None\nfrom index.cli import main\nmain()\n"


def run(*arguments: str, code: str = "from index.cli import main; main()") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, encoding="utf-8", timeout=300, env=environment, check=False
    )  # fmt: skip


def test_ask_answers_without_torch_gradio_or_langchain() -> None:
    done = run("ask", "UCloud为什么保持中立", "--json", code=BLOCKED)
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    assert row["outcome"] == "answer"
    text = (packaged_event() / "a-plan-01.txt").read_text("utf-8")
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in row["citations"])


def test_search_answers_without_torch_gradio_or_langchain() -> None:
    done = run("search", "走南坡", "-k", "3", "--json", code=BLOCKED)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["hits"]) == 3


def test_ask_equals_ask_batch_and_bad_lines_end_nothing(tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text(
        '{"id": 1, "question": "UCloud哪年上市的", "other": 1}\nnot json\n{"id": "x", "question": ""}\n{"id": 4}\n',
        "utf-8",
    )
    out = tmp_path / "out.jsonl"
    done = run("ask", "--batch", str(lines), "--output", str(out))
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [1, None, "x", 4]
    assert ["error" in row for row in rows] == [False, True, True, True]
    alone = json.loads(run("ask", "UCloud哪年上市的", "--json").stdout)
    assert {**alone, "id": 1, "seconds": {}} == {**rows[0], "seconds": {}}


def test_a_line_of_a_batch_carries_what_was_asked_before(tmp_path: Path) -> None:
    past = [{"user": "从属发展模式是什么？", "assistant": "从属模式发展就是你做大公司不愿做的。"}]
    lines, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": 1, "question": "那竞争呢", "history": past}, {"id": 2, "question": "好", "history": [{"user": 7}]}]
    lines.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert run("ask", "--batch", str(lines), "--output", str(out)).returncode == 0
    first, second = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert first["asked"] != first["question"]
    assert "竞争" in first["asked"]
    assert second["error"].startswith("history.0.user")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("ask", "--nonsense"), 2, "No such option"),
        (("ask", ""), 2, "empty"),
        (("ask", "你好", "--event", "nowhere"), 1, "'nowhere'"),
        (("ask", "你好", "--speaker", "马云"), 1, "'马云'"),
        (("ask", "你好", "--index", "/nowhere/index"), 1, "roundtable build"),
        (("turns", "/nowhere.txt"), 2, "/nowhere.txt"),
        (("nonsense",), 2, "No such command"),
        (("ask", "--batch", "in.jsonl"), 2, "--output"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_done_says_why_and_what_to_do(arguments: tuple[str, ...], code: int, says: str) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_turns_prints_every_line_once() -> None:
    rows = json.loads(run("turns", "--json").stdout)
    assert [n for row in rows for n in range(row["start_line"], row["end_line"] + 1)] == list(range(1, 112))
    holes = json.loads(run("turns", "--holes", "--json").stdout)
    assert {hole["kind"] for hole in holes} == {"figure", "mask", "word", "cut"}


def test_help_teaches_every_command_of_the_readme() -> None:
    listed = run("--help").stdout
    commands = set(re.findall(r"`?roundtable (\w+)", README.read_text("utf-8")))
    assert commands >= {"ask", "search", "turns", "build", "serve", "eval"}
    for command in sorted(commands):
        assert re.search(rf"^  {command}\b", listed, re.MULTILINE), command
        assert run(command, "--help").returncode == 0


def test_options_of_the_readme_exist() -> None:
    for command, rest in re.findall(r"`roundtable (\w+)[^`\n]*` \|([^|\n]*)\|", README.read_text("utf-8")):
        known = run(command, "--help").stdout
        for option in re.findall(r"`(--[\w-]+)", rest):
            assert option in known, (command, option)
