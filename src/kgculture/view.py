"""Reads meetings and persons out of a store as Python values: what `kgculture.open(…).meetings()` gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgculture import terms
from kgculture.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph

_SCHEMA = terms.PREFIXES["schema"]
_DCTERMS = terms.PREFIXES["dcterms"]


@dataclass(frozen=True, slots=True)
class Source:
    """One article's word for a fact: which article, what it says, by which rule it was found and how surely."""

    article: str
    headline: str | None
    published: str | None
    url: str | None
    quotes: tuple[str, ...]
    rule: str
    confidence: float
    inferred: bool

    @property
    def quote(self) -> str:
        """All quotes in one line."""
        return " … ".join(" ".join(quote.split()) for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Person:
    """A person: label, all forms of the name, labels of the offices held, identifiers of the articles that name them."""

    iri: str
    label: str
    names: tuple[str, ...]
    offices: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """A side of a meeting: a person, body or country.

    `offices` are labels of the posts that the meeting's own articles say the person holds, `posts` the same with the country or
    body they belong to (`Minister of Culture, AZ`); `on_behalf_of` those spoken for.
    """

    iri: str
    label: str
    offices: tuple[str, ...] = ()
    on_behalf_of: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with all that the articles say of it. Dates are as precise as they: `2023-12-04`, `2023-12`, `--12-04`."""

    iri: str
    label: str
    status: str
    participants: tuple[Participant, ...]
    dates: tuple[str, ...]
    earliest: str | None
    latest: str | None
    places: tuple[str, ...]
    venues: tuple[str, ...]
    formats: tuple[str, ...]
    topics: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def date(self) -> str | None:
        """The most precise of the dates, with a year if any has one; None where no article gives one."""
        return max(self.dates, key=lambda d: (not d.startswith("-"), len(d), d), default=None)

    @property
    def reported(self) -> str | None:
        """The day on which the first of its articles was published, where one says so: for meetings without a date of their own."""
        return min((s.published for s in self.sources if s.published), default=None)

    @property
    def place(self) -> str | None:
        """The first of the places, or None."""
        return self.places[0] if self.places else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meetings: IRIs that must all take part, whose sides, where; days; `planned` adds those only announced."""

    people: tuple[str, ...] = ()
    country: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    planned: bool = False


def first_day(text: str) -> str:
    """The first day that a day, month or year means. Raises UsageError for anything else."""
    return _day(text, "earliest")


def last_day(text: str) -> str:
    """The last day that a day, month or year means. Raises UsageError for anything else."""
    return _day(text, "latest")


def _day(text: str, which: str) -> str:
    from kgculture.model import PartialDate

    try:
        found = getattr(PartialDate.parse(text), which)
    except (ValueError, TypeError):
        found = None
    if found is None:
        raise UsageError(f"{text}: not a date", "write 2023, 2023-12 or 2023-12-04")
    return str(found)


def _iri(node: Any) -> str:
    return str(node.value)


class View:
    """Reads one store. Labels are in the first of English, Russian, Kazakh that there is."""

    def __init__(self, triples: pyoxigraph.Store) -> None:
        import pyoxigraph

        self._store = triples
        self._node = pyoxigraph.NamedNode
        self._default = pyoxigraph.DefaultGraph()
        self._labels: dict[str, str] = {}
        self._posts: dict[str, str] = {}
        self._order: dict[str, tuple[int, str, str]] = {}

    # ------------------------------------------------------------------------------------------------------ helpers

    def label(self, iri: str) -> str:
        from kgculture.query.names import label

        if iri not in self._labels:
            self._labels[iri] = label(self._store, iri)
        return self._labels[iri]

    def _objects(self, subject: str, predicate: str, graph: Any = None) -> list[str]:
        """Values in the default graph, or the one given; sorted."""
        quads = self._store.quads_for_pattern(self._node(subject), self._node(predicate), None, graph or self._default)
        return sorted(str(quad.object.value) for quad in quads if not hasattr(quad.object, "subject"))

    def _subjects(self, predicate: str, value: str, graph: Any = None) -> list[str]:
        quads = self._store.quads_for_pattern(None, self._node(predicate), self._node(value), graph or self._default)
        return sorted(_iri(quad.subject) for quad in quads)

    def _kgc(self, subject: str, local: str, graph: Any = None) -> list[str]:
        return self._objects(subject, terms.kgc(local), graph)

    def _one(self, subject: str, predicate: str, graph: Any = None) -> str | None:
        return next(iter(self._objects(subject, predicate, graph)), None)

    def _named(self, iris: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.label(iri) for iri in iris))

    # ------------------------------------------------------------------------------------------------------ persons

    def persons(self) -> list[Person]:
        """All who act in an article, by label."""
        found = []
        for iri in self._subjects(terms.PREFIXES["rdf"] + "type", terms.kgc("Person")):
            names = [*self._objects(iri, terms.PREFIXES["rdfs"] + "label")]
            names += self._objects(iri, terms.PREFIXES["skos"] + "altLabel")
            offices = [o for t in self._subjects(terms.kgc("holder"), iri) for o in self._kgc(t, "office")]
            articles = [self._identifier(a) for a in self._subjects(_SCHEMA + "mentions", iri)]
            label = self.label(iri)
            found.append(Person(iri, label, tuple(dict.fromkeys(names)), self._named(offices), tuple(sorted(articles))))
        return sorted(found, key=lambda p: (p.label, p.iri))

    def _identifier(self, article: str) -> str:
        return self._one(article, _DCTERMS + "identifier") or unquote(article.removeprefix(terms.ARTICLE))

    # ----------------------------------------------------------------------------------------------------- meetings

    def meetings(self, wanted: Wanted) -> list[Meeting]:
        """The meetings wanted: oldest first, undated ones last, those by the day on which they were reported."""
        found = [self.meeting(iri) for iri in self._candidates(wanted) if self._fits(iri, wanted)]
        return sorted(found, key=lambda m: (m.earliest is None, m.earliest or m.reported or "9999", m.label, m.iri))

    def _candidates(self, wanted: Wanted) -> Iterator[str]:
        if wanted.people:
            groups = [set(self._subjects(terms.kgc("participant"), person)) for person in wanted.people]
            iris = set.intersection(*groups)
        else:
            iris = set(self._subjects(terms.PREFIXES["rdf"] + "type", terms.kgc("Meeting")))
        kinds = terms.PREFIXES["rdf"] + "type", terms.kgc("Meeting")
        return (iri for iri in sorted(iris) if kinds[1] in self._objects(iri, kinds[0]))

    def _fits(self, iri: str, wanted: Wanted) -> bool:
        allowed = {"Held", "Planned"} if wanted.planned else {"Held"}
        if not allowed & {s.removeprefix(terms.KGC) for s in self._kgc(iri, "status")}:
            return False
        if wanted.place is not None and wanted.place not in self._around(iri):
            return False
        if wanted.country is not None and wanted.country not in self._sides(iri):
            return False
        if wanted.since is not None and not any(day >= wanted.since for day in self._kgc(iri, "latest")):
            return False
        return wanted.until is None or any(day <= wanted.until for day in self._kgc(iri, "earliest"))

    def _around(self, iri: str) -> set[str]:
        """The meeting's venue and place, and what these lie in."""
        found: set[str] = set()
        todo = [*self._kgc(iri, "place"), *self._kgc(iri, "venue")]
        while todo:
            node = todo.pop()
            if node not in found:
                found.add(node)
                todo += [*self._kgc(node, "place"), *self._kgc(node, "country")]
        return found

    def _sides(self, iri: str) -> set[str]:
        """The countries that took part or whose people did, by what they spoke for or the country of their office."""
        found: set[str] = set()
        for who in self._kgc(iri, "participant"):
            behalf = [b for p in self._participations(iri, who) for b in self._kgc(p, "onBehalfOf")]
            offices = [office for _, office in self._offices(iri, who)]
            found |= {who, *behalf}
            for node in (who, *behalf, *offices):
                found |= set(self._kgc(node, "country"))
                for body in self._kgc(node, "organization"):
                    found |= set(self._kgc(body, "country"))
        return found

    def _participations(self, meeting: str, who: str) -> list[str]:
        inside = set(self._subjects(terms.kgc("in"), meeting))
        return [node for node in self._subjects(terms.kgc("who"), who) if node in inside] if inside else []

    def _reports(self, thing: str) -> list[tuple[str, Any]]:
        """(Report, graph of its article)"""
        pattern = self._store.quads_for_pattern(None, self._node(terms.kgc("reports")), self._node(thing), None)
        return sorted(((_iri(q.subject), q.graph_name) for q in pattern), key=lambda r: r[0])

    def _offices(self, meeting: str, person: str) -> list[tuple[str, str]]:
        """(tenure, office) that the meeting's articles say the person holds, not held before or later."""
        found: dict[str, str] = {}
        for graph in {graph.value: graph for _, graph in self._reports(meeting)}.values():
            for tenure in self._subjects(terms.kgc("holder"), person, graph):
                status = {s.removeprefix(terms.KGC) for s in self._kgc(tenure, "tenureStatus", graph)}
                if status & {"Current", "Acting"}:
                    for office in self._kgc(tenure, "office", graph):
                        found[tenure] = office
        return sorted(found.items())

    def _standing(self, who: str) -> tuple[int, str, str]:
        from kgculture.query.display import standing

        if who not in self._order:
            self._order[who] = standing(self._store, who)
        return self._order[who]

    def _post(self, office: str) -> str:
        from kgculture.query.display import office as named

        if office not in self._posts:
            self._posts[office] = named(self._store, office)
        return self._posts[office]

    def meeting(self, iri: str) -> Meeting:
        """One meeting, by its IRI."""
        from kgculture.query.display import display

        participants = []
        for who in sorted(self._kgc(iri, "participant"), key=self._standing):
            behalf = [b for p in self._participations(iri, who) for b in self._kgc(p, "onBehalfOf")]
            held = [office for _, office in self._offices(iri, who)]
            posts = tuple(dict.fromkeys(map(self._post, held)))
            participants.append(Participant(who, self.label(who), self._named(held), self._named(behalf), posts))
        return Meeting(
            iri=iri,
            label=display(self._store, iri),
            status=next((s.removeprefix(terms.KGC) for s in self._kgc(iri, "status")), ""),
            participants=tuple(participants),
            dates=tuple(self._kgc(iri, "startDate")),
            earliest=self._one(iri, terms.kgc("earliest")),
            latest=self._one(iri, terms.kgc("latest")),
            places=self._named(self._kgc(iri, "place")),
            venues=self._named(self._kgc(iri, "venue")),
            formats=tuple(f.removeprefix(terms.KGC) for f in self._kgc(iri, "format")),
            topics=self._named(self._kgc(iri, "topic")),
            sources=tuple(self._source(report, graph) for report, graph in self._reports(iri)),
        )

    def _source(self, report: str, graph: Any) -> Source:
        article = str(graph.value)
        passages = sorted(
            self._kgc(report, "evidence", graph), key=lambda p: int(self._kgc(p, "startOffset", graph)[0])
        )
        return Source(
            article=self._identifier(article),
            headline=self._one(article, _SCHEMA + "headline"),
            published=self._one(article, _SCHEMA + "datePublished"),
            url=self._one(article, _SCHEMA + "url"),
            quotes=tuple(quote for p in passages for quote in self._kgc(p, "quote", graph)),
            rule=self._one(report, terms.kgc("rule"), graph) or "",
            confidence=float(self._one(report, terms.kgc("confidence"), graph) or 0),
            inferred="true" in self._kgc(report, "inferred", graph),
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are of each class, in the default graph and, for Reports and Evidence, in the named graphs."""
        found: dict[str, int] = {}
        for name in sorted(terms.CLASSES):
            pattern = (None, self._node(terms.PREFIXES["rdf"] + "type"), self._node(terms.kgc(name)))
            where = None if name in ("Report", "Evidence") else self._default
            if number := sum(1 for _ in self._store.quads_for_pattern(*pattern, where)):
                found[name] = number
        return found
