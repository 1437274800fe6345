import json
import re
from pathlib import Path

import pytest
import yaml
from encoders import default_encoder
from eval_talk import SUITE, TALK, suite, talk
from hypothesis import given
from hypothesis import strategies as st

from eval.case import json_schema
from eval.lint import lint
from eval.load import SUITES, load
from eval.lookup import finder
from eval.source import SuiteError, read
from index.build import build
from index.errors import NotIndexed
from index.source import read_event

SCHEMA = Path(SUITES).parent / "suite.schema.json"


def said(folder: Path, text: str, spoken: str = TALK) -> str:
    with pytest.raises(SuiteError) as caught:
        suite(folder, text, spoken)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_a_quote_becomes_the_slice_it_states(tmp_path):
    loaded = suite(tmp_path)
    span = loaded.suite.cases[0].gold[0][0]
    assert loaded.transcript.text[span.start : span.end] == span.quote == "我们去年卖了三十个亿"
    assert (span.line, span.speaker, loaded.moved) == (2, "王芳", ())


def test_a_quote_that_moved_is_found_again_where_it_is_unique(tmp_path):
    loaded = suite(tmp_path, spoken="主持人:\n欢迎。\n" + TALK)
    assert [(moved.case, moved.stated, moved.found) for moved in loaded.moved] == [("revenue", 2, 4), ("team", 6, 8)]


def test_a_quote_that_is_gone_is_stale_with_file_and_line(tmp_path):
    message = said(tmp_path, SUITE, TALK.replace("三十个亿", "三十一个亿"))
    assert "talk.yaml:17: case 'revenue'" in message
    assert "is stale: line 2 of 'talk' does not have it" in message


def test_a_quote_that_stands_twice_elsewhere_is_refused_rather_than_guessed(tmp_path):
    message = said(tmp_path, SUITE.replace('{line: 6, quote: "我们团队只有十二个人。"', '{line: 5, quote: "我们"'))
    assert "stands 3 times in 'talk' (lines [2, 3, 6]); quote more words" in message


def test_a_quote_twice_in_its_line_is_refused(tmp_path):
    message = said(
        tmp_path, SUITE, TALK.replace("我们团队只有十二个人。", "我们团队只有十二个人。我们团队只有十二个人。")
    )
    assert "stands 2 times in 'talk' (lines [6]); quote more words" in message


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("question: 去年", "queston: 去年", "talk.yaml:9: there is no key 'queston' (cases.0.queston)"),
        ("split: dev\n", "lang: zh\n", "the key 'lang' stands here twice"),
        ("split: dev", "split: train", "Input should be 'dev', 'cal' or 'test', but it is 'train'"),
        ("    split: dev\n    lang: zh\n", "    lang: zh\n", "the key 'split' is missing"),
        ("id: team", "id: revenue", "talk.yaml:5: the id 'revenue' is used 2 times"),
        ("    locked: true", "    locked: true\n    locked: false", "the key 'locked' stands here twice"),
        ("    locked: true", "    draft: true", "'team' is still a draft"),
        ("question: 去年卖了多少?", "question: [", "is not YAML"),
        ("schema: 1", "schema: 2", "Input should be 1, but it is '2'"),
        ("outcome: [answer]", "outcome: []", "at least 1 item"),
        ("question: 去年卖了多少?", "question: &q 去年\n    standalone: *q", "anchors and aliases are not read"),
    ],
)  # fmt: skip
def test_each_fault_has_its_own_message(tmp_path, old, new, wanted):
    assert wanted in said(tmp_path, SUITE.replace(old, new, 1))


def test_an_empty_suite_and_an_empty_file_are_refused(tmp_path):
    assert "is empty" in said(tmp_path, "# nothing\n")
    assert "the suite has no cases" in said(tmp_path, "schema: 1\nsuite: talk\ntranscript: talk\ncases: []\n")


def test_a_missing_file_and_an_unknown_transcript_say_what_to_do(tmp_path):
    with pytest.raises(SuiteError, match=r"cannot be read \(No such file or directory\)"):
        read(tmp_path / "no.yaml")
    with pytest.raises(NotIndexed, match="name your index with --index DIR"):
        finder(None)("nowhere")


def test_bytes_that_are_not_utf8_are_refused(tmp_path):
    (tmp_path / "bad.yaml").write_bytes("季".encode("gbk"))
    with pytest.raises(SuiteError, match="is not UTF-8"):
        read(tmp_path / "bad.yaml")


def test_a_bare_yes_means_the_word(tmp_path):
    assert (
        suite(tmp_path, SUITE.replace('answerable: "yes"', "answerable: yes")).suite.cases[0].entry.answerable == "yes"
    )


