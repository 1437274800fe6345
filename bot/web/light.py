"""The light page, alone or in the widget's frame."""

from __future__ import annotations

import io
import json
from functools import cache
from urllib.parse import quote, urlencode

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from index.store import Entry

from ..page.words import LANGS, page_words, preferred, word
from ..types import Lang
from ..wording import name
from .client import origin_of
from .desk import Desk
from .errors import WebError
from .guard import FRAMED_ANYWHERE
from .rows import event_row
from .sites import is_same, normal

_NAMES = {"zh": "中文", "en": "English"}
_HTML_LANG = {"zh": "zh-CN", "en": "en"}


def light(desk: Desk) -> APIRouter:
    """The routes of the light page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/e/{event_id}")
    def alone(request: Request, event_id: str) -> Response:
        return _page(desk, request, event_id, mode="alone", parent="")

    @router.get("/e/{event_id}/qr.svg")
    def code(request: Request, event_id: str) -> Response:
        event = _known(desk, event_id)
        if event is None:
            raise WebError(404, "unknown_event", "There is no such event here.")
        drawn = io.BytesIO()
        segno.make(_address(desk, request, event.id), micro=False).save(drawn, kind="svg", scale=8, border=2)
        return Response(drawn.getvalue(), media_type="image/svg+xml")

    @router.get("/embed/{event_id}")
    def framed(request: Request, event_id: str, o: str = "", mode: str = "panel") -> Response:
        parent = normal(o) or ""
        is_open = is_same(o, request.headers.get("host", ""), desk.settings.public_url) if o else True
        if not is_open and parent not in desk.sites.of(event_id):
            return _refused(desk, request, event_id, o)
        return _page(desk, request, event_id, mode="inline" if mode == "inline" else "panel", parent=parent)

    if not desk.settings.chat:

        @router.get("/")
        def first(request: Request) -> Response:
            return RedirectResponse(f"{_root(request)}/e/{quote(desk.index.events[0].id)}", 307)

    if desk.settings.demo:

        @router.get("/demo")
        def demo(request: Request) -> Response:
            return _demo(desk, request)

    return router


def _page(desk: Desk, request: Request, id: str, *, mode: str, parent: str) -> Response:
    desk, lang = desk.held(), _lang(request)
    event = _known(desk, id)
    if event is None:
        return _sorry(request, lang, word(lang, "unknown_event"), status=404)
    row = event_row(event, lang, desk.starters.of(event.id, lang))
    other: Lang = "en" if lang == "zh" else "zh"
    config = {
        "event": event.id, "lang": lang, "mode": mode, "parent": parent, "words": dict(page_words(lang)),
        "session": desk.sessions.issue(event.id, parent or origin_of(request)), "most": desk.settings.max_question,
        "feedback": desk.votes is not None, "people": {known: _people(event, known) for known in LANGS}, "suggestions": row["suggestions"],
        "notes": desk.small_print(event.id, lang), "theme": {"theme": request.query_params.get("theme", "auto")},
        "question": request.query_params.get("q", "")[: desk.settings.max_question],
    }  # fmt: skip
    html = _templates().get_template("light.html").render(
        root=_root(request), mode=mode, html_lang=_HTML_LANG[lang], words=page_words(lang), title=row["title"],
        welcome=word(lang, "welcome_written" if desk.settings.model else "welcome"),
        series=row["series"], speakers=row["speakers"], url=_address(desk, request, event.id), config=_data(config),
        other=_HTML_LANG[other], other_name=_NAMES[other], other_href=_with(request, lang=other),
    )  # fmt: skip
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})  # it holds a session


def _people(event: Entry, lang: Lang) -> dict[str, str]:
    """The speakers' names as a reader of that language knows them."""
    return {who.name: name(lang, event.card, who.name) for who in event.card.speakers}


def _demo(desk: Desk, request: Request) -> Response:
    row = event_row(desk.index.events[0], "zh", ())
    html = (
        _templates()
        .get_template("demo.html")
        .render(
            root=_root(request), event=row["id"], title=row["title"], series=row["series"], speakers=row["speakers"]
        )
    )
    return HTMLResponse(html)


def _refused(desk: Desk, request: Request, event: str, origin: str) -> Response:
    """A sentence that any site may frame, as it holds nothing of ours."""
    lang = _lang(request)
    message = word(lang, "site_not_allowed", origin=origin[:200])
    href = f"{_root(request)}/e/{quote(event)}" if _known(desk, event) else ""
    response = _sorry(request, lang, message, href=href, status=403)
    response.headers[FRAMED_ANYWHERE] = "yes"
    return response


def _sorry(request: Request, lang: Lang, message: str, *, href: str = "", status: int) -> Response:
    html = (
        _templates()
        .get_template("refused.html")
        .render(root=_root(request), html_lang=_HTML_LANG[lang], words=page_words(lang), message=message, href=href)
    )
    return HTMLResponse(html, status)


def _known(desk: Desk, id: str) -> Entry | None:
    return next((event for event in desk.index.events if event.id == id), None)


def _lang(request: Request) -> Lang:
    wanted = request.query_params.get("lang")
    chosen: Lang | None = next((known for known in LANGS if known == wanted), None)
    return chosen or preferred(request.headers.get("accept-language", ""))


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")).rstrip("/")


def _address(desk: Desk, request: Request, event: str) -> str:
    base = desk.settings.public_url or f"{request.url.scheme}://{request.url.netloc}{_root(request)}"
    return f"{base}/e/{quote(event)}"


def _with(request: Request, **changed: str) -> str:
    return "?" + urlencode({**request.query_params, **changed})


def _data(config: object) -> str:
    """JSON for a script element, where nothing can end the element or begin a comment."""
    text = json.dumps(config, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("bot", "embed"), autoescape=True, undefined=StrictUndefined)
