"""Pages of other sites that carry the widget: served from their own origin, each as hostile as its name says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from web_serving import serving_with

_TAG = '<script src="{bot}/widget.js" data-event="a-plan-01" data-lang="zh" {more}></script>'
_LATE = """<script>setTimeout(function () {{ var s = document.createElement("script"); s.src = "{bot}/widget.js";
  s.dataset.event = "a-plan-01"; s.dataset.lang = "zh"; document.body.append(s); }}, 300)</script>"""
_MODULE = '<script type="module" src="{bot}/widget.js" data-event="a-plan-01" data-lang="zh"></script>'
_EVENTS = """<script>seen = []; for (const name of ["ready", "cite", "seek", "close"])
  document.addEventListener("roundtable:" + name, (event) => seen.push([name, event.detail]));</script>"""
_CSS = """<style>* {{ all: revert; color: red !important; display: inline !important; visibility: hidden; font-size: 3px !important }}
  button, iframe, div {{ opacity: 0 !important; transform: scale(0.1) !important }}</style>"""

PAGES = {
    "/plain": _EVENTS + _TAG.format(bot="{bot}", more=""),
    "/two": _TAG.format(bot="{bot}", more='data-mode="inline"')
    + _TAG.format(bot="{bot}", more='data-position="left" data-accent="#0b6b50"'),
    "/events": _TAG.format(bot="{bot}", more='data-mode="inline"')
    + _TAG.format(bot="{bot}", more='data-mode="inline"').replace("a-plan-01", "other"),
    "/late": _LATE,
    "/module": _MODULE,
    "/strict": _TAG.format(bot="{bot}", more=""),
    "/unframed": _TAG.format(bot="{bot}", more='data-mode="inline"'),
    "/hostile": _CSS + _TAG.format(bot="{bot}", more=""),
}
_POLICIES = {
    "/strict": "default-src 'none'; script-src {bot}; frame-src {bot}; style-src 'none'; connect-src 'none'",
    "/unframed": "default-src 'none'; script-src {bot}; frame-src 'none'",
}


@contextmanager
def host_pages(bot: str) -> Iterator[int]:
    """Serve the pages; the port they are on. ``bot`` is the address they load the widget from."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGES.get(self.path)
            page = f'<!doctype html><html lang="zh"><title>host</title><main><h1>活动</h1>{body or ""}</main></html>'
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy := _POLICIES.get(self.path):
                self.send_header("Content-Security-Policy", policy.format(bot=bot))
            self.end_headers()
            self.wfile.write(page.replace("{bot}", bot).replace("{{", "{").replace("}}", "}").encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving_with(Handler) as port:
        yield port
