"""pyoxigraph terms as rdflib terms: pyshacl reads rdflib graphs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kgculture import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib
    from pyoxigraph import Quad
    from rdflib.plugins.sparql.sparql import Query


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """One graph of all quads, whatever graph they are in; it parses a query that comes again only once."""
    graph: rdflib.Graph = _graph_class()()
    known: dict[Any, Any] = {}
    for quad in quads:
        graph.add((_term(quad.subject, known), _term(quad.predicate, known), _term(quad.object, known)))
    return graph


def to_dataset(quads: Iterable[Quad]) -> rdflib.Dataset:
    """All quads as an rdflib.Dataset, each in its graph, with the prefixes of the vocabulary."""
    import rdflib
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    dataset = rdflib.Dataset()
    for prefix, space in terms.PREFIXES.items():
        dataset.bind(prefix, space)
    known: dict[Any, Any] = {}
    graphs: dict[Any, Any] = {}
    for quad in quads:
        graph = graphs.get(quad.graph_name)
        if graph is None:
            name = quad.graph_name
            graph = (
                dataset.graph(rdflib.URIRef(name.value))
                if isinstance(name, NamedNode)
                else dataset.graph(DATASET_DEFAULT_GRAPH_ID)
            )
            graphs[quad.graph_name] = graph
        graph.add((_term(quad.subject, known), _term(quad.predicate, known), _term(quad.object, known)))
    return dataset


@cache
def _graph_class() -> type[rdflib.Graph]:
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    @cache
    def prepared(text: str, namespaces: tuple[tuple[str, str], ...]) -> Query:
        return prepareQuery(text, initNs=dict(namespaces))

    class Graph(rdflib.Graph):
        # a shape's SPARQL runs once for each node that it looks at; parsing it took six sevenths of the time
        def query(
            self,
            query_object: Any,
            processor: Any = "sparql",
            result: Any = "sparql",
            initNs: Any = None,
            *args: Any,
            **options: Any,
        ) -> Any:
            if isinstance(query_object, str):
                names = tuple(sorted((str(k), str(v)) for k, v in dict(initNs or self.namespaces()).items()))
                query_object = prepared(query_object, names)
            return super().query(query_object, processor, result, initNs, *args, **options)

    return Graph


def _term(term: Any, known: dict[Any, Any]) -> Any:
    found = known.get(term)
    if found is None:
        found = known[term] = rdflib_term(term)
    return found


def rdflib_term(term: Any) -> Any:
    """The rdflib term that is equal to a pyoxigraph term."""
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(datatype), normalize=False)
    return rdflib.BNode(term.value)
