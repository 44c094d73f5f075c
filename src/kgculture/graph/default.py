"""The default graph: every canonical fact once, what is derived from all articles together, and labels."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kgculture import terms
from kgculture.graph.nodes import ALT_LABEL, LABEL, RDF_TYPE, article_iri, day, kgc, report_iri, term, text, thing
from kgculture.graph.places import describe
from kgculture.graph.scope import is_place
from kgculture.graph.spans import Span, combine
from kgculture.graph.topics import concept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kgculture.graph.article import ArticleGraph
    from kgculture.model import Resolution

#: an event has one status: the first of these that an article gives
STATUS_ORDER = ("Signed", "Held", "Cancelled", "Denied", "Planned")


class DefaultGraph:
    """Takes articles one by one in any order, gives what they state together.

    `add` returns the triples that an article brings as they are; `derived` those that need all articles. Memory grows
    with the number of things, not with the text.
    """

    def __init__(self, resolution: Resolution) -> None:
        self._resolution = resolution
        self._articles: set[str] = set()
        self._told: set[tuple[str, str]] = set()  # records that are in the graph, for the Merges
        self._things: set[str] = set()
        self._topics: set[str] = set()
        self._status: dict[NamedNode, str] = {}
        self._spans: dict[NamedNode, set[Span]] = defaultdict(set)
        self._ministerial: dict[NamedNode, bool] = {}
        self._met: set[tuple[NamedNode, NamedNode]] = set()

    @classmethod
    def of(cls, article: ArticleGraph, resolution: Resolution) -> DefaultGraph:
        """The default graph of one article alone."""
        alone = cls(resolution)
        alone.add(article)
        return alone

    def add(self, article: ArticleGraph) -> set[Triple]:
        """The triples of one article for the default graph, without those that only all articles decide."""
        identifier = article.facts.article.id
        self._told |= {(identifier, ref) for ref in (*article.scope.refs, *article.scope.fact_ids)}
        self._things |= {node.value.removeprefix(terms.KGR) for node in article.things()}
        self._topics |= article.topics
        for node, spans in article.spans.items():
            self._spans[node] |= spans
        for sides in article.held.values():
            self._meet(sides)
        kept = {t for t in article.stated if not self._decided_later(t)}
        return kept | article.metadata()

    def _decided_later(self, triple: Triple) -> bool:
        subject, value = triple.subject, triple.object
        if triple.predicate == kgc("status") and isinstance(value, NamedNode) and isinstance(subject, NamedNode):
            new = value.value.removeprefix(terms.KGC)
            old = self._status.get(subject, new)
            self._status[subject] = min(old, new, key=STATUS_ORDER.index)
            return True
        if triple.predicate == kgc("ministerial") and isinstance(subject, NamedNode) and isinstance(value, Literal):
            self._ministerial[subject] = self._ministerial.get(subject, False) or value.value == "true"
            return True
        return triple.predicate in (kgc("earliest"), kgc("latest"))

    def _meet(self, sides: dict[NamedNode, set[NamedNode]]) -> None:
        for one, its in sides.items():
            for other, theirs in sides.items():
                if one != other and not its & theirs:
                    self._met.add((one, other))

    def derived(self) -> Iterator[Triple]:
        """What all articles together give: one status, days, `kgc:met`, labels, aliases, merges, places, topics."""
        for node, status in self._status.items():
            yield Triple(node, kgc("status"), kgc(status))
        for node, ministerial in self._ministerial.items():
            yield Triple(node, kgc("ministerial"), Literal(ministerial))
        for node, spans in self._spans.items():
            earliest, latest = combine(spans)
            if earliest:
                yield Triple(node, kgc("earliest"), day(earliest))
            if latest:
                yield Triple(node, kgc("latest"), day(latest))
        for one, other in self._met:
            yield Triple(one, kgc("met"), other)
        yield from self.described()
        yield from self._merges()
        for one_name, other_name in self._resolution.maybe_same:
            if one_name in self._things and other_name in self._things:
                yield Triple(thing(one_name), kgc("maybeSame"), thing(other_name))
                yield Triple(thing(other_name), kgc("maybeSame"), thing(one_name))

    def described(self) -> Iterator[Triple]:
        """Labels, aliases and topics of the things told of so far, and what is known of places."""
        for key in self._topics:
            yield from concept(key)
        places = {name for name in self._things if is_place(name)}
        yield from describe(places)
        for name in self._things:
            record = self._resolution.things.get(name)
            if record is None:
                continue
            node = thing(name)
            if name not in places:
                labelled: dict[str, str] = {}
                for language, label in sorted(record.labels):
                    labelled.setdefault(language, label)
                for language, label in labelled.items():
                    yield Triple(node, LABEL, text(label, language))
                for language, label in record.alt_labels:
                    if labelled.get(language) != label:
                        yield Triple(node, ALT_LABEL, text(label, language))
            for alias in record.aliases:
                if alias != name:
                    yield Triple(thing(alias), term("owl:sameAs"), node)

    def _merges(self) -> Iterator[Triple]:
        for merge in self._resolution.merges:
            records = sorted(record for record in set(merge.records) if record in self._told)
            if len(records) < 2 or merge.thing not in self._things:
                continue
            key = "\n".join("\t".join(part) for part in ((merge.because,), *records))
            node = thing(f"merge-{merge.thing}-{hashlib.sha256(key.encode()).hexdigest()[:8]}")
            yield Triple(node, RDF_TYPE, kgc("Merge"))
            yield Triple(node, kgc("mergedInto"), thing(merge.thing))
            yield Triple(node, kgc("because"), Literal(merge.because))
            for identifier, ref in records:
                yield Triple(node, kgc("merged"), report_iri(article_iri(identifier), ref))


def merged(graphs: Iterable[ArticleGraph], resolution: Resolution) -> Iterator[Triple]:
    """The whole default graph of some articles; a triple that several articles state comes several times."""
    default = DefaultGraph(resolution)
    for graph in graphs:
        yield from default.add(graph)
    yield from default.derived()
