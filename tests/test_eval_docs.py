import re
from pathlib import Path

import click
import yaml

from eval.case import CaseEntry, SuiteEntry
from eval.commands import eval_command
from eval.load import load
from eval.lookup import finder

DOCS = Path(__file__).parents[1] / "docs"
TEXT = (DOCS / "evaluating.md").read_text("utf-8")


def test_the_example_suite_of_the_docs_is_valid_and_its_quote_is_in_the_talk(tmp_path):
    example = re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[1].replace("my-event", "a-plan-01")
    SuiteEntry.model_validate(yaml.safe_load(example))
    path = tmp_path / "example.yaml"
    path.write_text(example, "utf-8")
    assert len(load(path, finder(None)).suite.cases) == 1


def test_every_command_and_option_in_the_docs_exists():
    for line in re.findall(r"roundtable eval ([^`\n#]+)", TEXT + (DOCS / "eval.yml").read_text("utf-8")):
        name, *words = line.split()
        command = eval_command.commands[name]
        known = {
            option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts
        }
        assert {word for word in words if word.startswith("--")} <= known, line


def test_every_key_of_a_case_is_explained():
    assert [name for name in CaseEntry.model_fields if name not in TEXT] == []


def test_the_workflow_is_yaml_and_can_only_read():
    workflow = yaml.safe_load((DOCS / "eval.yml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow["jobs"]) == {"eval"}
