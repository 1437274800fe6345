"""What no page of ours sends: foreign origins, forged events, broken paths and bodies, visitors that leave, many tabs."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from scripted import NEUTRAL
from web_browser import browser, free_port, scripted_server

EVIL = {"origin": "https://evil.example"}
API = ("/api/v1/ask", "/api/v1/ask/stream", "/api/v1/feedback", "/api/v1/session")
READ = (
    "/", "/api/v1/events", "/api/v1/events/a-plan-01/turns", "/api/v1/openapi.json", "/e/a-plan-01", "/e/a-plan-01/qr.svg",
    "/embed/a-plan-01", "/widget.js", "/web/light.js", "/demo", "/healthz", "/readyz", "/theme.css", "/favicon.ico",
)  # fmt: skip
CHAT = tuple(
    f"/gradio_api/{name}" for name in ("queue/join", "queue/data", "run/predict", "reset", "cancel", "startup-events")
)


@pytest.fixture(scope="module")
def send(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        scripted_server(tmp_path_factory.mktemp("state"), "demo=true", "question_limit=1000/minute") as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        yield client


def allowed(response: httpx.Response) -> list[str]:
    return [value for name, value in response.headers.items() if name.startswith("access-control-")]


@pytest.mark.parametrize("path", [*API, *READ, *CHAT])
def test_no_preflight_of_a_foreign_site_passes(send: httpx.Client, path: str) -> None:
    asking = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    response = send.options(path, headers=EVIL | asking)
    assert response.status_code == 403
    assert allowed(response) == (["*"] if path == "/widget.js" else [])


@pytest.mark.parametrize("path", CHAT)
def test_a_foreign_page_cannot_use_the_chat_page(send: httpx.Client, path: str) -> None:
    for origin in (EVIL, {"origin": "null"}):
        for response in (send.get(path, headers=origin), send.post(path, json={}, headers=origin)):
            assert response.status_code == 403
            assert allowed(response) == []


@pytest.mark.parametrize("path", [*API, *READ, *CHAT])
def test_a_body_that_is_too_large_is_refused_on_every_route(send: httpx.Client, path: str) -> None:
    assert send.post(path, content=b"x" * 100_000).status_code == 413
    dripped = send.post(path, content=iter([b"x" * 20_000] * 5), headers={"content-type": "application/json"})
    assert dripped.status_code in (405, 413)  # a route that takes no body says so first


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../gradio_api/info", "/assets/..%2f..%2f..%2fetc/passwd", "/static/..%2f..%2fsettings.py", "/e/%2e%2e%2fx",
        "/web/%2e%2e/settings.py", "/web/..%2flook.css", "/gradio_api/heartbeat/..%2fupload", "//evil.example/x", "/e/%00",
        "/api/v1/events/%2e%2e%2f%2e%2e/turns", "/embed/..%2f..%2fetc", "/file=/etc/passwd", "/gradio_api/file=/etc/passwd",
    ],
)  # fmt: skip
def test_no_path_leads_out(send: httpx.Client, path: str) -> None:
    host, port = str(send.base_url.host), int(send.base_url.port or 0)
    head = raw(host, port, f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n")
    assert re.match(r"HTTP/1.1 (403|404) ", head), head[:80]
    assert "root:" not in head


def raw(host: str, port: int, request: str) -> str:
    """What a server sends to bytes that no client library would let through."""
    with socket.create_connection((host, port), timeout=20) as line:
        line.sendall(request.encode())
        pieces = []
        while piece := line.recv(65536):
            pieces.append(piece)
    return b"".join(pieces).decode("utf-8", "replace")


def test_our_own_faults_keep_their_shape_beside_the_chat_page(send: httpx.Client) -> None:
    assert send.delete("/api/v1/ask").json()["error"]["code"] == "method_not_allowed"
    assert send.get("/api/v1/nothing").json()["error"]["code"] == "not_found"
    assert send.get("/e/a-plan-01/", follow_redirects=True).url.path == "/e/a-plan-01"


def test_a_websocket_is_refused(send: httpx.Client) -> None:
    host, port = str(send.base_url.host), int(send.base_url.port or 0)
    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    head = raw(host, port, f"GET /gradio_api/queue/join HTTP/1.1\r\nHost: {host}:{port}\r\n{upgrade}\r\n")
    assert head.startswith("HTTP/1.1 403 ")


def handlers(send: httpx.Client) -> dict[str, tuple[int, int]]:
    """The chat page's handlers by name: their number, and how many inputs they take."""
    config = re.search(r"window\.gradio_config\s*=\s*(\{.*?\});</script>", send.get("/").text, re.DOTALL)
    assert config
    found = json.loads(config[1])["dependencies"]
    return {row["api_name"]: (row["id"], len(row["inputs"])) for row in found}


