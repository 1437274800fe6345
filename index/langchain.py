"""Where the index meets LangChain; nothing else of the index imports it.

A hit's document has its passage's id, the exact slice as its text, and in its metadata what a passage is made of, so
that any ``BaseRetriever`` whose documents name a transcript and a span of it can feed the bot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.clean import clean
from index.encoder.onnx_encoder import unit
from index.errors import NotIndexed
from index.found import hit_row
from index.retriever import EVERYWHERE, Retriever
from index.store import Index
from index.types import Encoder, Encoding, Hit, Legs, Passage, Scope


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


class RoundtableRetriever(BaseRetriever):
    """Our retriever as LangChain's: documents are exact slices, with speaker, place and offsets in their metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    scope: Scope = EVERYWHERE
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        hits = self.retriever.search(query, scope=self.scope, k=k or self.k)
        return [to_document(self.retriever.index, hit) for hit in hits]


def to_document(index: Index, hit: Hit) -> Document:
    """A hit as a document."""
    row = hit_row(index, hit)
    turns = {"first": hit.passage.first, "last": hit.passage.last}
    legs = {"dense": hit.legs.dense, "sparse": hit.legs.sparse, "maxsim": hit.legs.maxsim}
    metadata = {key: value for key, value in row.items() if key not in ("text", "score")}
    return Document(
        id=hit.passage.id, page_content=row["text"], metadata={**metadata, **turns, **legs, "score": hit.score}
    )


def from_document(index: Index, found: Document, *, rank: int = 0) -> Hit:
    """A document as a hit; its span must be in a transcript of the index and its text that very slice.

    A document without a score, as other retrievers give them, is scored by its ``rank``.
    """
    held = found.metadata
    if not {"transcript", "start", "end"} <= held.keys():
        raise NotIndexed(f"the document {found.id!r} names no transcript, start and end in its metadata; add them")
    transcript = index.transcript(held["transcript"])
    start, end = int(held["start"]), int(held["end"])
    if transcript.text[start:end] != found.page_content:
        raise NotIndexed(f"the document {found.id!r} is not characters {start} to {end} of {transcript.id!r}")
    inside = [n for n, turn in enumerate(transcript.turns) if turn.start < end and start < turn.end]
    passage = Passage(
        id=found.id or f"{transcript.id}#{start}-{end}",
        transcript=transcript.id,
        first=inside[0],
        last=inside[-1],
        start=start,
        end=end,
        speakers=tuple(dict.fromkeys(s for n in inside if (s := transcript.turns[n].speaker))),
    )
    score = float(held.get("score", -rank))
    return Hit(passage, score, Legs(held.get("dense"), held.get("sparse"), held.get("maxsim")))
