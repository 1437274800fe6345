"""A model's server that behaves as badly as it is told to, over a real socket."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket], None]


@dataclass
class ModelServer:
    """Where it is, what it was sent, and how long after its start each request came; ``gone`` counts visitors that
    hung up before the reply was whole.
    """

    url: str
    began: float = field(default_factory=time.monotonic)
    requests: list[bytes] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    gone: int = 0

    def body(self, number: int = 0) -> dict[str, object]:
        """The JSON of a request."""
        found: dict[str, object] = json.loads(self.requests[number].partition(b"\r\n\r\n")[2])
        return found


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[ModelServer]:
    """A server whose n-th request meets the n-th behaviour, and every later one the last."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = ModelServer(f"http://127.0.0.1:{listener.getsockname()[1]}/v1")
        threading.Thread(target=_accept, args=(listener, server, behaviours), daemon=True).start()
        yield server
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, server: ModelServer, behaviours: Sequence[Behaviour]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_meet, args=(connection, server, behaviours), daemon=True).start()


def _meet(connection: socket.socket, server: ModelServer, behaviours: Sequence[Behaviour]) -> None:
    with connection:
        connection.settimeout(30)
        try:
            request = _read(connection)
            behaviour = behaviours[min(len(server.requests), len(behaviours) - 1)]
            server.requests.append(request)
            server.at.append(time.monotonic() - server.began)
            behaviour(connection)
        except OSError:
            server.gone += 1


def _read(connection: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def head(status: int = 200, kind: str = "text/event-stream", *more: str) -> bytes:
    """A response's head; the body ends with the connection."""
    return "\r\n".join([f"HTTP/1.1 {status} X", f"Content-Type: {kind}", "Connection: close", *more, "", ""]).encode()


def piece(text: str, *, end: str | None = None) -> bytes:
    """A piece of text as OpenAI's API streams it."""
    delta = {"content": text} if text else {}
    choice = {"index": 0, "delta": delta, "finish_reason": end}
    row = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(row, ensure_ascii=False).encode() + b"\n\n"


def saying(*texts: str, end: str | None = "stop", every: float = 0) -> Behaviour:
    """A good reply, in pieces, one every so many seconds; ``end`` None leaves out why it ended."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(head())
        for text in texts:
            connection.sendall(piece(text))
            time.sleep(every)
        if end:
            connection.sendall(piece("", end=end) + b"data: [DONE]\n\n")

    return behave


def led(steps: threading.Semaphore, *texts: str) -> Behaviour:
    """A good reply that waits for a step before each piece."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(head())
        for text in texts:
            steps.acquire(timeout=20)
            connection.sendall(piece(text))
        connection.sendall(piece("", end="stop") + b"data: [DONE]\n\n")

    return behave


def sending(body: bytes, status: int = 200, kind: str = "text/event-stream", *more: str) -> Behaviour:
    """Bytes as they are."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(head(status, kind, *more))
        connection.sendall(body)

    return behave


def silent(seconds: float = 20) -> Behaviour:
    """Takes the request and says nothing."""

    def behave(connection: socket.socket) -> None:
        connection.settimeout(seconds)
        with suppress(TimeoutError):
            if not connection.recv(1):
                raise OSError("the visitor hung up")

    return behave


def dripping(before: int = 0, every: float = 0.1) -> Behaviour:
    """Comments that keep the connection alive (as proxies send), after so many pieces of text; for ever."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(head() + b"".join(piece("话") for _ in range(before)))
        while True:
            time.sleep(every)
            connection.sendall(b": still here\n\n" if not before else piece("话"))

    return behave


def chunked_and_cut(*texts: str) -> Behaviour:
    """Promises another chunk and closes."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(head(200, "text/event-stream", "Transfer-Encoding: chunked"))
        for text in texts:
            body = piece(text)
            connection.sendall(f"{len(body):x}\r\n".encode() + body + b"\r\n")
        connection.sendall(b"fff\r\ndata: {")

    return behave


def hanging_up(connection: socket.socket) -> None:
    """Closes without a word."""
    connection.shutdown(socket.SHUT_RDWR)
