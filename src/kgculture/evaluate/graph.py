"""What the measures read from a graph: what one article states, and what things are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from kgculture.evaluate.alike import alike, body_alike, kind
from kgculture.model import Passage
from kgculture.terms import KGC, PREFIXES

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
LABELS = (NamedNode(PREFIXES["rdfs"] + "label"), NamedNode(PREFIXES["skos"] + "altLabel"))
IDENTIFIER = NamedNode(PREFIXES["dcterms"] + "identifier")
#: stands for an article that the graph lacks: nothing is stated there
NOWHERE = NamedNode("urn:kgculture:nowhere")
PEOPLE = ("Person", "Minister")


def kgc(name: str) -> NamedNode:
    return NamedNode(KGC + name)


class Graph:
    """A store of triples (pyoxigraph), asked what articles state. Nodes come sorted, so that ties fall the same way in every run."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.articles: dict[str, NamedNode] = {
            quad.object.value: quad.subject
            for quad in store.quads_for_pattern(None, IDENTIFIER, None, None)
            if any(store.quads_for_pattern(quad.subject, RDF_TYPE, kgc("Article"), None))
        }
        self._labels: dict[Any, list[str]] = {}
        self.people = {
            quad.subject for cls in PEOPLE for quad in store.quads_for_pattern(None, RDF_TYPE, kgc(cls), None)
        }

    def labels(self, node: Any) -> list[str]:
        """All names of a node, sorted; a literal is its own name."""
        if isinstance(node, Literal):
            return [node.value]
        if node not in self._labels:
            found = [q.object.value for p in LABELS for q in self._store.quads_for_pattern(node, p, None, None)]
            self._labels[node] = sorted(set(found))
        return self._labels[node]

    def name(self, node: Any) -> str:
        """How a list of errors calls a node: its label, in English where it has one."""
        for prop in LABELS:
            found = {
                (q.object.language or "en", q.object.value)
                for q in self._store.quads_for_pattern(node, prop, None, None)
            }
            if found:
                return str(min(found, key=lambda pair: (pair[0] != "en", *pair))[1])
        return str(getattr(node, "value", node)).rpartition("/")[2]

    def english(self, node: Any, prop: str | None = None) -> list[str]:
        """Its English names (or values of a property), else all names."""
        properties = LABELS if prop is None else (kgc(prop),)
        found = [
            q.object.value
            for p in properties
            for q in self._store.quads_for_pattern(node, p, None, None)
            if (q.object.language or "en") == "en"
        ]
        return sorted(set(found)) or self.labels(node)

    def of_type(self, article: NamedNode, *classes: str) -> list[NamedNode]:
        """Nodes to which the article's graph gives one of the classes."""
        found = {q.subject for cls in classes for q in self._store.quads_for_pattern(None, RDF_TYPE, kgc(cls), article)}
        return sorted(found, key=str)

    def values(self, node: Any, prop: str, article: NamedNode | None = None) -> list[Any]:
        """Values of a property, as one article states them or (None) as any does."""
        if isinstance(node, Literal):
            return []
        return [quad.object for quad in self._store.quads_for_pattern(node, kgc(prop), None, article)]

    def subjects(self, prop: str, value: Any, article: NamedNode | None = None) -> list[NamedNode]:
        return sorted({q.subject for q in self._store.quads_for_pattern(None, kgc(prop), value, article)}, key=str)

    def country_codes(self, node: Any) -> set[str]:
        """ISO codes of a country, or of the country of a thing."""
        return {code.value for place in (node, *self.values(node, "country")) for code in self.values(place, "isoCode")}

    def is_planned(self, node: Any, article: NamedNode) -> bool:
        return kgc("Planned") in self.values(node, "status", article)

    def dates(self, node: Any, prop: str, article: NamedNode) -> list[str]:
        return [value.value for value in self.values(node, prop, article) if isinstance(value, Literal)]

    def kinds(self, node: Any, article: NamedNode) -> set[str]:
        """Kinds of an agreement, as they are compared."""
        return {kind(re.split(r"[#/]", v.value)[-1]) for v in self.values(node, "agreementType", article)}

    def around(self, places: Sequence[Any]) -> list[Any]:
        """Places and venues, with the cities and countries that these lie in."""
        return [*places, *(o for node in places for p in ("place", "country") for o in self.values(node, p))]

    def called(self, name: str, nodes: Iterable[Any], least: float) -> bool:
        return any(alike(name, label, least) for node in nodes for label in self.labels(node))

    def party_alike(self, gold: str, node: Any) -> bool:
        """Whether a node is the country of an ISO code, or the body of a name."""
        if re.fullmatch(r"[A-Z]{2}", gold):
            return gold in self.country_codes(node) or any(alike(gold, label, 95) for label in self.labels(node))
        return any(body_alike(gold, label) for label in self.labels(node))

    def passages(self, node: Any, article: NamedNode) -> list[Passage]:
        """The passages of an article behind a fact; for what is no fact, those that name it."""
        proofs = [o for r in self.subjects("reports", node, article) for o in self.values(r, "evidence", article)]
        proofs = proofs or [*self.subjects("mentions", node, article)]
        found = set()
        for proof in proofs:
            start, end = (self.values(proof, f"{side}Offset", article) for side in ("start", "end"))
            if start and end:
                found.add(Passage(int(start[0].value), int(end[0].value)))
        return sorted(found)
