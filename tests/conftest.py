"""What many tests share: the real chatbot on the packaged event, opened once, and a Chromium for each file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bot.chatbot import Chatbot
from bot.wire import open_chatbot

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chatbot() -> Chatbot:
    return open_chatbot()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from web_browser import browser

    with browser() as launched:
        yield launched