def test_jsonl_and_yaml_give_the_same_suite(tmp_path):
    rows = yaml.safe_load(SUITE)
    cases = rows.pop("cases")
    path = tmp_path / "talk.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in (rows, *cases)) + "\n", "utf-8")
    assert load(path, lambda _: talk(tmp_path)).suite.digest == suite(tmp_path).suite.digest


def test_a_jsonl_fault_names_its_line(tmp_path):
    path = tmp_path / "talk.jsonl"
    path.write_text('{"schema": 1, "suite": "talk", "transcript": "talk"}\n{"id": "a", "id": "b"}\n', "utf-8")
    with pytest.raises(SuiteError, match=r"talk\.jsonl:2: is not JSON: the key 'id' stands there twice"):
        read(path)


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_what_is_nested_without_bound_is_refused(tmp_path, opening):
    path = tmp_path / "deep.yaml"
    path.write_text(f"cases: {opening * 50_000}", "utf-8")
    with pytest.raises(SuiteError, match="is not YAML"):
        read(path)


def test_a_case_with_a_fault_is_no_missing_case(tmp_path):
    message = said(tmp_path, SUITE.replace("question: 去年", "queston: 去年").replace("[answer]", "[answr]", 1))
    assert "has no cases" not in message
    assert "at least" not in message


def test_the_schema_for_editors_is_current():
    assert json.loads(SCHEMA.read_text("utf-8")) == json.loads(json.dumps(json_schema()))


@given(st.text(max_size=300))
def test_any_text_is_a_suite_or_a_named_fault(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SuiteError):
        load(path, finder(None))


def findings(folder: Path, old: str = "", new: str = "") -> list[str]:
    return [finding.message for finding in lint(suite(folder, SUITE.replace(old, new, 1) if old else SUITE))]


def test_a_sound_suite_has_no_findings(tmp_path):
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("speaker: 陈刚}", "speaker: 王芳}", "is by '王芳'; it is by '陈刚'"),
        ('[["30亿"]]', '[["31亿"]]', "asks for the nugget ['31亿'], which its own evidence does not hold"),
        ('must_not: ["52%"]', 'must_not: ["["]', "has a must_not that is no regular expression"),
        ('must_not: ["52%"]', 'must_not: ["三十"]', "forbids '三十', which its own evidence says"),
        ("    kind: absent\n", "", "needs a kind that says why"),
        ("type: absent", "type: followup", "is a follow-up without a history"),
        ("question: 哪年上市?", "question: 去年卖了多少？", "'去年卖了多少？', across the splits dev and test"),
        ("kind: absent", "kind: absent\n    variant_of: nobody", "a variant of 'nobody', which is not in this suite"),
        ("kind: absent", "kind: absent\n    variant_of: team", "is in another split than 'team'"),
    ],
)  # fmt: skip
def test_lint_finds_cases_that_make_no_sense(tmp_path, old, new, wanted):
    assert any(wanted in message for message in findings(tmp_path, old, new))


def test_lint_says_where_a_quote_moved_to(tmp_path):
    found = lint(suite(tmp_path, SUITE.replace("line: 6", "line: 1")))
    assert [(finding.error, finding.line) for finding in found] == [(False, 29)]
    assert "from line 1, but it stands in line 6" in found[0].message


def test_a_quote_without_a_line_is_no_quote_that_moved(tmp_path):
    assert lint(suite(tmp_path, re.sub(r"line: 6, ", "", SUITE))) == ()


def test_lint_says_what_to_write_where_a_quote_names_nobody(tmp_path):
    first = re.search(r", speaker: (\S+?)\}", SUITE)
    found = lint(suite(tmp_path, SUITE.replace(first[0], "}", 1)))
    assert any(f"add to the quote: speaker: {first[1]}" in finding.message for finding in found)


def test_a_suite_of_an_event_that_was_built_needs_no_folder_named(tmp_path, monkeypatch):
    """Whoever builds, asks and serves without --index evaluates without it too."""
    monkeypatch.setenv("ROUNDTABLE_DATA", str(tmp_path))
    folder = tmp_path / "talk"
    folder.mkdir()
    (folder / "talk.txt").write_text(TALK, "utf-8")
    build(tmp_path / "index", [read_event(folder)], default_encoder())
    assert finder(None)("talk").text == TALK
    with pytest.raises(NotIndexed, match="nor in the index that `roundtable build` fills"):
        finder(None)("nowhere")


def test_a_suite_over_a_transcript_that_is_not_there_is_an_unusable_suite(tmp_path):
    path = tmp_path / "talk.yaml"
    path.write_text(SUITE.replace("transcript: talk", "transcript: nowhere"), "utf-8")
    with pytest.raises(SuiteError, match=r"talk\.yaml:3: no transcript 'nowhere' in the package") as told:
        load(path, finder(None))
    assert told.value.exit_code == 2
