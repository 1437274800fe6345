"""What the organisers' guide says is so."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from index.event import EventCard, Section, Speaker, read_card

TEXT = (Path(__file__).parent.parent / "docs" / "organisers.md").read_text("utf-8")


def test_the_example_of_a_card_is_a_card_and_names_every_key(tmp_path: Path) -> None:
    example = re.search(r"\*\*The card\.\*\*.*?\n\n((?:    .*\n|\n)+)", TEXT)
    assert example
    path = tmp_path / "event.toml"
    path.write_text(dedent(example[1]), "utf-8")
    card = read_card(path)
    assert (card.speakers[0].name, card.parts[0].heading, card.glossary) == ("林岚", "02", {"褚橙": "Chu Orange"})
    keys = [*EventCard.model_fields, *Speaker.model_fields, *Section.model_fields]
    assert [key for key in keys if not re.search(rf"\b{key}\b", TEXT)] == []
