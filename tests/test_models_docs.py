"""What docs/models.md counts is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from benchmarks.verifier import ROLES, claims
from bot.checks.gazetteer import gazetteer
from bot.written.sheet import MOST
from index.event import EventCard
from prompts.load import VARIABLES

TEXT = (Path(__file__).parents[1] / "docs" / "models.md").read_text("utf-8")
ATTACKS = yaml.safe_load((Path(__file__).parent / "attacks.yaml").read_text("utf-8"))


def test_the_counts_of_the_docs_are_those_of_the_files() -> None:
    planted = sum(claim.planted for claim in claims())
    true = [claim for claim in claims() if not claim.planted]
    assert (
        f"{planted} planted errors and {len(true)} true paraphrases, {sum(c.lang == 'en' for c in true)} of them English"
        in TEXT
    )
    turned = sum(claim.planted for claim in claims(ROLES))
    near = [claim for claim in claims(ROLES) if not claim.planted]
    across = sum(claim.kind == "en over zh" for claim in near)
    assert f"{turned} claims that turn round" in TEXT
    assert f"with {len(near)} true ones near them, {across} of them English over Chinese" in TEXT
    assert f"holds {sum(map(len, ATTACKS.values()))} attacks" in TEXT
    assert f"at most {MOST} numbered sentences" in TEXT
    assert abs(len(gazetteer(EventCard(title="-")).rows) - int(re.findall(r"about (\d+) names", TEXT)[0])) <= 15


def test_every_variable_of_a_prompt_is_named() -> None:
    assert all(f"`{{{name}}}`" in TEXT for prompt in ("answer", "rewrite") for name in VARIABLES[prompt])


def test_the_example_of_a_glossary_is_a_card(tmp_path: Path) -> None:
    example = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)[0]
    path = tmp_path / "event.toml"
    path.write_text('title = "x"\n' + example, "utf-8")
    from index.event import read_card

    assert read_card(path).glossary == {"褚橙": "Chu Orange"}
