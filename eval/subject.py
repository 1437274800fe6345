"""The chatbot that is evaluated, opened the way users open it."""

from __future__ import annotations

import time
from pathlib import Path

from bot.chatbot import Chatbot
from bot.wire import open_chatbot
from eval.baseline import Encoder
from eval.session import Subject


def open_subject(directory: Path | None) -> Subject:
    """Open the chatbot on an index; None is the default index."""
    began = time.perf_counter()
    bot = open_chatbot(directory)
    return Subject(bot, encoder_of(bot), time.perf_counter() - began)


def encoder_of(bot: Chatbot) -> Encoder:
    """The encoder a chatbot searches with."""
    encoder = bot.retriever.encoder
    return Encoder(name=encoder.name, fingerprint=encoder.fingerprint)
