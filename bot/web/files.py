"""The widget's script, and the files and words that the pages share."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from ..page.words import LANGS, page_words
from .errors import WebError

_TYPES = {"js": "text/javascript", "css": "text/css"}
_FILES = frozenset(f"{name}.js" for name in ("dom", "reader", "answer", "chat", "light", "lost", "stream", "host")) | {
    "look.css",
    "light.css",
    "demo.css",
}


def files() -> APIRouter:
    """The routes of what never changes while the bot runs."""
    router = APIRouter(include_in_schema=False)

    @router.get("/widget.js")
    def widget(request: Request) -> Response:
        return _file(request, "widget.js")

    @router.get("/web/words/{lang}.json")
    def words(lang: str) -> JSONResponse:
        for known in LANGS:
            if known == lang:
                return JSONResponse(dict(page_words(known)), headers={"Cache-Control": "no-cache"})
        raise WebError(404, "not_found", "There is no such language here.")

    @router.get("/web/{name}")
    def file(request: Request, name: str) -> Response:
        if name not in _FILES:
            raise WebError(404, "not_found", "There is no such file here.")
        return _file(request, name)

    return router


def _file(request: Request, name: str) -> Response:
    content, tag = _read(name)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=_TYPES[name.rsplit(".", 1)[-1]], headers=headers)


@cache
def _read(name: str) -> tuple[bytes, str]:
    content = (resources.files("bot") / "embed" / name).read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'
