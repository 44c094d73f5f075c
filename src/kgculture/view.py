"""Reads meetings and persons out of a store as Python values: what `kgculture.open(…).meetings()` gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kgculture import terms
from kgculture.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph

    from kgculture.query.meeting_rows import Loaded, Metadata, Told


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


class View:
    """Reads one store. Labels are in the first of English, Russian, Kazakh that there is."""

    def __init__(self, triples: pyoxigraph.Store) -> None:
        import pyoxigraph

        from kgculture.query.meeting_rows import Memo

        self._store = triples
        self._memo = Memo(triples)
        self._node = pyoxigraph.NamedNode
        self._default = pyoxigraph.DefaultGraph()
        self._labels: dict[str, str] = {}
        self._posts: dict[str, str] = {}
        self._order: dict[str, tuple[int, str, str]] = {}
        self._lies_in: dict[str, frozenset[str]] = {}
        self._articles: dict[str, Metadata] = {}

    # ------------------------------------------------------------------------------------------------------ helpers

    def label(self, iri: str) -> str:
        from kgculture.query.names import label

        if iri not in self._labels:
            self._labels[iri] = label(self._memo, iri)
        return self._labels[iri]

    def _objects(self, subject: str, predicate: str) -> list[str]:
        """Values in the default graph, sorted."""
        quads = self._memo.quads_for_pattern(self._node(subject), self._node(predicate), None, self._default)
        return sorted(str(quad.object.value) for quad in quads if not hasattr(quad.object, "subject"))

    def _kgc(self, subject: str, local: str) -> list[str]:
        return self._objects(subject, terms.kgc(local))

    def _named(self, iris: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.label(iri) for iri in iris))

    # ------------------------------------------------------------------------------------------------------ persons

    def persons(self) -> list[Person]:
        """All who act in an article, by label."""
        from kgculture.query.meeting_rows import rows

        names: dict[str, list[str]] = {iri: [] for (iri,) in rows(self._store, "SELECT ?p { ?p a kgc:Person }")}
        offices: dict[str, list[tuple[str, str]]] = {iri: [] for iri in names}
        articles: dict[str, list[str]] = {iri: [] for iri in names}
        for predicate in ("rdfs:label", "skos:altLabel"):
            for iri, name in sorted(rows(self._store, f"SELECT ?p ?n {{ ?p a kgc:Person ; {predicate} ?n }}")):
                names[iri].append(name)
        held = "SELECT ?p ?t ?o { ?p a kgc:Person . ?t kgc:holder ?p ; kgc:office ?o }"
        for iri, tenure, office in rows(self._store, held):
            offices[iri].append((tenure, office))
        # an article's IRI is its identifier, escaped
        for iri, article in rows(self._store, "SELECT ?p ?a { ?p a kgc:Person . ?a schema:mentions ?p }"):
            articles[iri].append(unquote(article.removeprefix(terms.ARTICLE)))
        found = [
            Person(
                iri,
                self.label(iri),
                tuple(dict.fromkeys(names[iri])),
                self._named(office for _, office in sorted(offices[iri])),
                tuple(sorted(articles[iri])),
            )
            for iri in names
        ]
        return sorted(found, key=lambda p: (p.label, p.iri))

    # ----------------------------------------------------------------------------------------------------- meetings

    def meetings(self, wanted: Wanted) -> list[Meeting]:
        """The meetings wanted: oldest first, undated ones last, those by the day on which they were reported."""
        from kgculture.query.meeting_rows import chunks, load

        found = []
        for chunk in chunks(self._wanted(wanted)):
            loaded = load(self._store, chunk)
            self._read_articles(loaded)
            for iri in chunk:
                found.append(self._meeting(iri, loaded))
                self._memo.forget(self._node(iri))
        return sorted(found, key=lambda m: (m.earliest is None, m.earliest or m.reported or "9999", m.label, m.iri))

    def undated(self, wanted: Wanted) -> int:
        """How many meetings `wanted.since` and `wanted.until` leave out only because no article gives a full date."""
        return len(self._wanted(replace(wanted, since=None, until=None), undated=True))

    def _wanted(self, wanted: Wanted, *, undated: bool = False) -> list[str]:
        """IRIs of the meetings wanted."""
        from kgculture.query.meeting_rows import candidates, chunks, sides

        statuses = ("Held", "Planned") if wanted.planned else ("Held",)
        days = wanted.since, wanted.until
        iris = candidates(self._store, wanted.people, statuses, *days, wanted.country, undated)
        if wanted.place is not None:
            iris = [iri for iri in iris if wanted.place in self._around(iri)]
        if wanted.country is not None:
            told = {iri: loaded for chunk in chunks(iris) for loaded in (sides(self._store, chunk),) for iri in chunk}
            iris = [iri for iri in iris if wanted.country in self._sides(iri, told[iri])]
        return iris

    def _around(self, iri: str) -> set[str]:
        """The meeting's venue and place, and what these lie in."""
        return {around for place in self._where(iri) for around in self._inside(place)}

    def _where(self, iri: str) -> list[str]:
        return [*self._kgc(iri, "place"), *self._kgc(iri, "venue")]

    def _inside(self, place: str) -> frozenset[str]:
        if place not in self._lies_in:
            found: set[str] = set()
            todo = [place]
            while todo:
                node = todo.pop()
                if node not in found:
                    found.add(node)
                    todo += [*self._kgc(node, "place"), *self._kgc(node, "country")]
            self._lies_in[place] = frozenset(found)
        return self._lies_in[place]

    def _sides(self, iri: str, loaded: Loaded) -> set[str]:
        """The countries that took part or whose people did, by what they spoke for or the country of their office."""
        found: set[str] = set()
        for who in self._kgc(iri, "participant"):
            behalf = loaded.behalf.get((iri, who), [])
            offices = [office for _, office in loaded.offices.get((iri, who), ())]
            found |= {who, *behalf}
            for node in (who, *behalf, *offices):
                found |= set(self._kgc(node, "country"))
                for body in self._kgc(node, "organization"):
                    found |= set(self._kgc(body, "country"))
        return found

    def _standing(self, who: str) -> tuple[int, str, str]:
        from kgculture.query.display import standing

        if who not in self._order:
            self._order[who] = standing(self._memo, who)
        return self._order[who]

    def _post(self, office: str) -> str:
        from kgculture.query.display import office as named

        if office not in self._posts:
            self._posts[office] = named(self._memo, office)
        return self._posts[office]

    def meeting(self, iri: str) -> Meeting:
        """One meeting, by its IRI."""
        from kgculture.query.meeting_rows import load

        loaded = load(self._store, [iri])
        self._read_articles(loaded)
        return self._meeting(iri, loaded)

    def _read_articles(self, loaded: Loaded) -> None:
        from kgculture.query.meeting_rows import metadata

        new = {told.article for reports in loaded.reports.values() for told in reports} - self._articles.keys()
        self._articles |= metadata(self._store, new)

    def _meeting(self, iri: str, loaded: Loaded) -> Meeting:
        from kgculture.query.display import display

        participants = []
        for who in sorted(self._kgc(iri, "participant"), key=self._standing):
            held = [office for _, office in loaded.offices.get((iri, who), ())]
            behalf = self._named(loaded.behalf.get((iri, who), ()))
            posts = tuple(dict.fromkeys(map(self._post, held)))
            participants.append(Participant(who, self.label(who), self._named(held), behalf, posts))
        return Meeting(
            iri=iri,
            label=display(self._memo, iri),
            status=next((s.removeprefix(terms.KGC) for s in self._kgc(iri, "status")), ""),
            participants=tuple(participants),
            dates=tuple(self._kgc(iri, "startDate")),
            earliest=next(iter(self._kgc(iri, "earliest")), None),
            latest=next(iter(self._kgc(iri, "latest")), None),
            places=self._named(self._kgc(iri, "place")),
            venues=self._named(self._kgc(iri, "venue")),
            formats=tuple(f.removeprefix(terms.KGC) for f in self._kgc(iri, "format")),
            topics=self._named(self._kgc(iri, "topic")),
            sources=tuple(map(self._source, loaded.reports.get(iri, ()))),
        )

    def _source(self, told: Told) -> Source:
        article = self._articles[told.article]
        return Source(
            article=article.identifier,
            headline=article.headline,
            published=article.published,
            url=article.url,
            quotes=tuple(quote for _, _, quote in told.quotes),
            rule=told.rule,
            confidence=told.confidence,
            inferred=told.inferred,
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are of each class, in the default graph and, for Reports and Evidence, in the named graphs."""
        from kgculture.query.meeting_rows import rows

        found = dict(rows(self._store, "SELECT ?c (COUNT(?x) AS ?n) { ?x a ?c } GROUP BY ?c"))
        for name in ("Report", "Evidence"):
            count = f"SELECT (COUNT(?x) AS ?n) {{ GRAPH ?g {{ ?x a kgc:{name} }} }}"
            found[terms.kgc(name)] = next(rows(self._store, count))[0]
        counts = {name: int(found.get(terms.kgc(name), 0)) for name in sorted(terms.CLASSES)}
        return {name: number for name, number in counts.items() if number}
