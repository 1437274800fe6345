"""The application: API, light page and widget, chat page, behind one guard."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from . import errors
from .api import PREFIX, api
from .desk import Desk
from .files import files
from .guard import OURS, Guard, path_of
from .health import health
from .light import light

_ABOUT = "Answers questions about an event from its transcript, in the speakers' own words, with exact citations."


def build_app(desk: Desk) -> Guard:
    """The whole application over a desk; ``settings.chat`` says whether the Gradio page is at ``/``."""
    app = FastAPI(
        title="Roundtable",
        version=version("roundtable"),
        description=_ABOUT,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    errors.install(app)
    app.include_router(api(desk))
    app.include_router(health(desk))
    app.include_router(files())
    app.include_router(light(desk))
    if not desk.settings.chat:
        return Guard(app, desk)
    from ..page.layout import chat_app  # Gradio takes seconds to import

    return Guard(_Faces(app, chat_app(desk)), desk)


class _Faces:
    """Our routes, and the chat page for the rest: were it mounted among them, it would answer our 404 and 405."""

    def __init__(self, ours: ASGIApp, chat: ASGIApp) -> None:
        self._ours, self._chat = ours, chat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = scope["type"] == "http" and OURS.match(path_of(scope))
        await (self._ours if is_ours else self._chat)(scope, receive, send)
