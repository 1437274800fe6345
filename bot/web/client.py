"""Who is calling: the client's address (as the trusted proxies tell it) and the site its page belongs to."""

from __future__ import annotations

import ipaddress
from typing import Protocol

from starlette.datastructures import Address
from starlette.requests import Request

from .desk import Desk
from .errors import WebError
from .sites import is_same, normal


class Called(Protocol):
    """A request, Starlette's or Gradio's."""

    @property
    def client(self) -> Address | None:
        """Where it comes from."""


def client_of(request: Called) -> str:
    """A key for rate limits: the address; of an IPv6 address its /64, which is one household's."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host or "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return host


def origin_of(request: Request) -> str:
    """The site the calling page belongs to, '' where the caller is no page of another site."""
    return normal(request.headers.get("origin", "")) or ""


def refuse_foreign(desk: Desk, request: Request, event: str) -> None:
    """Refuse a page of a site that the event's card does not allow; callers that are no pages send no Origin."""
    origin = request.headers.get("origin")
    if origin is None or is_same(origin, request.headers.get("host", ""), desk.settings.public_url):
        return
    if normal(origin) not in desk.sites.of(event):
        raise WebError(403, "site_not_allowed", "This site has not been enabled; ask the organiser to allow it.")
