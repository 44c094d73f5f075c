"""Facts and resolution in, quads out: a named graph per article, the default graph with every fact once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph as NoGraph
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgculture.graph.article import ArticleGraph
from kgculture.graph.default import (
    brought,
    decided,
    described,
    doubted,
    known,
    merge_head,
    merge_node,
    merge_record,
    met,
    sayings,
    whole,
)
from kgculture.graph.ledger import Ledger
from kgculture.graph.nodes import article_iri, kgc, report_iri, thing
from kgculture.graph.scope import is_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgculture.model import ArticleFacts, Resolution

__all__ = [
    "ArticleGraph",
    "Ledger",
    "article_iri",
    "article_quads",
    "brought",
    "context_of",
    "decided",
    "default_quads",
    "described",
    "doubted",
    "is_place",
    "known",
    "merge_head",
    "merge_node",
    "merge_record",
    "met",
    "report_iri",
    "sayings",
    "thing",
]

#: withheld: (identifier of the article, id of a fact or reference of an entity, or "" for the whole article)
Withheld = frozenset[tuple[str, str]]


def article_quads(facts: ArticleFacts, resolution: Resolution, withheld: Withheld = frozenset()) -> list[Quad]:
    """The named graph of one article, sorted; without what is withheld and what only that states.

    Raises KeyError where the resolution lacks a record of the article.
    """
    identifier = facts.article.id
    if (identifier, "") in withheld:
        return []
    return quads_of(ArticleGraph(facts, resolution, _local(identifier, withheld)))


def quads_of(graph: ArticleGraph) -> list[Quad]:
    """The named graph of an article, sorted."""
    return sorted((_quad(triple, graph.iri) for triple in graph.stated | graph.provenance), key=str)


def default_quads(
    all_facts: Iterable[ArticleFacts], resolution: Resolution, withheld: Withheld = frozenset()
) -> list[Quad]:
    """The default graph of a set of articles, sorted, each quad once. A function of the set, not of its order."""
    graphs = (
        ArticleGraph(facts, resolution, _local(facts.article.id, withheld))
        for facts in all_facts
        if (facts.article.id, "") not in withheld
    )
    return sorted({_quad(triple, NoGraph()) for triple in whole(graphs, resolution)}, key=str)


def context_of(graph: ArticleGraph, resolution: Resolution) -> list[Quad]:
    """What the shapes need beside the named graph: the article's metadata and text, labels of what it names. Sorted.

    It is given in the same graph, for the shapes see both as one.
    """
    triples = graph.metadata()
    triples.add(Triple(graph.iri, kgc("articleText"), Literal(graph.facts.article.text)))
    for what, key, _ in sayings(graph):
        if what == "topic" or (what == "thing" and is_place(key)):
            for of_node in known(what, key).values():
                triples.update(of_node)
        if what == "thing" and key in resolution.things:
            triples.update(described(resolution.things[key]))
    return sorted((_quad(triple, graph.iri) for triple in triples), key=str)


def _quad(triple: Triple, graph: NamedNode | NoGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _local(identifier: str, withheld: Withheld) -> frozenset[str]:
    return frozenset(ref for article, ref in withheld if article == identifier)
