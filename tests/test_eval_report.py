import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from eval_talk import SUITE, declining, quoting, scripted, suite
from rich.console import Console

from eval.baseline import Encoder, Entry, new_baseline, read_baseline
from eval.report.console import show
from eval.report.explain import explain
from eval.report.finding import Window
from eval.report.markdown import markdown, plain
from eval.report.page import Piece, marked
from eval.report.write import write_report
from eval.run import EVERYTHING, Choice
from eval.session import Subject, accept, evaluate
from eval.source import SuiteError

ENCODER = Encoder(name="scripted", fingerprint="none")
NASTY = SUITE.replace("question: 哪年上市?", "question: '<script>alert(1)</script> | @all `x` \\u0007?'")


def found(loaded, bot, baseline=None, choice=EVERYTHING):
    return evaluate(loaded, Subject(bot, ENCODER, 0.5), baseline, choice=choice, progress=lambda _: None)


def past(finding):
    entry = Entry(date="2026-11-23", reason="first", passed=3, cases=3)
    return new_baseline(finding.run, ENCODER, finding.machine, entry=entry, old=None)


@pytest.fixture
def worse(tmp_path):
    """A run in which one answer was lost, one crashed, and one is not what it should be."""
    loaded = suite(tmp_path)
    before = past(found(loaded, scripted(loaded.transcript)))
    bot = scripted(loaded.transcript)
    changed = {
        "去年卖了多少?": quoting(loaded.transcript, "去年卖了多少?", "公司在上海。"),
        "团队有多少人?": lambda: 1 / 0,
    }
    bot.script = {**bot.script, **changed}
    return found(loaded, bot, before)


def test_results_hold_every_case_with_hits_answer_citations_and_timings(worse, tmp_path):
    write_report(worse, tmp_path / "out")
    rows = json.loads((tmp_path / "out" / "results.json").read_text("utf-8"))
    assert rows["schema"] == 1
    assert [row["id"] for row in rows["cases"]] == ["revenue", "team", "ipo"]
    lost, crashed, right = rows["cases"]
    assert (lost["passed"], lost["failures"], lost["outcome"]) == (False, ["evidence", "nuggets"], "answer")
    assert lost["citations"][0]["quote"] == "公司在上海。"
    assert lost["hits"][0]["evidence"] is True
    assert lost["seconds"]["wall"] >= 0
    assert crashed["error"].startswith("ZeroDivisionError")
    assert crashed["measures"]["hit@1"] == 0.0
    assert right["passed"] is True
    assert rows["verdict"]["flips"] == [
        {"id": "revenue", "to": "lost", "machine": False},
        {"id": "team", "to": "lost", "machine": False},
    ]


def test_results_can_be_the_baseline_of_another_run(worse, tmp_path):
    write_report(worse, tmp_path / "out")
    loaded = suite(tmp_path)
    baseline = read_baseline(tmp_path / "out" / "results.json", loaded.suite)
    again = found(loaded, scripted(loaded.transcript), baseline)
    assert [flip.lost for flip in again.verdict.flips] == [False, False]
    assert again.verdict.ok


def test_junit_counts_failures_errors_and_the_gate(worse, tmp_path):
    write_report(worse, tmp_path / "out")
    suites = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot()
    top = suites.find("testsuite")
    assert (top.get("tests"), top.get("failures"), top.get("errors")) == ("4", "2", "1")
    lost = top.find("testcase[@name='revenue']")
    assert (lost.get("classname"), lost.get("line"), lost.find("failure").get("message")) == (
        "talk.fact",
        "5",
        "evidence, nuggets",
    )
    assert top.find("testcase[@name='gate']/failure") is not None


def test_the_summary_names_the_verdict_the_flips_and_the_intervals(worse):
    text = "\n".join(markdown(worse))
    assert text.startswith("## ❌ talk: 1 of 3 cases pass")
    assert "| lost | revenue | 去年卖了多少? | passed | evidence, nuggets |" in text
    assert re.search(r"\| cases passed \| 33\.3 \| 6\.1–79\.2 \| 100\.0 \| -66\.7 \| 3 \|", text)


def test_new_cases_count_in_what_is_now_and_in_no_change(tmp_path):
    loaded = suite(tmp_path)
    bot = scripted(loaded.transcript)
    before = past(found(loaded, bot))
    known = before.model_copy(update={"cases": before.cases[1:]})
    bot.script = {**bot.script, "去年卖了多少?": declining("去年卖了多少?")}
    text = "\n".join(markdown(found(loaded, bot, known)))
    assert re.search(r"\| cases passed \| 66\.7 \| 20\.8–93\.9 \| 100\.0 \|  \| 3 \|", text)
    assert "- 1 new cases have no past yet and count in no change: revenue" in text


def test_a_question_cannot_act_in_markdown():
    assert plain("a | b\n@all [x](http://y) `c`") == "a \\| b \\@\u200ball \\[x\\]\\(http://y\\) \\`c\\`"


