import json
from pathlib import Path

import pytest
from eval_talk import CARD, TALK

from eval.convert import convert
from eval.load import load
from eval.source import SuiteError
from index.source import read_event


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
