"""The application: API, light page and widget, chat page, behind one guard."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI

from .api import PREFIX, api
from .web import errors
from .web.desk import Desk
from .web.guard import Guard
from .web.health import health
from .web.light import light

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
    app.include_router(light(desk))
    if desk.settings.chat:
        from .ui import mount_chat  # Gradio takes seconds to import

        mount_chat(app, desk)
    return Guard(app, desk)
