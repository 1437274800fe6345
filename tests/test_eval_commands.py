import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from eval_talk import CARD, SUITE, TALK, ScriptedChatbot, declining, quoting, talk

from eval.baseline import Encoder
from eval.commands import eval_command
from eval.convert import convert
from eval.load import load
from eval.lookup import finder
from eval.propose import proposal
from eval.rewrite import reanchored
from eval.routine import Options, propose, run_suites
from eval.run import Choice
from eval.session import Subject
from eval.source import SuiteError
from index.cli import cli
from index.source import read_event

QUOTE = "今天我想主要给大家讲如何和阿里、腾讯、百度去PK。"


def invoke(*words: str):
    return CliRunner().invoke(eval_command, list(words))


def panel(folder: Path, line: int = 15, quote: str = QUOTE) -> Path:
    """A suite over the packaged event."""
    path = folder / "mine.yaml"
    path.write_text(
        f"""\
# a comment that stays
schema: 1
suite: mine
transcript: a-plan-01
cases:
  - id: theme
    split: dev
    lang: zh
    type: fact
    question: 老季讲什么?
    answerable: "yes"
    outcome: [answer]
    speaker: [季昕华]
    evidence:
      - - {{line: {line}, quote: "{quote}", speaker: 季昕华}}  # why this one
""",
        "utf-8",
    )
    return path


def test_eval_is_a_command_of_roundtable():
    assert CliRunner().invoke(cli, ["eval", "--help"]).exit_code == 0


def test_lint_says_that_every_quote_is_proved(tmp_path):
    found = invoke("lint", str(panel(tmp_path)))
    assert (found.exit_code, "1 cases, every quote proved" in found.output) == (0, True)


def test_lint_ends_with_exit_code_two_on_a_stale_quote(tmp_path):
    found = invoke("lint", str(panel(tmp_path, quote="没有说过的话")))
    assert isinstance(found.exception, SuiteError)
    assert found.exception.exit_code == 2
    assert "is stale: line 15 of 'a-plan-01' does not have it" in found.output


def test_the_schema_is_printed_for_an_editor():
    assert json.loads(invoke("schema").output)["properties"]["cases"]["minItems"] == 1


def test_the_packaged_suites_are_sound():
    found = invoke("lint")
    assert found.exit_code == 0, found.output


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["run", "nowhere"], "there is no suite 'nowhere'"),
        (["run", "--update-baseline"], "go together"),
        (["run", "--update-baseline", "--reason", "x", "--only", "fact"], "a baseline needs every case"),
        (["run", "--measure-noise"], "goes with --update-baseline"),
        (["run", "--only", "facts"], "there is no type 'facts'"),
        (["run", "--case", "zh-fact-01"], "there is no case 'zh-fact-01' in a-plan-01; did you mean zh-fact-0"),
        (["run", "--case", "zh-fact-001", "--case", "x!"], "there is no case 'x!' in a-plan-01; the report"),
        (["run", "--explain", "zh-fact-01"], "there is no case 'zh-fact-01'"),
        (["run", "--split", "train"], "'train' is not one of"),
    ],
)
def test_options_that_make_no_sense_are_usage_errors(words, wanted):
    found = invoke(*words)
    assert wanted in found.output + str(found.exception)
    assert found.exit_code == 2 or getattr(found.exception, "exit_code", None) == 2


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


def subject_of(script):
    return lambda _: Subject(ScriptedChatbot(script), Encoder(name="scripted", fingerprint="none"), 0.1)


def test_a_suite_is_run_accepted_and_then_guarded(tmp_path, capsys):
    path = panel(tmp_path)
    transcript = finder(None)("a-plan-01")
    right = quoting(transcript, "老季讲什么?", QUOTE)
    good = Options(reason="first", report=tmp_path / "report")
    assert run_suites((str(path),), good, subject_of({"老季讲什么?": right}))
    baseline = tmp_path / "mine.baseline.json"
    assert json.loads(baseline.read_text("utf-8"))["history"][0]["reason"] == "first"
    assert {file.name for file in (tmp_path / "report").iterdir()} == {
        "results.json",
        "junit.xml",
        "summary.md",
        "report.html",
    }
    wrong = {"老季讲什么?": declining("老季讲什么?")}
    assert run_suites((str(path),), Options(), subject_of({"老季讲什么?": right}))
    assert not run_suites((str(path),), Options(), subject_of(wrong))
    assert not run_suites(
        (str(path),), Options(explain=True, choice=Choice(ids=frozenset({"theme"}))), subject_of(wrong)
    )
    assert "fails: outcome" in capsys.readouterr().out


def benchmark(folder: Path) -> Path:
    """Two questions over one transcript, laid out as benchmarks are."""
    (folder / "transcripts").mkdir(parents=True)
    (folder / "transcripts" / "talk.txt").write_text(TALK, "utf-8")
    rows = [
        {"id": "set:q:1", "transcript": "talk", "question": "卖了多少?", "answers": ["三十个亿"], "gold_lines": [2], "answerable": True, "lang": "zh"},
        {"id": "set:q:2", "transcript": "talk", "question": "谁反对?", "answers": ["陈刚不同意"], "gold_lines": [5], "answerable": True, "lang": "zh"},
        {"id": "set:q:3", "transcript": "talk", "question": "哪年上市?", "answers": [], "gold_lines": [], "answerable": False, "lang": "zh"},
        {"id": "set:q:4", "transcript": "talk", "question": "何处?", "answers": ["x"], "gold_lines": [], "answerable": True, "lang": "zh"},
    ]  # fmt: skip
    (folder / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def test_a_benchmark_becomes_suites_whose_quotes_are_proved(tmp_path):
    done = convert(benchmark(tmp_path / "set"), tmp_path / "out")
    assert (done.suites, done.cases, done.skipped) == (1, 3, 1)
    (tmp_path / "set" / "transcripts" / "event.toml").write_text(CARD, "utf-8")
    read = read_event(tmp_path / "set" / "transcripts" / "talk.txt").transcripts[0]
    cases = load(tmp_path / "out" / "talk.jsonl", lambda _: read).suite.cases
    assert [case.id for case in cases] == ["set-q-1", "set-q-2", "set-q-3"]
    assert [case.gold[0][0].quote for case in cases[:2]] == ["三十个亿", "我不同意。闭源也能做好生意。"]
    assert cases[0].entry.nuggets == (("三十个亿",),)


def test_a_folder_that_is_no_benchmark_says_so(tmp_path):
    with pytest.raises(SuiteError, match=r"name a folder with questions\.jsonl"):
        convert(tmp_path, tmp_path / "out")
