"""A legible encoder: a text's vector counts its words, its token states are the words themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.event import Event, EventCard, Speaker
from index.source import read_transcript
from index.sparse import terms
from index.types import Encoding

WORDS = 64  # dimensions: each word has its own, unless two collide


@dataclass
class WordEncoder:
    """Texts that share words are near; ``encoded`` remembers every passage it was given."""

    name: str = "words"
    fingerprint: str = "words-1"
    dimensions: int = WORDS
    encoded: list[str] = field(default_factory=list)

    def encode_query(self, text: str) -> Encoding:
        return _encoding(text)

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        for text in texts:
            self.encoded.append(text)
            yield _encoding(text)


def _encoding(text: str) -> Encoding:
    places = [int(hashlib.sha256(t.encode()).hexdigest(), 16) % WORDS for t in terms(text)] or [0]
    tokens = np.eye(WORDS, dtype=np.float32)[places]
    mean = tokens.mean(axis=0)
    return Encoding((mean / np.linalg.norm(mean)).astype(np.float32), tokens)


def event(id: str, text: str, *, card: EventCard | None = None) -> Event:
    """An event of one transcript."""
    transcript = read_transcript(text, id=id, event=id, card=card)
    return Event(id, card or EventCard(title=id), (transcript,), carded=card is not None)


def card(*names: str) -> EventCard:
    """A card that knows these speakers."""
    return EventCard(title="card", speakers=tuple(Speaker(name=name) for name in names))  # type: ignore[call-arg]


def files(directory: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock, by relative path."""
    paths = (path for path in sorted(directory.rglob("*")) if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(directory)): path.read_bytes() for path in paths}