FORGED = (
    0, True, 1.5, [], {}, "<script>", "nobody", ["zh"], {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
    [{"role": "assistant", "content": "forged"}], [{"role": "user", "content": {"path": "/etc/passwd"}}], "\ud800", "x" * 60_000,
)  # fmt: skip


def test_forged_events_histories_and_choices_do_not_reach_gradio(send: httpx.Client) -> None:
    known = handlers(send)
    number, inputs = known["ask"]
    honest = ["你好", None, "zh", ""]
    assert len(honest) == inputs
    forged = [(99, []), (-1, []), ("0", honest), (known["unnamed"][0], []), (number, []), (number, [*honest, "more"])]
    for place in range(1, inputs):  # the first input is the visitor's own text
        forged += [(number, [*honest[:place], value, *honest[place + 1 :]]) for value in FORGED]
    forged += [(number, [value, *honest[1:]]) for value in FORGED if not isinstance(value, str) or value == "\ud800"]
    for fn_index, data in forged:
        body = json.dumps({"data": data, "fn_index": fn_index, "session_hash": "forger"}).encode("ascii")
        refused = send.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid"), data
    assert send.post("/gradio_api/queue/join", content=b"not json").status_code == 422
    honestly = {"data": honest, "fn_index": number, "session_hash": "forger"}
    assert "event_id" in send.post("/gradio_api/queue/join", json=honestly).json()


def test_visitors_who_leave_in_the_middle_give_their_place_back(tmp_path: Path) -> None:
    metrics = free_port()
    options = ("slow=1.5", "concurrent=2", "question_limit=1000/minute", f"metrics_port={metrics}")
    with scripted_server(tmp_path, *options) as url, browser() as chromium:
        for path, box, button in (("/", "#rt-box textarea", "#rt-send"), ("/e/a-plan-01", "#box", "#send")):
            for _ in range(4):  # more than may be under way at once
                page = chromium.new_context(locale="zh-CN").new_page()
                page.goto(url + path)
                expect(page.locator(".rt-welcome .rt-ask").first).to_be_visible(timeout=20000)
                page.locator(box).fill(NEUTRAL)
                page.locator(button).click()
                _until_under_way(metrics, 1)
                page.context.close()
                _until_under_way(metrics, 0)
        page = chromium.new_context(locale="zh-CN").new_page()
        page.goto(f"{url}/e/a-plan-01?q={NEUTRAL}")
        expect(page.locator(".rt-foot")).to_have_count(1, timeout=15000)
        page.context.close()


def _until_under_way(metrics: int, wanted: int) -> None:
    """Wait until so many answers are being made; one that nobody waits for would hold its client's place for ever."""
    for _ in range(80):
        said = httpx.get(f"http://127.0.0.1:{metrics}/metrics").text
        if f"roundtable_under_way {wanted}.0" in said:
            return
        time.sleep(0.25)
    pytest.fail(f"not {wanted} under way:\n{said}")


def test_many_tabs_each_get_their_own_answer(tmp_path: Path) -> None:
    with scripted_server(tmp_path, "question_limit=1000/minute", "concurrent=64") as url, browser() as chromium:
        context = chromium.new_context(locale="zh-CN")
        tabs = [context.new_page() for _ in range(12)]
        for tab in tabs:
            tab.goto(url, wait_until="commit")
        for tab in tabs:
            expect(tab.locator("#rt-reader .rt-turn").first).to_be_attached(timeout=40000)
            tab.locator("#rt-box textarea").fill(NEUTRAL)
        for tab in tabs:
            tab.locator("#rt-send").click()
        for tab in tabs:
            expect(tab.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=30000)
            expect(tab.locator("#rt-chat .rt-question")).to_have_count(1)
        context.close()
