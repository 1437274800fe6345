"""Models over real sockets: however badly the server behaves, a call ends in text or in one failure with a name."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.model.breaker import Breaker
from bot.model.chat import Model
from bot.model.types import ModelFailed
from tests.asking_models import ASKED, model_at, spoken
from tests.model_server import (
    Behaviour,
    chunked_and_cut,
    dripping,
    hanging_up,
    led,
    piece,
    saying,
    sending,
    serving,
    silent,
)
from tests.waiting import until

SLACK = 10.0  # seconds a loaded machine may add to a deadline; a call that misses it lasts 20 s or for ever


def test_pieces_come_as_they_are_sent() -> None:
    steps, got = threading.Semaphore(1), list[str]()
    with serving(led(steps, "我们", "保持", "中立[S1]。")) as server:
        model = model_at(server.url, model_first=20, model_total=20)
        for said in model.stream(ASKED):
            got.append(said)
            steps.release()  # the server sends the next piece only now
    assert got == ["我们", "保持", "中立[S1]。"]
    assert (model.name, model.context) == ("openai:m", 1024 - 50)
    sent = server.body()
    assert (sent["temperature"], sent["max_tokens"], sent["stream"]) == (0, 50, True)
    assert "max_completion_tokens" not in sent


SSE = "text/event-stream"
BAD: dict[str, tuple[Behaviour, str]] = {
    "silent": (silent(), "timeout"),
    "dripping comments": (dripping(), "timeout"),
    "hanging up": (hanging_up, "cut"),
    "cut in the middle of a chunk": (chunked_and_cut("我们", "保"), "cut"),
    "over without saying why": (saying("我们", "保", end=None), "cut"),
    "cut in the middle of a row": (sending(piece("我们") + piece("保持")[:40]), "cut"),
    "a web page": (sending(b"<html><body>Welcome to the wifi</body></html>", 200, "text/html; charset=utf-8"), "garbage"),
    "a web page said to be a stream": (sending(b"<html><body>Welcome</body></html>", 200, SSE), "bad_reply"),
    "no JSON": (sending(b"data: {nonsense\n\n", 200, SSE), "garbage"),
    "JSON of another kind": (sending(b'data: {"choices": 7}\n\n', 200, SSE), "garbage"),
    "bytes": (sending(bytes(range(128, 256)) * 64 + b"\n\n", 200, SSE), "garbage"),
    "another encoding": (sending(b"data: " + "{'话': '我们保持中立'}".encode("gb18030") + b"\n\n", 200, SSE), "garbage"),
    "UTF-16": (sending(piece("我们").decode().encode("utf-16"), 200, SSE), "garbage"),
    "nothing": (sending(b"", 200, SSE), "bad_reply"),
    "a reply without text": (saying(), "bad_reply"),
    "ten megabytes of text": (saying(*["长" * 100_000] * 100), "too_long"),
    "ten megabytes without a line's end": (sending(b"data: " + b"x" * 10_000_000, 200, SSE), "too_long"),
    "more tokens than allowed": (saying("我们", end="length"), "too_long"),
    "500": (sending(b'{"error": "broken"}', 500, "application/json"), "refused"),
    "503 with a page": (sending(b"<html>Bad gateway</html>", 503, "text/html"), "refused"),
    "401": (sending(b'{"error": {"message": "Incorrect API key"}}', 401, "application/json"), "refused"),
    "404": (sending(b"not here", 404, "text/plain"), "refused"),
    "an error inside the stream": (sending(b'data: {"error": {"message": "CUDA out of memory"}}\n\n', 200, SSE), "refused"),
    "429 for an hour": (sending(b"{}", 429, "application/json", "Retry-After: 3600"), "rate_limited"),
    "429 without a hint": (sending(b"{}", 429, "application/json"), "rate_limited"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reply_ends_in_its_kind_within_the_deadline(name: str) -> None:
    behaviour, kind = BAD[name]
    with serving(behaviour) as server:
        model = model_at(server.url, model_tries=2)
        began = time.monotonic()
        with pytest.raises(ModelFailed) as failed:
            spoken(model)
        assert time.monotonic() - began < 4 + SLACK
    assert failed.value.kind == kind, str(failed.value)
    assert str(failed.value).startswith("the model 'openai:m' ")


def test_a_stream_that_never_ends_is_cut_at_the_total_deadline() -> None:
    with serving(dripping(before=1, every=0.2)) as server:
        began = time.monotonic()
        got: list[str] = []
        with pytest.raises(ModelFailed) as failed:
            got.extend(model_at(server.url).stream(ASKED))
        took = time.monotonic() - began
    assert failed.value.kind == "timeout"
    assert 4 <= took < 4 + SLACK


def test_nobody_listening_is_refused_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ModelFailed) as failed:
        spoken(model_at(f"http://127.0.0.1:{port}/v1", model_tries=1))
    assert failed.value.kind == "refused"  # and not "timeout", in which waiting would end


def test_an_address_that_swallows_packets_meets_the_deadline_to_connect() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        where = listener.getsockname()
        filling = [socket.socket() for _ in range(4)]
        for one in filling:
            one.setblocking(False)
            one.connect_ex(where)
        began = time.monotonic()
        with pytest.raises(ModelFailed) as failed:
            spoken(model_at(f"http://127.0.0.1:{where[1]}/v1", model_connect=0.3, model_first=20, model_tries=1))
        assert failed.value.kind == "timeout"
        assert time.monotonic() - began < 0.3 + SLACK
        for one in filling:
            one.close()


def test_a_passing_fault_is_tried_again() -> None:
    with serving(sending(b"{}", 500, "application/json"), hanging_up, saying("好。")) as server:
        assert spoken(model_at(server.url, model_first=10, model_total=12)) == "好。"
    assert len(server.requests) == 3


def test_retry_after_is_waited_for() -> None:
    busy = sending(b"{}", 429, "application/json", "Retry-After: 1")
    with serving(busy, saying("好。")) as server:
        assert spoken(model_at(server.url, model_first=10, model_total=12)) == "好。"
    assert server.at[1] - server.at[0] >= 1


def test_a_wait_beyond_our_patience_is_not_begun() -> None:
    with serving(sending(b"{}", 429, "application/json", "Retry-After: 60")) as server:
        assert _kind(model_at(server.url)) == "rate_limited"  # and not "timeout", in which waiting would end
    assert len(server.requests) == 1


def test_what_has_begun_is_never_tried_again() -> None:
    with serving(chunked_and_cut("我们"), saying("好。")) as server:
        got: list[str] = []
        with pytest.raises(ModelFailed):
            got.extend(model_at(server.url).stream(ASKED))
    assert got in (["我们"], [])
    assert len(server.requests) == 1


def test_a_key_that_is_refused_is_not_tried_again() -> None:
    with (
        serving(sending(b"{}", 401, "application/json")) as server,
        pytest.raises(ModelFailed, match="ROUNDTABLE_MODEL_KEY"),
    ):
        spoken(model_at(server.url))
    assert len(server.requests) == 1


def test_closing_the_iterator_hangs_up() -> None:
    with serving(dripping(before=1)) as server:
        pieces = model_at(server.url, model_total=100).stream(ASKED)
        assert next(pieces) == "话"
        pieces.close()  # type: ignore[attr-defined]
        until(lambda: server.gone == 1)


def test_a_model_serves_many_threads() -> None:
    with serving(saying("好", "。", every=0.1)) as server:
        model = model_at(server.url, model_first=10, model_total=10)
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(spoken, [model] * 16)) == ["好。"] * 16


def test_a_model_that_keeps_failing_is_left_alone_and_tried_again() -> None:
    clock = [0.0]
    breaker = Breaker(failures=2, rest=30, clock=lambda: clock[0])
    with serving(*[sending(b"{}", 500, "application/json")] * 3, saying("好。")) as server:
        opened = model_at(server.url, model_tries=1)
        model = Model(opened._chat, opened._known, patience=opened._patience, breaker=breaker)
        kinds = [_kind(model) for _ in range(3)]
        assert (kinds, len(server.requests)) == (["refused", "refused", "circuit_open"], 2)
        clock[0] = 31.0
        assert (_kind(model), _kind(model), len(server.requests)) == ("refused", "circuit_open", 3)
        clock[0] = 62.0
        assert (_kind(model), _kind(model)) == ("", "")


def test_one_call_at_a_time_tries_a_model_that_was_left_alone() -> None:
    clock = [0.0]
    breaker = Breaker(failures=1, rest=30, clock=lambda: clock[0])
    breaker.sick()
    assert breaker.wait() == 30
    clock[0] = 31.0
    assert (breaker.wait(), breaker.wait()) == (0, 30)
    breaker.well()
    assert breaker.wait() == 0


def _kind(model: Model) -> str:
    try:
        spoken(model)
    except ModelFailed as failed:
        return failed.kind
    return ""


def test_a_prompt_the_server_refuses_does_not_tell_on_the_server() -> None:
    with serving(sending(b"{}", 400, "application/json")) as server:
        model = model_at(server.url)
        assert [_kind(model) for _ in range(7)] == ["refused"] * 7
    assert len(server.requests) == 7
