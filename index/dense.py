"""Dense vectors in FAISS: exact inner products, written and read without pickle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .types import Floats


def dump(vectors: Floats) -> bytes:
    """A flat inner-product index of unit vectors [n, d], as bytes."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, np.float32))
    return bytes(faiss.serialize_index(index).tobytes())


def load(dumped: bytes | NDArray[np.uint8]) -> Floats:
    """The vectors [n, d] of a dumped index."""
    import faiss

    index = faiss.deserialize_index(np.frombuffer(dumped, np.uint8))
    return np.asarray(index.reconstruct_n(0, index.ntotal), np.float32).reshape(index.ntotal, index.d)
