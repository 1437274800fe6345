"""Who may ask: pages of other sites, frames and sessions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from calls import SITE, Send, ask, code
from scripted import NEUTRAL

from bot.web.sites import normal, read_sites
from index.errors import CardError
from index.event import EventCard
from index.store import Entry


def test_a_page_of_another_site_is_refused_unless_the_card_allows_it(send: Send) -> None:
    allowed = ask(send, headers={"origin": SITE})
    assert allowed.headers["access-control-allow-origin"] == SITE
    assert "Origin" in allowed.headers["vary"]
    refused = ask(send, headers={"origin": "https://evil.example"})
    assert code(refused) == "site_not_allowed"
    assert "access-control-allow-origin" not in refused.headers
    assert ask(send, headers={"origin": "http://bot.test"}).status_code == 200
    assert ask(send, headers={"origin": "null"}).status_code == 403


def test_a_site_allowed_for_one_event_is_refused_for_another(send: Send) -> None:
    body = {"question": "x", "event": "other"}
    assert send("POST", "/api/v1/ask", json=body, headers={"origin": SITE}).status_code == 403
    assert send("GET", "/api/v1/events/other/turns", headers={"origin": SITE}).status_code == 403
    assert [row["id"] for row in send("GET", "/api/v1/events", headers={"origin": SITE}).json()] == ["a-plan-01"]


def test_a_preflight_is_answered_for_allowed_sites_only(send: Send) -> None:
    asking = {"access-control-request-method": "POST"}
    assert send("OPTIONS", "/api/v1/ask", headers=asking | {"origin": SITE}).status_code == 204
    assert send("OPTIONS", "/api/v1/ask", headers=asking | {"origin": "https://evil.example"}).status_code == 403


def test_only_allowed_sites_may_frame_an_event(send: Send) -> None:
    def ancestors(path: str) -> str:
        return send("GET", path).headers["content-security-policy"].split("frame-ancestors ")[1]

    assert ancestors("/embed/a-plan-01") == f"'self' {SITE}"
    assert ancestors("/embed/other") == "'self'"
    assert ancestors("/api/v1/events") == "'self'"


def test_a_session_holds_for_its_event_and_its_time(client_for: Callable[..., Send]) -> None:
    send = client_for(require_session=True)
    token = send("POST", "/api/v1/session", json={"event": "a-plan-01"}).json()["session"]
    bearer = {"authorization": f"Bearer {token}"}
    assert ask(send).status_code == 401
    assert ask(send, headers=bearer).status_code == 200
    assert ask(client_for(require_session=True), headers=bearer).status_code == 200  # another worker, or a restart
    assert send("POST", "/api/v1/ask", json={"question": "x", "event": "other"}, headers=bearer).status_code == 401
    assert code(ask(send, headers={"authorization": f"Bearer {token}x"})) == "session_expired"


@pytest.mark.parametrize(
    "site", ["*", "https://*.example.org", "example.org", "https://a.org/x", "https://a.org b.org"]
)
def test_a_site_that_is_no_origin_is_refused(site: str) -> None:
    card = EventCard(title="x", allowed_sites=(site,))
    with pytest.raises(CardError, match="is not an origin"):
        read_sites([Entry("e", card, True, ())])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Example.org/", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://example.org:99999999", None),
        ("null", None),
        ("https://example.org@evil.example", None),
    ],
)
def test_origins_are_compared_in_one_spelling(written: str, read: str | None) -> None:
    assert normal(written) == read


def test_a_question_to_all_events_is_taken_only_from_a_site_that_every_event_allows(send: Send) -> None:
    asked = {"question": NEUTRAL}
    assert send("POST", "/api/v1/ask", json=asked).status_code == 200
    assert code(send("POST", "/api/v1/ask", json=asked, headers={"Origin": SITE})) == "site_not_allowed"
    assert code(send("POST", "/api/v1/ask", json={**asked, "speaker": "马云"})) == "unknown_speaker"


def test_a_session_of_one_event_asks_no_others(client_for: Callable[..., Send]) -> None:
    send = client_for()
    bearer = {"Authorization": "Bearer " + send("POST", "/api/v1/session", json={"event": "other"}).json()["session"]}
    assert code(send("POST", "/api/v1/ask", json={"question": NEUTRAL}, headers=bearer)) == "session_expired"
