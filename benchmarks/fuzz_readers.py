"""Fuzz one reader with atheris, if it is installed: ``python -m benchmarks.fuzz_readers SUFFIX [SECONDS]``.

Any bytes are read or refused with a named error, within the text's bounds, and no word of a Word document is lost.
SECONDS are of processor time. Atheris (Apache-2.0) is no dependency of ours; it slows the instrumented code down.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import atheris

from benchmarks.fuzz_documents import built, package

with atheris.instrument_imports(include=["index"]):
    from index.errors import TranscriptError
    from index.formats.read import SUFFIXES, read_file
    from index.formats.utterance import Reading

_FOLDER = Path(tempfile.mkdtemp(prefix="roundtable-fuzz-"))
_FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"
_RAW, _PACKED, _BUILT = range(3)  # what the first byte of a Word document's input says of the rest


class Fuzzer:
    """Reads inputs as files of one format until its processor time is spent, then ends the process."""

    def __init__(self, suffix: str, seconds: float) -> None:
        self._path, self._seconds, self._inputs, self._read = _FOLDER / f"input{suffix}", seconds, 0, 0

    def one(self, data: bytes) -> None:
        """Read one input; whatever is wrong with the reading is raised, and ends the run."""
        content, spoken = _document(data) if self._path.suffix == ".docx" else (data, None)
        self._path.write_bytes(content)
        self._inputs += 1
        try:
            read = read_file(self._path, None)
        except TranscriptError:
            assert not (spoken and spoken.strip()), "a sound document is refused"
        else:
            self._read += 1
            _check(read)
            assert spoken is None or _letters(read.text) == _letters(spoken), "words are lost or made up"
        if time.process_time() > self._seconds:
            print(
                f"{self._path.suffix}: {self._inputs:,} inputs, {self._read:,} of them read, nothing found", flush=True
            )
            os._exit(0)  # libFuzzer takes an exception for a finding


def _document(data: bytes) -> tuple[bytes, str | None]:
    kind, rest = data[0] % 3 if data else _RAW, data[1:]
    if kind == _BUILT:
        document, spoken = built(rest)
        return package(document), spoken
    return (package(rest) if kind == _PACKED else rest), None


def _check(read: Reading) -> None:
    offsets = [0, *(turn.end for turn in read.turns)]
    assert offsets == sorted(offsets), "turns run backwards"
    assert offsets[-1] == len(read.text), "turns do not reach the end"
    assert all(0 <= origin.offset <= len(read.text) and origin.line > 0 for origin in read.origins)
    assert all(anchor.seconds is None or 0 <= anchor.seconds <= 86400 for anchor in read.anchors)


def _letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def _seeds(suffix: str) -> Iterator[bytes]:
    if suffix != ".docx":
        yield from (path.read_bytes() for path in _FIXTURES.iterdir() if path.suffix == suffix)
        return
    chosen = bytes(range(0, 256, 3))
    yield from (
        bytes([_BUILT]) + chosen,
        bytes([_PACKED]) + built(chosen)[0],
        bytes([_RAW]) + package(built(chosen)[0]),
    )


def main(suffix: str, seconds: str = "60") -> None:
    """Run for a while; a finding ends the run with its input."""
    if suffix not in SUFFIXES:
        sys.exit(f"no reader for {suffix!r}; there are {', '.join(sorted(SUFFIXES))}")
    folder = _FOLDER / "found"
    folder.mkdir()
    for number, seed in enumerate(_seeds(suffix)):
        (folder / str(number)).write_bytes(seed)
    options = [
        "-max_len=4096",
        "-len_control=0",
        "-timeout=60",
        "-print_final_stats=1",
        f"-artifact_prefix={_FOLDER}/",
        str(folder),
    ]
    atheris.Setup([sys.argv[0], *options], Fuzzer(suffix, float(seconds)).one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
