"""kgculture show"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgculture.cli import _options, _output

if TYPE_CHECKING:
    from kgculture.query.describe import Description


@click.command("show")
@click.argument("thing")
@_options.store
@_options.format_option(*_options.TABLES, *_options.GRAPHS)
@_options.output
def command(thing: str, store: str, format_: str | None, output: str | None) -> None:
    """Show all that is known of a thing, and the passages that say so.

    THING is a name in any script, in part and without diacritics, or an IRI or CURIE (kgr:balayeva-aida). `← holder` means that
    another thing has it as holder. An unknown name, or one that several things share, ends with 6 and the nearest ones are named.

    \b
    Examples:
      kgculture show Балаева
      kgculture show kgr:city-baku --format turtle
    """
    from kgculture.query.describe import describe, triples

    with _options.open_graph(store) as graph:
        iri = graph.find(thing)
        chosen = _output.choose(format_, output, (*_options.TABLES, *_options.GRAPHS))
        if chosen in _options.GRAPHS:
            _output.graph(list(triples(graph.store.triples, iri)), chosen, output)
            return
        found = describe(graph.store.triples, iri)
    if chosen == "table":
        _output.write(_text(found), output)
    else:
        _output.records(["property", "value", "iri", "article"], _rows(found), chosen, output)


def _rows(found: Description) -> list[list[str | None]]:
    rows: list[list[str | None]] = [["label", found.label, found.iri, None]]
    rows += [["class", name, None, None] for name in found.classes]
    rows += [["name", name, None, None] for name in found.names]
    rows += [["alias", alias, alias, None] for alias in found.aliases]
    for line in found.lines:
        rows += [[line.property, line.value, line.iri, article] for article in line.articles or (None,)]
    return rows + [["passage", passage.quote, None, passage.article] for passage in found.passages]


def _text(found: Description) -> str:
    from textwrap import fill

    width = _output.width()
    lines = [f"{found.label}  ({', '.join(found.classes) or 'no class'})", f"  {found.iri}"]
    others = [name for name in found.names if name != found.label]
    if others:
        lines.append(fill("also: " + "; ".join(others), width, initial_indent="  ", subsequent_indent="    "))
    if found.aliases:
        aliases = "; ".join(_output.short(alias) for alias in found.aliases)
        lines.append(fill("aliases: " + aliases, width, initial_indent="  ", subsequent_indent="    "))
    text = "\n".join(lines) + "\n"
    if found.lines:
        rows = [
            [x.property, x.value, _output.short(x.iri) if x.iri else "", "; ".join(x.articles)] for x in found.lines
        ]
        text += "\n" + _output.plain(["property", "value", "iri", "articles"], rows, width)
    for passage in found.passages:
        quote = " ".join(passage.quote.split())
        text += f"\n{passage.article}, at {passage.start}:\n"
        text += fill(quote, width, initial_indent="  ", subsequent_indent="  ") + "\n"
    return text
