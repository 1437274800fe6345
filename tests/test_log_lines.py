"""What the server's log has a line for."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from scripted import NEUTRAL, panel

from bot.settings import Settings
from bot.web.app import build_app
from bot.web.desk import open_desk


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ({}, [("answered", None), ("request", "/api/v1/nothing")]),
        (
            {"log_requests": True},
            [
                ("request", "/e/a-plan-01"),
                ("request", "/widget.js"),
                ("answered", None),
                ("request", "/api/v1/ask"),
                ("request", "/api/v1/nothing"),
            ],
        ),
    ],
)
def test_a_question_and_a_refusal_have_a_line_and_other_requests_where_they_are_wanted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, settings: dict[str, bool], lines: list[tuple[str, str | None]]
) -> None:
    desk = open_desk(panel(), Settings.model_validate({"state": tmp_path, "chat": False, **settings}))

    async def visit() -> None:
        transport = httpx.ASGITransport(app=build_app(desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
            await client.get("/e/a-plan-01")
            await client.get("/widget.js")
            await client.post("/api/v1/ask", json={"question": NEUTRAL, "event": "a-plan-01"})
            await client.get("/api/v1/nothing")

    with caplog.at_level("INFO", "roundtable"):
        asyncio.run(visit())
    assert [(r.message, r.fields.get("path")) for r in caplog.records] == lines  # type: ignore[attr-defined]
