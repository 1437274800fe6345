"""The ``ask`` command."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from index.commands import INDEX_OPTION


@click.command()
@click.argument("question", required=False)
@INDEX_OPTION
@click.option("--event", help="Ask this event only.")
@click.option("--transcript", help="Ask this transcript only.")
@click.option("--speaker", help="Quote this speaker only, by any of their names.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="The language of the framing words; by default the question's."
)
@click.option("--model", help="Let this model write the answer, PROVIDER:NAME; every sentence is checked.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.option("--explain", is_flag=True, help="Also show how the answer was found.")
@click.option("--batch", type=click.Path(path_type=Path), help='Ask a file of {"id", "question"} lines instead.')
@click.option("--output", type=click.Path(path_type=Path), help="Where the lines of --batch go.")
def ask(
    question: str | None,
    directory: Path | None,
    event: str | None,
    transcript: str | None,
    speaker: str | None,
    lang: str | None,
    model: str | None,
    as_json: bool,
    explain: bool,
    batch: Path | None,
    output: Path | None,
) -> None:
    """Answer a question in the speakers' own words, with exact citations.

    With --model a language model writes instead, and every sentence is checked against the sentences it cites; its
    address, key and limits are settings (ROUNDTABLE_MODEL_URL, ROUNDTABLE_MODEL_KEY; see docs/models.md).

    Without a QUESTION, at a terminal, a conversation opens; an empty line ends it.
    """
    if (batch is None) != (output is None):
        raise click.UsageError("--batch IN.jsonl and --output OUT.jsonl go together")
    if question is None and batch is None and not sys.stdin.isatty():
        raise click.UsageError("give a QUESTION, or --batch IN.jsonl with --output OUT.jsonl")
    from index.batch import Request, run_batch
    from index.show import progress_bar

    from ..settings import read_settings
    from ..wire import open_chatbot
    from .asking import answered, converse, shown

    settings = read_settings({"model": model}) if model else None
    with progress_bar() as progress:
        chatbot = open_chatbot(directory, settings=settings, progress=progress)
    if batch and output:
        failed = run_batch(batch, output, lambda request: answered(chatbot, request))
        if failed:
            click.echo(f"{failed} lines could not be asked; {output} says why", err=True)
        return
    if question is None:
        converse(chatbot, event=event, transcript=transcript, speaker=speaker)
        return
    request = Request(id="", question=question, event=event, transcript=transcript, speaker=speaker)
    if as_json:
        click.echo(json.dumps(answered(chatbot, request, lang), ensure_ascii=False))
    else:
        shown(chatbot, request, lang, explain=explain)
