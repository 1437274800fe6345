"""Fuzz every reader with atheris, if it is installed: ``python -m benchmarks.fuzz_readers [SECONDS]``.

Any bytes are read or refused with a named error, within the text's bounds. Atheris (Apache-2.0) is no dependency of ours.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["index"]):
    from index.errors import TranscriptError
    from index.formats.read import SUFFIXES, read_file

_SUFFIXES = sorted(SUFFIXES)
_FOLDER = Path(tempfile.mkdtemp(prefix="roundtable-fuzz-"))


def one(data: bytes) -> None:
    """Read one input as a file of the format its first byte chooses."""
    path = _FOLDER / f"input{_SUFFIXES[data[0] % len(_SUFFIXES)] if data else '.txt'}"
    path.write_bytes(data[1:])
    try:
        read = read_file(path, None)
    except TranscriptError:
        return
    offsets = [0, *(turn.end for turn in read.turns)]
    assert offsets == sorted(offsets), "turns run backwards"
    assert offsets[-1] == len(read.text), "turns do not reach the end"
    assert all(0 <= origin.offset <= len(read.text) and origin.line > 0 for origin in read.origins)
    assert all(anchor.seconds is None or 0 <= anchor.seconds <= 86400 for anchor in read.anchors)


def main(seconds: str = "60") -> None:
    """Run for a while; a finding ends the run with its input."""
    fixtures = str(Path(__file__).parent.parent / "tests" / "fixtures")
    found = str(_FOLDER / "found")
    Path(found).mkdir()
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-timeout=10", found, fixtures], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
