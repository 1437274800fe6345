"""Where a chatbot is put together; nothing else knows how."""

from __future__ import annotations

from pathlib import Path

from index.build import quietly
from index.default import default_directory, open_chosen
from index.embed import load_encoder
from index.retriever import Retriever
from index.segment import Progress
from index.store import open_index
from index.types import Encoder

from .chatbot import Chatbot
from .settings import Settings
from .written.author import Author


def open_chatbot(
    index: Path | None = None,
    *,
    embedding: str | None = None,
    settings: Settings | None = None,
    progress: Progress = quietly,
) -> Chatbot:
    """A chatbot on the index in a folder; None is the default index, which is built where it is missing or stale.

    ``embedding`` insists on that encoder: an index built with another is refused. Where the settings name a model,
    it writes the answers.
    """
    if embedding is None:
        held, encoder = open_chosen(index, progress)
    else:
        encoder = load_encoder(embedding)
        held = open_index(index or default_directory(), encoder)
    author = _author(settings, encoder) if settings and settings.model else None
    return Chatbot(Retriever(held, encoder), author=author)


def _author(settings: Settings, encoder: Encoder) -> Author:
    from .model.providers import open_model

    return Author(open_model(settings), encoder, settings.prompts)
