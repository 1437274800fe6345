"""Examples for the OpenAPI document."""

from __future__ import annotations

from typing import Any

_FAULT = {"error": {"id": "e-0123456789ab", "code": "unknown_event", "message": "There is no such event here."}}


def _fault(description: str, code: str, **extra: object) -> dict[str, Any]:
    example = {"error": {**_FAULT["error"], "code": code, "message": description, **extra}}
    return {"description": description, "content": {"application/json": {"example": example}}}


FAULTS: dict[int | str, dict[str, Any]] = {
    400: _fault("The request's body is not JSON.", "invalid"),
    401: _fault("The session has expired; get a new one.", "session_expired"),
    403: _fault("This site has not been enabled.", "site_not_allowed"),
    404: _fault("There is no such event here.", "unknown_event"),
    413: _fault("The request is too large.", "too_large"),
    422: _fault("The request cannot be read.", "invalid"),
    429: _fault("Too many requests.", "too_many", retry_after=12),
}

EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "`sources` (the passages found), `claim` (as each is made), then `final` (the whole answer) or `error`.",
        "content": {
            "text/event-stream": {
                "itemSchema": {
                    "type": "object",
                    "properties": {
                        "event": {"enum": ["sources", "claim", "final", "error"]},
                        "data": {"type": "string", "contentMediaType": "application/json"},
                    },
                    "required": ["event", "data"],
                }
            }
        },
    }
}

ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer: the frozen line of `roundtable ask --json`, with the answer's id.",
        "content": {
            "application/json": {
                "example": {
                    "id": "a-0123456789abcdef",
                    "question": "UCloud 为什么保持中立？",
                    "outcome": "answer",
                    "lead": "季昕华（UCloud创始人）在季昕华的分享里说：",
                    "claims": [{"text": "…", "citations": [1], "status": "verbatim", "lead": ""}],
                    "citations": [{"number": 1, "transcript": "a-plan-01", "turn": 5, "start": 1024, "end": 1060}],
                }
            }
        },
    }
}
