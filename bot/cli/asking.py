"""Asking from the command line: one request, or a conversation at a terminal."""

from __future__ import annotations

from typing import cast

import click

from index.batch import Request
from index.errors import RoundtableError
from index.types import Scope

from ..chatbot import Chatbot
from ..question import language
from ..render import AnswerRow, answer_row
from ..types import Exchange, Lang, Question
from .show import show_stream


class AskRow(AnswerRow):
    """An ``ask`` line with the id of its request."""

    id: str | int


def answered(chatbot: Chatbot, request: Request, lang: str | None = None) -> AskRow:
    """The frozen JSON line of one request."""
    row = answer_row(chatbot.ask(_question(request, lang)), chatbot.index)
    return cast("AskRow", {"id": request.id, **row})


def shown(chatbot: Chatbot, request: Request, lang: str | None = None, *, explain: bool = False) -> AnswerRow:
    """Print the answer to one request as it is made."""
    asked = _question(request, lang)
    return show_stream(chatbot.stream(asked), chatbot.index, asked.lang or language(asked.text), explain=explain)


def _question(request: Request, lang: str | None) -> Question:
    history = tuple(Exchange(past.user, past.assistant) for past in request.history)
    return Question(request.question, history, request.scope, cast("Lang | None", lang))


def converse(chatbot: Chatbot, *, event: str | None, transcript: str | None, speaker: str | None) -> None:
    """A conversation at the terminal; an empty line or Ctrl-D ends it."""
    history: list[Exchange] = []
    scope = Scope(event, transcript, speaker)
    while text := click.prompt("?", default="", show_default=False).strip():
        try:
            row = show_stream(chatbot.stream(Question(text, tuple(history), scope)), chatbot.index, language(text))
        except RoundtableError as error:
            click.echo(str(error), err=True)
            continue
        history.append(Exchange(text, row["text"]))
