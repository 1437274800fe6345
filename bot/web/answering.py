"""Answering one question for any browser face: counted, timed, and stopped when the visitor leaves."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator
from contextlib import suppress

import anyio
from anyio import to_thread

from index.clean import clean as readable

from ..leaving import Visit, VisitorLeft, on_behalf_of
from ..types import Answer, Event, Finished, Question
from .desk import Desk
from .errors import WebError

NOTICED = 0.5  # seconds within which a visitor's leaving is noticed while a model keeps them waiting

log = logging.getLogger("roundtable.answers")


IsGone = Callable[[], Awaitable[bool]]


def new_id() -> str:
    """An id for an answer, which a thumb can name."""
    return f"a-{secrets.token_hex(8)}"


def check_question(text: str, most: int) -> str:
    """The question without surrounding blanks; a too long one is refused, and one of which nothing can be read."""
    asked = text.strip()
    if not readable(asked):
        raise WebError(422, "empty", "Write a question first.")
    if len(asked) > most:
        raise WebError(422, "too_long", f"Keep the question within {most} characters; it has {len(asked)}.")
    return asked


def answering(desk: Desk, question: Question, id: str, face: str) -> Iterator[Event]:
    """The events of an answer; the last one is counted, logged and kept where the organiser wants that."""
    began = time.perf_counter()
    for event in desk.chatbot.stream(question):
        if isinstance(event, Finished):
            _note(desk, question, event.answer, id=id, face=face, seconds=time.perf_counter() - began)
        yield event


async def followed(desk: Desk, events: Iterator[Event], is_gone: IsGone | None = None) -> AsyncGenerator[Event]:
    """The events, made in a worker thread; nothing more is made for a client that has left."""
    desk.metrics.inside.inc()
    try:
        while True:
            event = await _made(desk, events, is_gone)
            if event is None or (is_gone and await is_gone()):
                return
            yield event
    finally:
        desk.metrics.inside.dec()
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(_close, events)


async def _made(desk: Desk, events: Iterator[Event], is_gone: IsGone | None) -> Event | None:
    """The next event; None after the last, or where the client left while it was made."""
    waiting, made = Visit(), False

    async def watch() -> None:
        try:
            while not (is_gone and await is_gone()):
                await anyio.sleep(NOTICED)
        finally:
            if not made:
                waiting.leave()

    with on_behalf_of(waiting):
        async with anyio.create_task_group() as both:
            both.start_soon(watch)
            event = await to_thread.run_sync(_next, events, limiter=desk.threads)
            made = True
            both.cancel_scope.cancel()
    return event


def _next(events: Iterator[Event]) -> Event | None:
    with suppress(VisitorLeft):
        return next(events, None)
    return None


def _close(events: Iterator[Event]) -> None:
    """Stop a generator; one that a cancelled task has left at work in its thread ends with that piece of work."""
    if isinstance(events, Generator):
        with suppress(ValueError):
            events.close()


def _note(desk: Desk, question: Question, answer: Answer, *, id: str, face: str, seconds: float) -> None:
    event = question.scope.event or ""
    desk.metrics.answers.labels(face, answer.outcome.value).inc()
    desk.metrics.seconds.observe(seconds)
    if desk.log:
        desk.log.keep(id, event, answer)
    text = {"question": question.text} if desk.settings.log_text else {}
    fields = {"answer": id, "event": event, "face": face, "outcome": answer.outcome.value, "ms": round(seconds * 1e3)}
    log.info("answered", extra={"fields": fields | text})
