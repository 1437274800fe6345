"""A converted encoder on disk: its files, their hashes, and the one place that writes and reads ``encoder.json``."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import EncoderError

FORMAT = 2  # raise it when the files or the arithmetic change: an older folder is then converted anew
CARD, MODEL, VOCABULARY, WORDS = "encoder.json", "model.onnx", "vocabulary.npz", "words.npy"
FILES = (MODEL, VOCABULARY, WORDS)
SOURCE = "sentence-transformers"  # the folder kept beside them for benchmarks, on request


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """What a converted encoder is: ``files`` maps each file to its sha256, ``made_with`` package to version."""

    name: str
    dimensions: int
    query_prompt: str
    passage_prompt: str
    files: dict[str, str]
    made_with: dict[str, str]
    format: int = FORMAT

    @property
    def fingerprint(self) -> str:
        """A hash of weights, tokenizer, prompts and format, and of nothing that leaves vectors as they are."""
        parts = [
            self.format,
            self.name,
            self.dimensions,
            self.query_prompt,
            self.passage_prompt,
            sorted(self.files.items()),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def write_card(folder: Path, card: EncoderCard) -> None:
    """Write the card last, when every file it vouches for is on the disk."""
    content = asdict(card) | {"fingerprint": card.fingerprint}
    (folder / CARD).write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    for path in (*(folder / name for name in FILES), folder / CARD):
        with path.open("rb") as stream:
            os.fsync(stream.fileno())


def read_card(folder: Path) -> EncoderCard:
    """Read and verify a folder: every file there with its recorded hash, of this program's format."""
    try:
        content = json.loads((folder / CARD).read_text(encoding="utf-8"))
        recorded = content.pop("fingerprint")
        card = EncoderCard(**content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(folder, f"{CARD} cannot be read ({error})") from error
    if card.format != FORMAT:
        raise damaged(folder, f"it is of format {card.format!r}, not {FORMAT!r}")
    if set(card.files) != set(FILES) or recorded != card.fingerprint:
        raise damaged(folder, f"{CARD} does not agree with itself")
    for name, wanted in card.files.items():
        if (found := hash_file(folder / name)) != wanted:
            raise damaged(folder, f"{name} has sha256 {found!r}, not {wanted!r}")
    return card


def hash_file(path: Path) -> str | None:
    """The sha256 of a file in hexadecimal, None where there is no file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def damaged(folder: Path, reason: str) -> EncoderError:
    """The error for a folder that cannot be used."""
    return EncoderError(
        f"the converted encoder in {str(folder)!r} cannot be used: {reason}; delete that folder and it is converted"
        " anew, in about half a minute"
    )
