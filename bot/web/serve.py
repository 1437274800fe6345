"""Running the application: one process with the chat page, or several workers for light page, widget and API."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from index.errors import InputError

from ..settings import Settings
from ..wire import open_for_serving
from .app import build_app
from .asks import Asks
from .desk import Desk, open_desk
from .logs import log_to_stderr
from .metrics import MULTIPROCESS, serve_metrics

GRACE = 20  # seconds that answers under way may take after SIGTERM
_HANDED = "_ROUNDTABLE_SERVE"  # how the settings reach the workers


def serve(settings: Settings, open_bot: Callable[[Settings], Asks], say: Callable[[str], None]) -> None:
    """Serve until a signal comes; says the address once the page can be asked for."""
    log_to_stderr(settings.log_format)
    chatbot = open_bot(settings)
    desk = open_desk(chatbot, settings)
    desk.starters.check_pinned()
    if settings.workers > 1:
        if settings.watch:
            raise InputError("--watch needs a single process; serve with --workers 1")
        _serve_many(settings, say)
        return
    if settings.metrics_port:
        serve_metrics(settings.metrics_port, desk.metrics)
    app = build_app(desk)
    with _watching(desk, chatbot):
        _Announcing(_config(app, settings), started=lambda: say(address(settings))).run()


def _watching(desk: Desk, chatbot: Asks) -> AbstractContextManager[None]:
    """Keeps the desk up to date with the files of its events, where that is wanted."""
    if not desk.settings.watch:
        return nullcontext()
    from ..chatbot import Chatbot
    from .watch import Watcher

    if not isinstance(chatbot, Chatbot):
        raise InputError("only an index of this machine can be watched; serve without --watch")
    return Watcher(desk.current, chatbot).running()


def address(settings: Settings) -> str:
    """Where a person on this machine finds the page."""
    if settings.public_url:
        return settings.public_url
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{host}:{settings.port}{settings.root_path}"


def worker_app() -> ASGIApp:
    """The application of one of several workers."""
    settings = Settings.model_validate_json(os.environ[_HANDED])
    log_to_stderr(settings.log_format)
    return build_app(open_desk(open_for_serving(settings), settings))


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, *, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop for SIGTERM as for any other signal, but end with 0: uvicorn would kill itself with it afterwards."""
        if sig == signal.SIGTERM:
            self.should_exit = True
        else:
            super().handle_exit(sig, frame)

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._started()


def _config(app: ASGIApp | str, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        workers=settings.workers,
        log_config=None,
        access_log=False,  # it would write ?q=, which holds a question
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=GRACE,
    )


def _serve_many(settings: Settings, say: Callable[[str], None]) -> None:
    """Workers without the chat page: Gradio keeps queue and session in one process (docs/organisers.md)."""
    secrets = {"secret": settings.secret, "model_key": settings.model_key}
    told = {name: held.get_secret_value() if held else None for name, held in secrets.items()}
    handed = settings.model_copy(update={"chat": False}).model_dump(mode="json") | told
    os.environ[_HANDED] = json.dumps(handed)
    with tempfile.TemporaryDirectory(prefix="roundtable-metrics-") as folder:
        if settings.metrics_port:
            os.environ[MULTIPROCESS] = folder
            serve_metrics(settings.metrics_port, None)
        say(address(settings))
        config = _config("bot.web.serve:worker_app", settings)
        Multiprocess(config, [config.bind_socket()]).run()
