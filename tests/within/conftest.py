"""Two events of three talks each, indexed once."""

from __future__ import annotations

from pathlib import Path

import pytest
from day_answers import Ask
from three_talks import ZH, opened, written

from bot.chatbot import Chatbot
from bot.types import Question
from index.types import Scope


@pytest.fixture(scope="session")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("days") / "events")


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("days-index")


@pytest.fixture(scope="session")
def days(events: Path, index: Path, chatbot: Chatbot) -> Chatbot:
    return opened(events, index, chatbot.retriever.encoder)


@pytest.fixture(scope="session")
def ask(days: Chatbot) -> Ask:
    return lambda text, event=ZH, **scope: days.ask(Question(text, scope=Scope(event, **scope)))
