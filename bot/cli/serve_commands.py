"""The commands ``serve`` and ``questions``. Heavy imports happen inside, when one runs."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on.  [default: 7860]")
@click.option("--root-path", help="Path prefix that a proxy in front strips, such as /talks.")
@click.option("--workers", type=int, help="Processes; more than one serves light page, widget and API only.")
@click.option("--index", type=click.Path(path_type=Path, file_okay=False), help="The index folder.")
@click.option("--embedding", help="The encoder of the index, if it is not the built-in one.")
@click.option("--model", help="Let this model write, PROVIDER:NAME; every sentence is checked.  [default: none]")
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Settings as TOML.")
@click.option("--watch", is_flag=True, default=None, help="Rebuild events whose files change, and serve them at once.")
@click.option("--demo", is_flag=True, default=None, help="Serve an example event page at /demo.")
def serve(config: Path | None, **given: object) -> None:
    """Open the chat page, the API and the widget.

    Every option is also a setting: ROUNDTABLE_PORT in the environment or in .env, port in a TOML file named by
    --config or ROUNDTABLE_CONFIG. The organiser guide (docs/organisers.md) lists them all.
    """
    from ..settings import read_settings
    from ..web.serve import serve as run
    from ..wire import open_for_serving

    run(read_settings(given, config=config), open_for_serving, lambda url: click.echo(f"Roundtable is at {url}"))


@click.command()
@click.option("--since", default="7d", show_default=True, help="How far back: 90m, 12h, 7d, 4w.")
@click.option("--csv", "as_csv", is_flag=True, help="For a spreadsheet.")
@click.option("--draft", type=click.IntRange(min=1), help="Print question number N as a draft of a known question.")
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Settings as TOML.")
def questions(since: str, as_csv: bool, draft: int | None, config: Path | None) -> None:
    """Show what visitors asked, unanswered first, alike questions together.

    Questions are kept only where the setting log_questions says so.
    """
    import time

    from index.errors import InputError

    from ..log import report
    from ..log.feedback import Votes
    from ..log.questions import QuestionLog
    from ..settings import read_settings

    settings = read_settings(config=config)
    path = settings.state / "questions.sqlite"
    if not path.exists():
        raise InputError(f"there is no question log at {str(path)!r}; switch it on with ROUNDTABLE_LOG_QUESTIONS=true")
    at = time.time() - report.seconds_in(since)
    votes = Votes(settings.state / "feedback.sqlite", settings.feedback_days).since(at)
    found = report.groups(QuestionLog(path, settings.log_days).since(at), votes)
    if draft is not None:
        if draft > len(found):
            raise InputError(f"there is no question {draft}; the list has {len(found)}")
        click.echo(report.draft(found[draft - 1], draft), nl=False)
        return
    click.echo(report.as_csv(found) if as_csv else report.as_text(found), nl=not as_csv)
