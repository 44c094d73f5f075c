"""All that a store knows of one thing: its names, what is said of it, what refers to it, and the passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgculture.query import names
from kgculture.terms import ARTICLE, KGC, KGR, PREFIXES, SUPERCLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

#: properties that say how it is called; all others are what is said of it
_NAMING = {*names.NAMING, names.SAME_AS}
#: what a reader does not ask for: days that are derived, and the way back to what a passage already shows
_ASIDE = {KGC + name for name in ("earliest", "latest", "mentions", "evidence", "reports", "articleText", "textDigest")}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known: `property` with an arrow back (`← holder`) where the other thing says it; `articles` that state it."""

    property: str
    value: str
    iri: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that names the thing or proves it: the article, where it begins, the words."""

    article: str
    start: int
    quote: str


@dataclass(frozen=True, slots=True)
class Description:
    iri: str
    label: str
    classes: tuple[str, ...]
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    lines: tuple[Line, ...]
    passages: tuple[Passage, ...]


def describe(store: Any, iri: str) -> Description:
    """What the store knows of the thing that `iri` is; an empty description for one that it does not know."""
    from pyoxigraph import DefaultGraph, NamedNode

    node = NamedNode(iri)
    nothing = DefaultGraph()
    said: dict[tuple[str, str, str | None], set[str]] = {}
    forms: set[str] = set()
    for quad in store.quads_for_pattern(node, None, None, None):
        predicate, value = quad.predicate.value, quad.object
        if predicate in _NAMING:
            if hasattr(value, "datatype"):
                forms.add(value.value)
        elif predicate != names.RDF_TYPE and predicate not in _ASIDE:
            _say(said, store, names.local(predicate), value, quad.graph_name)
    for quad in store.quads_for_pattern(None, None, node, None):
        predicate = quad.predicate.value
        # what an article mentions is shown by its passages
        if predicate in _ASIDE or predicate == names.SAME_AS or predicate == PREFIXES["schema"] + "mentions":
            continue
        if "#" not in quad.subject.value.removeprefix(ARTICLE) or not quad.subject.value.startswith(ARTICLE):
            _say(said, store, "← " + names.local(predicate), quad.subject, quad.graph_name)
    found = names.classes(store, iri)
    general = {broader for name in found for broader in SUPERCLASSES.get(name, ())}
    aliases = store.quads_for_pattern(None, NamedNode(names.SAME_AS), node, nothing)
    return Description(
        iri=iri,
        label=names.label(store, iri),
        classes=tuple(sorted(found - general)),
        names=tuple(sorted(forms)),
        aliases=tuple(sorted(quad.subject.value for quad in aliases)),
        lines=tuple(Line(*key, tuple(sorted(articles))) for key, articles in sorted(said.items(), key=_order)),
        passages=tuple(_passages(store, node)),
    )


def _order(item: tuple[tuple[str, str, str | None], set[str]]) -> tuple[bool, str, str, str]:
    name, value, iri = item[0]
    return name.startswith("←"), name, value, iri or ""


def _say(said: dict[tuple[str, str, str | None], set[str]], store: Any, name: str, value: Any, graph: Any) -> None:
    iri = None if hasattr(value, "datatype") else str(value.value)
    shown = str(value.value) if iri is None else _shown(store, iri)
    articles = said.setdefault((name, shown, iri), set())
    if hasattr(graph, "value"):
        articles.add(unquote(graph.value.removeprefix(ARTICLE)))


def _shown(store: Any, iri: str) -> str:
    if iri.startswith(KGC):
        return iri.removeprefix(KGC)
    if iri.startswith(ARTICLE):
        return unquote(iri.removeprefix(ARTICLE))
    return names.label(store, iri) if iri.startswith(KGR) else names.curie(iri)


def _passages(store: Any, node: Any) -> Iterator[Passage]:
    """The passages that name a thing and those behind its Reports, in the order of the articles and their texts."""
    from pyoxigraph import NamedNode

    found = {(q.subject, q.graph_name) for q in store.quads_for_pattern(None, NamedNode(KGC + "mentions"), node, None)}
    for report in store.quads_for_pattern(None, NamedNode(KGC + "reports"), node, None):
        for quad in store.quads_for_pattern(report.subject, NamedNode(KGC + "evidence"), None, report.graph_name):
            found.add((quad.object, quad.graph_name))
    passages = []
    for passage, graph in found:
        quotes = store.quads_for_pattern(passage, NamedNode(KGC + "quote"), None, graph)
        starts = [
            int(q.object.value) for q in store.quads_for_pattern(passage, NamedNode(KGC + "startOffset"), None, graph)
        ]
        article = unquote(graph.value.removeprefix(ARTICLE)) if hasattr(graph, "value") else ""
        passages += [Passage(article, min(starts, default=0), q.object.value) for q in quotes]
    yield from sorted(passages, key=lambda p: (p.article, p.start, p.quote))


def triples(store: Any, iri: str) -> Iterator[Any]:
    """The triples that a description rests on: those about the thing and to it, its Reports and passages."""
    from pyoxigraph import NamedNode

    node = NamedNode(iri)
    yield from (quad.triple for quad in store.quads_for_pattern(node, None, None, None))
    around = set()
    for quad in store.quads_for_pattern(None, None, node, None):
        yield quad.triple
        if quad.subject.value.startswith(ARTICLE) and "#" in quad.subject.value:
            around.add(quad.subject)
    for subject in sorted(around, key=str):
        for quad in store.quads_for_pattern(subject, None, None, None):
            yield quad.triple
            if quad.predicate.value == KGC + "evidence":
                yield from (q.triple for q in store.quads_for_pattern(quad.object, None, None, None))
