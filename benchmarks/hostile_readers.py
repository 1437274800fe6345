"""How long each text reader takes over a megabyte of hostile lines: the worst text for each, in processor time.

usage: python -m benchmarks.hostile_readers
"""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.hostile_texts import texts
from index.errors import TranscriptError
from index.formats.read import read_file

SUFFIXES = (".txt", ".md", ".srt", ".vtt", ".json")


def main() -> None:
    """Print the three slowest texts of each reader."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in SUFFIXES:
            taken = []
            for name, text in texts().items():
                path = Path(folder) / f"talk{suffix}"
                path.write_text(text, "utf-8")
                began = time.process_time()
                with suppress(TranscriptError):
                    read_file(path, None)
                taken.append((time.process_time() - began, name))
            worst = sorted(taken, reverse=True)
            print(
                f"{suffix}: {len(worst)} texts, slowest "
                + ", ".join(f"{name} {seconds:.2f} s" for seconds, name in worst[:3]),
                flush=True,
            )


if __name__ == "__main__":
    main()
