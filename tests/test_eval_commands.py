import json

import pytest
from click.testing import CliRunner
from eval_suite import QUOTE, invoke, panel
from eval_talk import ScriptedChatbot, declining, quoting

from eval.baseline import Encoder
from eval.lookup import finder
from eval.routine import Options, run_suites
from eval.run import Choice
from eval.session import Subject
from eval.source import SuiteError
from index.cli import cli


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
