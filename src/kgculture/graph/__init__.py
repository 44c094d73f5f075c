"""Facts and resolution in, quads out: a named graph per article, the default graph with every fact once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph as NoGraph
from pyoxigraph import Quad

from kgculture.graph.article import ArticleGraph
from kgculture.graph.default import DefaultGraph, merged
from kgculture.graph.nodes import article_iri, report_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgculture.model import ArticleFacts, Resolution

__all__ = ["ArticleGraph", "DefaultGraph", "article_iri", "article_quads", "default_quads", "report_iri"]

#: withheld: (identifier of the article, id of a fact or reference of an entity, or "" for the whole article)
Withheld = frozenset[tuple[str, str]]


def article_quads(facts: ArticleFacts, resolution: Resolution, withheld: Withheld = frozenset()) -> list[Quad]:
    """The named graph of one article, sorted; without what is withheld and what only that states.

    Raises KeyError where the resolution lacks a record of the article.
    """
    identifier = facts.article.id
    if (identifier, "") in withheld:
        return []
    graph = ArticleGraph(facts, resolution, _local(identifier, withheld))
    return sorted((Quad(*triple, graph.iri) for triple in graph.stated | graph.provenance), key=str)


def default_quads(
    all_facts: Iterable[ArticleFacts], resolution: Resolution, withheld: Withheld = frozenset()
) -> list[Quad]:
    """The default graph of a set of articles, sorted, each quad once. A function of the set, not of its order."""
    graphs = (
        ArticleGraph(facts, resolution, _local(facts.article.id, withheld))
        for facts in all_facts
        if (facts.article.id, "") not in withheld
    )
    return sorted({Quad(*triple, NoGraph()) for triple in merged(graphs, resolution)}, key=str)


def _local(identifier: str, withheld: Withheld) -> frozenset[str]:
    return frozenset(ref for article, ref in withheld if article == identifier)
