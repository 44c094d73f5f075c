"""kgculture stats"""

from __future__ import annotations

import click

from kgculture.cli import _options, _output


@click.command("stats")
@_options.store
@_options.format_option(*_options.TABLES)
@_options.output
def command(store: str, format_: str | None, output: str | None) -> None:
    """Count what is in the graph: things by class, triples, facts withheld.

    \b
    Example:
      kgculture stats --format json
    """
    with _options.open_graph(store) as graph:
        _output.records(["what", "count"], list(graph.stats().items()), format_, output)
