"""Writes docs/cli.md from the commands' own help. Run it after a change of the command line; a test compares.

python scripts/generate_cli_docs.py [FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kgculture.cli import COMMANDS, cli

HEAD = """\
# The command line

Written by `scripts/generate_cli_docs.py` from what `--help` prints; do not edit.

Options mean the same everywhere: `--store/-s` is the folder of the graph (`store`, or `$KGCULTURE_STORE`), `--format/-f` how to
write the answer, `--output/-o` a file to write to, whose ending chooses the format where none is given. Standard output carries
data only; summaries, errors and progress bars go to standard error. An error is one line `kgculture: …`, with a hint below.

Lists and the answers to SELECT and ASK come as `table`, `csv`, `tsv`, `json` or `xml`, the last four as SPARQL 1.1 defines them;
graphs as `turtle`, `trig`, `nquads`, `ntriples`, `jsonld` or `rdfxml`. In a table a cell that no article fills is `not stated`
(empty or left out in the other formats), and things show their labels; `query --iris` shows their IRIs. A table is as wide as
the terminal; where there is none, 100 columns or `$COLUMNS`.

Shell completion: `kgculture completion bash|zsh|fish` prints the script to install.
"""


def text() -> str:
    """The whole file."""
    parts = [HEAD, "## kgculture\n", _help(cli, ["kgculture"])]
    context = click.Context(cli, info_name="kgculture")
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts += [f"## kgculture {name}\n", _help(command, ["kgculture", name])]
    return "\n".join(parts)


def _help(command: click.Command, path: list[str]) -> str:
    context = click.Context(command, info_name=" ".join(path), terminal_width=100, max_content_width=100)
    context.help_option_names = ["-h", "--help"]
    return f"```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "docs" / "cli.md"
    target.write_text(text(), encoding="utf-8")
