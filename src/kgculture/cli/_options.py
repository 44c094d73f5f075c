"""Options that several commands share, so that they are the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from kgculture.api import Graph

F = TypeVar("F", bound="Callable[..., Any]")

#: formats of tables (SELECT, ASK and lists) and of graphs
TABLES = ("table", "csv", "tsv", "json", "xml")
GRAPHS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")

store = click.option(
    "--store",
    "-s",
    default="store",
    envvar="KGCULTURE_STORE",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="The folder of the graph.",
)
quiet = click.option("--quiet", "-q", is_flag=True, help="No summary and no progress bar; errors are still told.")
output = click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write to a file, not to standard output.",
)


def format_option(*names: str, default: str | None = None) -> Callable[[F], F]:
    """--format/-f with the given names."""
    return click.option(
        "--format",
        "-f",
        "format_",
        type=click.Choice(names),
        default=default,
        show_default=default is not None,
        help="How to write the answer.",
    )


def open_graph(path: str) -> Graph:
    """The graph of --store. Raises StoreError where there is none."""
    from kgculture import api

    return api.open(path)
