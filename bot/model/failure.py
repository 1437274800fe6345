"""What went wrong in a call to a model, told by kind, with nothing that the server or a library wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

from .types import FailureKind, ModelFailed

# Exceptions are known by the names in their ancestry: providers' packages raise their own, over httpx, httpx2, aiohttp
# or requests, and none of those may be imported for a model that does not use it. The first row that fits decides.
_BY_NAME: tuple[tuple[FailureKind, bool, frozenset[str]], ...] = (
    ("timeout", True, frozenset({"TimeoutException", "APITimeoutError", "TimeoutError", "StreamChunkTimeoutError"})),
    ("cut", True, frozenset({"RemoteProtocolError", "ReadError", "IncompleteRead", "ConnectionResetError"})),
    ("refused", True, frozenset({"ConnectError", "ConnectionError", "TransportError", "APIConnectionError"})),
    ("garbage", False, frozenset({"UnicodeError", "JSONDecodeError", "ValidationError", "DecodingError"})),
    ("garbage", False, frozenset({"APIResponseValidationError", "KeyError", "TypeError", "AttributeError"})),
    ("refused", True, frozenset({"APIError", "ResponseError"})),  # an error told inside a reply that began well
)
_WORDS: Mapping[FailureKind, str] = {
    "refused": "cannot be reached; is its server running, and its address right (ROUNDTABLE_MODEL_URL)?",
    "timeout": "did not answer in time",
    "cut": "broke off its reply",
    "garbage": "sent something that is not a model's reply",
    "bad_reply": "sent a reply with nothing in it",
    "rate_limited": "has no room for us now (429)",
}
_TOO_EARLY, _CONFLICT, _TIMEOUT, _TOO_MANY, _OURS = 425, 409, 408, 429, 500


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one attempt failed; ``again`` if another may succeed, after ``after`` seconds if the server says so.

    ``sick`` if it tells on the server rather than on this one prompt.
    """

    kind: FailureKind
    words: str
    again: bool = False
    after: float | None = None
    sick: bool = True


class Failed(ModelFailed):
    """ModelFailed with what the retries and the breaker need to know."""

    def __init__(self, name: str, failure: Failure) -> None:
        super().__init__(failure.kind, f"the model {name!r} {failure.words}")
        self.failure = failure


class Refusal(Exception):
    """What reading the bytes of a reply found; libraries wrap it, ``failure`` finds it again."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.words)
        self.failure = failure


def failure(error: BaseException) -> Failure:
    """The kind of an exception that a provider's package raised."""
    for one in _chain(error):
        if isinstance(one, Refusal):
            return one.failure
    for one in _chain(error):
        status = getattr(one, "status_code", None)
        if isinstance(status, int) and status >= 400:
            return _of_status(status, getattr(one, "response", None))
    names = [{parent.__name__ for parent in type(one).__mro__} for one in _chain(error)]
    for kind, again, known in _BY_NAME:
        if any(known & ancestry for ancestry in names):
            return Failure(kind, _WORDS[kind], again=again)
    if isinstance(error, ValueError):  # langchain_core: "No generation chunks were returned"
        return Failure("bad_reply", _WORDS["bad_reply"], sick=False)
    return Failure("garbage", f"failed in a way of its own ({type(error).__name__})")


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def _of_status(status: int, response: Any) -> Failure:
    if status == _TOO_MANY:
        return Failure("rate_limited", _WORDS["rate_limited"], again=True, after=_after(response))
    if status >= _OURS or status in (_TIMEOUT, _CONFLICT, _TOO_EARLY):
        return Failure("refused", f"answered with status {status}", again=True, after=_after(response))
    hint = {
        401: "; check its key (ROUNDTABLE_MODEL_KEY, or as its provider expects)",
        403: "; this key may not use it",
        404: "; check its name and its address (ROUNDTABLE_MODEL_URL)",
    }.get(status, "")
    return Failure("refused", f"answered with status {status}{hint}", sick=bool(hint))


def _after(response: Any) -> float | None:
    """Seconds that Retry-After asks for (RFC 9110, 10.2.3: seconds, or a date)."""
    value = str(getattr(response, "headers", {}).get("retry-after", "")).strip()
    if value.replace(".", "", 1).isdecimal() and value.isascii():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except ValueError:
        return None
