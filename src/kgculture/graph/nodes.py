"""IRIs and literals: how ids, names and values of the model become RDF terms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kgculture import terms

if TYPE_CHECKING:
    from kgculture.model import PartialDate, Passage

XSD = terms.PREFIXES["xsd"]
_DECIMAL = NamedNode(XSD + "decimal")
_DATE = NamedNode(XSD + "date")


@cache
def kgc(local: str) -> NamedNode:
    """A term of the ontology. Raises KeyError for one that it does not declare."""
    return NamedNode(terms.kgc(local))


@cache
def term(curie: str) -> NamedNode:
    """A term of another vocabulary: `schema:url`."""
    prefix, _, local = curie.partition(":")
    return NamedNode(terms.PREFIXES[prefix] + local)


RDF_TYPE = term("rdf:type")
LABEL = term("rdfs:label")
ALT_LABEL = term("skos:altLabel")


def thing(name: str) -> NamedNode:
    """The IRI of a canonical thing, from `Thing.name`."""
    return NamedNode(terms.KGR + name)


def article_iri(identifier: str) -> NamedNode:
    """The IRI of an article, from its identifier, percent-encoded where it must be."""
    return NamedNode(terms.ARTICLE + quote(identifier, safe="-._~"))


def report_iri(article: NamedNode, fact: str) -> NamedNode:
    return NamedNode(f"{article.value}#{fact}")


def evidence_iri(article: NamedNode, passage: Passage) -> NamedNode:
    """The IRI of a passage, by RFC 5147."""
    return NamedNode(f"{article.value}#char={passage.start},{passage.end}")


def text(value: str, language: str) -> Literal:
    return Literal(value, language=language)


def number(value: float) -> Literal:
    """A decimal: `xsd:double` has several spellings of one number."""
    return Literal(f"{value:.4f}".rstrip("0").ljust(3, "0"), datatype=_DECIMAL)


def partial_date(value: PartialDate) -> Literal:
    return Literal(value.lexical, datatype=NamedNode(XSD + value.datatype))


def day(value: str) -> Literal:
    return Literal(value, datatype=_DATE)
