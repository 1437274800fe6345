"""What a browser may put into the chat page's queue: Gradio checks little of it, and prints a traceback for the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import errors
from .errors import WebError

_JOIN = re.compile(r"/gradio_api/(?:queue/join|run/predict)$")
_Text = Annotated[str, Field(max_length=65536)]

Input = Literal["text", "choice", "kept"]
"""A text of the visitor's, one of the choices shown, or what the server keeps and nobody sends."""


class _Join(BaseModel):
    """A handler to run and its inputs, as Gradio's page sends them."""

    model_config = ConfigDict(extra="ignore", strict=True)

    fn_index: int
    session_hash: str = Field(pattern=r"^\w{1,64}$")
    data: list[_Text | None] = Field(max_length=16)


class Joins:
    """Wraps the chat page's application."""

    def __init__(
        self, app: ASGIApp, inputs: Mapping[int, Sequence[Input]], choices: Callable[[], Collection[str]]
    ) -> None:
        """``inputs`` are those of every handler, ``choices`` all values that a choice may have at the moment."""
        self._app, self._inputs, self._choices = app, inputs, choices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what the page itself would never send."""
        if scope["type"] != "http" or not _JOIN.search(scope["path"]):
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        if body is None:
            return
        if not self._is_ours(body):
            await errors.response(WebError(422, "invalid", "The page does not send this."))(scope, receive, send)
            return
        held: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return held.pop() if held else await receive()

        await self._app(scope, again, send)

    def _is_ours(self, body: bytes) -> bool:
        try:
            join = _Join.model_validate_json(body)
        except ValidationError:
            return False
        wanted = self._inputs.get(join.fn_index)
        return wanted is not None and len(wanted) == len(join.data) and all(map(self._fits, join.data, wanted))

    def _fits(self, value: str | None, wanted: Input) -> bool:
        return value is None or wanted == "text" or (wanted == "choice" and value in self._choices())


async def _whole(receive: Receive) -> bytes | None:
    """The body, which the guard has bounded; None where the client has left."""
    pieces = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(pieces)
