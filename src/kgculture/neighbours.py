"""What the shapes over several articles need to judge some nodes: so much of the default graph, and no more.

Which triples a shape reads of a node is told here once for all shapes of `shapes/union.ttl`; a test compares the verdicts with
those on the whole graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kgculture import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NOTHING = DefaultGraph()
_TYPE = NamedNode(terms.PREFIXES["rdf"] + "type")
_HOLDER, _OFFICE, _PLACE = (NamedNode(terms.kgc(name)) for name in ("holder", "office", "place"))
_MET, _MERGED, _LABEL = (
    NamedNode(terms.kgc("met")),
    NamedNode(terms.kgc("merged")),
    NamedNode(terms.PREFIXES["rdfs"] + "label"),
)
#: what the shapes read of those who meet, of tenures and of merges
_WHO = frozenset(NamedNode(terms.kgc(name)) for name in ("Person", "Organization", "Country"))
_OF_WHO = (_LABEL, NamedNode(terms.kgc("country")))
_OF_TENURE = (
    _TYPE,
    *(NamedNode(terms.kgc(name)) for name in ("holder", "office", "tenureStatus", "earliest", "latest")),
)
_OF_MERGE = (_TYPE, NamedNode(terms.kgc("because")), NamedNode(terms.kgc("mergedInto")))
#: nodes judged at once
_PART = 1000
#: names of things that begin with their kind; those of persons and bodies do not
_KINDS = (
    "tenure-",
    "office-",
    "meeting-",
    "event-",
    "agreement-",
    "work-",
    "merge-",
    "topic-",
    "country-",
    "city-",
    "region-",
)
#: kinds that no shape over several articles looks at
_UNREAD = ("statement-", "participation-", "proposal-")


@dataclass(frozen=True, slots=True)
class Part:
    """The nodes to be judged, by IRI, and what must be known of them."""

    focus: frozenset[str]
    store: Store


class Neighbours:
    """Reads the default graph of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def concerned(self, changed: Iterable[str]) -> list[str]:
        """The nodes on which a verdict may have changed, given those of which something else is said; sorted.

        With a tenure change its holder and its office, with an office all who hold it.
        """
        found = {iri for iri in changed if not _kind(iri).startswith(_UNREAD)}
        for iri in sorted(found):
            node = NamedNode(iri)
            if _kind(iri).startswith("tenure-"):
                found.update(self._values(node, _HOLDER) | self._values(node, _OFFICE))
            elif _kind(iri).startswith("office-"):
                for tenure in self._subjects(_OFFICE, node):
                    found.update(self._values(tenure, _HOLDER))
        return sorted(found)

    def parts(self, focus: list[str], pairs: Iterable[tuple[str, str]]) -> Iterator[Part]:
        """All that the shapes read of some nodes, in parts. `pairs`: names of those of whom it is new that they met."""
        met: dict[str, list[str]] = {}
        for one, other in {(min(pair), max(pair)) for pair in pairs}:
            met.setdefault(terms.KGR + one, []).append(terms.KGR + other)
            met.setdefault(terms.KGR + other, []).append(terms.KGR + one)
        told: set[tuple[str, str]] = set()
        for start in range(0, len(focus), _PART):
            nodes = focus[start : start + _PART]
            quads: set[Quad] = set()
            told.clear()
            for iri in nodes:
                quads.update(self._around(NamedNode(iri)))
                for other in met.get(iri, ()):
                    if (other, iri) in told:
                        continue
                    told.add((iri, other))
                    quads.update(self._meeting(NamedNode(iri), NamedNode(other)))
            store = Store()
            store.extend(quads)
            yield Part(frozenset(nodes), store)

    def _around(self, node: NamedNode) -> Iterator[Quad]:
        yield from self._of(node)
        kind = _kind(node.value)
        if kind.startswith("meeting-"):
            for place in self._values(node, _PLACE):
                yield from self._store.quads_for_pattern(NamedNode(place), _TYPE, None, _NOTHING)
        elif kind.startswith("office-"):
            for tenure in self._subjects(_OFFICE, node):
                yield from self._of(tenure)
        elif not kind.startswith(_KINDS):
            for tenure in self._subjects(_HOLDER, node):
                yield from self._of(tenure)
                for office in self._values(tenure, _OFFICE):
                    yield from self._of(NamedNode(office))

    def _of(self, node: NamedNode) -> Iterator[Quad]:
        """A node's own triples. Of what many articles add to (days of a tenure, records of a merge, whom somebody met) only what
        the shapes read, so that what a popular thing costs does not grow."""
        kind = _kind(node.value)
        if kind.startswith("merge-"):
            yield from self._some(node, *_OF_MERGE)
            yield from islice(self._store.quads_for_pattern(node, _MERGED, None, _NOTHING), 2)
        elif kind.startswith("tenure-"):
            yield from self._some(node, *_OF_TENURE)
        else:
            types = list(self._store.quads_for_pattern(node, _TYPE, None, _NOTHING))
            if any(quad.object in _WHO for quad in types):
                yield from types
                yield from self._some(node, *_OF_WHO)
            else:
                yield from self._store.quads_for_pattern(node, None, None, _NOTHING)

    def _some(self, node: NamedNode, *predicates: NamedNode) -> Iterator[Quad]:
        for predicate in predicates:
            yield from self._store.quads_for_pattern(node, predicate, None, _NOTHING)

    def _meeting(self, one: NamedNode, other: NamedNode) -> Iterator[Quad]:
        """That two met, both ways, and one meeting at which they did."""
        for pair in ((one, other), (other, one)):
            yield from self._store.quads_for_pattern(pair[0], _MET, pair[1], _NOTHING)
        query = (
            f"SELECT ?meeting WHERE {{ ?meeting <{terms.kgc('participant')}> {one} , {other} ; "
            f"<{terms.kgc('status')}> <{terms.kgc('Held')}> }} LIMIT 1"
        )
        for row in self._store.query(query):  # type: ignore[union-attr]
            for name in ("participant", "status"):
                yield from self._store.quads_for_pattern(row[0], NamedNode(terms.kgc(name)), None, _NOTHING)
            yield from self._store.quads_for_pattern(row[0], _TYPE, None, _NOTHING)

    def _values(self, node: NamedNode, predicate: NamedNode) -> set[str]:
        found = self._store.quads_for_pattern(node, predicate, None, _NOTHING)
        return {quad.object.value for quad in found if isinstance(quad.object, NamedNode)}

    def _subjects(self, predicate: NamedNode, node: NamedNode) -> list[NamedNode]:
        found = self._store.quads_for_pattern(None, predicate, node, _NOTHING)
        return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


def _kind(iri: str) -> str:
    return iri.removeprefix(terms.KGR)
