"""roundtable build and search, as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.commands import build, search
from index.default import DATA_VARIABLE, open_default
from index.errors import IndexDamaged, InputError, NotIndexed
from index.store import MANIFEST, SEGMENTS


def run(command, *arguments: str | Path) -> Result:  # type: ignore[no-untyped-def]
    return CliRunner().invoke(command, list(map(str, arguments)), catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made")
    (made / "fair.txt").write_text("Ann: Apples are red.\nBob: Boats sail.\nAnn: Cats purr.\nBob: Dogs bark.\n")
    said = run(build, made / "fair.txt", "--index", made / "index").output
    assert said == f"{made / 'index'}: 1 transcript encoded, 0 unchanged\n"
    return made


def test_building_again_encodes_nothing(folder: Path) -> None:
    said = run(build, folder / "fair.txt", "--index", folder / "index").output
    assert said == f"{folder / 'index'}: 0 transcripts encoded, 1 unchanged\n"


def test_a_search_prints_the_frozen_json(folder: Path) -> None:
    row = json.loads(run(search, "Who has boats?", "--index", folder / "index", "--json").output)
    (hit,) = row["hits"]
    assert list(row) == ["id", "question", "hits", "seconds"]
    assert {
        key: hit[key] for key in ("passage", "event", "transcript", "speakers", "kind", "lines", "start", "end")
    } == {
        "passage": "fair#t0-3",
        "event": "fair",
        "transcript": "fair",
        "speakers": ["Ann", "Bob"],
        "kind": "talk",
        "lines": [1, 4],
        "start": 5,
        "end": 69,
    }
    assert hit["text"] == (folder / "fair.txt").read_text()[5:69]


def test_a_batch_survives_bad_lines_and_keeps_their_ids(folder: Path) -> None:
    lines = [
        '{"id": 1, "question": "boats?", "extra": 0}',
        "not json",
        '{"id": "b"}',
        "",
        '{"id": "c", "question": " "}',
    ]
    lines += ['{"id": "d", "question": "boats?", "event": "nope"}', "[]", '{"id": "e", "question": "\\ud800 cats"}']
    (folder / "in.jsonl").write_text("\n".join(lines))
    run(search, "--batch", folder / "in.jsonl", "--output", folder / "out.jsonl", "--index", folder / "index")
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == [1, None, "b", "c", "d", None, "e"]
    assert ["error" in row for row in rows] == [False, True, True, True, True, True, False]
    assert "question: Field required" in rows[2]["error"]
    assert "no event 'nope'" in rows[4]["error"]


def test_two_batches_give_the_same_hits(folder: Path) -> None:
    (folder / "twice.jsonl").write_text('{"id": 1, "question": "cats and boats"}\n')
    for name in ("a", "b"):
        run(search, "--batch", folder / "twice.jsonl", "--output", folder / name, "--index", folder / "index")
    one, two = (json.loads((folder / name).read_text()) for name in ("a", "b"))
    assert one["hits"] == two["hits"]


def test_people_read_who_and_where(folder: Path) -> None:
    assert "1. Ann, Bob  fair:1-4" in run(search, "boats", "--index", folder / "index").output


@pytest.mark.parametrize("arguments", [[], ["boats", "--batch", "x"], ["--batch", "x"], ["--nope"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(search, arguments).exit_code == 2


def test_an_index_that_is_not_there_and_a_batch_that_is_not_there_are_named(folder: Path) -> None:
    with pytest.raises(NotIndexed, match="holds no index"):
        run(search, "boats", "--index", folder / "nothing")
    with pytest.raises(InputError, match=r"nothing\.jsonl"):
        run(search, "--batch", folder / "nothing.jsonl", "--output", folder / "o", "--index", folder / "index")


def test_an_explicit_index_that_is_damaged_is_never_rebuilt_silently(folder: Path, tmp_path: Path) -> None:
    run(build, folder / "fair.txt", "--index", tmp_path)
    next(tmp_path.glob(f"{SEGMENTS}/*/vectors.faiss")).write_bytes(b"")
    with pytest.raises(IndexDamaged, match="rebuild with: roundtable build PATH --index"):
        run(search, "boats", "--index", tmp_path)


def test_the_default_index_mends_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    index, _ = open_default()
    assert [event.id for event in index.events] == ["a-plan-01"]
    whole = (tmp_path / "index" / MANIFEST).read_bytes()
    for damage in (b"", whole.replace(b"PingCAP", b"PingKAP")):
        (tmp_path / "index" / MANIFEST).write_bytes(damage)
        open_default()
        assert (tmp_path / "index" / MANIFEST).read_bytes() == whole
