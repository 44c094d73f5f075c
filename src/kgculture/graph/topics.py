"""Concepts of the shipped topic scheme, as the default graph repeats them for labels."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kgculture import terms
from kgculture.graph.nodes import LABEL, RDF_TYPE, term
from kgculture.resources import folder


@cache
def _scheme() -> dict[str, tuple[Triple, ...]]:
    found: dict[str, list[Triple]] = {}
    path = folder("ontology") / "topics.ttl"
    wanted = {RDF_TYPE, LABEL, term("skos:prefLabel"), term("skos:inScheme"), term("skos:broader")}
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        subject = quad.subject
        if isinstance(subject, NamedNode) and quad.predicate in wanted:
            told = found.setdefault(subject.value, [])
            told.append(Triple(subject, quad.predicate, quad.object))
            if quad.predicate == term("skos:prefLabel"):  # one property for the labels of everything
                told.append(Triple(subject, LABEL, quad.object))
    return {iri: tuple(triples) for iri, triples in found.items()}


def concept(key: str) -> tuple[Triple, ...]:
    """What the scheme says of a topic and of the broader ones: type, scheme, labels. Raises ResourceError where it is missing."""
    told = _scheme().get(terms.topic(key), ())
    broader = (t.object.value for t in told if t.predicate == term("skos:broader") and isinstance(t.object, NamedNode))
    return (*told, *(triple for iri in broader for triple in concept(iri.removeprefix(terms.TOPIC))))
