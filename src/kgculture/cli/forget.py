"""kgculture forget"""

from __future__ import annotations

import sys

import click

from kgculture.cli import _options
from kgculture.cli.build import Progress
from kgculture.errors import OK


@click.command("forget")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@_options.store
@_options.quiet
def command(articles: tuple[str, ...], store: str, quiet: bool) -> int:
    """Take articles out of the graph.

    ARTICLE is an identifier, as `kgculture met --sources` gives it. What only these articles say goes with them; what others say
    stays, and the graph is as if they had never been read. Things may get other names, where what went told them apart from others.
    An identifier that is not there is an error (4), and then nothing changes.

    The generation before is kept until the next build, and the bytes of a text, which nothing reaches any more, until its file on
    disk is rewritten: `docs/decisions/incremental.md` says when.

    \b
    Example:
      kgculture forget 2023-12-05-baku --store store
    """
    from kgculture import pipeline

    with Progress(shown=not quiet and sys.stderr.isatty()) as progress:
        result = pipeline.forget(list(articles), store, progress=progress.update)
    if not quiet:
        click.echo(f"{store}: {result.removed} articles forgotten", err=True)
    return OK
