"""A visitor who leaves while a model has not said a word: the call to the model ends with them, on a real socket."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from writers import ScriptedWriter

from bot.chatbot import Chatbot
from bot.leaving import Visit, VisitorLeft, on_behalf_of
from bot.model.chat import Model
from bot.model.providers import open_model
from bot.settings import Settings
from bot.types import Question, SourcesFound
from bot.web.answering import answering, followed
from bot.web.app import build_app
from bot.web.desk import Desk, open_desk
from bot.written.author import Author
from index.types import Scope
from tests.asking_models import ASKED, model_at
from tests.model_server import ModelServer, saying, serving, silent
from tests.waiting import until

QUESTION = "UCloud为什么保持中立？"
PATIENT = {"model_first": 300, "model_total": 300}  # seconds: no deadline of ours ends a call in these tests


def hung_up(server: ModelServer) -> None:
    """Wait until a call was ended from our side, while the model still kept silent."""
    until(lambda: server.gone)


def desk_at(chatbot: Chatbot, url: str, state: Path) -> Desk:
    settings = Settings.model_validate({"model": "openai:m", "model_url": url, **PATIENT})
    bot = Chatbot(chatbot.retriever, author=Author(open_model(settings), chatbot.retriever.encoder))
    return open_desk(bot, Settings.model_validate({"state": state, "chat": False}))


@contextmanager
def running(desk: Desk) -> Iterator[str]:
    """The desk behind a real server, in a thread."""
    server = uvicorn.Server(uvicorn.Config(build_app(desk), port=0, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def left(server: ModelServer, model: Model) -> None:
    """Ask a model for a visitor who leaves once it has been asked."""
    waiting, before = Visit(), len(server.requests)

    def leave() -> None:
        while len(server.requests) == before:
            time.sleep(0.02)
        waiting.leave()

    threading.Thread(target=leave, daemon=True).start()
    with on_behalf_of(waiting), pytest.raises(VisitorLeft):
        next(model.stream(ASKED))


def test_leaving_wakes_whoever_waits_for_the_first_piece_and_closes_the_call() -> None:
    with serving(silent(300)) as server:
        left(server, model_at(server.url, **PATIENT))
        hung_up(server)


def test_a_visitor_who_left_before_gets_nothing() -> None:
    waiting = Visit()
    waiting.leave()
    with serving(silent(300)) as server, on_behalf_of(waiting), pytest.raises(VisitorLeft):
        next(model_at(server.url).stream(ASKED))


def test_who_has_left_does_not_tell_on_the_model() -> None:
    with serving(*[silent(300)] * 6, saying("好。")) as server:
        model = model_at(server.url, **PATIENT)
        for _ in range(6):
            left(server, model)
        assert "".join(model.stream(ASKED)) == "好。"


@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/ask/stream"])
def test_a_client_of_the_api_that_hangs_up_ends_the_call(chatbot: Chatbot, tmp_path: Path, path: str) -> None:
    with serving(silent(300)) as server, running(desk_at(chatbot, server.url, tmp_path)) as url:

        def ask() -> None:
            with (
                httpx.Client(timeout=3) as client,
                client.stream("POST", url + path, json={"question": QUESTION, "event": "a-plan-01"}) as reply,
            ):
                list(reply.iter_bytes())

        with pytest.raises(httpx.ReadTimeout):  # hangs up three seconds after the last thing it heard
            ask()
        hung_up(server)


def test_a_stopped_answer_of_the_page_ends_the_call(chatbot: Chatbot, tmp_path: Path) -> None:
    with serving(silent(300)) as server:
        desk = desk_at(chatbot, server.url, tmp_path)

        async def stopped() -> None:
            events = answering(desk, Question(QUESTION, scope=Scope("a-plan-01")), "a-1", "page")
            made = followed(desk, events)
            assert isinstance(await anext(made), SourcesFound)
            waiting = asyncio.ensure_future(anext(made))
            while not server.requests:
                await asyncio.sleep(0.02)
            waiting.cancel()  # as Gradio does
            with pytest.raises(asyncio.CancelledError):
                await waiting
            await made.aclose()

        asyncio.run(stopped())
        hung_up(server)


def test_an_answer_that_is_read_to_its_end_is_whole(chatbot: Chatbot, tmp_path: Path) -> None:
    bot = Chatbot(chatbot.retriever, author=Author(ScriptedWriter(lambda _: "NO_ANSWER"), chatbot.retriever.encoder))
    desk = open_desk(bot, Settings.model_validate({"state": tmp_path, "chat": False}))

    async def read() -> list[str]:
        events = answering(desk, Question(QUESTION, scope=Scope("a-plan-01")), "a-1", "stream")
        return [type(event).__name__ async for event in followed(desk, events)]

    names = asyncio.run(read())
    assert (names[0], names[-1], set(names[1:-1])) == ("SourcesFound", "Finished", {"ClaimMade"})
