"""The command line: arguments in, calls, tables out. Commands are imported when they are called."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from kgculture import __version__
from kgculture.errors import KgcultureError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: command -> what the list of commands says of it; the module of that name holds it
COMMANDS = {
    "build": "Build a graph from articles, or add articles to it.",
    "forget": "Take articles out of the graph.",
    "met": "List who met whom, each meeting with its articles.",
    "query": "Ask the graph in SPARQL, or run a saved query.",
    "queries": "List the saved queries, or describe one.",
    "show": "Show all that is known of a thing, and the passages.",
    "explain": "Show why records of several articles are one thing.",
    "export": "Write the graph as RDF.",
    "validate": "Check the graph, or files of RDF, against the shapes.",
    "evaluate": "Measure extracted facts against annotated ones.",
    "stats": "Count what is in the graph.",
    "ref": "Look up the terms of the vocabulary.",
    "completion": "Print the completion script of a shell.",
}
COMPLETE = "_KGCULTURE_COMPLETE"


class ReaderGone(Exception):
    """Nobody reads standard output any more (`kgculture met | head`): no error, but nothing is left to do."""


class LazyGroup(click.Group):
    """Knows its commands by name and imports only the one that is called, so that --help loads nothing but click."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"kgculture.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            raise click.UsageError(f"no command {name!r}" + (f"; did you mean {near[0]}?" if near else ""), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="kgculture %(version)s")
@click.option("--debug", is_flag=True, envvar="KGCULTURE_DEBUG", help="Show the traceback of an unexpected error.")
def cli(debug: bool) -> None:
    """Turn news on cultural diplomacy into a validated graph, and ask it.

    \b
    kgculture build articles/        read articles, make the graph
    kgculture met Balayeva           who met whom, with the articles

    \b
    Exit codes:
      0  all well
      1  interrupted, or an error that should not happen
      2  a wrong option or argument
      3  built, but inputs were skipped or facts withheld
      4  an input that cannot be read, or an output that cannot be written
      5  no store, a damaged one, or a missing part of the installation
      6  a query that does not parse or run, an unknown name or saved query
      7  a check that did not hold (validate, evaluate)
    """


def main(args: Sequence[str] | None = None) -> int:
    """Runs the command line with `args` (those of the process by default) and gives the exit code."""
    given = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in given[:1] or bool(os.environ.get("KGCULTURE_DEBUG"))
    try:
        result: Any = cli.main(args=given, prog_name="kgculture", standalone_mode=False, complete_var=COMPLETE)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except KgcultureError as error:
        return _fail(error.message, error.hint, error.exit_code)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f"{context.command_path} --help" if context is not None else None
        return _fail(error.format_message(), hint, error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fail("interrupted", None, 1)
    except ReaderGone:
        return 0
    except Exception as error:
        if debug:
            raise
        text = " ".join(str(error).split())
        return _fail(f"unexpected {type(error).__name__}: {text}", "kgculture --debug … shows where", 1)


def _fail(message: str, hint: str | None, code: int) -> int:
    click.echo(f"kgculture: {' '.join(message.split())}", err=True)
    if hint:
        click.echo(f"  hint: {' '.join(hint.split())}", err=True)
    return code
