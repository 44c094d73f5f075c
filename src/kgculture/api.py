"""The Python face of kgculture: build a store, open it, ask it.

    >>> import kgculture
    >>> result = kgculture.build("examples/articles", "graph.kg")
    >>> with kgculture.open("graph.kg") as graph:
    ...     for meeting in graph.meetings("Балаева", with_="Hikmet Hajiyev"):
    ...         print(meeting.place, [p.label for p in meeting.participants], meeting.sources[0].article)
    Baku ['Aida Balayeva', 'Hikmet Hajiyev'] en-01-baku-talks

The examples below go on with `graph = kgculture.open("graph.kg")`.

Errors are those of `kgculture.errors`; nothing here prints.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

from kgculture.terms import PREFIXES
from kgculture.view import Meeting, Participant, Person, Source, View, Wanted, first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    import pyoxigraph
    import rdflib

    from kgculture.model import Article, Violation
    from kgculture.pipeline import BuildResult
    from kgculture.query.labels import Labels
    from kgculture.store import Store

    #: called as progress(stage, done, total); stages: extract, resolve, check, store; total None: not known
    Progress = Callable[[str, int, int | None], None]

__all__ = ["Graph", "Meeting", "Participant", "Person", "Rows", "Source", "build", "forget", "open"]

#: classes of things by which `meetings` finds its arguments
_WHO = ("Person", "Organization", "Country")
_WHERE = ("City", "Country", "Venue", "Region")


def build(
    paths: str | Path | Iterable[str | Path],
    store: str | Path,
    *,
    workers: int = 1,
    ids: str = "stem",
    refresh: bool = False,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> BuildResult:
    """Adds articles to a store, or makes it.

    `paths` are files, folders, globs or `-`; `ids` takes identifiers from the "stem" of files or their "path"; `workers`
    is the number of processes. Articles already there are left alone, changed ones get new facts; with `refresh` also those,
    given or not, whose facts older rules made. The result says how many were read, skipped and why, how many are stale, and
    which Reports a shape withheld. The store changes as a whole or not at all.

    Raises DuplicateArticle where one identifier has two texts, InputError for a path that cannot be read, StoreError where
    the store is locked, damaged or cannot be written.

        >>> result = build(["examples/articles"], "graph.kg", workers=2)
        >>> result.read > 15, result.skipped, result.changed_anything
        (True, (), False)
    """
    from kgculture import pipeline

    return pipeline.build(paths, store, workers=workers, ids=ids, refresh=refresh, progress=progress, stdin=stdin)


def forget(
    articles: str | Iterable[str], store: str | Path, *, workers: int = 1, progress: Progress | None = None
) -> BuildResult:
    """Takes articles, by identifier, out of a store: what only they say goes, what others say stays as if they had never been.

    Raises InputError for an identifier that is not there, and then changes nothing; StoreError where the store cannot be
    read or written.
    """
    from kgculture import pipeline

    chosen = [articles] if isinstance(articles, str) else list(articles)
    return pipeline.forget(chosen, store, workers=workers, progress=progress)


def open(store: str | Path) -> Graph:
    """Opens a store to read. Raises StoreError where there is none, or it is damaged or of another format.

    >>> graph = open("graph.kg")
    >>> graph.stats()["Meeting"] > 5
    True
    """
    from kgculture.store import Store

    return Graph(Store.open(store))


class Rows:
    """The answer to a SELECT: an iterable of dicts from names of variables to plain values, None where unbound.

    IRIs and strings are `str`; numbers and truths `int`, `float`, `bool`; dates stay strings, as precise as they are.
    `variables` are the names in order, `terms` the rows as pyoxigraph terms.
    """

    def __init__(self, solutions: pyoxigraph.QuerySolutions) -> None:
        self.variables: tuple[str, ...] = tuple(variable.value for variable in solutions.variables)
        self._rows = list(solutions)

    @cached_property
    def terms(self) -> list[tuple[Any, ...]]:
        """The rows as tuples of pyoxigraph terms."""
        return [tuple(row) for row in self._rows]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        from pyoxigraph import NamedNode

        plain, names = _plain(), self.variables
        for row in self._rows:
            # IRIs, which most terms are, without a call for each
            yield {n: t.value if type(t) is NamedNode else plain(t) for n, t in zip(names, row, strict=True)}

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<Rows {len(self)} of {', '.join(self.variables)}>"


class Graph:
    """A store opened to read, one generation of it: a build that ends later does not change it. Also a context manager."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._view = View(store.triples)

    def close(self) -> None:
        """Lets go of the generation, so that later builds may clear it away."""
        if "labels" in self.__dict__ and self.labels is not None:
            self.labels.close()
        self.store.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def labels(self) -> Labels | None:
        """The index by which names are found; None for a store that has none: names are then read one by one."""
        from kgculture.query import labels

        return labels.Labels.open(self.store.place / labels.FILE)

    # -------------------------------------------------------------------------------------------------------- asking

    def query(self, sparql: str, **params: Any) -> Rows | bool | list[pyoxigraph.Triple]:
        """The answer: Rows to a SELECT, a bool to an ASK, triples to a CONSTRUCT or DESCRIBE.

        The prefixes of the vocabulary are declared. `params` fill `$name` in the text: an IRI, a CURIE
        (`kgr:balayeva-aida`), a date, a number; other strings are literals. Raises QueryError.

            >>> met = "SELECT ?name WHERE { $who kgc:met ?other . ?other rdfs:label ?name FILTER(LANG(?name) = 'en') }"
            >>> "Hikmet Hajiyev" in [row["name"] for row in graph.query(met, who="kgr:balayeva-aida")]
            True
        """
        import pyoxigraph

        from kgculture.query import run

        answer = run(self.store.triples, sparql, params)
        if isinstance(answer, pyoxigraph.QuerySolutions):
            return Rows(answer)
        return bool(answer) if isinstance(answer, pyoxigraph.QueryBoolean) else list(answer)

    def find(self, name: str, *kinds: str) -> str:
        """The IRI of the one thing that a name in any script, an IRI or a CURIE means, among things of the given classes.

        Raises QueryError for an unknown name, with the nearest ones, and for one that several things share.

            >>> graph.find("Балаева", "Person")
            'https://w3id.org/kgculture/id/balayeva-aida'
        """
        from kgculture.query import names

        return names.resolve(self.store.triples, name, kinds, self.labels)

    def meetings(
        self,
        person: str | None = None,
        with_: str | None = None,
        country: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        planned: bool = False,
    ) -> list[Meeting]:
        """Who met whom, oldest first, undated last, each with the passages that say so.

        `person` and `with_` take part (a name in any script, an IRI or a CURIE; also a body or country), as does someone
        for `country`; it was held in `place` (a venue, city or country), on or after `since` and not after `until` (a day,
        month or year; what has no known year is then left out). `planned` adds meetings that are only announced.

        Raises QueryError for an unknown name, UsageError for a date that is none.

            >>> [m.place for m in graph.meetings("Balayeva", with_="Гаджиев")]
            ['Baku']
        """
        return self._view.meetings(self._wanted(person, with_, country, place, since, until, planned))

    def undated(
        self,
        person: str | None = None,
        with_: str | None = None,
        country: str | None = None,
        place: str | None = None,
        planned: bool = False,
    ) -> int:
        """How many meetings have no full date, so that `since` and `until` would leave them out. As `meetings` otherwise.

        >>> graph.undated() == sum(meeting.earliest is None for meeting in graph.meetings())
        True
        """
        return self._view.undated(self._wanted(person, with_, country, place, None, None, planned))

    def _wanted(
        self,
        person: str | None,
        with_: str | None,
        country: str | None,
        place: str | None,
        since: str | None,
        until: str | None,
        planned: bool,
    ) -> Wanted:
        return Wanted(
            people=tuple(self.find(name, *_WHO) for name in (person, with_) if name is not None),
            country=self.find(country, "Country") if country is not None else None,
            place=self.find(place, *_WHERE) if place is not None else None,
            since=first_day(since) if since is not None else None,
            until=last_day(until) if until is not None else None,
            planned=planned,
        )

    def persons(self) -> list[Person]:
        """All who act in an article, by label.

        >>> next(p.offices for p in graph.persons() if p.label == "Aida Balayeva")
        ('Minister of Culture and Information',)
        """
        return self._view.persons()

    # --------------------------------------------------------------------------------------------- what it is made of

    def articles(self) -> Iterator[Article]:
        """The articles by identifier, with their texts as read.

        >>> next(graph.articles()).id
        'en-01-baku-talks'
        """
        return self.store.records.articles()

    def withheld(self) -> list[Violation]:
        """What the shapes kept out of the graph, and why: one for each Report, and for what only withheld ones spoke of."""
        return [v for v in self.store.records.violations() if v.severity == "Violation"]

    def warnings(self) -> list[Violation]:
        """What the shapes warn of; it is in the graph all the same."""
        return [v for v in self.store.records.violations() if v.severity != "Violation"]

    def validate(self) -> list[Violation]:
        """Checks the graph as it stands against all shapes, anew: some milliseconds for each article."""
        from kgculture.validate import check_store

        texts = {article.id: article.text for article in self.articles()}
        return check_store(self.store.triples, texts)

    def stats(self) -> dict[str, int]:
        """How many things there are of each class, and how many triples and articles.

        >>> graph.stats()["Article"] > 15
        True
        """
        return {**self._view.counts, "triples": len(self.store.triples), "withheld": len(self.withheld())}

    # ----------------------------------------------------------------------------------------------------- taking out

    def export(self, target: BinaryIO | str | Path, format: str = "turtle") -> None:
        """Writes turtle, trig, nquads, ntriples, jsonld or rdfxml to a file or binary stream; sorted, so equal for equal graphs.

        Raises UsageError for another format, InputError where the file cannot be written.

            >>> graph.export("graph.ttl")
            >>> graph.export("graph.nq", "nquads")
        """
        from kgculture.export import export

        export(self.store, target, format)

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The whole graph as an rdflib.Dataset in memory: a copy, for code that speaks rdflib.

        >>> graph.dataset.query("ASK { kgr:balayeva-aida kgc:met ?someone }").askAnswer
        True
        """
        from kgculture.validate.convert import to_dataset

        return to_dataset(self.store.triples)


@cache
def _plain() -> Callable[[Any], Any]:
    """What makes a plain value of a term; called for each of many, so it asks for nothing twice."""
    from pyoxigraph import Literal

    xsd = PREFIXES["xsd"]
    makers: dict[str, Callable[[str], Any]] = {xsd + "boolean": lambda value: value in ("true", "1")}
    makers |= {xsd + kind: int for kind in ("integer", "int", "long", "nonNegativeInteger")}
    makers |= {xsd + kind: float for kind in ("decimal", "double", "float")}

    def plain(term: Any) -> Any:
        if term is None:
            return None
        if type(term) is Literal:
            make = makers.get(term.datatype.value)
            return term.value if make is None else make(term.value)
        return str(getattr(term, "value", term))

    return plain
