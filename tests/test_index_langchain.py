"""Our retriever under LangChain's own suite, and documents there and back."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_tests.integration_tests import RetrieversIntegrationTests

from index.build import build
from index.errors import NotIndexed
from index.langchain import RoundtableRetriever, from_document, to_document
from index.retriever import Retriever
from index.store import open_index
from tests.words import WordEncoder, event

TALK = "\n".join(
    f"{who}: {topic} is what I would like to talk about here, and it matters to all of us a great deal. " * 6
    for who, topic in zip(
        ["Ann", "Bob", "Ann", "Bob", "Ann", "Bob"], ["apples", "boats", "cats", "dogs", "eggs", "figs"], strict=True
    )
)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder = tmp_path_factory.mktemp("index")
    build(folder, [event("fair", TALK)], WordEncoder())
    return Retriever(open_index(folder, WordEncoder()), WordEncoder())


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestRoundtableRetriever(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _opened(self, ours: Retriever) -> None:
        self._ours = ours

    @property
    def retriever_constructor(self) -> type[RoundtableRetriever]:
        return RoundtableRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"retriever": self._ours}

    @property
    def retriever_query_example(self) -> str:
        return "what about boats?"


def test_a_hit_goes_through_a_document_unchanged(ours: Retriever) -> None:
    (hit, *_) = ours.search("what about boats?")
    assert from_document(ours.index, to_document(ours.index, hit)) == hit


def test_a_document_of_another_retriever_becomes_a_hit_ranked_by_its_place(ours: Retriever) -> None:
    text = ours.index.transcript("fair").text
    start = text.index("boats")
    theirs = Document(page_content="boats", metadata={"transcript": "fair", "start": start, "end": start + 5})
    hit = from_document(ours.index, theirs, rank=3)
    assert (hit.passage.id, hit.passage.speakers, hit.score) == (f"fair#{start}-{start + 5}", ("Bob",), -3.0)


@pytest.mark.parametrize(
    ("metadata", "says"),
    [({}, "names no transcript"), ({"transcript": "fair", "start": 0, "end": 5}, "is not characters 0 to 5")],
)
def test_a_document_that_is_no_slice_of_a_transcript_is_refused(
    ours: Retriever, metadata: dict[str, Any], says: str
) -> None:
    with pytest.raises(NotIndexed, match=says):
        from_document(ours.index, Document(page_content="invented", metadata=metadata))
