"""The chat page in a real Chromium, over a scripted chatbot and the real transcript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from web_browser import open_chat, scripted_server, watch


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def served(state: Path) -> Iterator[str]:
    with scripted_server(state, "question_limit=1000/minute") as url:
        yield url


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1360, "height": 850})
    found = context.new_page()
    foreign, faults = watch(found)
    open_chat(found, served)
    yield found
    context.close()
    assert foreign == []
    assert faults == []
