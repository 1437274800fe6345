"""The chat page: Gradio's blocks, dressed by ``embed/chat.css`` and ``embed/chat.js``."""

from __future__ import annotations

import os
from importlib import resources
from typing import Any

from fastapi import FastAPI

from ..web.desk import Desk
from ..web.joins import Input, Joins
from .turns import Turns
from .words import word

# Gradio's own process looks up foreign hosts at import unless told not to (measured with 6.31).
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
import gradio as gr
from gradio.data_classes import BlocksConfigDict

KEPT = 2 * 3600  # seconds a conversation is kept after its last question
SESSIONS = 2000  # conversations kept at once, the last used; at about 50 kB an answer with its passages
THREADS = 100  # Gradio's hidden cap is 40 jobs a process
_LANGUAGES = [("中文", "zh"), ("English", "en")]
_HEAD = '<script type="module" src="web/chat.js"></script>'
_READER = '<div id="rt-reader" class="rt-reader" role="complementary"></div>'


def chat_app(desk: Desk) -> Joins:
    """The chat page at ``/`` of an application of its own; the guard lets through only the routes it needs."""
    app, page = FastAPI(openapi_url=None, docs_url=None, redoc_url=None), chat_page(desk)
    styles = "".join((resources.files("bot") / "embed" / name).read_text("utf-8") for name in ("look.css", "chat.css"))
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        enable_monitoring=False,
        pwa=False,
        ssr_mode=False,
        mcp_server=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        css=styles,
        head=_HEAD,
    )
    kinds: dict[type, Input] = {gr.State: "kept", gr.Textbox: "text"}
    handlers = {id: handler for id, handler in page.fns.items() if handler.fn}
    inputs = {id: tuple(kinds.get(type(given), "choice") for given in fn.inputs) for id, fn in handlers.items()}
    return Joins(app, inputs, lambda: _choices(desk))


def _choices(desk: Desk) -> set[str]:
    """Whatever may be chosen on the page now: languages, events, speakers, or none of them."""
    names = {name for event in desk.index.events for name in (event.id, *event.card.by_name)}
    return {"", *(lang for _, lang in _LANGUAGES), *names}


class _Page(gr.Blocks):
    """Blocks without a heartbeat: every open tab would hold one of the six lines a browser keeps to a server."""

    def get_config_file(self) -> BlocksConfigDict:
        """What the browser is told of the page."""
        config = super().get_config_file()
        config["connect_heartbeat"] = False
        return config


def chat_page(desk: Desk) -> gr.Blocks:
    """The page over a desk."""
    turns = Turns(desk)
    page: gr.Blocks
    with _Page(title=_title(desk), analytics_enabled=False, fill_width=True) as page:
        talk = gr.State(turns.start(), time_to_live=KEPT)
        with gr.Row(elem_id="rt-page"):
            with gr.Column(elem_id="rt-main"):
                head = _html(elem_id="rt-head")
                with gr.Row(elem_id="rt-top"):
                    lang = gr.Radio(
                        _LANGUAGES,
                        value="zh",
                        label="语言 Language",
                        show_label=False,
                        container=False,
                        elem_id="rt-lang",
                    )
                chat = _chatbot()
                with gr.Row(elem_id="rt-form"):
                    box = gr.Textbox(show_label=False, container=False, lines=1, max_lines=5, elem_id="rt-box", scale=1)
                    send = gr.Button("", elem_id="rt-send", scale=0)
                    stop = gr.Button("", elem_id="rt-stop", scale=0, visible=False)
                with gr.Row(elem_id="rt-tools"):
                    speaker = gr.Dropdown([], show_label=False, container=False, elem_id="rt-speaker", scale=0)
                    event = gr.Dropdown(
                        [], show_label=False, container=False, elem_id="rt-event", scale=0, visible=False
                    )
                    new, markdown, rows = (gr.Button("", elem_id=f"rt-{id}", scale=0) for id in ("new", "md", "json"))
            with gr.Column(elem_id="rt-side"):
                _html(_READER, elem_id="rt-reader-holder")
        file = _html(elem_id="rt-file")

        dressed = [head, chat, box, send, stop, speaker, event, new, markdown, rows]
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        page.load(turns.load, None, [talk, lang, *dressed], **quiet)  # queued: only then can it say something
        lang.input(turns.dress, [talk, lang], dressed, queue=False, **quiet)
        event.input(turns.change_event, [event, lang], [talk, *dressed], queue=False, **quiet)
        new.click(turns.change_event, [event, lang], [talk, *dressed], queue=False, **quiet)
        asking = gr.on(
            [box.submit, send.click],
            turns.ask,
            [box, talk, lang, speaker],
            [box, talk, chat, send, stop],
            concurrency_limit=THREADS,
            trigger_mode="once",
            **quiet,
        )
        stop.click(turns.stopped, [talk, lang], [talk, chat, send, stop], cancels=[asking], queue=False, **quiet)
        for button, pack in ((markdown, turns.pack_markdown), (rows, turns.pack_json)):
            button.click(pack, [talk, lang], file, **quiet)
    page.state_session_capacity = SESSIONS
    page.max_threads = THREADS  # before queue(), which reads it
    page.queue(default_concurrency_limit=THREADS, api_open=False)
    return page


def _html(value: str = "", *, elem_id: str) -> gr.Markdown:
    """A block of sanitised HTML; ``gr.HTML`` is neither sanitised nor does it work without eval."""
    return gr.Markdown(value, elem_id=elem_id, latex_delimiters=[], container=False)


def _chatbot() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="rt-chat",
        show_label=False,
        container=False,
        buttons=[],
        latex_delimiters=[],
        feedback_options=None,
        layout="panel",
        group_consecutive_messages=False,
        allow_file_downloads=False,
        autoscroll=False,  # to the end of a long answer, past its beginning: chat.js keeps the question in sight instead
    )


def _title(desk: Desk) -> str:
    return desk.index.events[0].card.title if len(desk.index.events) == 1 else word("zh", "title")
