"""The Python face of kgculture: build a store, open it, ask it.

    >>> import kgculture
    >>> result = kgculture.build(["examples/articles"], store="graph.kg")     # doctest: +SKIP
    >>> graph = kgculture.open("graph.kg")                                    # doctest: +SKIP
    >>> for meeting in graph.meetings(person="Balayeva", since="2023"):       # doctest: +SKIP
    ...     print(meeting.date, ", ".join(p.label for p in meeting.participants), meeting.sources[0].quote)

Errors are those of `kgculture.errors`; nothing here prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import rdflib
    from pyoxigraph import Triple

    from kgculture.model import Article, Violation
    from kgculture.pipeline import BuildResult

    #: `progress(stage, done, total)`; stages: read, extract, resolve, graph, validate, store; total None = not known yet
    Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Source:
    """One article's word for a fact: where it stands and what it says."""

    article: str
    headline: str | None
    published: str | None
    url: str | None
    quotes: tuple[str, ...]
    rule: str
    confidence: float
    inferred: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A person: `iri`, the label in the best language, all labels and other forms, the titles of the offices held, articles."""

    iri: str
    label: str
    names: tuple[str, ...]
    offices: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """A side of a meeting: a person, body or country; titles of the offices held as the meeting's articles say; for whom it spoke."""

    iri: str
    label: str
    offices: tuple[str, ...] = ()
    on_behalf_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with all that the articles say of it. Dates are as precise as the articles: `2023-12-04`, `2023-12`, `--12-04`."""

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
        """The most precise of the dates, or None."""
        return max(self.dates, key=lambda d: (len(d), d), default=None)

    @property
    def place(self) -> str | None:
        return self.places[0] if self.places else None


class Rows:
    """The answer to a SELECT: `variables`, and rows as dicts of plain Python values (None where unbound)."""

    variables: tuple[str, ...]
    #: rows of pyoxigraph terms, in the order of `variables`
    terms: list[tuple[Any, ...]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


def build(
    paths: str | Path | Iterable[str | Path],
    store: str | Path,
    *,
    workers: int = 1,
    ids: str = "stem",
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> BuildResult:
    """See `kgculture.pipeline.build`."""
    raise NotImplementedError


def open(store: str | Path) -> Graph:  # the module's open, as in gzip or shelve
    """Opens a store to read. Raises StoreError where there is none, or it is damaged or of another format."""
    raise NotImplementedError


class Graph:
    """A store opened to read. It sees one generation: a build that ends later does not change it; `open` again to see it."""

    def query(self, sparql: str, **params: Any) -> Rows | bool | list[Triple]:
        """SELECT gives Rows, ASK a bool, CONSTRUCT and DESCRIBE triples. The prefixes of the vocabulary are declared.

        `params` bind variables: an IRI, a CURIE (`kgr:balayeva-aida`), a date, a number; any other string is a plain literal.
        Raises QueryError.
        """
        raise NotImplementedError

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
        """Who met whom, oldest first, undated last. `person` and `with_` are an IRI, a CURIE or a name in any script."""
        raise NotImplementedError

    def persons(self) -> list[Person]:
        raise NotImplementedError

    def articles(self) -> Iterator[Article]:
        """The articles, by identifier, with their texts as read."""
        raise NotImplementedError

    def withheld(self) -> list[Violation]:
        """What a shape kept out of the graph, and why."""
        raise NotImplementedError

    def warnings(self) -> list[Violation]:
        raise NotImplementedError

    def validate(self) -> list[Violation]:
        """Checks the graph as it is, anew."""
        raise NotImplementedError

    def stats(self) -> dict[str, int]:
        raise NotImplementedError

    def export(self, target: BinaryIO | str | Path, format: str = "turtle") -> None:
        """Writes turtle, trig, nquads, ntriples, jsonld or rdfxml."""
        raise NotImplementedError

    @property
    def dataset(self) -> rdflib.Dataset:
        raise NotImplementedError
