"""Each shape with a graph that passes and one that breaks just it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery

DATA = Path(__file__).resolve().parent / "data" / "shapes"
SHAPES = Path(__file__).resolve().parent.parent / "shapes"
KSH = "https://w3id.org/kgculture/shapes#"
NAMES = ("article", "union")


class Prepared(Graph):
    """A graph that parses each query once: pyshacl asks the same for every focus node, and parsing takes most of its time."""

    def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
        return super().query(_prepared(str(query_object)), *args, **options)


@cache
def _prepared(text: str) -> Any:
    return prepareQuery(text)


@cache
def shapes(name: str) -> Graph:
    return Graph().parse(SHAPES / f"{name}.ttl")


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


@cache
def valid_text(name: str) -> str:
    return (DATA / f"{name}.ttl").read_text(encoding="utf-8")


def snippet(name: str, turtle: str) -> Graph:
    head = "\n".join(line for line in valid_text(name).splitlines() if line.startswith("@"))
    return Graph().parse(data=f"{head}\n{turtle}", format="turtle")


def results(name: str, graph: Graph) -> list[tuple[str, str, str]]:
    """(shape, severity, message) of each result."""
    data = Prepared()
    data += graph
    _, report, _ = validate(data, shacl_graph=shapes(name), inference="none", advanced=True, inplace=True)
    assert isinstance(report, Graph)
    return [
        (
            str(report.value(node, SH.sourceShape)).removeprefix(KSH),
            str(report.value(node, SH.resultSeverity)).removeprefix(str(SH)),
            str(report.value(node, SH.resultMessage)),
        )
        for node in report.subjects(RDF.type, SH.ValidationResult)
    ]


def changed(name: str, case: dict[str, Any]) -> Graph:
    graph = Graph().parse(data=valid_text(name), format="turtle")
    for triple in snippet(name, case.get("remove", "")):
        assert triple in graph, f"nothing to remove: {triple}"
        graph.remove(triple)
    graph += snippet(name, case.get("add", ""))
    return graph


def constraining(name: str) -> set[str]:
    """Names of the shapes that say something themselves, not only through their property shapes."""
    graph = shapes(name)
    silent = {
        SH.targetClass,
        SH.targetSubjectsOf,
        SH.targetObjectsOf,
        SH.property,
        SH.path,
        SH.message,
        SH.severity,
        RDF.type,
    }
    found = set()
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in graph.subjects(RDF.type, kind):
            targeted = any(p in silent and p not in (RDF.type, SH.severity) for p in graph.predicates(shape))
            if targeted and set(graph.predicates(shape)) - silent:
                found.add(str(shape).removeprefix(KSH))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_graph_passes(name: str) -> None:
    assert results(name, Graph().parse(data=valid_text(name), format="turtle")) == []


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param(name, case, id=f"{name}-{case['shape']}-{i}")
        for name in NAMES
        for i, case in enumerate(cases(name))
    ],
)
def test_a_broken_graph_breaks_just_that_shape(name: str, case: dict[str, Any]) -> None:
    found = results(name, changed(name, case))
    assert {shape for shape, _, _ in found} == {case["shape"], *case.get("also", ())}
    assert {severity for _, severity, _ in found} == {"Violation" if name == "article" else "Warning"}
    for _, _, message in found:
        assert "{" not in message, f"a place that was not filled: {message}"


@pytest.mark.parametrize("name", NAMES)
def test_every_shape_has_a_graph_that_breaks_it(name: str) -> None:
    alone = {case["shape"] for case in cases(name)}
    assert constraining(name) - alone == set()
    assert alone - constraining(name) == set()


@pytest.mark.parametrize("name", NAMES)
def test_shapes_are_well_formed(name: str) -> None:
    """Against the shapes of SHACL itself."""
    conforms, _, text = validate(Graph(), shacl_graph=shapes(name), advanced=True, meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("name", NAMES)
def test_every_shape_says_what_is_wrong(name: str) -> None:
    graph = shapes(name)
    for local in constraining(name):
        shape = URIRef(KSH + local)
        messages = [*graph.objects(shape, SH.message)]
        messages += [m for constraint in graph.objects(shape, SH.sparql) for m in graph.objects(constraint, SH.message)]
        assert messages, f"{local} has no message"
        assert all(getattr(m, "language", None) == "en" for m in messages), local


def test_all_shapes_over_several_articles_only_warn() -> None:
    graph = shapes("union")
    for local in constraining("union"):
        assert graph.value(URIRef(KSH + local), SH.severity) == SH.Warning, local


def test_shapes_over_one_article_withhold() -> None:
    assert not list(shapes("article").triples((None, SH.severity, None)))


def test_every_class_of_things_has_a_shape() -> None:
    from kgculture import terms

    targets = {str(o).removeprefix(terms.KGC) for name in NAMES for o in shapes(name).objects(None, SH.targetClass)}
    things = {c for c in terms.CLASSES if c not in terms.VALUES and c not in ("Value", "Place")}
    assert things - targets == set()
