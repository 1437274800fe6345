"""The seam between the answers a model writes and the model: pieces of text, or one failure with a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from index.errors import RoundtableError

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

FailureKind = Literal["refused", "timeout", "cut", "garbage", "too_long", "rate_limited", "circuit_open", "bad_reply"]
"""Why a call gave nothing usable.

refused: no connection, or the server will not serve us (401, 404, 5xx after the retries); timeout: a deadline passed;
cut: the reply broke off; garbage: bytes that are no reply of a model (HTML, no JSON, another encoding); too_long: more
than the bound on output; rate_limited: 429 and no patience left; circuit_open: it failed so often of late that it was
not asked; bad_reply: a reply in form, and nothing in it.
"""


class ModelFailed(RoundtableError):
    """A call to the model that ended without a usable reply; its message holds no key and no text of the server's."""

    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(message)
        self.kind: FailureKind = kind


class Writer(Protocol):
    """A model that writes.

    ``name`` is "provider:model", shown to people and in JSON; ``context`` is how many tokens a prompt may have.
    """

    @property
    def name(self) -> str:
        """ "provider:model"."""

    @property
    def context(self) -> int:
        """Tokens a prompt may have; the reply's are already taken off."""

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        """The reply in pieces of text; raises ModelFailed. Closing the iterator cancels the call."""
