"""The default graph: every canonical fact once, what is derived from all articles together, and labels."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kgculture import terms
from kgculture.graph.nodes import ALT_LABEL, LABEL, RDF_TYPE, article_iri, day, kgc, report_iri, term, text, thing
from kgculture.graph.places import describe
from kgculture.graph.scope import is_place
from kgculture.graph.spans import Span, combine
from kgculture.graph.topics import concept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kgculture.graph.article import ArticleGraph
    from kgculture.model import Resolution, Thing

#: an event has one status: the first of these that an article gives
STATUS_ORDER = ("Signed", "Held", "Cancelled", "Denied", "Planned")
#: properties that several articles together decide
LATER = frozenset(kgc(name) for name in ("status", "ministerial", "earliest", "latest"))
#: (what, of which thing, value): what an article says that its triples do not, or that only all articles decide
Saying = tuple[str, str, str]


def brought(article: ArticleGraph) -> set[Triple]:
    """The triples that an article brings to the default graph as they are."""
    return {t for t in article.stated if t.predicate not in LATER} | article.metadata()


def sayings(article: ArticleGraph) -> Iterator[Saying]:
    """What an article has a say in: the things and topics of which it speaks, their status, days, and who met whom.

    "thing" and "topic" have no value; a "span" is JSON; of "met" the value is the other one's name.
    """
    for node in article.things():
        yield "thing", _name(node), ""
    for key in article.topics:
        yield "topic", key, ""
    for triple in article.stated:
        if triple.predicate == kgc("status") and isinstance(triple.object, NamedNode):
            yield "status", _name(triple.subject), triple.object.value.removeprefix(terms.KGC)
        elif triple.predicate == kgc("ministerial") and isinstance(triple.object, Literal):
            yield "ministerial", _name(triple.subject), triple.object.value
    for node, spans in article.spans.items():
        for span in spans:
            yield "span", _name(node), json.dumps(span)
    for sides in article.held.values():
        for one, its in sides.items():
            for other, theirs in sides.items():
                if one != other and not its & theirs:
                    yield "met", _name(one), _name(other)


def decided(name: str, values: Mapping[str, Iterable[str]]) -> Iterator[Triple]:
    """What all articles together decide of a thing, from all "status", "ministerial" and "span" that they say of it."""
    node = thing(name)
    if status := min(values.get("status", ()), key=STATUS_ORDER.index, default=None):
        yield Triple(node, kgc("status"), kgc(status))
    if ministerial := list(values.get("ministerial", ())):
        yield Triple(node, kgc("ministerial"), Literal("true" in ministerial))
    earliest, latest = combine(Span(*(tuple(d) if d else None for d in json.loads(s))) for s in values.get("span", ()))
    if earliest:
        yield Triple(node, kgc("earliest"), day(earliest))
    if latest:
        yield Triple(node, kgc("latest"), day(latest))


def met(one: str, other: str) -> Triple:
    return Triple(thing(one), kgc("met"), thing(other))


def described(record: Thing) -> Iterator[Triple]:
    """Labels and aliases of a thing that is no place."""
    node = thing(record.name)
    if not is_place(record.name):
        labelled: dict[str, str] = {}
        for language, label in sorted(record.labels):
            labelled.setdefault(language, label)
        for language, label in labelled.items():
            yield Triple(node, LABEL, text(label, language))
        for language, label in record.alt_labels:
            if labelled.get(language) != label:
                yield Triple(node, ALT_LABEL, text(label, language))
    for alias in record.aliases:
        if alias != record.name:
            yield Triple(thing(alias), term("owl:sameAs"), node)


def doubted(name: str, others: Iterable[str]) -> Iterator[Triple]:
    """That a thing may be the same as others, both ways."""
    for other in others:
        yield Triple(thing(name), kgc("maybeSame"), thing(other))
        yield Triple(thing(other), kgc("maybeSame"), thing(name))


@cache
def known(what: str, key: str) -> dict[str, tuple[Triple, ...]]:
    """What is known of a place or topic whatever articles say, by node: of itself and of what it lies in, or falls under."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for triple in describe([key]) if what == "thing" else concept(key):
        found[str(getattr(triple.subject, "value", ""))].append(triple)
    return {node: tuple(triples) for node, triples in found.items()}


def merge_node(name: str, because: str) -> NamedNode:
    """A thing has one Merge for each rule that joined records to it, whichever they are: one more changes no IRI."""
    return thing(f"merge-{name}-{hashlib.sha256(because.encode()).hexdigest()[:8]}")


def merge_head(name: str, because: str) -> Iterator[Triple]:
    node = merge_node(name, because)
    yield Triple(node, RDF_TYPE, kgc("Merge"))
    yield Triple(node, kgc("mergedInto"), thing(name))
    yield Triple(node, kgc("because"), Literal(because))


def merge_record(name: str, because: str, identifier: str, ref: str) -> Triple:
    return Triple(merge_node(name, because), kgc("merged"), report_iri(article_iri(identifier), ref))


def whole(graphs: Iterable[ArticleGraph], resolution: Resolution) -> Iterator[Triple]:
    """The whole default graph of some articles; a triple that several articles state comes several times."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    told: set[tuple[str, str]] = set()
    nodes: set[tuple[str, str]] = set()
    for graph in graphs:
        yield from brought(graph)
        told |= {(graph.facts.article.id, ref) for ref in (*graph.scope.refs, *graph.scope.fact_ids)}
        for what, key, value in sayings(graph):
            if what in ("thing", "topic"):
                nodes.add((what, key))
            else:
                said[key][what].add(value)
    for name, values in said.items():
        yield from decided(name, values)
        yield from (met(name, other) for other in values["met"])
    for what, key in nodes:
        if what == "topic" or is_place(key):
            for triples in known(what, key).values():
                yield from triples
        if what == "thing" and key in resolution.things:
            yield from described(resolution.things[key])
    for one, other in resolution.maybe_same:
        if ("thing", one) in nodes and ("thing", other) in nodes:
            yield from doubted(one, [other])
    for merge in resolution.merges:
        records = told.intersection(merge.records)
        if len(records) > 1 and ("thing", merge.thing) in nodes:
            yield from merge_head(merge.thing, merge.because)
            yield from (merge_record(merge.thing, merge.because, *record) for record in records)


def _name(node: object) -> str:
    return str(getattr(node, "value", "")).removeprefix(terms.KGR)
