"""Six formats, sorted, and what each holds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse

import build_facts
import kgculture
from kgculture import Graph, pipeline, terms
from kgculture.errors import InputError, UsageError
from kgculture.export import FORMATS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    path = tmp_path_factory.mktemp("export") / "s"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "stages", build_facts.stages)
        pipeline.build(["baku-1", "moscow-1", "plan-1"], path)
    return kgculture.open(path)


def written(graph: Graph, form: str) -> bytes:
    out = io.BytesIO()
    graph.export(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_read_back(graph: Graph, form: str) -> None:
    extension, named = FORMATS[form]
    again = Store()
    again.load(written(graph, form), RdfFormat.from_extension(extension))
    everything = set(graph.store.triples)
    if named:
        assert set(again) == everything
        return
    plain = {(q.subject, q.predicate, q.object) for q in again}
    assert {(q.subject, q.predicate, q.object) for q in everything if isinstance(q.graph_name, DefaultGraph)} <= plain
    for cls in ("Report", "Evidence"):
        text = f"SELECT ?x WHERE {{ ?x a <{terms.kgc(cls)}> }}"
        inside = f"SELECT ?x WHERE {{ GRAPH ?g {{ ?x a <{terms.kgc(cls)}> }} }}"
        assert {r["x"] for r in again.query(text)} == {r["x"] for r in graph.store.triples.query(inside)}
    assert set(plain) <= {(q.subject, q.predicate, q.object) for q in everything}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_read_by_rdflib(graph: Graph, form: str) -> None:
    import rdflib

    names = {"nquads": "nquads", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    dataset = rdflib.Dataset()
    dataset.parse(data=written(graph, form), format=names.get(form, form))
    assert len(dataset) > 100


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_from_another_store(
    graph: Graph, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "stages", build_facts.stages)
    for name in ("plan-1", "baku-1", "moscow-1"):
        pipeline.build([name], tmp_path / "s")
    with kgculture.open(tmp_path / "s") as other:
        assert written(other, form) == written(graph, form)


def test_turtle_has_prefixes_that_occur_only(graph: Graph) -> None:
    text = written(graph, "turtle").decode()
    assert "@prefix kgc:" in text
    assert "@prefix crm:" not in text
    assert "kgr:serikova-aigul a kgc:" in text
    assert text.count("\nkgr:serikova-aigul ") == 1


def test_to_a_file(graph: Graph, tmp_path: Path) -> None:
    graph.export(tmp_path / "g.nq", "nquads")
    assert (tmp_path / "g.nq").read_bytes() == written(graph, "nquads")
    assert len(list(parse(path=tmp_path / "g.nq"))) == len(graph.store.triples)


def test_errors(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="word: no such format"):
        graph.export(io.BytesIO(), "word")
    with pytest.raises(InputError, match="cannot be written"):
        graph.export(tmp_path / "no" / "g.ttl")
