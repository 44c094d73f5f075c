"""kgculture show"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kgculture.cli import _options, _output
from kgculture.terms import TOPIC

if TYPE_CHECKING:
    from kgculture.query.describe import Description, Row

#: passages that are shown unless all are asked for, and articles named in a row of a table
PASSAGES, ARTICLES = 4, 4
FIELDS = ("date", "what", "who", "place", "note")


@click.command("show")
@click.argument("thing")
@click.option("--sources", is_flag=True, help=f"All passages, not only the first {PASSAGES}.")
@click.option("--iris", is_flag=True, help="A column with the IRI of each thing named.")
@click.option(
    "--triples", "raw", is_flag=True, help="The triples about the thing and to it, as they stand in the graph."
)
@_options.store
@_options.format_option(*_options.TABLES, *_options.GRAPHS)
@_options.output
def command(
    thing: str, sources: bool, iris: bool, raw: bool, store: str, format_: str | None, output: str | None
) -> None:
    """Show all that is known of a thing, and the passages that say so.

    THING is a person, body, country, city, meeting, event, agreement …: a name in any script, in part and without diacritics, or an
    IRI or CURIE (kgr:balayeva-aida), or the identifier of an article. An unknown name, or one that several things share, ends with
    6 and the nearest ones are named. Formats of tables hold all passages, formats of graphs the triples.

    \b
    Examples:
      kgculture show Балаева
      kgculture show Astana --iris
      kgculture show kgr:city-baku --format turtle
    """
    from kgculture.query.describe import describe, triples

    with _options.open_graph(store) as graph:
        iri = graph.find(thing)
        chosen = _output.choose(format_, output, (*_options.TABLES, *_options.GRAPHS))
        if chosen in _options.GRAPHS:
            _output.graph(list(triples(graph.store.triples, iri)), chosen, output)
            return
        if raw:
            _output.records(["subject", "property", "value"], _triples(graph.store.triples, iri), chosen, output)
            return
        found = describe(graph.store.triples, iri)
    if chosen == "table":
        _output.write(_text(found, sources=sources, iris=iris), output)
    else:
        columns = ["group", *FIELDS, "iri", "article"]
        _output.records(columns, _rows(found), chosen, output)


def _triples(store: Any, iri: str) -> list[list[str]]:
    from kgculture.query.describe import triples

    def cell(term: Any) -> str:
        return _output.short(term.value) if not hasattr(term, "datatype") else str(term.value)

    found = {(cell(t.subject), cell(t.predicate), cell(t.object)) for t in triples(store, iri)}
    return [list(row) for row in sorted(found)]


def _rows(found: Description) -> list[list[str | None]]:
    def row(group: str, what: str, iri: str | None = None, article: str | None = None) -> list[str | None]:
        return [group, None, what, None, None, None, iri, article]

    rows = [row("label", found.label, found.iri)]
    rows += [row("class", name) for name in found.classes]
    rows += [row("name", name) for name in found.names]
    rows += [row("alias", alias, alias) for alias in found.aliases]
    for group, told in found.groups.items():
        for one in told:
            cells = [getattr(one, name) or None for name in FIELDS]
            rows += [[group, *cells, one.iri, article] for article in one.articles or (None,)]
    return rows + [row("passage", passage.quote, None, passage.article) for passage in found.passages]


def _text(found: Description, *, sources: bool, iris: bool) -> str:
    from textwrap import fill

    from kgculture.query.describe import GROUPS, leading
    from kgculture.query.display import words

    width = _output.width()

    def paragraph(text: str, further: str = "    ") -> str:
        return fill(text, width, initial_indent="  ", subsequent_indent=further)

    kinds = ", ".join(words(name) for name in found.classes) or ("topic" if found.iri.startswith(TOPIC) else "no class")
    lines = [fill(f"{found.label} ({kinds})", width), f"  {found.iri}"]
    others = [name for name in found.names if name != found.label]
    if others:
        lines.append(paragraph("also: " + "; ".join(others)))
    if found.aliases:
        lines.append(paragraph("aliases: " + "; ".join(_output.short(alias) for alias in found.aliases)))
    for group, rows in found.groups.items():
        lines += ["", group.upper(), _table(GROUPS[group], rows, width, iris=iris)]
    shown = list(found.passages) if sources else leading(found.passages, PASSAGES)
    if shown:
        rest = len(found.passages) - len(shown)
        lines += ["", "PASSAGES" + (f" ({len(shown)} of {len(found.passages)}; --sources shows all)" if rest else "")]
    for passage in shown:
        lines += [f"{passage.article}, at {passage.start}:", paragraph(" ".join(passage.quote.split()), "  ")]
    return "\n".join(lines) + "\n"


def _table(headings: dict[str, str], rows: tuple[Row, ...], width: int, *, iris: bool) -> str:
    """The rows of a group: the columns that it has and any row fills, then the articles."""
    fields = [name for name in headings if any(getattr(row, name) for row in rows)]
    columns = [headings[name] for name in fields]
    cells = [[getattr(row, name) for name in fields] for row in rows]
    if iris:
        columns.append("iri")
        cells = [[*cell, _output.short(row.iri) if row.iri else ""] for cell, row in zip(cells, rows, strict=True)]
    if any(row.articles for row in rows):
        columns.append("articles")
        cells = [[*cell, _articles(row.articles)] for cell, row in zip(cells, rows, strict=True)]
    return _output.plain(columns, cells, width).rstrip("\n")


def _articles(articles: tuple[str, ...]) -> str:
    if len(articles) <= ARTICLES + 1:
        return "; ".join(articles)
    return "; ".join(articles[:ARTICLES]) + f"; and {len(articles) - ARTICLES} more"
