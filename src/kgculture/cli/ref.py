"""kgculture ref"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgculture.cli import _options, _output

if TYPE_CHECKING:
    from kgculture.query.vocabulary import Entry


@click.command("ref")
@click.argument("term", required=False)
@_options.format_option(*_options.TABLES)
@_options.output
def command(term: str | None, format_: str | None, output: str | None) -> None:
    """Look up the terms of the vocabulary: all, or one by name, CURIE or label in any language.

    Ends with 6 for an unknown term, and says which come near.

    \b
    Examples:
      kgculture ref
      kgculture ref Meeting
      kgculture ref выставка
    """
    from kgculture.query import vocabulary

    if term is None:
        rows = [[e.name, e.kind, e.labels.get("en"), e.definitions.get("en")] for e in vocabulary.entries()]
        _output.records(["term", "kind", "label", "definition"], rows, format_, output)
        return
    entry = vocabulary.look_up(term)
    chosen = _output.choose(format_, output, _options.TABLES)
    if chosen == "table":
        _output.write(_text(entry), output)
    else:
        _output.records(["property", "value"], _rows(entry), chosen, output)


def _rows(entry: Entry) -> list[list[str | None]]:
    rows: list[list[str | None]] = [["term", entry.name], ["iri", entry.iri], ["kind", entry.kind]]
    rows += [[f"label ({language})", text] for language, text in sorted(entry.labels.items())]
    rows += [[f"definition ({language})", text] for language, text in sorted(entry.definitions.items())]
    return rows + [[name, value] for name, values in entry.relations.items() for value in values]


def _text(entry: Entry) -> str:
    from textwrap import fill

    def paragraph(text: str, indent: str = "  ") -> str:
        return fill(text, _output.WIDTH, initial_indent=indent, subsequent_indent=indent)

    lines = [f"{entry.name} ({entry.kind})  {entry.iri}"]
    lines += [f"  {language}  {text}" for language, text in sorted(entry.labels.items())]
    lines += [paragraph(text) for _, text in sorted(entry.definitions.items())]
    lines += [f"  {name}:\n{paragraph(', '.join(values), '    ')}" for name, values in entry.relations.items()]
    return "\n".join(lines) + "\n"
