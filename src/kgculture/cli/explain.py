"""kgculture explain"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgculture.cli import _options, _output

if TYPE_CHECKING:
    from kgculture.query.explain import Explanation, Record


@click.command("explain")
@click.argument("thing")
@_options.store
@_options.format_option(*_options.TABLES, *_options.GRAPHS)
@_options.output
def command(thing: str, store: str, format_: str | None, output: str | None) -> None:
    """Show why records of several articles are one thing.

    THING is a person, body, meeting, … : a name in any script, in part and without diacritics, or an IRI or CURIE. Each rule that
    joined records is named with them; each record with the names that its article uses and a passage or two. What may be the
    same and was left apart is named too. An unknown name, or one that several things share, ends with 6.

    \b
    Examples:
      kgculture explain Балаева
      kgculture explain kgr:balayeva-aida --format turtle
    """
    from kgculture.query.explain import explain, triples

    with _options.open_graph(store) as graph:
        iri = graph.find(thing)
        chosen = _output.choose(format_, output, (*_options.TABLES, *_options.GRAPHS))
        if chosen in _options.GRAPHS:
            _output.graph(list(triples(graph.store.triples, iri)), chosen, output)
            return
        found = explain(graph.store.triples, graph.store.records, iri)
    if chosen == "table":
        _output.write(_text(found), output)
    else:
        columns = ["because", "article", "record", "names", "start", "passage"]
        _output.records(columns, _rows(found), chosen, output)


def _rows(found: Explanation) -> list[list[str | int | None]]:
    """A row for each passage of each record under each rule; then aliases and what may be the same."""
    records = {(r.article, r.ref): r for r in found.records}
    rows: list[list[str | int | None]] = []
    joined: list[tuple[str | None, tuple[tuple[str, str], ...]]] = [(r.because, r.records) for r in found.reasons]
    for because, pairs in joined or [(None, tuple(records))]:
        for pair in pairs:
            record = records.get(pair)
            named = "; ".join(record.names) if record else ""
            for start, quote in (record.passages if record else ()) or ((None, None),):
                rows.append([because, *pair, named or None, start, quote])
    rows += [["alias", None, alias, None, None, None] for alias in found.aliases]
    return rows + [["maybe the same", None, iri, label, None, None] for iri, label in found.doubtful]


def _text(found: Explanation) -> str:
    from textwrap import fill

    width = _output.width()
    lines = [f"{found.label}  ({', '.join(found.classes) or 'no class'})", f"  {found.iri}"]
    if found.aliases:
        aliases = "; ".join(_output.short(alias) for alias in found.aliases)
        lines.append(fill("aliases: " + aliases, width, initial_indent="  ", subsequent_indent="    "))
    if found.doubtful:
        others = "; ".join(f"{label} ({_output.short(iri)})" for iri, label in found.doubtful)
        lines.append(fill("maybe the same: " + others, width, initial_indent="  ", subsequent_indent="    "))
    records = {(r.article, r.ref): r for r in found.records}
    if not found.reasons:
        number = len(records)
        what = "in one article: nothing was joined" if number == 1 else f"in {number} articles, which share it"
        lines += ["", what + ":"]
        for record in records.values():
            lines += _drawn(record, width)
    for reason in found.reasons:
        lines += ["", f"one because of {reason.because}:"]
        for pair in reason.records:
            if pair in records:
                lines += _drawn(records[pair], width)
    return "\n".join(lines) + "\n"


def _drawn(record: Record, width: int) -> list[str]:
    from textwrap import fill

    head = f"  {record.article}" + (f"#{record.ref}" if record.ref else "")
    lines = [head + (f": {'; '.join(record.names)}" if record.names else "")]
    for start, quote in record.passages:
        text = f"at {start}: {' '.join(quote.split())}"
        lines.append(fill(text, width, initial_indent="    ", subsequent_indent="      "))
    return lines
