"""Where a chatbot is put together; nothing else knows how."""

from __future__ import annotations

from pathlib import Path

from index.build import quietly
from index.default import default_directory, open_chosen
from index.embed import load_encoder
from index.retriever import Retriever
from index.segment import Progress
from index.store import open_index

from .chatbot import Chatbot


def open_chatbot(index: Path | None = None, *, embedding: str | None = None, progress: Progress = quietly) -> Chatbot:
    """A chatbot on the index in a folder; None is the default index, which is built where it is missing or stale.

    ``embedding`` insists on that encoder: an index built with another is refused.
    """
    if embedding is None:
        return Chatbot(Retriever(*open_chosen(index, progress)))
    encoder = load_encoder(embedding)
    return Chatbot(Retriever(open_index(index or default_directory(), encoder), encoder))
