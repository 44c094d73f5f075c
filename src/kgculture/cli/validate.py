"""kgculture validate"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgculture.cli import _options, _output
from kgculture.errors import CheckFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgculture.model import Violation

FORMATS = ("table", "text", "csv", "tsv", "json", "turtle")
COLUMNS = ("severity", "article", "about", "property", "value", "message", "shape")


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]…")
@click.option("--withheld", is_flag=True, help="List what builds kept out of the graph, and why; checks nothing.")
@click.option(
    "--shapes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Check against the shapes in this file instead, all graphs as one. Any SHACL that pyshacl knows.",
)
@_options.store
@_options.format_option(*FORMATS)
@_options.output
def command(
    files: tuple[Path, ...],
    withheld: bool,
    shapes: Path | None,
    store: str,
    format_: str | None,
    output: str | None,
) -> None:
    """Check the graph, or files of RDF, against the shapes.

    Ends with 7 when a shape is violated; warnings alone end with 0. turtle is a SHACL validation report.

    \b
    Examples:
      kgculture validate
      kgculture validate graph.trig --format turtle -o report.ttl
      kgculture validate --withheld
      kgculture validate graph.trig --shapes own.ttl
    """
    chosen = _output.choose(format_, output, FORMATS)
    if withheld and (files or shapes):
        raise click.UsageError("--withheld is about the store and our own shapes, not about files")
    found: Sequence[Violation]
    if files and shapes is not None:
        from kgculture.validate import check_with
        from kgculture.validate.files import read_files

        found = check_with(shapes, read_files(files))
    elif files:
        from kgculture.validate import check_files

        found = check_files(files)
    else:
        with _options.open_graph(store) as graph:
            if shapes is not None:
                from kgculture.validate import check_with

                found = check_with(shapes, graph.store.triples)
            else:
                found = graph.withheld() if withheld else graph.validate()
    _write(found, chosen, output)
    broken = sum(v.severity == "Violation" for v in found)
    if broken and not withheld:
        what = ", ".join(str(f) for f in files) or store
        raise CheckFailed(f"{what}: {broken} violation{'s' if broken != 1 else ''} of the shapes")


def _write(found: Sequence[Violation], format_: str, output: str | None) -> None:
    if format_ in ("table", "csv", "tsv"):
        _output.records(COLUMNS, [_row(v) for v in found], format_, output)
    elif format_ == "text":
        _output.write("".join(_line(v) for v in found) or "nothing to report\n", output)
    elif format_ == "json":
        import json
        from dataclasses import asdict

        _output.write(json.dumps([asdict(v) for v in found], ensure_ascii=False, indent=2) + "\n", output)
    else:
        _output.graph(_report(found), "turtle", output)


def _row(v: Violation) -> list[str | None]:
    about = _output.short(v.report or v.focus)
    path = _output.short(v.path) if v.path else ""
    return [v.severity, v.article or "", about, path, v.value or "", v.message, v.shape.rpartition("#")[2]]


def _line(v: Violation) -> str:
    where = f"{v.article}: " if v.article else ""
    path = f" {_output.short(v.path)}" if v.path else ""
    return f"{v.severity}: {where}{_output.short(v.report or v.focus)}{path}: {v.message}\n"


def _report(found: Sequence[Violation]) -> list[object]:
    """A sh:ValidationReport; its results have IRIs, as all that is ours."""
    from pyoxigraph import Literal, NamedNode, Triple

    from kgculture.terms import PREFIXES

    sh, kind = PREFIXES["sh"], NamedNode(PREFIXES["rdf"] + "type")
    report = NamedNode("urn:kgculture:validation")

    def node(name: str) -> NamedNode:
        return NamedNode(sh + name)

    broken = any(v.severity == "Violation" for v in found)
    triples = [Triple(report, kind, node("ValidationReport")), Triple(report, node("conforms"), Literal(not broken))]
    for number, v in enumerate(found, 1):
        result = NamedNode(f"{report.value}:{number}")
        triples += [
            Triple(report, node("result"), result),
            Triple(result, kind, node("ValidationResult")),
            Triple(result, node("resultSeverity"), node(v.severity)),
            Triple(result, node("resultMessage"), Literal(v.message, language="en")),
        ]
        for name, value in (("focusNode", v.focus), ("resultPath", v.path), ("sourceShape", v.shape)):
            if value and ":" in value:
                triples.append(Triple(result, node(name), NamedNode(value)))
        if v.value is not None:
            triples.append(Triple(result, node("value"), Literal(v.value)))
    return [*triples]
