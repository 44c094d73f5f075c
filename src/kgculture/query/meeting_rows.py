"""What the store says of many meetings at once: a few queries for hundreds of meetings instead of a hundred look-ups for each.

The store answers a query over a list of IRIs (`VALUES`) about as fast as it looks up one of them, so `view.py` asks here first and
then composes its meetings without touching the store again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgculture.terms import ARTICLE, KGC, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: IRIs in one query: more gain nothing
CHUNK = 1000


class Memo:
    """A store that remembers what the default graph says of each of our things, so that labels are read once.

    It has the one method that `query.names` and `query.display` call."""

    def __init__(self, store: Any) -> None:
        from pyoxigraph import DefaultGraph

        self._store = store
        self._default = DefaultGraph()
        self._about: dict[Any, dict[Any, list[Any]]] = {}

    def quads_for_pattern(self, subject: Any, predicate: Any, value: Any, graph: Any = None) -> Iterable[Any]:
        if subject is None or predicate is None or value is not None or graph != self._default:
            found: Iterable[Any] = self._store.quads_for_pattern(subject, predicate, value, graph)
            return found
        about = self._about.get(subject)
        if about is None:
            about = self._about[subject] = {}
            for quad in self._store.quads_for_pattern(subject, None, None, graph):
                about.setdefault(quad.predicate, []).append(quad)
        return about.get(predicate, ())

    def forget(self, subject: Any) -> None:
        """Lets go of what it knows of one thing."""
        self._about.pop(subject, None)


@dataclass(slots=True)
class Told:
    """One Report of a meeting: where, by which rule, with which quotes as (offset, passage, text)."""

    iri: str
    article: str
    rule: str = ""
    confidence: float = 0.0
    inferred: bool = False
    quotes: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article apart from its text."""

    identifier: str
    headline: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(slots=True)
class Loaded:
    """All that is told of some meetings outside their own properties.

    `behalf` and `offices` map (meeting, participant) to what they spoke for and (tenure, office), each sorted."""

    reports: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    behalf: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    offices: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)


def rows(store: Any, text: str) -> Iterator[tuple[Any, ...]]:
    """The answer to a SELECT as plain strings, None where unbound."""
    for row in store.query(text, prefixes=PREFIXES):
        yield tuple(None if term is None else term.value for term in row)


def chunks(iris: Sequence[str], size: int = CHUNK) -> Iterator[Sequence[str]]:
    for start in range(0, len(iris), size):
        yield iris[start : start + size]


