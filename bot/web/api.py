"""The JSON and server-sent events API, ``/api/v1``."""

# No postponed annotations here: FastAPI could not resolve those that name a dependency of an enclosing function.

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from index.store import Entry

from ..log.feedback import Vote
from ..types import Finished, Lang, Question
from . import examples
from .answer_rows import event_data, event_name, whole
from .answering import answering, check_question, followed, new_id
from .client import client_of, origin_of, refuse_foreign
from .desk import Desk
from .errors import WebError, body, told
from .requests import AskBody, SessionBody, VoteBody
from .rows import EventRow, TranscriptRow, event_row
from .streamed import Sent, Streamed

PREFIX = "/api/v1"
WITH_STARTERS = 20  # events listed with questions of the bot's own; finding them takes about 0.2 s an event, once


@dataclass(frozen=True, slots=True)
class Admitted:
    """A question that may be answered, and whose it is."""

    question: Question
    client: str
    desk: Desk


def api(desk: Desk) -> APIRouter:
    """The routes of the API over a desk."""
    router = APIRouter(prefix=PREFIX, responses=examples.FAULTS)
    _ask_routes(router, desk)
    _event_routes(router, desk)
    _visitor_routes(router, desk)
    return router


def _ask_routes(router: APIRouter, desk: Desk) -> None:
    def admit(request: Request, asked: AskBody, authorization: Annotated[str, Header()] = "") -> Admitted:
        return _admit(desk, request, asked, authorization)

    @router.post("/ask", summary="Ask, and get the whole answer", responses=examples.ANSWER)
    async def ask(request: Request, ticket: Annotated[Admitted, Depends(admit)]) -> dict[str, Any]:
        id, held = new_id(), ticket.desk
        with held.turnstile.enter(ticket.client):
            events = answering(held, ticket.question, id, "api")
            async with aclosing(followed(held, events, request.is_disconnected)) as made:
                async for event in made:
                    if isinstance(event, Finished):
                        return dict(whole(event.answer, held.index, id))
        raise WebError(499, "gone", "The client left before the answer was made.")

    @router.post(
        "/ask/stream",
        summary="Ask, and get the answer as it is made",
        response_class=Streamed,
        responses=examples.EVENTS,
    )
    async def stream(request: Request, ticket: Annotated[Admitted, Depends(admit)]) -> Response:
        return Streamed(_sent(request, ticket))


async def _sent(request: Request, ticket: Admitted) -> AsyncGenerator[Sent]:
    id, held = new_id(), ticket.desk
    try:
        with held.turnstile.enter(ticket.client):
            events = answering(held, ticket.question, id, "stream")
            async with aclosing(followed(held, events, request.is_disconnected)) as made:
                async for event in made:
                    yield event_name(event), event_data(event, held.index, id)
    except Exception as error:  # noqa: BLE001  the response has begun: the error travels as its last event
        yield "error", body(told(error), error)


def _event_routes(router: APIRouter, desk: Desk) -> None:
    @router.get("/events", summary="The events one can ask about")
    def events(request: Request, lang: Annotated[Lang, Query()] = "zh") -> list[EventRow]:
        held = desk.held()
        open_to_us = [event for event in held.index.events if _is_open(held, request, event.id)]
        few = len(open_to_us) <= WITH_STARTERS
        asked = {event.id: held.starters.of(event.id, lang) if few else event.card.pinned for event in open_to_us}
        return [event_row(event, lang, asked[event.id]) for event in open_to_us]

    @router.get("/events/{event_id}/turns", summary="What was said, turn by turn", response_model=list[TranscriptRow])
    def turns(request: Request, event_id: str, lang: Annotated[Lang, Query()] = "zh") -> Response:
        held = desk.held()
        event = _event(held, event_id)
        refuse_foreign(held, request, event.id)
        content, tag = held.current.edition.transcripts(event.id, lang)
        headers = {"Cache-Control": "private, no-cache", "ETag": tag}  # a correction is seen by the next reader
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="application/json", headers=headers)


def _visitor_routes(router: APIRouter, desk: Desk) -> None:
    @router.post("/feedback", summary="A thumb for an answer", status_code=204, response_class=Response)
    def feedback(request: Request, vote: VoteBody) -> None:
        event = _event(desk, vote.event)
        refuse_foreign(desk, request, event.id)
        if desk.votes is None:
            raise WebError(404, "off", "Feedback is switched off here.")
        desk.votes_rate.spend("feedback", client_of(request))
        desk.votes.keep(Vote(vote.answer, event.id, vote.vote, vote.word, vote.question, vote.outcome))
        desk.metrics.votes.labels(vote.vote).inc()

    @router.post("/session", summary="A new session for an embedded page")
    def session(request: Request, wanted: SessionBody) -> dict[str, str]:
        event = _event(desk, wanted.event)
        refuse_foreign(desk, request, event.id)
        return {"session": desk.sessions.issue(event.id, origin_of(request) or wanted.origin)}


def _admit(desk: Desk, request: Request, asked: AskBody, authorization: str) -> Admitted:
    """A question to one event, or to all where it names none of several: then the caller must be welcome at each."""
    desk = desk.held()
    everywhere = asked.event is None and len(desk.index.events) > 1
    events = desk.index.events if everywhere else (_event(desk, asked.event),)
    for event in events:
        refuse_foreign(desk, request, event.id)
    _check_session(desk, authorization, "" if everywhere else events[0].id)
    asked = asked.model_copy(update={"question": check_question(asked.question, desk.settings.max_question)})
    if asked.speaker and not any(asked.speaker in event.card.by_name for event in events):
        raise WebError(404, "unknown_speaker", "There is no such speaker at this event.")
    if asked.transcript and not any(asked.transcript in event.transcripts for event in events):
        raise WebError(404, "unknown_transcript", "There is no such transcript at this event.")
    client = client_of(request)
    desk.questions_rate.spend("ask", client)
    return Admitted(asked.asked(None if everywhere else events[0].id, desk.settings.max_history), client, desk)


def _check_session(desk: Desk, authorization: str, event: str) -> None:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() == "bearer":
        desk.sessions.check(token, event)
    elif desk.settings.require_session:
        raise WebError(401, "session_expired", "A session is needed here.")


def _event(desk: Desk, id: str | None) -> Entry:
    """The event asked for; without an id, the only one there is."""
    if id is None and len(desk.index.events) == 1:
        return desk.index.events[0]
    found = next((event for event in desk.index.events if event.id == id), None)
    if found is None:
        raise WebError(404, "unknown_event", "There is no such event here.")
    return found


def _is_open(desk: Desk, request: Request, event: str) -> bool:
    try:
        refuse_foreign(desk, request, event)
    except WebError:
        return False
    return True
