"""The outermost layer: body sizes, security headers, CORS by the event cards, the log.

Plain ASGI, so that streams stay streams.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import errors
from .desk import Desk
from .errors import WebError
from .sites import is_same, normal

log = logging.getLogger("roundtable.access")

_LIGHT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# Gradio writes inline scripts and styles into its page; it needs no eval (measured with 6.31).
_CHAT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'"
)
_FRAMED = re.compile(r"/(?:embed|e)/([^/]+)")
# What Gradio's page needs; upload, file, proxy, info, config, runs, monitoring and the rest stay shut.
_CHAT_ROUTES = re.compile(
    r"/|/(?:assets|static)/[^?]*|/(?:theme\.css|favicon\.ico|manifest\.json)"
    r"|/gradio_api/(?:queue/(?:join|data)|run/predict|startup-events|reset|cancel)"
)
OURS = re.compile(r"/(?:api/v1|e|embed|web|demo|healthz|readyz|widget\.js)(?:/|$)")


FRAMED_ANYWHERE = "X-Roundtable-Frame"  # a route's word to the guard: this response holds nothing, let it be framed


def path_of(scope: Scope) -> str:
    """The path below the prefix that a proxy in front has taken off."""
    root, path = str(scope.get("root_path", "")), str(scope["path"])
    return path[len(root) :] if root and path.startswith(root + "/") else path


class Guard:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer preflights, bound bodies, and set the headers of every response."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close"})  # nothing here speaks it
            return
        watched = _Watched(self._desk, scope, receive, send)
        early = watched.refusal()
        began = time.perf_counter()
        try:
            if early:
                await early(scope, receive, watched.send)
            else:
                await self._app(scope, watched.receive, watched.send)
        except _TooLargeError:
            if watched.status is None:
                await errors.response(_too_large())(scope, receive, watched.send)
        except Exception as error:  # whatever it is, the client gets an id, and the log the cause
            if watched.status is None:
                await errors.response(error)(scope, receive, watched.send)
            elif watched.status < 500:  # a broken stream has to break off; a 500 has been told and logged
                raise
        finally:
            watched.note(time.perf_counter() - began)


class _TooLargeError(HTTPException):
    """An HTTP exception, as FastAPI makes a 400 of any other that comes up while it reads a body."""

    def __init__(self) -> None:
        super().__init__(413, "The request is too large.")


class _Watched:
    """One request on its way through."""

    def __init__(self, desk: Desk, scope: Scope, receive: Receive, send: Send) -> None:
        self._desk, self._scope, self._receive, self._send = desk, scope, receive, send
        self._headers, self._read = Headers(scope=scope), 0
        self.status: int | None = None
        self.path = path_of(scope)

    def refusal(self) -> Response | None:
        """A response that needs no application: a preflight, or a body announced as too large."""
        if self._scope["method"] == "OPTIONS" and "access-control-request-method" in self._headers:
            return Response(status_code=204 if self._allowed_origin() else 403)
        if not OURS.match(self.path) and not _CHAT_ROUTES.fullmatch(self.path):
            return errors.response(WebError(404, "not_found", "There is nothing here."))
        if self.path.startswith("/gradio_api/") and self._is_foreign():
            return errors.response(WebError(403, "site_not_allowed", "Only the chat page itself may call this."))
        length = self._headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._desk.settings.max_body:
            return errors.response(_too_large())
        return None

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._read += len(message.get("body", b""))
            if self._read > self._desk.settings.max_body:
                raise _TooLargeError
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.startswith("access-control-")]:
                del headers[name]  # Gradio reflects any Origin, with credentials
            anywhere = headers.get(FRAMED_ANYWHERE) is not None
            del headers[FRAMED_ANYWHERE]
            for name, value in (*self._security(anywhere), *self._cors()):
                headers[name] = value
            if "origin" in self._headers:
                headers.add_vary_header("Origin")
        await self._send(message)

    def note(self, seconds: float) -> None:
        """Count and log what went wrong. What went well is in the log only where the organiser wants every request: a page
        asks for thirty files, and an answered question has a line of its own.
        """
        is_fault = self.status is None or self.status >= 400
        if self.status and is_fault:
            self._desk.metrics.faults.labels(str(self.status)).inc()
        if not is_fault and not self._desk.settings.log_requests:
            return
        fields = {
            "method": self._scope["method"],
            "path": self.path,
            "status": self.status,
            "ms": round(seconds * 1e3),
        }
        log.info("request", extra={"fields": fields})

    def _security(self, anywhere: bool) -> Iterable[tuple[str, str]]:
        is_ours = bool(OURS.match(self.path))
        framed = _FRAMED.fullmatch(self.path)
        sites = self._desk.sites.of(framed[1]) if framed else ()
        ancestors = "*" if anywhere else " ".join(("'self'", *sorted(sites)))
        yield "Content-Security-Policy", f"{_LIGHT if is_ours else _CHAT}; frame-ancestors {ancestors}"
        yield "X-Content-Type-Options", "nosniff"
        yield "Referrer-Policy", "same-origin"  # ?q= holds a question
        yield "Permissions-Policy", "camera=(), microphone=(), geolocation=()"

    def _cors(self) -> Iterable[tuple[str, str]]:
        if self.path == "/widget.js":
            yield "Access-Control-Allow-Origin", "*"  # so that it also loads as a module; it holds nothing
            yield "Cross-Origin-Resource-Policy", "cross-origin"
        elif self._allowed_origin():
            yield "Access-Control-Allow-Origin", self._headers["origin"]
            yield "Access-Control-Expose-Headers", "Retry-After"
            if self._scope["method"] == "OPTIONS":
                yield "Access-Control-Allow-Methods", "GET, POST"
                yield "Access-Control-Allow-Headers", "Content-Type, Authorization"
                yield "Access-Control-Max-Age", "600"

    def _allowed_origin(self) -> bool:
        """Whether some event allows the page's site; the route then checks it for the event in question."""
        origin = self._headers.get("origin")
        if origin is None or not self.path.startswith("/api/v1/"):
            return False
        return not self._is_foreign() or self._desk.sites.anywhere(normal(origin) or "")

    def _is_foreign(self) -> bool:
        """Whether a page of another site calls; what is no page sends no Origin."""
        origin = self._headers.get("origin")
        host, public_url = self._headers.get("host", ""), self._desk.settings.public_url
        return origin is not None and not is_same(origin, host, public_url)


def _too_large() -> WebError:
    return WebError(413, "too_large", "The request is too large.")
