"""What the API answers: questions, events and turns, and faults that say nothing of the inside."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from pathlib import Path

import pytest
from calls import Send, ask, code, events_of
from scripted import FAR, LISTED, NEUTRAL, WHY_NEUTRAL, Scripted, panel

from bot.settings import Settings
from bot.web.app import build_app
from bot.web.desk import open_desk
from bot.web.starters import Starters
from index.errors import CheckFailed
from index.event import EventCard
from index.source import packaged_event, read_event


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


@pytest.mark.parametrize(
    "question", ["", "   ", " \u200b\u3000", "\u200b\ufeff\u2060", "字" * 501, "\ud800", "a\x00b", "字" * 5000]
)
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


def test_the_openapi_document_has_examples_and_every_route(send: Send) -> None:
    document = send("GET", "/api/v1/openapi.json").json()
    assert {"/api/v1/ask", "/api/v1/ask/stream", "/api/v1/events", "/api/v1/feedback"} <= set(document["paths"])
    answer = document["paths"]["/api/v1/ask"]["post"]["responses"]["200"]["content"]["application/json"]
    assert answer["example"]["outcome"] == "answer"


def test_a_pinned_question_without_an_answer_is_refused() -> None:
    event = read_event(packaged_event())

    def pinning(*questions: str) -> Starters:
        card = EventCard.model_validate(event.card.model_dump() | {"pinned": questions})
        return Starters(panel(events=[type(event)(event.id, card, event.transcripts)]))

    pinning(NEUTRAL).check_pinned()
    with pytest.raises(CheckFailed, match="pins the question '午饭吃什么', which has no answer"):
        pinning(NEUTRAL, FAR).check_pinned()


def test_a_question_to_all_events_is_put_to_all(send: Send, chatbot: Scripted) -> None:
    send("POST", "/api/v1/ask", json={"question": NEUTRAL})
    assert chatbot.asked[-1].scope.event is None
