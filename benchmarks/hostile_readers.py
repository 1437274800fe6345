"""How long each reader takes over a megabyte of hostile lines: the worst text for each, in processor time.

The loop printed first tells a quiet machine from a busy one, on which processor time grows as well.

usage: python -m benchmarks.hostile_readers [SUFFIX...]
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.fuzz_documents import package, paragraphs
from benchmarks.hostile_texts import MEGABYTE, texts
from index.errors import TranscriptError
from index.formats.read import read_file

SUFFIXES = (".txt", ".md", ".srt", ".vtt", ".json", ".docx")


def content(suffix: str, text: str) -> bytes:
    """About a megabyte of a format that says this; JSON once as the text and once as sound JSON that says it."""
    if suffix == ".docx":
        return package(paragraphs(text.split("\n")))
    if suffix == "sound .json":
        rows, left = list[str](), MEGABYTE
        for line in text.split("\n"):
            rows.append(json.dumps({"speaker": line[:9], "start": len(rows), "text": line}, ensure_ascii=False))
            left -= len(rows[-1].encode())
            if left < 0:
                break
        return f"[{','.join(rows)}]".encode()
    return text.encode()


def seconds(suffix: str, text: str, folder: Path) -> float:
    """Processor time of one reading, or refusal."""
    path = folder / f"talk{suffix.split()[-1]}"
    path.write_bytes(content(suffix, text))
    began = time.process_time()
    with suppress(TranscriptError):
        read_file(path, None)
    return time.process_time() - began


def main(*suffixes: str) -> None:
    """Print the three slowest texts of each reader."""
    began = time.process_time()
    sum(n * n for n in range(10**7))
    print(f"ten million squares: {time.process_time() - began:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        for suffix in suffixes or (*SUFFIXES, "sound .json"):
            taken = sorted(
                ((seconds(suffix, text, Path(folder)), name) for name, text in texts().items()), reverse=True
            )
            slowest = ", ".join(f"{name} {took:.2f} s" for took, name in taken[:3])
            over = sum(1 for took, _ in taken if took >= 1)
            print(f"{suffix}: {len(taken)} texts, {over} of a second or more, slowest {slowest}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
