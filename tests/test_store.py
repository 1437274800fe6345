"""The index on disk: what a build writes, what a reader refuses, and what a killed or starved builder leaves."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from index.build import build
from index.errors import IndexDamaged, IndexMismatch, IndexUnwritable, NotIndexed
from index.retriever import Retriever
from index.store import MANIFEST, SEGMENTS, open_index
from tests.waiting import until
from tests.words import WordEncoder, event, files

FRUIT = "Ann: Apples are red.\nBob: Boats sail.\nAnn: Yes.\nBob: No.\n"
SHIPS = "Cat: Ships are slow.\nDan: Docks are wide.\nCat: Yes.\nDan: No.\n"


def test_two_builds_give_identical_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build(tmp_path / name, [event("fair", FRUIT), event("show", SHIPS)], WordEncoder())
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_same_transcript_has_the_same_segment_whatever_is_built_with_it(tmp_path: Path) -> None:
    build(tmp_path / "alone", [event("fair", FRUIT)], WordEncoder())
    build(tmp_path / "both", [event("show", SHIPS), event("fair", FRUIT)], WordEncoder())
    alone, both = files(tmp_path / "alone" / SEGMENTS), files(tmp_path / "both" / SEGMENTS)
    assert alone.items() <= both.items()


def test_only_a_changed_transcript_is_encoded_again(tmp_path: Path) -> None:
    build(tmp_path, [event("fair", FRUIT), event("show", SHIPS)], WordEncoder())
    encoder = WordEncoder()
    built = build(tmp_path, [event("fair", FRUIT + "Ann: Cats purr.\n")], encoder)
    assert (built.encoded, built.reused) == (("fair",), ("show",))
    assert not any("Ships" in text for text in encoder.encoded)
    assert "Cats purr" in open_index(tmp_path, encoder).transcript("fair").text


def test_a_changed_encoder_encodes_everything_again(tmp_path: Path) -> None:
    build(tmp_path, [event("fair", FRUIT), event("show", SHIPS)], WordEncoder())
    other = WordEncoder(fingerprint="words-2")
    assert build(tmp_path, [event("fair", FRUIT)], other).encoded == ("fair", "show")
    assert {entry.id for entry in open_index(tmp_path, other).events} == {"fair", "show"}


def test_an_index_of_another_encoder_is_refused_with_the_command_that_rebuilds_it(tmp_path: Path) -> None:
    build(tmp_path, [event("fair", FRUIT)], WordEncoder())
    with pytest.raises(IndexMismatch, match=r"'words' \(words-1\).*roundtable build PATH --index .*--embedding other"):
        open_index(tmp_path, WordEncoder(name="other", fingerprint="other-1"))


def test_a_folder_without_an_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotIndexed, match="holds no index; build one with: roundtable build"):
        open_index(tmp_path)


def test_a_newer_schema_is_refused_by_number(tmp_path: Path) -> None:
    build(tmp_path, [event("fair", FRUIT)], WordEncoder())
    manifest = tmp_path / MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "schema": 99}))
    with pytest.raises(IndexDamaged, match=r"manifest.json has schema 99, this version reads 1; rebuild with"):
        open_index(tmp_path)


def test_one_changed_byte_in_any_file_is_found_and_a_build_repairs_it(tmp_path: Path) -> None:
    build(tmp_path, [event("fair", FRUIT)], WordEncoder())
    whole = files(tmp_path)
    for name, held in whole.items():
        path = tmp_path / name
        path.write_bytes(held[:-3] + bytes([held[-3] ^ 1]) + held[-2:])
        with pytest.raises(IndexDamaged, match=r"rebuild with: roundtable build"):
            open_index(tmp_path).transcript("fair")
        build(tmp_path, [event("fair", FRUIT)], WordEncoder())
        assert files(tmp_path) == whole, name


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    build(tmp_path, [event("fair", FRUIT)], WordEncoder())
    next(tmp_path.glob(f"{SEGMENTS}/*/vectors.faiss")).unlink()
    with pytest.raises(IndexDamaged, match=r"vectors.faiss is damaged \(No such file"):
        open_index(tmp_path).transcript("fair")


def test_a_reader_of_the_old_index_goes_on_while_a_new_one_is_built(tmp_path: Path) -> None:
    build(tmp_path, [event("fair", FRUIT)], WordEncoder())
    old = open_index(tmp_path)
    build(tmp_path, [event("fair", SHIPS)], WordEncoder())
    assert old.transcript("fair").text == FRUIT
    assert open_index(tmp_path).transcript("fair").text == SHIPS


def test_a_bare_stem_is_accepted_where_one_transcript_has_it(tmp_path: Path) -> None:
    both = (renamed("fair", "fair/day"), renamed("show", "show/night"), renamed("late", "late/night"))
    build(tmp_path, both, WordEncoder())
    index = open_index(tmp_path)
    assert index.resolve("day") == "fair/day"
    with pytest.raises(
        NotIndexed, match="'night' names several transcripts; choose one of: 'late/night', 'show/night'"
    ):
        index.resolve("night")


def renamed(event_id: str, transcript_id: str):  # type: ignore[no-untyped-def]
    made = event(event_id, FRUIT)
    return replace(made, transcripts=(replace(made.transcripts[0], id=transcript_id),))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(0o500)
    if os.access(shut, os.W_OK):  # root writes anywhere, but not below a file
        shut.rmdir()
        shut.touch()
    with pytest.raises(IndexUnwritable, match="cannot write the index"):
        build(shut / "index", [event("fair", FRUIT)], WordEncoder())


def test_a_read_only_index_serves(tmp_path: Path) -> None:
    build(tmp_path, [event("fair", FRUIT)], WordEncoder())
    (tmp_path / ".lock").unlink()
    for path in (*tmp_path.rglob("*"), tmp_path):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert Retriever(open_index(tmp_path, WordEncoder()), WordEncoder()).search("apples")
        assert not (tmp_path / ".lock").exists(), "reading takes no lock"
    finally:
        for path in (tmp_path, *tmp_path.rglob("*")):
            path.chmod(0o700)


@dataclass
class SlowEncoder(WordEncoder):
    """Says that it began, and never ends."""

    began: Path = Path()

    def encode_passages(self, texts):  # type: ignore[no-untyped-def]
        for encoding in super().encode_passages(texts):
            yield encoding
            self.began.touch()
            time.sleep(60)


def _build_slowly(folder: Path, began: Path) -> None:
    build(folder, [event("fair", SHIPS)], SlowEncoder(began=began))


def _build_starved(folder: Path, says: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))  # every larger file fails in the middle, as on a full disk
    try:
        build(folder, [event("fair", SHIPS)], WordEncoder())
    except IndexUnwritable as error:
        says.write_text(str(error))


def test_a_builder_that_is_killed_leaves_the_old_index_and_the_next_build_sweeps_up(tmp_path: Path) -> None:
    folder, began = tmp_path / "index", tmp_path / "began"
    build(folder, [event("fair", FRUIT)], WordEncoder())
    whole = files(folder)
    (folder / SEGMENTS / ".building-left").mkdir()
    builder = multiprocessing.get_context("spawn").Process(target=_build_slowly, args=(folder, began))
    builder.start()
    until(began.exists)
    builder.kill()
    builder.join()
    assert open_index(folder, WordEncoder()).transcript("fair").text == FRUIT
    build(folder, [event("fair", FRUIT)], WordEncoder())
    assert files(folder) == whole
    assert not list(folder.rglob(".building-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits")
def test_a_builder_without_space_says_so_and_leaves_the_old_index(tmp_path: Path) -> None:
    folder, says = tmp_path / "index", tmp_path / "says"
    build(folder, [event("fair", FRUIT)], WordEncoder())
    whole = files(folder)
    builder = multiprocessing.get_context("spawn").Process(target=_build_starved, args=(folder, says))
    builder.start()
    builder.join()
    assert "cannot write the index" in says.read_text()
    assert "What was there before is unchanged" in says.read_text()
    assert whole.items() <= files(folder).items()
    assert open_index(folder, WordEncoder()).transcript("fair").text == FRUIT
