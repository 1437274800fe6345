"""Server-sent events whose making ends with the response, however that ends: read to the end, broken off, or failed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping

from anyio import CancelScope
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

Sent = tuple[str, Mapping[str, object]]
"""The name of an event, and its data."""

PING = 15  # seconds of silence after which a comment keeps proxies from closing the line
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # nginx would hold the events back


class Streamed(StreamingResponse):
    """A response of server-sent events.

    FastAPI's own leaves the generator behind when a client goes: it is closed by the garbage collector, some time,
    and until then holds its client's place.
    """

    def __init__(self, events: AsyncGenerator[Sent], status_code: int = 200) -> None:
        self._lines = _lines(events)
        super().__init__(self._lines, status_code, _HEADERS, "text/event-stream")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events, then close what makes them."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await self._lines.aclose()


async def _lines(events: AsyncGenerator[Sent]) -> AsyncGenerator[bytes]:
    """The events as bytes, with a comment where none comes for long."""
    coming: asyncio.Future[Sent | None] = asyncio.ensure_future(_next(events))
    try:
        while True:
            done, _ = await asyncio.wait((coming,), timeout=PING)
            if not done:
                yield b": ping\n\n"
                continue
            sent = coming.result()
            if sent is None:
                return
            yield _line(*sent)
            coming = asyncio.ensure_future(_next(events))
    finally:
        with CancelScope(shield=True):
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
            await events.aclose()


async def _next(events: AsyncIterator[Sent]) -> Sent | None:
    return await anext(events, None)


def _line(name: str, data: Mapping[str, object]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))  # holds no line ends
    return f"event: {name}\ndata: {text}\n\n".encode("utf-8", "replace")
