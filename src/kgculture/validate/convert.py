"""pyoxigraph terms as rdflib terms: pyshacl reads rdflib graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib
    from pyoxigraph import Quad


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """One graph of all quads, whatever graph they are in."""
    import rdflib

    graph = rdflib.Graph()
    known: dict[Any, Any] = {}
    for quad in quads:
        graph.add((_term(quad.subject, known), _term(quad.predicate, known), _term(quad.object, known)))
    return graph


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
