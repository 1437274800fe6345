"""100,000 passages in one index: time to build, time to open, time a search, memory.

    python -m benchmarks.scale [--passages 100000] [--transcripts 200]

Texts are made of random words, vectors and token states are drawn from a fixed pool, so that the index is measured and
not the encoder (which adds what `python -m benchmarks.encoder` reports for as many passages and sentences). Exactness
is checked against a plain scan of all vectors: the same cosine for every passage, and the same nearest ten.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.build import build
from index.event import Event, EventCard
from index.field import field
from index.retriever import Retriever
from index.source import read_transcript
from index.store import open_index
from index.types import Encoding, Floats, Scope

DIMENSIONS, POOL, TOKENS = 384, 1 << 16, 60  # TOKENS of a passage of 100 Chinese characters
TOLERANCE = 1e-5  # of a cosine, for sums of 384 products in single precision
WORDS = [chr(0x4E00 + a) + chr(0x4E00 + b) for a in range(0, 2000, 40) for b in range(7, 2000, 40)]


@dataclass(frozen=True, slots=True)
class PoolEncoder:
    """Vectors from a pool, by the text's hash: costs nothing and is the same in every run."""

    pool: Floats
    name: str = "pool"
    fingerprint: str = "pool"
    dimensions: int = DIMENSIONS

    def encode_query(self, text: str) -> Encoding:
        """Encode a question."""
        return self._encoding(text, 12)

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        """Encode passages."""
        return (self._encoding(text, TOKENS) for text in texts)

    def _encoding(self, text: str, tokens: int) -> Encoding:
        at = sum(map(ord, text)) * 31 % (POOL - tokens - 1)
        return Encoding(self.pool[at], self.pool[at + 1 : at + 1 + tokens])


def talk(number: int, passages: int) -> Event:
    """An event of one transcript of about so many passages, one a paragraph."""
    random = np.random.default_rng(number)
    words = random.choice(WORDS, (passages, 3, 32))
    text = "\n".join("。".join("".join(sentence) for sentence in paragraph) + "。" for paragraph in words)
    name = f"talk-{number:04}"
    return Event(name, EventCard(title=name), (read_transcript(text, id=name, event=name, card=None),))


def main() -> None:
    """Build, open, search, report."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--transcripts", type=int, default=200)
    chosen = options.parse_args()
    pool = np.random.default_rng(0).normal(size=(POOL, DIMENSIONS)).astype(np.float32)
    encoder = PoolEncoder(pool / np.linalg.norm(pool, axis=1, keepdims=True))
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        events = [talk(n, chosen.passages // chosen.transcripts) for n in range(chosen.transcripts)]
        began = time.perf_counter()
        build(folder, events, encoder)
        built = time.perf_counter() - began
        began = time.perf_counter()
        build(folder, events[:1], encoder)
        again = time.perf_counter() - began
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        del events
        began = time.perf_counter()
        retriever = Retriever(open_index(folder, encoder), encoder)
        retriever.search("打开")
        opened = time.perf_counter() - began
        _report(retriever, built, again, opened, size)


def _is_exact(retriever: Retriever, question: str) -> bool:
    """Whether the dense leg gives every passage the cosine that a plain scan in double precision does."""
    vector, searched = retriever.encoder.encode_query(question).vector, field(retriever.index, Scope(), ())
    found = searched.dense(retriever.encoder.encode_query(question))
    plain = np.concatenate([segment.vectors @ vector.astype(np.float64) for segment in searched.segments])
    ours, theirs = (np.sort(np.argpartition(-scores, 10)[:10]) for scores in (found, plain))
    return float(np.abs(found - plain).max()) < TOLERANCE and bool(np.array_equal(ours, theirs))


def _report(retriever: Retriever, built: float, again: float, opened: float, size: int) -> None:
    segments = [retriever.index.segment(id) for event in retriever.index.events for id in event.transcripts]
    count = sum(len(segment.passages) for segment in segments)
    random, seconds, exact = np.random.default_rng(1), list[float](), 0
    for _ in range(100):
        question = "".join(random.choice(WORDS, 6))
        began = time.perf_counter()
        hits = retriever.passages(question, k=20)
        seconds.append(time.perf_counter() - began)
        assert hits
        exact += _is_exact(retriever, question)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    print(f"{count} passages, {sum(len(s.sentences) for s in segments)} sentences, {size / 1e9:.1f} GB on disk")
    print(f"build {built:.0f} s without encoding, again with nothing changed {again:.0f} s")
    print(f"open, check every byte and first search {opened:.1f} s")
    print(f"search exact for {exact} of {len(seconds)} questions")
    print(f"search p50 {p50:.0f} ms, p95 {p95:.0f} ms over everything; peak memory {memory:.0f} MB with the builder's")


if __name__ == "__main__":
    main()
