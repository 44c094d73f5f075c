"""Test cases in the form of the W3C's SHACL test suite: a manifest in Turtle with data, shapes and the expected report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

from kgculture import terms
from kgculture.validate.engine import Judge
from kgculture.validate.report import Finding

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SH, RDF = terms.PREFIXES["sh"], terms.PREFIXES["rdf"]


@dataclass(frozen=True)
class Case:
    name: str
    data: Path
    shapes: Path
    manifest: Path
    node: Any

    @property
    def quads(self) -> list[Quad]:
        return read(self.data)

    def judge(self) -> Judge:
        reader = parse(path=str(self.shapes), format=RdfFormat.TURTLE, base_iri=self.shapes.as_uri())
        return Judge(list(reader), dict(reader.prefixes))

    def expected(self) -> tuple[bool, set[tuple[str | None, ...]]] | None:
        """Whether the data conform, and the results; None where the run itself is to fail."""
        store = _store(self.manifest)
        (report,) = _values(store, self.node, MF + "result")
        if report == NamedNode(SHT + "Failure"):
            return None
        (conforms,) = _values(store, report, SH + "conforms")
        return conforms.value == "true", {_row(store, one) for one in _values(store, report, SH + "result")}


def cases(folder: Path) -> list[Case]:
    """All cases in the Turtle files of a folder."""
    found = []
    for path in sorted(folder.rglob("*.ttl")):
        store = _store(path)
        for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(SHT + "Validate")):
            (action,) = _values(store, quad.subject, MF + "action")
            (data,) = _values(store, action, SHT + "dataGraph")
            (shapes,) = _values(store, action, SHT + "shapesGraph")
            name = f"{path.parent.name}/{quad.subject.value.rpartition('/')[2]}"
            found.append(Case(name, _path(data), _path(shapes), path, quad.subject))
    return found


def rows(findings: list[Finding], *sources: list[Quad]) -> set[tuple[str | None, ...]]:
    """Findings as the suite compares them: without those nested below others, without messages and labels of blank nodes."""
    terms_of = {term for quads in sources for quad in quads for term in (quad.subject, quad.object)}
    blank = {term.value for term in terms_of if isinstance(term, BlankNode)}
    found = set()
    for one in findings:
        if not one.nested:
            values = (one.severity, one.shape, one.component, one.focus, one.path, one.value)
            row = ["" if value in blank else value for value in values]
            row[4] = row[4] if row[4] and ":" in row[4] else None  # a path that is no predicate has no name
            found.add(tuple(row))
    return found


def read(path: Path) -> list[Quad]:
    return list(parse(path=str(path), format=RdfFormat.TURTLE, base_iri=path.as_uri()))


def _row(store: Store, result: Any) -> tuple[str | None, ...]:
    names = ("resultSeverity", "sourceShape", "sourceConstraintComponent", "focusNode", "resultPath", "value")
    found: list[str | None] = []
    for name in names:
        values = _values(store, result, SH + name)
        blank = values and isinstance(values[0], BlankNode)
        found.append(None if not values or (blank and name == "resultPath") else "" if blank else values[0].value)
    return tuple(found)


def _values(store: Store, node: Any, predicate: str) -> list[Any]:
    return [quad.object for quad in store.quads_for_pattern(node, NamedNode(predicate), None)]


@cache
def _store(path: Path) -> Store:
    store = Store()
    store.extend(read(path))
    return store


def _path(node: Any) -> Path:
    from urllib.parse import unquote, urlparse

    return Path(unquote(urlparse(node.value).path))
