"""The API over a scripted chatbot and the real transcript, for one request at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from calls import SITE, Send
from scripted import Scripted, panel

from bot.settings import Settings
from bot.web.app import build_app
from bot.web.desk import open_desk
from index.event import EventCard
from index.source import packaged_event, read_event


@pytest.fixture
def chatbot() -> Scripted:
    event = read_event(packaged_event())
    card = EventCard.model_validate(event.card.model_dump() | {"allowed_sites": [SITE]})
    other = type(event)("other", EventCard(title="另一场"), ())
    return panel(events=[type(event)(event.id, card, event.transcripts), other])


@pytest.fixture
def client_for(tmp_path: Path, chatbot: Scripted) -> Callable[..., Send]:
    """A function that sends one request to the application with the given settings."""

    def make(**settings: object) -> Send:
        given = Settings.model_validate({"state": tmp_path, "chat": False, **settings})
        app = build_app(open_desk(chatbot, given))

        async def send(method: str, path: str, **request: object) -> httpx.Response:
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=("203.0.113.9", 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
                return await client.request(method, path, **request)

        return lambda method, path, **request: asyncio.run(send(method, path, **request))

    return make


@pytest.fixture
def send(client_for: Callable[..., Send]) -> Send:
    return client_for()
