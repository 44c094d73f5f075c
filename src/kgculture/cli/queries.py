"""kgculture queries"""

from __future__ import annotations

from pathlib import Path

import click

from kgculture.cli import _options, _output


@click.command("queries")
@click.argument("name", required=False)
@click.option(
    "--queries",
    "-q",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="KGCULTURE_QUERIES",
    metavar="DIR",
    help="A folder of saved queries of your own; may be repeated.  [env var: KGCULTURE_QUERIES]",
)
@click.option("--text", is_flag=True, help="The SPARQL of NAME.")
@_options.format_option(*_options.TABLES)
@_options.output
def command(name: str | None, folders: tuple[Path, ...], text: bool, format_: str | None, output: str | None) -> None:
    """List the saved queries, or describe one with its parameters.

    \b
    Example:
      kgculture queries who-met-whom
    """
    from kgculture.query import load, saved

    if name is None:
        rows = [[q.name, q.title, ", ".join(p.name for p in q.parameters)] for q in saved(folders)]
        _output.records(["name", "title", "parameters"], rows, format_, output)
        return
    query = load(name, folders)
    if text:
        _output.write(query.text, output)
    elif format_ not in (None, "table"):
        rows = [[p.name, p.type, p.default or "", p.doc] for p in query.parameters]
        _output.records(["parameter", "type", "default", "doc"], rows, format_, output)
    else:
        lines = [f"{query.name}: {query.title}", "", query.description, ""]
        for p in query.parameters:
            default = (
                "must be given" if p.default is None else f"default: {p.default}" if p.default else "may be left out"
            )
            lines.append(f"  {p.name} ({p.type}; {default}): {p.doc}")
        _output.write(
            "\n".join([*lines, *([""] if query.parameters else []), f"Example: {query.example}"]) + "\n", output
        )
