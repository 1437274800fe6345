"""The ten minutes of docs/evaluating.md, walked as a person walks them: a folder, an index, drafts, a baseline."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from eval_talk import CARD

from eval.commands import eval_command
from eval.source import SuiteError
from index.build import build
from index.embed import load_encoder
from index.source import read_event

TALK = """王芳:
我们去年卖了三十个亿,利润率是25%,公司一直在上海,没有搬过家。
开源是我们的选择,因为社区最懂用户,也最先发现问题在哪里。
陈刚:
我不同意这个说法。闭源也能做好生意,我们做了八年都是这样。
我们团队只有十二个人,每个人都要写代码,也都要见客户。
"""


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An organiser's folder, with the index built."""
    folder = tmp_path / "my-event"
    folder.mkdir()
    (folder / "talk.txt").write_text(TALK, "utf-8")
    (folder / "event.toml").write_text(CARD, "utf-8")
    monkeypatch.chdir(tmp_path)
    build(tmp_path / "my-index", [read_event(folder)], load_encoder())
    return tmp_path


def evaluate(*words: str) -> Result:
    return CliRunner().invoke(eval_command, [*words, "--index", "my-index"])


def complete(path: Path) -> None:
    """What the person does: a question in a visitor's words, what it must contain, no draft left."""
    suite = yaml.safe_load(path.read_text("utf-8"))
    case = next(case for case in suite["cases"] if "十二个人" in str(case.get("evidence")))
    kept = {name: value for name, value in case.items() if name != "draft"}
    suite["cases"] = [kept | {"question": "团队有多少人?", "nuggets": [["十二个人"]]}]
    path.write_text(yaml.safe_dump(suite, allow_unicode=True, sort_keys=False), "utf-8")  # its dashes stand unindented


def test_from_a_folder_to_a_guarded_suite(walk: Path) -> None:
    made = evaluate("init", "my-event")
    assert made.output.startswith("my-event.yaml: complete each draft")
    path = walk / "my-event.yaml"
    assert "TODO: TODO" not in path.read_text("utf-8")
    assert isinstance(evaluate("run", "my-event.yaml").exception, SuiteError)
    complete(path)
    assert evaluate("lint", "my-event.yaml").output == "my-event.yaml: 1 cases, every quote proved\n"
    words = ["--id", "profit", "--question", "利润率多少?", "--type", "fact", "--lang", "zh", "--split", "dev"]
    added = evaluate("add", "my-event.yaml", *words, "--answerable", "yes", "--quote", "利润率是25%", "--nugget", "25%")
    assert added.exit_code == 0, added.exception
    assert [case["id"] for case in yaml.safe_load(path.read_text("utf-8"))["cases"]][1] == "profit"
    accepted = evaluate("run", "my-event.yaml", "--update-baseline", "--reason", "first run")
    assert accepted.exit_code == 0, accepted.output
    again = evaluate("run", "my-event.yaml", "--report", "report")
    assert (again.exit_code, again.output.count("green")) == (0, 1)
    assert "-0 %" not in again.output
    assert {path.name for path in (walk / "report").iterdir()} == {
        "results.json", "report.html", "junit.xml", "summary.md"
    }  # fmt: skip
    assert len(json.loads((walk / "report" / "results.json").read_text("utf-8"))["cases"]) == 2


def test_a_corrected_transcript_moves_quotes_and_reanchor_follows(walk: Path) -> None:
    evaluate("init", "my-event")
    complete(walk / "my-event.yaml")
    (walk / "my-event" / "talk.txt").write_text("主持人:\n大家好,欢迎来到今天的活动,我们现在就开始。\n" + TALK, "utf-8")
    build(walk / "my-index", [read_event(walk / "my-event")], load_encoder())
    assert "1 quotes re-anchored" in evaluate("reanchor", "my-event.yaml").output
    assert evaluate("lint", "my-event.yaml").output == "my-event.yaml: 1 cases, every quote proved\n"
    (walk / "my-event" / "talk.txt").write_text(TALK.replace("十二个人", "很多人"), "utf-8")
    build(walk / "my-index", [read_event(walk / "my-event")], load_encoder())
    gone = evaluate("lint", "my-event.yaml")
    assert isinstance(gone.exception, SuiteError)
    assert re.search(r"my-event.yaml:\d+: .*十二个人", gone.output), gone.output
