"""Which web sites may frame the bot or call its API: the lists of the event cards, closed to everybody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import CardError
from index.store import Entry

_ORIGIN = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Sites:
    """Allowed origins by event id."""

    by_event: Mapping[str, frozenset[str]]

    def of(self, event: str) -> frozenset[str]:
        """The origins that may frame and call this event."""
        return self.by_event.get(event, frozenset())

    def anywhere(self, origin: str) -> bool:
        """Whether any event allows the origin (a preflight does not say which event it is about)."""
        return any(origin in allowed for allowed in self.by_event.values())


def read_sites(events: Iterable[Entry]) -> Sites:
    """The sites of every event's card; ``*`` and anything that is not an origin is refused."""
    return Sites(
        {event.id: frozenset(_origin(site, event.id) for site in event.card.allowed_sites) for event in events}
    )


def _origin(site: str, event: str) -> str:
    origin = normal(site)
    if origin is None:
        raise CardError(
            f"the card of {event!r} allows the site {site!r}, which is not an origin; "
            "write it as https://www.example.org, one entry a site, without * or path"
        )
    return origin


def normal(site: str) -> str | None:
    """An origin in lower case, without the default port and a final slash; None where it is none."""
    lowered = site.strip().lower().removesuffix("/")
    if not _ORIGIN.fullmatch(lowered):
        return None
    parts = urlsplit(lowered)
    default = {"http": 80, "https": 443}[parts.scheme]
    try:
        port = parts.port
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.hostname}" if port in (None, default) else lowered


def is_same(origin: str, host: str, public_url: str) -> bool:
    """Whether a browser's Origin is this server, by the Host it was asked for or by its public address."""
    found = normal(origin)
    if found is None:
        return False
    if public_url and found == normal("{0.scheme}://{0.netloc}".format(urlsplit(public_url))):
        return True
    return urlsplit(found).netloc == _netloc(host, urlsplit(found).scheme)


def _netloc(host: str, scheme: str) -> str:
    found = normal(f"{scheme}://{host}")
    return urlsplit(found).netloc if found else ""
