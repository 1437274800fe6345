"""Many events in one index: only what changed is read and encoded, an event leaves at once, and nothing hidden stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner

from index.build import build, changed, remove
from index.commands import events as events_command
from index.errors import NotIndexed
from index.event import Event
from index.retriever import Retriever
from index.roots import remember_roots, roots
from index.source import Source, find_events
from index.store import MANIFEST, SEGMENTS, open_index, read_manifest
from index.types import Scope
from tests.test_revise import TALK, made
from tests.words import WordEncoder, files

CANARY = "quetzalcoatl"


def built(folder: Path, encoder: WordEncoder | None = None) -> WordEncoder:
    """Build every event of ``folder/events`` into ``folder/index``."""
    encoder = encoder or WordEncoder()
    build(folder / "index", find_events([folder / "events"]), encoder)
    return encoder


@pytest.fixture
def three(tmp_path: Path) -> Path:
    for name in ("fair", "night", "show"):
        made(tmp_path / "events", text=TALK.replace("Boats", f"The {name}"), name=name)
    built(tmp_path)
    return tmp_path


class Noticed(Source):
    """Notices when it is read."""

    noticed: ClassVar[list[str]] = []

    def read(self) -> Event:
        self.noticed.append(self.id)
        return super().read()


def test_files_that_did_not_change_are_not_even_read(three: Path) -> None:
    (three / "events" / "night" / "night.txt").write_text(TALK, "utf-8")
    sources = [Noticed(s.id, s.files, s.card_path) for s in find_events([three / "events"])]
    encoder = WordEncoder()
    done = build(three / "index", sources, encoder)
    assert Noticed.noticed == ["night"]
    assert (done.encoded, done.reused) == (("night",), ("fair", "show"))


def test_what_a_build_would_read_is_known_before(three: Path) -> None:
    def would_read(encoder: WordEncoder) -> set[str]:
        return set(changed(three / "index", find_events([three / "events"]), encoder))

    assert would_read(WordEncoder()) == set()
    made(three / "events", '[[notes]]\nquote = "Apples"\nnote = "Pears"', name="fair")
    made(three / "events", '[[hidden]]\nquote = "Apples"', name="show")
    assert would_read(WordEncoder()) == {"fair", "show"}
    built(three)
    assert would_read(WordEncoder()) == {"show"}, "no hash is kept of an event that hides words"
    assert would_read(WordEncoder(fingerprint="words-2")) == {"fair", "night", "show"}


def test_only_the_texts_that_changed_are_encoded(three: Path) -> None:
    text = TALK.replace("Boats", "The night")
    made(
        three / "events",
        '[[corrections]]\nquote = "Docks are wide"\ntext = "Docks are narrow"',
        name="night",
        text=text,
    )
    encoder = built(three)
    passage, sentence = encoder.encoded
    assert "narrow" in passage
    assert sentence == "Ann: Docks are narrow."


def test_a_segment_made_of_old_rows_is_the_one_made_of_none(three: Path) -> None:
    made(three / "events", '[[corrections]]\nquote = "Docks are wide"\ntext = "Docks are narrow"', name="night",
         text=TALK.replace("Boats", "The night"))  # fmt: skip
    built(three)
    patched = read_manifest(three / "index")
    shutil.rmtree(three / "index")
    built(three)
    assert read_manifest(three / "index") == patched


def test_taking_a_correction_back_restores_the_index_and_keeps_passage_ids(three: Path) -> None:
    before = (three / "index" / MANIFEST).read_bytes()
    ids = [p.id for p in open_index(three / "index").segment("night").passages]
    text = TALK.replace("Boats", "The night")
    made(three / "events", '[[corrections]]\nquote = "Apples"\ntext = "Big apples"', name="night", text=text)
    built(three)
    assert (three / "index" / MANIFEST).read_bytes() != before
    assert [p.id for p in open_index(three / "index").segment("night").passages] == ids
    made(three / "events", name="night", text=text)
    built(three)
    assert (three / "index" / MANIFEST).read_bytes() == before


def test_hidden_words_are_in_no_file_of_the_index_once_it_is_built(tmp_path: Path) -> None:
    text = TALK.replace("Apples", CANARY)
    made(tmp_path / "events", text=text)
    built(tmp_path)
    assert _holds(tmp_path / "index", CANARY)
    made(tmp_path / "events", f'[[hidden]]\nquote = "{CANARY}"', text=text)
    for _ in range(2):
        built(tmp_path)
        assert not _holds(tmp_path / "index", CANARY)
        assert read_manifest(tmp_path / "index").events[0].made_from == "", "a hash of the words could be guessed at"
    found = Retriever(open_index(tmp_path / "index"), WordEncoder()).search(CANARY)
    assert all(CANARY not in open_index(tmp_path / "index").transcript("fair").text[h.passage.start :] for h in found)


def _holds(folder: Path, words: str) -> bool:
    return any(words.encode() in held for held in files(folder).values())


def test_an_event_that_is_taken_out_leaves_the_disk(three: Path) -> None:
    gone = read_manifest(three / "index").events[1].stored[0].segment
    remove(three / "index", ["night"])
    assert [event.id for event in open_index(three / "index").events] == ["fair", "show"]
    assert not (three / "index" / SEGMENTS / gone).exists()
    with pytest.raises(NotIndexed, match="no event 'night'"):
        remove(three / "index", ["night"])


def test_hits_of_an_event_do_not_change_with_its_neighbours(three: Path) -> None:
    def hits() -> list[tuple[str, float]]:
        retriever = Retriever(open_index(three / "index"), WordEncoder())
        return [(h.passage.id, h.score) for h in retriever.search("apples", scope=Scope(event="fair"))]

    among = hits()
    remove(three / "index", ["night", "show"])
    assert hits() == among


def test_an_unchanged_segment_stays_loaded_in_a_renewed_index(three: Path) -> None:
    old = open_index(three / "index")
    fair, night = old.segment("fair"), old.segment("night")
    (three / "events" / "night" / "night.txt").write_text(TALK, "utf-8")
    built(three)
    new = old.renewed(read_manifest(three / "index"))
    assert new.segment("fair") is fair
    assert new.segment("night") is not night
    assert old.segment("night") is night


def test_events_lists_and_removes(three: Path) -> None:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(events_command, ["--index", str(three / "index"), *arguments], catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    assert "night" in run()
    rows = json.loads(run("--remove", "night", "--json"))
    assert [(row["id"], row["title"], row["speakers"]) for row in rows] == [
        ("fair", "Fair", ["Ann", "Bob"]),
        ("show", "Fair", ["Ann", "Bob"]),
    ]


def test_an_index_remembers_where_it_was_built_from(three: Path) -> None:
    assert roots(three / "index") == ()
    for _ in range(2):
        remember_roots(three / "index", [three / "events", three / "nowhere"])
    assert roots(three / "index") == ((three / "events").resolve(),)
