"""What is counted, limited and kept of questions and votes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from calls import Send, ask
from scripted import FAR, NEUTRAL, Scripted, panel

from bot.settings import Settings
from bot.web.app import build_app
from bot.web.desk import open_desk


def test_too_many_questions_are_a_429_with_the_seconds_to_wait(client_for: Callable[..., Send]) -> None:
    send = client_for(question_limit="2/minute")
    assert [ask(send).status_code for _ in range(3)] == [200, 200, 429]
    refused = ask(client_for(question_limit="2/minute"))  # a restarted server remembers
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60


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


def test_health_says_alive_and_ready(send: Send) -> None:
    assert send("GET", "/healthz").json() == {"status": "ok"}
    assert send("GET", "/readyz").json() == {"status": "ready"}


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
