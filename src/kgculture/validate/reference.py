"""pyshacl: the judge of what is not compiled, and in tests of what is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kgculture.errors import KgcultureError
from kgculture.validate.report import SH, Finding, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad


def shapes_graph(triples: Iterable[Any], prefixes: Mapping[str, str]) -> Any:
    """A shapes graph for `findings`; prefixes appear in the messages that pyshacl makes up."""
    from kgculture.validate.convert import to_rdflib

    graph = to_rdflib(triples)
    for prefix, space in prefixes.items():
        graph.bind(prefix, space)
    return graph


def findings(quads: Iterable[Quad], shapes: Any) -> list[Finding]:
    """What pyshacl reports of a graph: all quads, whatever graph they name. Raises KgcultureError where it fails itself."""
    from pyshacl import validate

    from kgculture.validate.convert import to_rdflib

    try:
        _, results, _ = validate(to_rdflib(quads), shacl_graph=shapes, inference="none", inplace=True)
    except (
        Exception
    ) as error:  # shapes that are not well-formed, and terms that rdflib cannot compare: it raises all kinds
        reason = " ".join(str(error).split())
        raise KgcultureError(f"pyshacl cannot judge this graph: {type(error).__name__}: {reason}") from error
    return read_results(results)


def read_results(results: Any) -> list[Finding]:
    """The results in a graph that pyshacl made, those below others as well."""
    from rdflib import RDF, URIRef

    nested = set(results.objects(None, URIRef(SH + "detail")))
    found = []
    for result in results.subjects(RDF.type, URIRef(SH + "ValidationResult")):

        def one(name: str, node: Any = result) -> str | None:
            values = sorted(str(v) for v in results.objects(node, URIRef(SH + name)))
            return values[0] if values else None

        messages = [(str(m), m.language) for m in results.objects(result, URIRef(SH + "resultMessage"))]
        found.append(
            Finding(
                severity=one("resultSeverity") or "",
                shape=one("sourceShape") or "",
                component=one("sourceConstraintComponent") or "a shape without a name",
                focus=one("focusNode") or "",
                path=one("resultPath"),
                value=one("value"),
                message=worded(messages) or "",
                nested=result in nested,
            )
        )
    return found
