"""What happens on the chat page: dressing it in a language, one turn of the conversation, exporting it."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from index.clean import clean as readable
from index.store import Entry, Index
from index.types import Scope

from ..types import ClaimMade, Event, Finished, Lang, Question
from ..web.answering import answering, check_question, followed, new_id
from ..web.client import client_of
from ..web.desk import Desk
from ..web.errors import WebError, body, told
from ..web.rows import event_row, title
from ..wording import say
from .answer import file_html, welcome_html
from .export import to_json, to_markdown
from .head import head_html, library_html
from .talk import Item, Talk, messages, seen
from .words import LANGS, asked_in, preferred, word

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
import gradio as gr

Updates = tuple[Any, ...]
LONGEST_WAIT = 60  # seconds after which the page asks again by itself; beyond, the visitor is told when


class Turns:
    """The page's handlers over a desk. Whatever a browser sends is checked here, as Gradio checks nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def start(self, event: str = "") -> Talk:
        """An empty conversation: about that event, the only one, or all."""
        entry = self._event(event) or self._event("")
        return Talk(entry.id if entry else "")

    def load(self, request: gr.Request) -> Updates:
        """A page opens: its event and language come from the address, else from the browser."""
        wanted = str(request.query_params.get("lang", ""))
        lang: Lang = next(
            (known for known in LANGS if known == wanted), preferred(request.headers.get("accept-language", ""))
        )
        named = str(request.query_params.get("event", ""))
        talk = self.start(named)
        if named not in ("", talk.event):
            gr.Warning(word(lang, "unknown_event"), title=word(lang, "title"))
        return (talk, gr.update(value=lang), *self.dress(talk, lang))

    def dress(self, talk: Talk, lang: str) -> Updates:
        """Everything of the page that has words, in a language."""
        lang = _lang(lang)
        entry, events = self._event(talk.event), self._desk.index.events
        choices = [(word(lang, "everyone"), "")]
        choices += [(who["shown"], who["name"]) for who in event_row(entry, lang, ())["speakers"]] if entry else []
        named = [(word(lang, "all_events"), ""), *((title(event.card, lang), event.id) for event in events)]
        hint = word(lang, "ask_placeholder" if entry else "ask_all_placeholder")
        return (
            head_html(entry, lang) if entry else library_html(events, lang),
            self._messages(talk, lang),
            gr.update(placeholder=hint, label=hint),
            gr.update(value=word(lang, "ask")),
            gr.update(value=word(lang, "stop")),
            gr.update(choices=choices, value="", label=word(lang, "only"), visible=len(choices) > 2),
            gr.update(
                choices=named, value=entry.id if entry else "", label=word(lang, "event"), visible=len(events) > 1
            ),
            gr.update(value=word(lang, "new_chat")),
            gr.update(value=word(lang, "export_markdown")),
            gr.update(value=word(lang, "export_json")),
        )

    def change_event(self, event: str | None, lang: str) -> Updates:
        """A new conversation, perhaps about another event."""
        talk = self.start(event or "")
        return (talk, *self.dress(talk, lang))

    async def ask(
        self, text: str, talk: Talk, lang: str, speaker: str | None, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """One turn: the question at once, then each claim, then the whole answer."""
        lang = _lang(lang)
        id, asked = new_id(), str(text or "").strip()
        if not readable(asked):
            gr.Info(word(lang, "empty"), title=word(lang, "title"))
            yield (gr.skip(), talk, gr.skip(), gr.skip(), gr.skip())
            return
        if len(asked) > self._desk.settings.max_question:
            gr.Warning(
                word(lang, "too_long", n=self._desk.settings.max_question, m=len(asked)), title=word(lang, "title")
            )
            yield (gr.skip(), talk, gr.skip(), gr.skip(), gr.skip())
            return
        talk = talk.begun(asked, id, asked_in(asked, lang))
        yield ("", talk, self._messages(talk, lang), gr.update(visible=False), gr.update(visible=True))
        async with aclosing(self._answer(talk, lang, speaker or None, request)) as made:
            async for item in made:
                talk = talk.ended(item)
                yield (gr.skip(), talk, self._messages(talk, lang), gr.skip(), gr.skip())
        yield (gr.skip(), talk, gr.skip(), gr.update(visible=True), gr.update(visible=False))

    def stopped(self, talk: Talk, lang: str) -> Updates:
        """The visitor has stopped an answer; what was said of it stays."""
        lang = _lang(lang)
        if talk.items and talk.items[-1].answer is None and not talk.items[-1].fault:
            talk = talk.ended(replace(talk.items[-1], fault=word(lang, "stopped")))
        return (talk, self._messages(talk, lang), gr.update(visible=True), gr.update(visible=False))

    def pack_markdown(self, talk: Talk, lang: str) -> str:
        """The conversation as Markdown, under the name of its file."""
        return self._packed(talk, _lang(lang), "md", to_markdown)

    def pack_json(self, talk: Talk, lang: str) -> str:
        """The conversation as JSON, under the name of its file."""
        return self._packed(talk, _lang(lang), "json", to_json)

    def _packed(self, talk: Talk, lang: Lang, suffix: str, form: Callable[..., str]) -> str:
        if not any(item.answer for item in talk.items):
            gr.Info(word(lang, "nothing_to_export"), title=word(lang, "title"))
            return ""
        return file_html(f"{talk.event or 'roundtable'}.{suffix}", form(talk, self._desk.index, lang), new_id())

    async def _answer(self, talk: Talk, lang: Lang, speaker: str | None, request: gr.Request) -> AsyncGenerator[Item]:
        item, desk = talk.items[-1], self._desk.held()
        try:
            question = self._question(talk, speaker)
            client = client_of(request)
            desk.questions_rate.spend("ask", client)
            events = answering(desk, question, item.id, "page")
            with desk.turnstile.enter(client):
                async with aclosing(followed(desk, events)) as made:
                    async for event in made:
                        item = _with(item, event, desk.index)
                        yield item
        except Exception as error:  # noqa: BLE001  Gradio would show a red box without a word of help
            yield self._failed(item, lang, error)

    def _question(self, talk: Talk, speaker: str | None) -> Question:
        settings = self._desk.settings
        text = check_question(talk.items[-1].question, settings.max_question)
        entry = self._event(talk.event)
        if talk.event and entry is None:  # it was taken out while the page was open: nobody else answers in its place
            raise WebError(404, "unknown_event", "There is no such event here any more.")
        if speaker and (entry is None or speaker not in entry.card.by_name):
            raise WebError(404, "unknown_speaker", "There is no such speaker at this event.")
        scope = Scope(entry.id if entry else None, None, speaker)
        return Question(text, talk.history(settings.max_history, self._desk.index), scope, talk.items[-1].lang)

    def _failed(self, item: Item, lang: Lang, error: Exception) -> Item:
        fault = told(error)
        id = str(body(fault, error)["error"]["id"])
        if fault.code == "too_many":
            wait = fault.retry_after or 1
            if wait > LONGEST_WAIT:
                return replace(item, fault=word(lang, "too_many", m=-(-wait // 60)), details=id)
            return replace(item, fault=word(lang, "too_fast", s=wait), wait=wait, details=id)
        return replace(item, fault=word(lang, "unknown_event" if fault.code == "unknown_event" else "ours"), details=id)

    def _messages(self, talk: Talk, lang: Lang) -> list[dict[str, str]]:
        desk, entry = self._desk.held(), self._event(talk.event)
        event = entry.id if entry else ""
        offered = desk.starters.of(event, lang) if event else (say(lang, "ask_overview_all"),)
        written = desk.settings.model is not None
        welcome = welcome_html(offered, lang, self._notes(event, lang), everywhere=entry is None, written=written)
        return messages(talk, welcome, lang, votes=desk.votes is not None, index=desk.index)

    def _notes(self, event: str, lang: Lang) -> tuple[str, ...]:
        """The small print; that questions are kept is said before the first one is asked."""
        return self._desk.small_print(event, lang)

    def _event(self, id: str) -> Entry | None:
        """The event of that id, or without one the only one there is; None is all of several, or one that is gone."""
        events = self._desk.index.events
        return next((event for event in events if event.id == id or (not id and len(events) == 1)), None)


def _with(item: Item, event: Event, index: Index) -> Item:
    """What is there of an answer after one more of its events."""
    if isinstance(event, ClaimMade):
        return replace(item, claims=(*item.claims, event.claim), citations=(*item.citations, *event.citations))
    if isinstance(event, Finished):
        return replace(item, answer=event.answer, seen=seen(event.answer, index))
    return item


def _lang(given: str) -> Lang:
    return next((known for known in LANGS if known == given), "zh")