def _values(name: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def sides(store: Any, meetings: Sequence[str]) -> Loaded:
    """Who stood for whom and held which office, by the articles of these meetings."""
    loaded = Loaded()
    wanted = _values("m", meetings)
    behalf = f"SELECT ?m ?who ?x ?b {{ {wanted} ?x kgc:in ?m ; kgc:who ?who ; kgc:onBehalfOf ?b }}"
    for meeting, who, _, body in sorted(set(rows(store, behalf))):
        loaded.behalf[meeting, who].append(body)
    held: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    offices = (
        f"SELECT ?m ?who ?t ?o ?s {{ {wanted} ?m kgc:participant ?who . GRAPH ?g {{ ?r kgc:reports ?m }} "
        "GRAPH ?g { ?t kgc:holder ?who ; kgc:office ?o ; kgc:tenureStatus ?s } }"
    )
    for meeting, who, tenure, office, status in rows(store, offices):
        if status in (KGC + "Current", KGC + "Acting"):
            held[meeting, who][tenure] = max(office, held[meeting, who].get(tenure, ""))
    loaded.offices = {key: sorted(found.items()) for key, found in held.items()}
    return loaded


def load(store: Any, meetings: Sequence[str]) -> Loaded:
    """The same with all Reports of these meetings and their quotes."""
    loaded = sides(store, meetings)
    wanted = _values("m", meetings)
    told: dict[tuple[str, str], Told] = {}
    reports = (
        f"SELECT ?m ?g ?r ?rule ?c ?i {{ {wanted} GRAPH ?g {{ ?r kgc:reports ?m OPTIONAL {{ ?r kgc:rule ?rule }} "
        "OPTIONAL { ?r kgc:confidence ?c } OPTIONAL { ?r kgc:inferred ?i } } }"
    )
    for meeting, graph, report, rule, confidence, inferred in rows(store, reports):
        if (report, graph) not in told:
            told[report, graph] = found = Told(report, graph, rule or "", float(confidence or 0), inferred == "true")
            loaded.reports[meeting].append(found)
    evidence = (
        f"SELECT ?g ?r ?e ?s ?q {{ {wanted} GRAPH ?g {{ ?r kgc:reports ?m ; kgc:evidence ?e . "
        "?e kgc:startOffset ?s ; kgc:quote ?q } }"
    )
    for graph, report, passage, start, quote in rows(store, evidence):
        told[report, graph].quotes.append((int(start), passage, quote))
    for found in told.values():
        found.quotes.sort()
    for reported in loaded.reports.values():
        reported.sort(key=lambda one: one.iri)
    return loaded


def metadata(store: Any, articles: Iterable[str]) -> dict[str, Metadata]:
    """Identifier, headline, day and address of articles, by their IRIs."""
    found: dict[str, Metadata] = {}
    for chunk in chunks(sorted(articles)):
        text = (
            f"SELECT ?g ?id ?h ?d ?u {{ {_values('g', chunk)} ?g dcterms:identifier ?id OPTIONAL {{ ?g schema:headline ?h }} "
            "OPTIONAL { ?g schema:datePublished ?d } OPTIONAL { ?g schema:url ?u } }"
        )
        for article, *told in sorted(rows(store, text), key=str):
            found.setdefault(article, Metadata(*told))
        for article in chunk:
            found.setdefault(article, Metadata(unquote(article.removeprefix(ARTICLE))))
    return found


def candidates(
    store: Any,
    people: Sequence[str],
    statuses: Sequence[str],
    since: str | None = None,
    until: str | None = None,
    country: str | None = None,
    undated: bool = False,
) -> list[str]:
    """Meetings of these people, with one of these statuses, that may lie between two days or have none at all; sorted.

    With a country: those of its people, bodies or offices, and maybe some more; whether they sat there for it is not asked here.
    """
    parts = ["?m a kgc:Meeting", *(f"?m kgc:participant <{person}>" for person in people)]
    # a filter and not VALUES: the engine would begin with the statuses, that is with all meetings
    parts.append(f"?m kgc:status ?s FILTER(?s IN ({', '.join(f'kgc:{status}' for status in statuses)}))")
    if since is not None:
        parts.append(f'?m kgc:latest ?last FILTER(STR(?last) >= "{since}")')
    if until is not None:
        parts.append(f'?m kgc:earliest ?first FILTER(STR(?first) <= "{until}")')
    if undated:
        parts.append("FILTER NOT EXISTS { ?m kgc:earliest ?none }")
    found = {meeting for (meeting,) in rows(store, f"SELECT DISTINCT ?m {{ {' . '.join(parts)} }}")}
    if country is not None:
        found &= _around(store, country)
    return sorted(found)


def _around(store: Any, country: str) -> set[str]:
    """Meetings that a country, its people, bodies or those who hold its offices took part in, or someone for any of these."""
    bodies = f"{{ BIND(<{country}> AS ?x) }} UNION {{ ?x kgc:country <{country}> }}"
    bodies += f" UNION {{ ?x kgc:organization/kgc:country <{country}> }}"
    text = (
        f"SELECT DISTINCT ?m {{ {{ {bodies} }} {{ ?m kgc:participant ?x }} UNION {{ ?p kgc:onBehalfOf ?x ; kgc:in ?m }} "
        "UNION { ?t kgc:office ?x ; kgc:holder ?who . ?m kgc:participant ?who } }"
    )
    return {meeting for (meeting,) in rows(store, text)}
