"""The baseline as a file, and the machine it was made on."""

import json

import numpy as np
import pytest
from eval_runs import before
from eval_talk import scripted, suite

from eval.baseline import past, read_baseline, write_baseline
from eval.machine import this_machine
from eval.run import run
from eval.source import SuiteError


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (None, "cannot be read"),
        ("{", "is not JSON"),
        ("[]", "has schema None, this version reads 1"),
        ({"schema": 9}, "has schema 9, this version reads 1"),
        ({"suite": "other"}, "is of the suite 'other', not of 'talk'"),
        ({"corpus": "0000"}, "is of another text of 'talk' (0000, now"),
        ({"cases": [{"id": 3}]}, "cannot be used: cases.0.id"),
    ],
)
def test_a_baseline_that_does_not_fit_says_why(tmp_path, change, wanted):
    loaded = suite(tmp_path)
    path = tmp_path / "talk.baseline.json"
    finished = run(loaded, scripted(loaded.transcript))
    write_baseline(before(finished), path)
    if isinstance(change, dict):
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    elif change is None:
        path.unlink()
    else:
        path.write_text(change, "utf-8")
    with pytest.raises(SuiteError) as caught:
        read_baseline(path, loaded.suite)
    assert wanted in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_baseline_keeps_every_case_on_its_own_line_and_reads_back(tmp_path):
    loaded = suite(tmp_path)
    path = tmp_path / "talk.baseline.json"
    finished = run(loaded, scripted(loaded.transcript))
    write_baseline(before(finished), path)
    assert sum(line.startswith('{"id": ') for line in path.read_text("utf-8").splitlines()) == 3
    assert read_baseline(path, loaded.suite).cases == tuple(past(row) for row in finished.results)


def test_this_machine_is_itself():
    assert this_machine().differences(this_machine()) == ()
    assert this_machine().libraries["numpy"] == np.__version__
