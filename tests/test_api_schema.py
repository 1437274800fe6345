"""The API against its own OpenAPI document: whatever a client sends, no fault of ours comes out."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, given, settings
from scripted import panel

from bot.app import build_app
from bot.settings import Settings
from bot.web.desk import open_desk

CASES = 200  # per operation, of which there are six


def test_no_request_makes_a_server_error(tmp_path: Path) -> None:
    free = Settings(state=tmp_path, chat=False, question_limit="1000000/minute", feedback_limit="1000000/minute")
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", build_app(open_desk(panel(), free)))
    statuses: list[int] = []
    for operation in (found.ok() for found in schema.get_all_operations()):

        @settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def send(case: schemathesis.Case) -> None:
            statuses.append(case.call().status_code)

        send()
    assert len(statuses) >= 500  # small operations have fewer distinct cases than asked for
    assert max(statuses) < 500