class Outline(HTMLParser):
    """Collects what a page would load and which tags it opens and closes."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.opened.append(tag)
        self.loads += [value for name, value in attrs if name in ("src", "href", "xlink:href") and value]


def page(finding, folder: Path) -> str:
    write_report(finding, folder)
    return (folder / "report.html").read_text("utf-8")


def test_the_page_is_one_file_that_loads_nothing(worse, tmp_path):
    text = page(worse, tmp_path / "out")
    outline = Outline()
    outline.feed(text)
    assert [load for load in outline.loads if not load.startswith("#")] == []
    assert "url(http" not in text
    assert outline.opened.count("svg") == 4
    assert "var(--now)" in text
    assert not re.search(r"#0[1-4]0[1-4]0[1-4]\b", text)
    assert "prefers-color-scheme: dark" in text


def test_the_page_shows_flips_side_by_side_with_the_evidence_marked(worse, tmp_path):
    text = page(worse, tmp_path / "out")
    assert "before: answer, passed" in text
    assert "now: answer, failed evidence, nuggets" in text
    assert "<mark>我们去年卖了三十个亿</mark>,利润率是25%。" in text


def test_what_a_question_or_a_crash_says_is_shown_and_never_run(tmp_path):
    loaded = suite(tmp_path, NASTY)
    bot = scripted(loaded.transcript)
    question = loaded.suite.cases[2].entry.question

    def break_down():
        raise ValueError("<img src=x onerror=alert(2)>\x07")

    bot.script = {**bot.script, question: break_down}
    text = page(found(loaded, bot), tmp_path / "out")
    assert text.count("<script>") == 1
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)" in text
    ElementTree.parse(tmp_path / "out" / "junit.xml")


def test_a_report_without_a_baseline_or_a_case_that_has_evidence_is_still_whole(tmp_path):
    loaded = suite(tmp_path)
    only = found(loaded, scripted(loaded.transcript), choice=Choice(ids=frozenset({"ipo"})))
    assert "1 of 1 known questions pass" in page(only, tmp_path / "out")


def test_marking_cuts_where_evidence_begins_and_ends():
    assert marked("0123456789", (2, 8), [(0, 3), (5, 6), (6, 20)]) == (
        Piece("2", True),
        Piece("34", False),
        Piece("5", True),
        Piece("67", True),
    )
    assert marked("0123", (1, 3), []) == (Piece("12", False),)


def printed(show_it, finding) -> str:
    out = StringIO()
    show_it(finding, Console(file=out, width=160))
    return out.getvalue()


def test_the_console_ends_with_the_verdict(worse):
    text = printed(show, worse)
    assert "lost revenue 去年卖了多少? evidence, nuggets" in text
    assert "1 of 3 cases pass" in text
    assert text.rstrip().endswith("regression")


def test_explain_shows_question_evidence_hits_and_verdict(worse):
    seen = Window(4, 23, 1.5, {"dense": 2.0})
    subject = Subject(scripted(worse.run.transcript), ENCODER, 0.5, lambda _answer, _transcript: (seen,))
    text = printed(lambda finding, console: explain(finding, subject, console), worse)
    assert "1.50 dense 2.00" in text
    for wanted in ("revenue (fact, dev)", "1 * 1.000 talk:0", "fails: evidence, nuggets", "crashed: ZeroDivisionError"):
        assert wanted in text
    assert "in the baseline it passed (answer)" in text


def test_only_a_whole_sound_run_is_accepted_as_baseline(worse, tmp_path):
    with pytest.raises(SuiteError, match="1 cases crashed or cite inexactly \\(team\\)"):
        accept(worse, "because")
    loaded = suite(tmp_path)
    some = found(loaded, scripted(loaded.transcript), choice=Choice(splits=frozenset({"test"})))
    with pytest.raises(SuiteError, match="a baseline needs every case"):
        accept(some, "because")
    whole = found(loaded, scripted(loaded.transcript))
    entry = accept(replace(whole, baseline=past(whole)), "clearer quotes").history[-1]
    assert (entry.reason, entry.passed, entry.cases) == ("clearer quotes", 3, 3)


def test_choosing_nothing_is_an_error(tmp_path):
    loaded = suite(tmp_path)
    with pytest.raises(SuiteError, match="no case of 'talk' is chosen"):
        found(loaded, scripted(loaded.transcript), choice=Choice(ids=frozenset({"nobody"})))


def test_a_declined_case_has_no_quotes_to_show(tmp_path):
    loaded = suite(tmp_path)
    bot = scripted(loaded.transcript)
    bot.script = {"去年卖了多少?": declining("去年卖了多少?")}
    assert "nothing quoted" in page(
        found(loaded, bot, past(found(loaded, scripted(loaded.transcript)))), tmp_path / "out"
    )
