"""Where a chatbot is put together; nothing else knows how."""

from __future__ import annotations

import os
from pathlib import Path

from index.build import quietly
from index.default import default_directory, open_chosen
from index.embed import load_encoder
from index.retriever import Retriever
from index.segment import Progress
from index.show import progress_bar
from index.store import open_index
from index.types import Encoder

from .chatbot import Chatbot
from .settings import Settings
from .types import Question
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


def open_for_serving(settings: Settings) -> Chatbot:
    """The chatbot the settings name, with a progress bar while its index is built, warmed by one question."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # after a fork the library warns and turns it off
    with progress_bar() as progress:
        chatbot = open_chatbot(settings.index, embedding=settings.embedding, settings=settings, progress=progress)
    chatbot.ask(Question("hello"))
    return chatbot


def _author(settings: Settings, encoder: Encoder) -> Author:
    from .model.providers import open_model

    return Author(open_model(settings), encoder, settings.prompts)
