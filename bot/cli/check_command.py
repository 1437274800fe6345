"""The command ``check``: what an organiser should look at before visitors do."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index.doubt import Doubt
    from index.event import Event

_ANSWERED = ("answer", "partial")


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["zh", "en"]), help="The language of the list; by default the transcript's.")
def check(source: Path, lang: str | None) -> None:
    """List what to look at: doubtful lines, lost figures, a cut end, unnamed speakers, pinned questions without answer.

    SOURCE is a transcript or an event folder; lines are those of its files.
    """
    from index.doubt import doubts
    from index.draft_card import language
    from index.source import read_event

    event = read_event(source)
    words = _words(lang or language(event))
    found = [*doubts(event), *_unanswered(event)]
    held = ""
    for doubt in found:
        if doubt.transcript != held:
            held = doubt.transcript
            click.echo(words["file"].format(transcript=held))
        click.echo(f"  {_said(doubt, words)}")
    total = {0: "fine", 1: "one"}.get(len(found), "summary")
    click.echo(words[total].format(n=len(found)))


def _said(doubt: Doubt, words: Mapping[str, str]) -> str:
    from ..media import clock

    fields = {key: clock(value) if isinstance(value, float) else value for key, value in doubt.fields.items()}
    message = words[doubt.what].format(**fields)
    return f"{words['line'].format(line=doubt.line)}: {message}" if doubt.line else message


def _unanswered(event: Event) -> Iterator[Doubt]:
    """Pinned questions the bot has no answer to, asked of an index that is thrown away."""
    if not event.card.pinned:
        return
    from index.build import build
    from index.doubt import Doubt
    from index.embed import load_encoder
    from index.types import Scope

    from ..types import Question
    from ..wire import open_chatbot

    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), [event], load_encoder())
        chatbot = open_chatbot(Path(folder))
        for text in event.card.pinned:
            answer = chatbot.ask(Question(text, scope=Scope(event=event.id)))
            if answer.outcome.value not in _ANSWERED:
                yield Doubt("unanswered", event.id, None, {"text": text})


def _words(lang: str) -> Mapping[str, str]:
    text = (resources.files("bot") / "words" / f"check.{lang}.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}
