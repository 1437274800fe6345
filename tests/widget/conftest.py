"""The bot, pages of other origins that carry it, and a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from visiting import Place
from web_browser import browser, free_port, scripted_server, watch
from web_host import host_pages


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    port = free_port()
    bot = f"http://bot.test:{port}"
    with (
        host_pages(bot) as host,
        scripted_server(
            tmp_path_factory.mktemp("state"), f"port={port}", "chat=false", "demo=true", "question_limit=1000/minute",
            f"sites=http://host.test:{host}",
        ),
    ):  # fmt: skip
        yield Place(bot, host)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    rules = "--host-resolver-rules=MAP bot.test 127.0.0.1,MAP host.test 127.0.0.1,MAP evil.host 127.0.0.1"
    with browser(rules) as launched:
        yield launched


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1200, "height": 850})
    found = context.new_page()
    foreign, faults = watch(found)
    yield found
    context.close()
    assert foreign == []
    assert faults == []
