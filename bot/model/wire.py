"""A look at the bytes of a reply before a provider's package reads them: their kind and their number."""

from __future__ import annotations

import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from pydantic import SecretStr

from .failure import Failure, Refusal

BYTES = 2_000_000  # a reply of 800 tokens in server-sent events is about 250 kB
_REPLIES = ("text/event-stream", "application/json", "application/x-ndjson", "application/octet-stream")
_GOOD = 400  # statuses below this one

Hooks = dict[str, list[Callable[[Any], Any]]]


def hooks(most: int = BYTES, *, key: SecretStr | None = None) -> Hooks:
    """Event hooks for an ``AsyncClient`` of httpx or of httpx2, which some packages have moved to.

    ``key`` is sent as a bearer token, for packages that would otherwise keep it in the clear among their options.
    """

    async def sign(request: Any) -> None:
        if key:
            request.headers["Authorization"] = f"Bearer {key.get_secret_value()}"

    async def look(response: Any) -> None:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code < _GOOD and kind and kind not in _REPLIES:
            raise Refusal(Failure("garbage", f"sent {_shown(kind)} in place of a reply; check its address"))
        response.aiter_bytes = _bounded(weakref.ref(response), most)

    return {"request": [sign], "response": [look]}


def _bounded(held: weakref.ref[Any], most: int) -> Callable[..., AsyncIterator[bytes]]:
    """The response's own ``aiter_bytes``, up to a size. Held weakly: a cycle through the response would leave its
    generators to the garbage collector, which closes them in whatever thread it runs.
    """

    async def bounded(*args: Any, **given: Any) -> AsyncIterator[bytes]:
        response: Any = held()
        got = 0
        async with aclosing(type(response).aiter_bytes(response, *args, **given)) as chunks:
            async for chunk in chunks:
                got += len(chunk)
                if got > most:
                    raise Refusal(Failure("too_long", f"sent more than {most} bytes"))
                yield chunk

    return bounded


def _shown(kind: str) -> str:
    return "a web page" if kind == "text/html" else "something else"
