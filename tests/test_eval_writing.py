import json

import pytest
import yaml
from eval_suite import invoke, panel
from eval_talk import SUITE, TALK, talk

from eval.load import load
from eval.lookup import finder
from eval.propose import proposal
from eval.rewrite import reanchored
from eval.routine import propose
from eval.source import SuiteError


def test_reanchor_corrects_the_line_and_keeps_the_comments(tmp_path):
    path = panel(tmp_path, line=3)
    before = path.read_text("utf-8")
    assert "theme: line 3 -> 15" in invoke("reanchor", str(path)).output
    assert path.read_text("utf-8") == before.replace("line: 3,", "line: 15,")


@pytest.mark.parametrize("layout", ["flow", "block", "jsonl"])
def test_reanchor_writes_lines_that_were_never_stated(tmp_path, layout):
    text = SUITE.replace("{line: 6, quote:", "{quote:")
    if layout == "block":
        text = text.replace(
            '- - {quote: "我们团队只有十二个人。", speaker: 陈刚}',
            '- - quote: "我们团队只有十二个人。"\n          speaker: 陈刚',
        )
    path = tmp_path / f"talk.{'jsonl' if layout == 'jsonl' else 'yaml'}"
    rows = yaml.safe_load(text)
    cases = rows.pop("cases")
    path.write_text("".join(json.dumps(row) + "\n" for row in (rows, *cases)) if layout == "jsonl" else text, "utf-8")
    loaded = load(path, lambda _: talk(tmp_path))
    path.write_text(reanchored(loaded), "utf-8")
    again = load(path, lambda _: talk(tmp_path))
    assert [moved.found for moved in loaded.moved] == [6]
    assert again.moved == ()
    assert again.suite.cases[1].entry.evidence[0][0].line == 6


def test_add_fills_in_line_and_speaker(tmp_path):
    path = panel(tmp_path)
    words = ["--id", "two", "--question", "云备胎是什么?", "--type", "definition", "--lang", "zh", "--split", "dev"]
    words += ["--answerable", "yes", "--quote", "因此我们内部自诩为我们叫“云备胎”。", "--nugget", "云备胎|备胎"]
    found = invoke("add", str(path), *words)
    assert found.exit_code == 0, found.output
    case = load(path, finder(None)).suite.cases[1].entry
    assert (case.speaker, case.evidence[0][0].line, case.nuggets) == (("季昕华",), 38, (("云备胎", "备胎"),))
    assert "# a comment that stays" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"--id": "theme"}, "has a case 'theme' already"),
        ({"--quote": "年"}, "stands 51 times"),
        ({"--quote": "从未说过"}, "stands 0 times"),
        ({"--type": "riddle"}, "the case 'two' cannot be added: type"),
        ({"--answerable": "no"}, "cannot be added: it is answerable 'no' and needs a kind that says why"),
        ({"--nugget": "三十亿"}, "cannot be added: it asks for the nugget ['三十亿']"),
    ],
)
def test_add_refuses_what_it_cannot_prove_and_leaves_the_file(tmp_path, change, wanted):
    path = panel(tmp_path)
    before = path.read_text("utf-8")
    words = {
        "--id": "two",
        "--question": "问?",
        "--type": "fact",
        "--lang": "zh",
        "--split": "dev",
        "--answerable": "yes",
    }
    words |= {"--quote": "因此我们内部自诩为我们叫“云备胎”。", **change}
    found = invoke("add", str(path), *(part for pair in words.items() for part in pair))
    assert wanted in str(found.exception)
    assert path.read_text("utf-8") == before
    assert list(tmp_path.iterdir()) == [path]


def test_init_proposes_drafts_that_are_refused_until_a_person_completes_them(tmp_path):
    path = tmp_path / "mine.yaml"
    assert invoke("init", "a-plan-01", "--output", str(path)).exit_code == 0
    loaded = load(path, finder(None), drafts=True)
    assert all(case.entry.draft for case in loaded.suite.cases)
    assert loaded.moved == ()
    with pytest.raises(SuiteError, match="is still a draft; check question and evidence"):
        load(path, finder(None))
    path.write_text(path.read_text("utf-8").replace("    draft: true\n", ""), "utf-8")
    found = invoke("lint", str(path))
    assert "still has the proposed question" in found.output
    assert isinstance(found.exception, SuiteError)


def test_init_takes_the_questions_asked_on_stage(tmp_path):
    transcript = finder(None)("a-plan-01")
    text = proposal(transcript, "zh")
    asked = [case["question"] for case in yaml.safe_load(text)["cases"] if case["id"].startswith("stage-")]
    assert len(asked) == 2
    assert all(question in transcript.text for question in asked)


def test_init_never_overwrites(tmp_path):
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    propose(str(tmp_path / "talk.txt"), None, tmp_path / "out.yaml", None)
    with pytest.raises(SuiteError, match="is there already"):
        propose(str(tmp_path / "talk.txt"), None, tmp_path / "out.yaml", None)
