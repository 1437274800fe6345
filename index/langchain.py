"""Where the index meets LangChain; nothing else of the index imports it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings

from index.clean import clean
from index.onnx_encoder import unit
from index.types import Encoder, Encoding


@dataclass(frozen=True, slots=True)
class RoundtableEmbeddings(Embeddings):
    """An encoder of ours as LangChain's ``Embeddings``."""

    encoder: Encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Encode passages."""
        return [encoding.vector.tolist() for encoding in self.encoder.encode_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Encode a question."""
        vector: list[float] = self.encoder.encode_query(text).vector.tolist()
        return vector


@dataclass(frozen=True, slots=True)
class LangChainEncoder:
    """Any ``Embeddings`` of LangChain's as our encoder; it has no token states."""

    embeddings: Embeddings
    name: str
    fingerprint: str
    dimensions: int

    def encode_query(self, text: str) -> Encoding:
        """Encode a question."""
        return _encoding(self.embeddings.embed_query(clean(text)))

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        """Encode passages one a call, so that none depends on its neighbours."""
        for text in texts:
            yield _encoding(self.embeddings.embed_documents([clean(text)])[0])


def encoder_of(embeddings: Embeddings, name: str) -> LangChainEncoder:
    """Wrap an ``Embeddings``; its fingerprint is the name and the vector it gives to a fixed text."""
    probe = embeddings.embed_documents(["roundtable"])[0]
    digest = hashlib.sha256(name.encode() + np.asarray(probe, np.float32).tobytes())
    return LangChainEncoder(embeddings, name, digest.hexdigest(), len(probe))


def _encoding(numbers: list[float]) -> Encoding:
    return Encoding(unit(np.asarray(numbers, np.float32)), None)
