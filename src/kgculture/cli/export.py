"""kgculture export"""

from __future__ import annotations

import click

from kgculture.cli import _options, _output


@click.command("export")
@_options.store
@_options.format_option(*_options.GRAPHS)
@_options.output
def command(store: str, format_: str | None, output: str | None) -> None:
    """Write the graph as RDF, sorted: equal graphs give equal files.

    trig, nquads and jsonld hold the named graph of every article; turtle, ntriples and rdfxml the default graph with all
    Reports and Evidence. Without --format the ending of the file decides, else turtle.

    \b
    Example:
      kgculture export -o graph.ttl
    """
    chosen = _output.choose(format_, output, _options.GRAPHS)
    with _options.open_graph(store) as graph, _output.destination(output) as stream:
        graph.export(stream, chosen)
