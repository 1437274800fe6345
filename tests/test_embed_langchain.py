"""LangChain's Embeddings and our encoders, each as the other."""

from __future__ import annotations

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from index.langchain import RoundtableEmbeddings, encoder_of
from tests.encoders import default_encoder


def test_our_encoder_serves_langchain() -> None:
    embeddings: Embeddings = RoundtableEmbeddings(default_encoder())
    query = embeddings.embed_query("谁创办了Alluxio?")
    assert query == default_encoder().encode_query("谁创办了Alluxio?").vector.tolist()
    documents = embeddings.embed_documents(["数据库", "云计算"])
    assert documents == [e.vector.tolist() for e in default_encoder().encode_passages(["数据库", "云计算"])]
    assert query != embeddings.embed_documents(["谁创办了Alluxio?"])[0]


def test_langchains_embeddings_serve_as_our_encoder() -> None:
    encoder = encoder_of(DeterministicFakeEmbedding(size=8), "fake")
    assert (encoder.name, encoder.dimensions) == ("fake", 8)
    query = encoder.encode_query("a question")
    (passage,) = encoder.encode_passages(["a question"])
    assert query.tokens is None
    assert np.array_equal(query.vector, passage.vector)
    assert np.isclose(np.linalg.norm(query.vector), 1)


def test_the_fingerprint_tells_models_apart_by_name_and_by_what_they_say() -> None:
    one = encoder_of(DeterministicFakeEmbedding(size=8), "fake")
    assert one.fingerprint == encoder_of(DeterministicFakeEmbedding(size=8), "fake").fingerprint
    assert one.fingerprint != encoder_of(DeterministicFakeEmbedding(size=8), "other").fingerprint
    assert one.fingerprint != encoder_of(DeterministicFakeEmbedding(size=9), "fake").fingerprint


def test_there_and_back_is_the_same_vector() -> None:
    back = encoder_of(RoundtableEmbeddings(default_encoder()), "round trip")
    assert np.allclose(back.encode_query("数据库").vector, default_encoder().encode_query("数据库").vector, atol=1e-6)
