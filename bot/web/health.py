"""Is the process alive, and can it answer."""

from __future__ import annotations

from fastapi import APIRouter

from index.errors import RoundtableError

from .desk import Desk
from .errors import WebError


def health(desk: Desk) -> APIRouter:
    """``/healthz``: the process runs. ``/readyz``: the index can be read and there is room for a question."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    def ready() -> dict[str, str]:
        try:
            transcripts = [desk.index.transcript(id) for event in desk.index.events for id in event.transcripts]
        except RoundtableError as error:
            raise WebError(503, "not_ready", "The index cannot be read.") from error
        if not transcripts or desk.turnstile.inside >= desk.settings.concurrent_total:
            raise WebError(503, "not_ready", "There is no room for a question now.")
        return {"status": "ready"}

    return router
