"""The unigram tokenizer of multilingual-e5-small, read in a tenth of a second.

The same segmentation as Hugging Face's ``tokenizers`` gives (tested), which takes a second and 150 MB to read the same
250,002 pieces from JSON; questions and passages are short, so plain dictionaries are fast enough (under 3% of a run).
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import EncoderError
from index.types import Floats

SPACE = "\u2581"  # SentencePiece's mark for the space before a word
BOS, EOS, UNKNOWN = 0, 2, 3
_LARGE, _RECORD = 45, 46  # version of the format that holds large files; bytes of a directory record before its name
UNKNOWN_PENALTY = 10.0  # SentencePiece: an unknown character scores this much below the worst piece
SPECIALS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")  # never read from text, or a visitor could type them


@dataclass(frozen=True, slots=True)
class Unigram:
    """``ids`` by piece, ``scores`` by id, and ``longest``: the length of the longest piece by first character."""

    ids: dict[str, int]
    scores: list[float]
    longest: dict[str, int]
    unknown: float

    def encode(self, text: str, limit: int) -> list[int]:
        """Segment a normalised text into at most ``limit`` piece ids, without special tokens."""
        return [self.ids.get(piece, UNKNOWN) for piece in self.pieces(text, limit)]

    def pieces(self, text: str, limit: int) -> list[str]:
        """The same as the pieces themselves; what is in no piece is as it stands in the text."""
        found: list[str] = []
        for word in text.split(" "):
            if word:
                found.extend(self._segment(SPACE + word))
                if len(found) >= limit:
                    break
        return found[:limit]

    def _segment(self, word: str) -> list[str]:
        """The likeliest segmentation of one word (Viterbi); neighbouring unknown characters make one unknown token."""
        end = len(word)
        best = [0.0] + [-np.inf] * end
        came = [0] * (end + 1)
        scores, id_of, longest = self.scores, self.ids.get, self.longest.get
        for start in range(end):
            here = best[start]
            unknown = here + self.unknown
            if unknown > best[start + 1]:
                best[start + 1], came[start + 1] = unknown, start
            for stop in range(start + 1, min(end, start + longest(word[start], 0)) + 1):
                piece = id_of(word[start:stop])
                if piece is not None and here + scores[piece] > best[stop]:
                    best[stop], came[stop] = here + scores[piece], start
        return self._walk_back(word, came)

    def _walk_back(self, word: str, came: list[int]) -> list[str]:
        pieces: list[str] = []
        stop = len(word)
        while stop:
            piece = word[came[stop] : stop]
            if pieces and not (piece in self.ids or pieces[-1] in self.ids):
                pieces[-1] = piece + pieces[-1]
            else:
                pieces.append(piece)
            stop = came[stop]
        return pieces[::-1]


def save(path: Path, pieces: Sequence[str], scores: Floats) -> None:
    """Write the vocabulary as a NumPy archive, the same bytes every time and under every Python."""
    if any("\n" in piece for piece in pieces):
        raise EncoderError("a piece of the vocabulary holds a line break, which the file format cannot express")
    longest = {piece[0]: len(piece) for piece in sorted(set(pieces) - set(SPECIALS), key=lambda p: (len(p), p))}
    np.savez(
        path,
        pieces=np.frombuffer("\n".join(pieces).encode(), np.uint8),
        scores=scores.astype(np.float32),
        firsts=np.frombuffer("".join(longest).encode(), np.uint8),
        longest=np.array(list(longest.values()), np.uint8),
    )
    _settle(path)


def _settle(path: Path) -> None:
    """Write the headers as Python does from 3.11.4 on: an earlier one says otherwise which version reads them and how large
    the entries are, and the encoder's fingerprint, which is of the bytes, would be another.
    """
    written = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entries, at = archive.infolist(), archive.start_dir
    for entry in entries:
        header = entry.header_offset
        written[header + 4] = written[at + 4] = written[at + 6] = _LARGE
        written[header + 18 : header + 26] = b"\xff" * 8  # the sizes stand behind the name
        at += _RECORD + len(entry.filename.encode()) + len(entry.extra) + len(entry.comment)
    path.write_bytes(bytes(written))


def load(path: Path) -> Unigram:
    """Read what :func:`save` wrote."""
    with np.load(path, allow_pickle=False) as archive:
        pieces = archive["pieces"].tobytes().decode().split("\n")
        scores = archive["scores"].tolist()
        longest = dict(zip(archive["firsts"].tobytes().decode(), archive["longest"].tolist(), strict=True))
    ids = dict(zip(pieces, range(len(pieces)), strict=True))
    for special in SPECIALS:
        ids.pop(special, None)
    return Unigram(ids, scores, longest, min(scores) - UNKNOWN_PENALTY)
