"""The real chatbot on the packaged event, opened once."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.wire import open_chatbot


@pytest.fixture(scope="session")
def chatbot() -> Chatbot:
    return open_chatbot()
