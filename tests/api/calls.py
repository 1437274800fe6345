"""Requests to the API as the tests make them."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
from scripted import NEUTRAL

SITE = "https://events.example.org"
Send = Callable[..., httpx.Response]


def ask(send: Send, question: str = NEUTRAL, headers: dict[str, str] | None = None, **more: object) -> httpx.Response:
    body = {"question": question, "event": "a-plan-01", **more}
    return send("POST", "/api/v1/ask", json=body, headers=headers or {})


def code(response: httpx.Response) -> str:
    return str(response.json()["error"]["code"])


def events_of(text: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in text.strip().split("\n\n")]
    return [(block["event"], json.loads(block["data"])) for block in blocks]
