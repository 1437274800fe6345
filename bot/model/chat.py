"""A model that writes, over any LangChain chat model: deadlines, bounded retries, bounded output, a breaker."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from ..leaving import VisitorLeft, current
from .breaker import Breaker
from .failure import Failed, Failure, Refusal, failure

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

CHARACTERS_A_TOKEN = 8  # above what any tokenizer gives for prose (English about 4.5, Chinese below 2)
_JITTER = wait_random_exponential(multiplier=0.5, max=8)  # seconds: the first wait is within 0.5, then 1, then 2
_ENDS = ("finish_reason", "stop_reason", "done_reason")  # as OpenAI, Anthropic and Ollama tell why a reply ended

Pieces = SimpleQueue["str | Failed | None"]


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds from the start of a call to its first piece of text and to its end, retries included; tries in all;
    tokens of a reply.
    """

    first: float = 30
    total: float = 90
    tries: int = 3
    output: int = 800


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a model: its name for people, tokens a prompt may have, whether it tells why a reply ended."""

    name: str
    context: int
    tells_end: bool = False


class Model:
    """A ``Writer`` over a chat model; one may serve many threads."""

    def __init__(
        self, chat: BaseChatModel, known: Known, *, patience: Patience = Patience(), breaker: Breaker | None = None
    ) -> None:
        self._chat, self._known, self._patience = chat, known, patience
        self._breaker = breaker or Breaker()
        self._loop = _Loop()

    @property
    def name(self) -> str:
        """ "provider:model"."""
        return self._known.name

    @property
    def context(self) -> int:
        """Tokens a prompt may have."""
        return self._known.context

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        """The reply in pieces; raises ModelFailed within the deadlines. Closing the iterator cancels the call, and so
        does the visitor's leaving, which raises VisitorLeft.
        """
        if wait := self._breaker.wait():
            words = f"failed several times in a row and is left alone for {wait:.0f} s"
            raise Failed(self.name, Failure("circuit_open", words))
        pieces: Pieces = SimpleQueue()
        waiting = current()
        call = self._loop.start(self._call(messages, pieces))
        try:
            with waiting.telling(lambda: pieces.put(None)):
                while (piece := pieces.get()) is not None:
                    if isinstance(piece, Failed):
                        raise piece
                    yield piece
        finally:
            call.cancel()
        if waiting.left:
            raise VisitorLeft

    async def _call(self, messages: Sequence[BaseMessage], pieces: Pieces) -> None:
        """One call from start to end; whatever happens, the last thing put is its failure or None."""
        last: Failed | None = None
        try:
            async with asyncio.timeout(self._patience.total), asyncio.timeout(self._patience.first) as first:
                await self._tried(messages, _Reply(pieces, first, self._patience))
            self._breaker.well()
        except Failed as failed:
            last = failed
        except TimeoutError:
            last = Failed(self.name, Failure("timeout", "did not answer in time"))
        finally:
            if last and last.failure.sick:
                self._breaker.sick()
            pieces.put(last)

    async def _tried(self, messages: Sequence[BaseMessage], reply: _Reply) -> None:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception(lambda error: isinstance(error, Failed) and error.failure.again),
            stop=lambda state: state.attempt_number >= self._patience.tries or _wait(state) > reply.left(),
            wait=_wait,
            reraise=True,
        ):
            with attempt:
                await self._attempt(messages, reply)

    async def _attempt(self, messages: Sequence[BaseMessage], reply: _Reply) -> None:
        try:
            async with aclosing(self._chat.astream(list(messages))) as chunks:  # type: ignore[type-var]
                async for chunk in chunks:
                    reply.take(chunk.text, chunk.response_metadata)
            reply.end(told=self._known.tells_end)
        except Exception as error:  # noqa: BLE001  a provider's package may raise anything
            told = failure(error)
        else:
            return
        # Out here it carries no context: that would keep the connection, and may hold what the server wrote.
        raise Failed(self.name, replace(told, again=told.again and not reply.size))


@dataclass(slots=True)
class _Reply:
    """What came of a reply so far."""

    pieces: Pieces
    first: asyncio.Timeout
    patience: Patience
    size: int = 0
    ended: str = field(default="", init=False)

    def take(self, text: str, about: dict[str, Any]) -> None:
        """Another piece, with what the provider says of it."""
        self.ended = next((str(about[key]) for key in _ENDS if about.get(key)), self.ended)
        if not text:
            return
        self.size += len(text)
        if self.size > CHARACTERS_A_TOKEN * self.patience.output:
            raise Refusal(Failure("too_long", "wrote more than it was asked to", sick=False))
        self.first.reschedule(None)
        self.pieces.put(str(text))

    def end(self, *, told: bool) -> None:
        """The stream is over: was it a whole reply?"""
        if self.ended in ("length", "max_tokens"):
            raise Refusal(Failure("too_long", "needed more tokens than it may write", sick=False))
        if told and not self.ended:
            raise Refusal(Failure("cut", "broke off its reply", again=True))
        if not self.size:
            raise Refusal(Failure("bad_reply", "sent a reply with nothing in it", sick=False))

    def left(self) -> float:
        """Seconds until the first piece must be there."""
        when = self.first.when()
        return when - asyncio.get_running_loop().time() if when is not None else 0.0


def _wait(state: RetryCallState) -> float:
    """Seconds before the next attempt: with jitter, and no less than the server asks for."""
    error = state.outcome.exception() if state.outcome else None
    after = error.failure.after if isinstance(error, Failed) else None
    return max(_JITTER(state), after or 0.0)


class _Loop:
    """An event loop in a thread of its own, started by the first call: the clients inside chat models are tied to the
    loop they were first used in, and only an asynchronous call can be cancelled while it waits.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        """Run work in the loop."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="roundtable-model", daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)
