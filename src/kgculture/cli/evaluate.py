"""kgculture evaluate"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgculture.cli import _options, _output
from kgculture.errors import CheckFailed

if TYPE_CHECKING:
    from kgculture.evaluate import Evaluation, Shown
    from kgculture.evaluate.measure import Figures

FORMATS = ("table", "json", "csv")
COLUMNS = ("group", "row", "precision", "recall", "f1", "low", "high", "right", "spurious", "missed")


@click.command("evaluate")
@click.argument("articles", type=click.Path(exists=True, path_type=Path))
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--only", multiple=True, metavar="PREFIX", help="Only articles whose identifier begins so; may be repeated."
)
@click.option(
    "--show",
    type=click.Choice(("all", "missed", "spurious", "none")),
    default="all",
    show_default=True,
    help="Which facts to list with their sentences.",
)
@click.option("--row", "row", metavar="ROW", help="List only facts of this row: meeting, office, …")
@click.option(
    "--samples",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Bootstrap samples behind the intervals; 0: no intervals.",
)
@click.option(
    "--floors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Least figures; end with 7 if one is not reached.",
)
@click.option(
    "--set", "set_", metavar="NAME", help="The set of --floors to hold.  [default: name of the folder of GOLD]"
)
@_options.format_option(*FORMATS)
@_options.output
def command(
    articles: Path,
    gold: Path,
    only: tuple[str, ...],
    show: str,
    row: str | None,
    samples: int,
    floors: Path | None,
    set_: str | None,
    format_: str | None,
    output: str | None,
) -> None:
    """Measure the facts of ARTICLES against those that people annotated in GOLD.

    Builds a graph of the articles in a folder of its own and compares what each article states with GOLD, one YAML file per
    article. Rows: precision, recall and F1 of persons, offices, meetings, agreements, exhibitions, other events and their
    arguments, and of identity over articles, for all articles and each language, with the interval in which 95 of 100 samples
    of the articles lie. Then what was missed and what is spurious, each with its sentence and the names under it. csv holds the
    figures alone.

    \b
    Examples:
      kgculture evaluate examples/articles examples/gold
      kgculture evaluate articles gold --show missed --row meeting
      kgculture evaluate articles gold --format json -o figures.json
    """
    import tempfile

    from kgculture import api, pipeline
    from kgculture.evaluate import evaluate
    from kgculture.evaluate.gold import read_gold

    known = read_gold(gold)
    with tempfile.TemporaryDirectory(prefix="kgculture-") as folder:
        for skipped in pipeline.build(articles, folder).skipped:
            click.echo(f"skipped   {skipped.path}: {skipped.reason}", err=True)
        with api.open(folder) as graph:

            def text_of(identifier: str) -> str | None:
                article = graph.store.records.article(identifier)
                return article.text if article is not None else None

            found = evaluate(graph.store.triples, known, text_of=text_of, only=only, samples=samples)
            shown = [
                found.show(finding)
                for finding in found.findings
                if show in ("all", finding.kind) and (row is None or finding.row == row)
            ]
        _write(found, shown, _output.choose(format_, output, FORMATS), output)
    if floors is not None:
        _hold(found, floors, set_ or gold.resolve().name)


def _write(found: Evaluation, shown: list[Shown], format_: str, output: str | None) -> None:
    if format_ == "json":
        import json

        _output.write(json.dumps(_plain(found, shown), ensure_ascii=False, indent=2) + "\n", output)
    elif format_ == "csv":
        import csv
        import io

        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows([group, *line] for group, told in found.figures.items() for line in _lines(told, "{:.4f}"))
        _output.write(stream.getvalue(), output)
    else:
        _output.write(_text(found, shown), output)


def _lines(told: Figures, number: str) -> list[list[str]]:
    def shown(value: float | None) -> str:
        return "" if value is None else number.format(value)

    rows = [
        [r.name, *map(shown, (r.precision, r.recall, r.f1, r.low, r.high)), *map(str, (r.tp, r.fp, r.fn))]
        for r in told.rows
    ]
    return [*rows, ["overall", "", "", shown(told.overall), shown(told.low), shown(told.high), "", "", ""]]


def _text(found: Evaluation, shown: list[Shown]) -> str:
    width = _output.width()
    parts = []
    for group, told in found.figures.items():
        articles = f"{told.articles} article{'s' if told.articles != 1 else ''}"
        parts.append(f"{group}: {articles}\n" + _output.plain(COLUMNS[1:], _lines(told, "{:.3f}"), width))
    if found.missing:
        parts.append("not in the graph, all their facts missed: " + ", ".join(found.missing) + "\n")
    for one in shown:
        text = f"{one.finding.article}  {one.finding.kind} {one.finding.row}: {one.finding.what}\n"
        drawn = "\n".join(("  " + line).rstrip() for line in one.draw(width - 2).splitlines())
        parts.append(text + (drawn + "\n" if drawn else ""))
    return "\n".join(parts)


def _plain(found: Evaluation, shown: list[Shown]) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "figures": {group: asdict(told) for group, told in found.figures.items()},
        "missing": list(found.missing),
        "findings": [
            {
                "article": one.finding.article,
                "language": one.finding.language,
                "row": one.finding.row,
                "kind": one.finding.kind,
                "what": one.finding.what,
                "quote": one.quote,
                "start": one.passage.start if one.passage else None,
                "end": one.passage.end if one.passage else None,
                "marks": [{"start": start, "end": end, "label": label} for start, end, label in one.marks],
            }
            for one in shown
        ],
    }


def _hold(found: Evaluation, path: Path, name: str) -> None:
    """Raises CheckFailed where a figure lies below its floor."""
    from kgculture.evaluate.floors import breaches, read_floors

    held = read_floors(path)["floors"].get(name)
    if held is None:
        raise CheckFailed(f"{path}: no floors of a set {name!r}", "name one with --set")
    if low := breaches(found.figures, held):
        raise CheckFailed(f"{path}: {'; '.join(map(str, low))}")
