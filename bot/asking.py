"""Asking from the command line: one request, or a conversation at a terminal."""

from __future__ import annotations

from typing import cast

import click

from index.batch import Request
from index.errors import RoundtableError
from index.types import Scope

from .chatbot import Chatbot
from .render import AnswerRow, answer_row
from .show import show_answer
from .types import Exchange, Lang, Question


class AskRow(AnswerRow):
    """An ``ask`` line with the id of its request."""

    id: str | int


def answered(chatbot: Chatbot, request: Request, lang: str | None = None) -> AskRow:
    """The frozen JSON line of one request."""
    history = tuple(Exchange(past.user, past.assistant) for past in request.history)
    question = Question(request.question, history, request.scope, cast("Lang | None", lang))
    row = answer_row(chatbot.ask(question), chatbot.index)
    return cast("AskRow", {"id": request.id, **row})


def converse(chatbot: Chatbot, *, event: str | None, transcript: str | None, speaker: str | None) -> None:
    """A conversation at the terminal; an empty line or Ctrl-D ends it."""
    history: list[Exchange] = []
    scope = Scope(event, transcript, speaker)
    while text := click.prompt("?", default="", show_default=False).strip():
        try:
            answer = chatbot.ask(Question(text, tuple(history), scope))
        except RoundtableError as error:
            click.echo(str(error), err=True)
            continue
        row = answer_row(answer, chatbot.index)
        show_answer(row)
        history.append(Exchange(text, row["text"]))
