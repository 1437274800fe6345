"""The API against its own OpenAPI document: whatever a client sends, what comes out is what the document says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from scripted import panel

from bot.settings import Settings
from bot.web.app import build_app
from bot.web.desk import open_desk

CASES = 150  # per operation and mode; there are six operations
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
KNOWN = {"event": "a-plan-01", "event_id": "a-plan-01", "transcript": "a-plan-01", "speaker": "季昕华"}
MOSTLY = st.sampled_from((True, True, True, False))  # an id made up by chance ends at the first 404


def known(values: Any) -> Any:
    """The same values with ids that exist, where there are ids at all."""
    return {**values, **{key: KNOWN[key] for key in KNOWN if key in values}} if isinstance(values, dict) else values


def test_no_request_makes_a_server_error_or_an_answer_the_document_does_not_know(tmp_path: Path) -> None:
    free = Settings(state=tmp_path, chat=False, question_limit="1000000/minute", feedback_limit="1000000/minute")
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", build_app(open_desk(panel(), free)))
    operations = [found.ok() for found in schema.get_all_operations()]
    statuses = {operation.label: sent(operation, GenerationMode.POSITIVE) for operation in operations}
    broken = {operation.label: sent(operation, GenerationMode.NEGATIVE) for operation in operations}
    print(statuses, broken)
    assert sum(counted.total() for counted in (*statuses.values(), *broken.values())) >= 1000
    assert all(sum(n for status, n in c.items() if status < 300) >= c.total() / 2 for c in statuses.values()), statuses


def sent(operation: Any, mode: GenerationMode) -> Counter[int]:
    """The statuses of requests made up for an operation, valid or broken, each response checked against the document."""
    counted: Counter[int] = Counter()

    @settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), is_real=MOSTLY)
    def send(case: schemathesis.Case, is_real: bool) -> None:
        if is_real:
            case.body, case.path_parameters = known(case.body), known(case.path_parameters)
        counted[case.call_and_validate(checks=CHECKS).status_code] += 1

    send()
    return counted
