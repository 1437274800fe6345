"""The ``roundtable`` command: finds its subcommands by entry point, so that no lower package imports a higher one."""

from __future__ import annotations

import os
import sys
import traceback
from importlib.metadata import EntryPoint, entry_points

import click

from .errors import RoundtableError

_GROUP = "roundtable.commands"
_INTERNAL = 3  # exit code for a fault of ours


class _Commands(click.Group):
    """A group whose commands are loaded only when they are run: ``ask`` never imports ``serve``."""

    def _found(self) -> dict[str, EntryPoint]:
        return {entry.name: entry for entry in entry_points(group=_GROUP)}

    def list_commands(self, ctx: click.Context) -> list[str]:
        order = ["ask", "search", "turns", "build", "events", "serve", "eval"]
        return sorted(self._found(), key=lambda name: (order.index(name) if name in order else len(order), name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = self._found().get(cmd_name)
        command = entry.load() if entry else None
        return command if isinstance(command, click.Command) else None


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="roundtable", message="roundtable %(version)s")
def cli() -> None:
    """Answer questions about an event from its transcript, in the speakers' own words.

    \b
    roundtable ask "UCloud 为什么保持中立?"     an answer with exact citations
    roundtable build my-talk.txt              index your own transcript
    roundtable turns my-talk.txt              see how it was read
    """


def main() -> None:
    """Run the command; errors a person can cause are one line, and a fault of ours is exit code 3."""
    _utf8(sys.stdout)
    _utf8(sys.stderr)
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except RoundtableError as error:
        click.echo(f"roundtable: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001  the one place that turns a fault of ours into a sentence
        _explain(error)
        sys.exit(_INTERNAL)


def _explain(error: Exception) -> None:
    if os.environ.get("ROUNDTABLE_DEBUG"):
        traceback.print_exception(error)
    click.echo(f"roundtable: an error of ours, not yours: {type(error).__name__}: {error}", err=True)
    click.echo("Run it again with ROUNDTABLE_DEBUG=1 and send us what it prints.", err=True)


def _utf8(stream: object) -> None:
    """Print Chinese on terminals whose locale is not UTF-8, rather than fail in the middle of an answer."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="backslashreplace")
