"""The API of ``roundtable serve``, over a scripted chatbot and the real transcript."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from scripted import FAR, LISTED, NEUTRAL, WHY_NEUTRAL, Scripted, panel

from bot.settings import Settings
from bot.web.app import build_app
from bot.web.desk import open_desk
from bot.web.sites import normal, read_sites
from bot.web.starters import Starters
from index.errors import CardError, CheckFailed
from index.event import EventCard
from index.source import packaged_event, read_event
from index.store import Entry

SITE = "https://events.example.org"


@pytest.fixture
def chatbot() -> Scripted:
    event = read_event(packaged_event())
    card = EventCard.model_validate(event.card.model_dump() | {"allowed_sites": [SITE]})
    other = type(event)("other", EventCard(title="另一场"), ())
    return panel(events=[type(event)(event.id, card, event.transcripts), other])


Send = Callable[..., httpx.Response]


@pytest.fixture
def client_for(tmp_path: Path, chatbot: Scripted) -> Callable[..., Send]:
    """A function that sends one request to the application with the given settings."""

    def make(**settings: object) -> Send:
        given = Settings.model_validate({"state": tmp_path, "chat": False, **settings})
        app = build_app(open_desk(chatbot, given))

        async def send(method: str, path: str, **request: object) -> httpx.Response:
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=("203.0.113.9", 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
                return await client.request(method, path, **request)

        return lambda method, path, **request: asyncio.run(send(method, path, **request))

    return make


@pytest.fixture
def send(client_for: Callable[..., Send]) -> Send:
    return client_for()


def ask(send: Send, question: str = NEUTRAL, headers: dict[str, str] | None = None, **more: object) -> httpx.Response:
    body = {"question": question, "event": "a-plan-01", **more}
    return send("POST", "/api/v1/ask", json=body, headers=headers or {})


def code(response: httpx.Response) -> str:
    return str(response.json()["error"]["code"])


def events_of(text: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in text.strip().split("\n\n")]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def test_an_answer_is_the_ask_line_with_exact_slices(send: Send, chatbot: Scripted) -> None:
    row = ask(send).json()
    assert row["outcome"] == "answer"
    first = row["citations"][0]
    assert first["quote"] == WHY_NEUTRAL
    assert chatbot.index.transcript("a-plan-01").text[first["start"] : first["end"]] == WHY_NEUTRAL
    assert first["speaker"] == "季昕华"
    assert row["claims"][0]["citations"] == [1]
    assert row["id"].startswith("a-")


def test_a_stream_sends_sources_then_claims_then_the_whole(send: Send) -> None:
    response = send("POST", "/api/v1/ask/stream", json={"question": NEUTRAL, "event": "a-plan-01"})
    events = events_of(response.text)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    assert [name for name, _ in events] == ["sources", "claim", "claim", "final"]
    assert events[1][1]["citations"][0]["quote"] == WHY_NEUTRAL
    assert events[3][1]["id"] == events[0][1]["id"]


def test_history_speaker_and_language_reach_the_chatbot(send: Send, chatbot: Scripted) -> None:
    ask(send, "那后来呢", history=[{"user": "你好", "assistant": "…"}], speaker="季昕华", lang="en")
    asked = chatbot.asked[-1]
    assert (asked.history[0].user, asked.scope.speaker, asked.lang) == ("你好", "季昕华", "en")


def test_an_unknown_event_or_speaker_is_a_404_with_a_json_body(send: Send) -> None:
    assert code(send("POST", "/api/v1/ask", json={"question": "x", "event": "nope"})) == "unknown_event"
    assert code(send("GET", "/api/v1/events/nope/turns")) == "unknown_event"
    assert ask(send, speaker="谁").status_code == 404
    assert send("GET", "/api/v1/events/..%2f..%2fetc/turns").status_code == 404


@pytest.mark.parametrize("question", ["", "   ", "字" * 501, "\ud800", "a\x00b", "字" * 5000])
def test_a_question_that_is_empty_too_long_or_no_text_is_refused(send: Send, question: str) -> None:
    content = json.dumps({"question": question, "event": "a-plan-01"}).encode("ascii")
    assert send("POST", "/api/v1/ask", content=content).status_code == 422


def test_an_oversized_body_is_a_413_whether_announced_or_streamed(send: Send) -> None:
    def pieces() -> list[bytes]:
        return [b" " * 40000] * 3

    async def drip():
        for piece in pieces():
            yield piece

    assert send("POST", "/api/v1/ask", content=b" " * 100_000).status_code == 413
    streamed = send("POST", "/api/v1/ask", content=drip(), headers={"content-type": "application/json"})
    assert (streamed.status_code, code(streamed)) == (413, "too_large")


def test_a_fault_of_ours_says_an_id_and_nothing_of_its_inside(send: Send, chatbot: Scripted) -> None:
    chatbot.broken = True
    response = ask(send)
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.json()["error"]["id"].startswith("e-")
    streamed = events_of(send("POST", "/api/v1/ask/stream", json={"question": "x", "event": "a-plan-01"}).text)
    assert streamed[-1][0] == "error"
    assert "secret" not in json.dumps(streamed)


def test_turns_tile_the_transcript_and_paragraphs_are_slices(send: Send, chatbot: Scripted) -> None:
    rows = send("GET", "/api/v1/events/a-plan-01/turns").json()
    text, turns = chatbot.index.transcript("a-plan-01").text, rows[0]["turns"]
    assert turns[0]["start"] == 0
    assert turns[-1]["end"] == len(text)
    assert all(a["end"] == b["start"] for a, b in pairwise(turns))
    for paragraph in (p for turn in turns for p in turn["paragraphs"]):
        assert text.startswith(paragraph["text"], paragraph["start"])


def test_events_say_who_spoke_and_what_to_ask(send: Send) -> None:
    panel_row = send("GET", "/api/v1/events?lang=en").json()[0]
    assert panel_row["title"] == "A Plan, session one: building infrastructure-software start-ups"
    assert [who["name"] for who in panel_row["speakers"]] == ["刘超", "季昕华", "黄东旭", "袁进辉", "李浩源"]
    assert panel_row["suggestions"] == [NEUTRAL, LISTED]


def test_too_many_questions_are_a_429_with_the_seconds_to_wait(client_for: Callable[..., Send]) -> None:
    send = client_for(question_limit="2/minute")
    assert [ask(send).status_code for _ in range(3)] == [200, 200, 429]
    refused = ask(client_for(question_limit="2/minute"))  # a restarted server remembers
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60


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


def test_thumbs_are_kept_with_their_word(send: Send, tmp_path: Path) -> None:
    from bot.log.feedback import Votes

    id = ask(send).json()["id"]
    vote = {"answer": id, "event": "a-plan-01", "vote": "up", "word": "很准", "question": NEUTRAL}
    assert send("POST", "/api/v1/feedback", json=vote).status_code == 204
    assert send("POST", "/api/v1/feedback", json=vote | {"vote": "down"}).status_code == 204
    (kept,) = Votes(tmp_path / "feedback.sqlite", 1).since(0)
    assert (kept.answer, kept.vote, kept.word, kept.question) == (id, "down", "很准", NEUTRAL)


def test_feedback_can_be_switched_off(client_for: Callable[..., Send]) -> None:
    vote = {"answer": "a-0123456789abcdef", "event": "a-plan-01", "vote": "up"}
    assert client_for(feedback=False)("POST", "/api/v1/feedback", json=vote).status_code == 404


def test_questions_are_logged_only_where_the_organiser_says_so(client_for: Callable[..., Send], tmp_path: Path) -> None:
    from bot.log.questions import QuestionLog

    ask(client_for())
    assert not (tmp_path / "questions.sqlite").exists()
    ask(client_for(log_questions=True), FAR)
    (logged,) = QuestionLog(tmp_path / "questions.sqlite", 1).since(0)
    assert (logged.question, logged.outcome) == (FAR, "abstain")


def test_a_client_that_leaves_stops_the_work(tmp_path: Path) -> None:
    chatbot = panel(slow=0.15)
    app = build_app(open_desk(chatbot, Settings(state=tmp_path, chat=False)))

    async def leave_early() -> None:
        left = asyncio.Event()
        body = json.dumps({"question": NEUTRAL}).encode()
        inbox = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, object]:
            if inbox:
                return inbox.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            if b"event: sources" in bytes(message.get("body", b"")):  # type: ignore[arg-type]
                left.set()

        path = "/api/v1/ask/stream"
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": "POST", "path": path,
            "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http", "http_version": "1.1",
            "headers": [(b"content-type", b"application/json")], "client": ("203.0.113.9", 1), "server": ("bot", 80),
        }  # fmt: skip
        await app(scope, receive, send)

    asyncio.run(leave_early())
    assert chatbot.made < 2


def test_health_says_alive_and_ready(send: Send) -> None:
    assert send("GET", "/healthz").json() == {"status": "ok"}
    assert send("GET", "/readyz").json() == {"status": "ready"}


def test_the_openapi_document_has_examples_and_every_route(send: Send) -> None:
    document = send("GET", "/api/v1/openapi.json").json()
    assert {"/api/v1/ask", "/api/v1/ask/stream", "/api/v1/events", "/api/v1/feedback"} <= set(document["paths"])
    answer = document["paths"]["/api/v1/ask"]["post"]["responses"]["200"]["content"]["application/json"]
    assert answer["example"]["outcome"] == "answer"


def test_metrics_are_not_on_the_public_routes(send: Send) -> None:
    assert send("GET", "/metrics").status_code == 404


def test_a_client_may_not_wait_for_too_many_answers_at_once(tmp_path: Path) -> None:
    given = Settings(state=tmp_path, chat=False, concurrent=2)
    app = build_app(open_desk(panel(slow=0.3), given))

    async def crowd() -> list[int]:
        transport = httpx.ASGITransport(app=app, client=("203.0.113.9", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
            asked = [client.post("/api/v1/ask", json={"question": NEUTRAL}) for _ in range(4)]
            return sorted([response.status_code for response in await asyncio.gather(*asked)])

    assert asyncio.run(crowd()) == [200, 200, 429, 429]


def test_the_log_holds_no_question_unless_switched_on(
    client_for: Callable[..., Send], caplog: pytest.LogCaptureFixture
) -> None:
    def logged(send: Send) -> str:
        caplog.clear()
        with caplog.at_level("INFO", "roundtable"):
            ask(send)
            send("GET", f"/e/a-plan-01?q={NEUTRAL}")
        return repr([record.__dict__ for record in caplog.records])

    assert "中立" not in logged(client_for())
    assert "中立" in logged(client_for(log_text=True))


def test_answers_and_faults_are_counted(tmp_path: Path, chatbot: Scripted) -> None:
    desk = open_desk(chatbot, Settings(state=tmp_path, chat=False))

    async def visit() -> None:
        transport = httpx.ASGITransport(app=build_app(desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
            await client.post("/api/v1/ask", json={"question": FAR, "event": "a-plan-01"})
            await client.post("/api/v1/ask", json={"question": FAR, "event": "nope"})

    asyncio.run(visit())
    value = desk.metrics.registry.get_sample_value
    assert value("roundtable_answers_total", {"face": "api", "outcome": "abstain"}) == 1
    assert value("roundtable_faults_total", {"status": "404"}) == 1
    assert value("roundtable_under_way") == 0


def test_a_pinned_question_without_an_answer_is_refused() -> None:
    event = read_event(packaged_event())

    def pinning(*questions: str) -> Starters:
        card = EventCard.model_validate(event.card.model_dump() | {"pinned": questions})
        return Starters(panel(events=[type(event)(event.id, card, event.transcripts)]))

    pinning(NEUTRAL).check_pinned()
    with pytest.raises(CheckFailed, match="pins the question '午饭吃什么', which has no answer"):
        pinning(NEUTRAL, FAR).check_pinned()


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


def test_a_question_to_all_events_is_put_to_all(send: Send, chatbot: Scripted) -> None:
    send("POST", "/api/v1/ask", json={"question": NEUTRAL})
    assert chatbot.asked[-1].scope.event is None


def test_a_session_of_one_event_asks_no_others(client_for: Callable[..., Send]) -> None:
    send = client_for()
    bearer = {"Authorization": "Bearer " + send("POST", "/api/v1/session", json={"event": "other"}).json()["session"]}
    assert code(send("POST", "/api/v1/ask", json={"question": NEUTRAL}, headers=bearer)) == "session_expired"
