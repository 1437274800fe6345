"""The proxy in front of ``roundtable serve``: nginx with the guide's configuration, else a stand-in that does as it does."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from web_browser import free_port
from web_serving import serving_with

GUIDE = Path(__file__).parent.parent / "docs" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def proxy(folder: Path, *servers: str) -> Iterator[int]:
    """The port of a proxy that serves ``/talks/`` from these servers (host:port), every client from the same one."""
    with nginx(folder, servers) if NGINX else stand_in(servers) as port:
        yield port


@contextmanager
def nginx(folder: Path, servers: Sequence[str]) -> Iterator[int]:
    """An nginx with the configuration of the organiser guide."""
    port = free_port()
    conf = GUIDE.read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    conf = conf.replace("127.0.0.1:7860", servers[0])
    if len(servers) > 1:
        conf = conf.replace("# server 127.0.0.1:7861;", f"server {servers[1]};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; daemon off; master_process off; events {{}}\n"
        f"http {{ access_log off; {temporary} {conf} }}\n"
    )
    process = subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(path)], stderr=subprocess.PIPE)
    try:
        time.sleep(0.5)
        assert process.poll() is None, process.stderr and process.stderr.read()
        yield port
    finally:
        process.terminate()
        process.wait(10)
        if process.stderr:
            process.stderr.close()


@contextmanager
def stand_in(servers: Sequence[str]) -> Iterator[int]:
    """What nginx.conf says, by hand: the prefix taken off, the client's address handed on, nothing buffered."""
    print("NO NGINX FOUND: behind a stand-in, docs/nginx.conf was not tested")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            client = self.client_address[0]
            upstream = HTTPConnection(servers[zlib.crc32(client.encode()) % len(servers)])
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            kept = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            headers = kept | {"X-Forwarded-For": client, "X-Forwarded-Proto": "http"}
            try:
                upstream.request(self.command, self.path.removeprefix("/talks"), body, headers)
                self._hand_on(upstream.getresponse())
            except OSError:
                self.close_connection = True  # either side has left
            finally:
                upstream.close()

        def do_POST(self) -> None:
            self.do_GET()

        def _hand_on(self, answer: HTTPResponse) -> None:
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            while piece := answer.read1(65536):
                self.wfile.write(piece)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving_with(Handler) as port:
        yield port
