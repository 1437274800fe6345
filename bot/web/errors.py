"""Errors as the API tells them: a code, a sentence, an id to quote to the organiser; never a traceback."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from index.errors import InputError, NotIndexed, RoundtableError

log = logging.getLogger("roundtable.web")


class WebError(Exception):
    """An error with an HTTP status; ``extra`` are further fields of the body."""

    def __init__(self, status: int, code: str, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.retry_after = status, code, message, retry_after


def told(error: Exception) -> WebError:
    """Any error as a fault; one of ours that nobody caused says nothing of its inside."""
    if isinstance(error, WebError):
        return error
    if isinstance(error, NotIndexed):
        return WebError(404, "not_found", "There is no such event, transcript or speaker here.")
    if isinstance(error, InputError):
        return WebError(422, "invalid", str(error))
    if isinstance(error, RoundtableError):
        return WebError(503, "unavailable", "The bot cannot answer just now.")
    return WebError(500, "internal", "Something went wrong on our side, not yours.")


def body(fault: WebError, cause: BaseException | None = None) -> dict[str, dict[str, object]]:
    """The JSON of a fault, with an id; a fault of ours is logged under that id, with its cause."""
    id = f"e-{secrets.token_hex(6)}"
    if fault.status >= 500:
        log.error("fault %s", id, exc_info=cause or fault, extra={"fields": {"error": id, "code": fault.code}})
    row: dict[str, object] = {"id": id, "code": fault.code, "message": fault.message}
    if fault.retry_after is not None:
        row["retry_after"] = fault.retry_after
    return {"error": row}


def response(error: Exception) -> JSONResponse:
    """The HTTP response for an error."""
    fault = told(error)
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else None
    return JSONResponse(body(fault, error), fault.status, headers)


def install(app: FastAPI) -> None:
    """Make every error of the app a JSON body of ours."""
    app.add_exception_handler(WebError, _answer)
    app.add_exception_handler(RoundtableError, _answer)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    return response(error)


async def _invalid(request: Request, error: Exception) -> Response:
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    return response(WebError(422, "invalid", _sentence(first)))


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = {400: "invalid", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}.get(status, "refused")
    answer = response(WebError(status, code, str(getattr(error, "detail", "")) or code))
    for name, value in (getattr(error, "headers", None) or {}).items():
        answer.headers[name] = value
    return answer


def _sentence(fault: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in fault.get("loc", ()) if part != "body")
    message = str(fault.get("msg", "The request cannot be read."))
    return f"{place}: {message}" if place else message
