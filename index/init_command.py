"""The command ``init``: an event folder out of a transcript."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from urllib.parse import quote

import click

from .errors import InputError


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to make; by default the file's name, here.",
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="The language of the comments; by default the transcript's."
)
def init(source: Path, output: Path | None, lang: str | None) -> None:
    """Make an event folder: the transcript, and a card filled from it with what is still to be named.

    SOURCE is a transcript of any format, or a folder of transcripts, which gets the card.
    """
    from .draft_card import draft_card, is_unnamed, language
    from .event import CARD
    from .source import read_event

    folder = source if source.is_dir() else output or Path(source.stem)
    if (folder / CARD).exists():
        raise InputError(f"{str(folder / CARD)!r} is there already; change it by hand, or move it away")
    event = read_event(source)
    if not source.is_dir():
        if (target := folder / source.name).exists() and not target.samefile(source):
            raise InputError(f"{str(target)!r} is there already; choose another folder with --output")
        folder.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(source, target)
    named = shlex.quote(str(folder))
    (folder / CARD).write_text(draft_card(event, named, lang or language(event)), "utf-8")
    people = dict.fromkeys(t.speaker for transcript in event.transcripts for t in transcript.turns if t.speaker)
    unnamed = sum(map(is_unnamed, people))
    click.echo(f"{folder / CARD}: {len(people)} speaker{'s' * (len(people) != 1)}, {unnamed} of them to be named")
    click.echo(f"next: roundtable check {named}; roundtable build {named}; roundtable serve")
    id = "".join(quote(char) if char.isascii() else char for char in folder.resolve().name)
    click.echo(f"then open the address that serve prints with ?event={id} behind it")
