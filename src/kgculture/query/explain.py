"""Why records of several articles are one thing: the rules that joined them, and each record with its names and passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgculture.query import names
from kgculture.query.display import display
from kgculture.terms import ARTICLE, KGC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgculture.model import ArticleFacts, Passage

#: passages that are shown of one record
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Record:
    """What one article says is a thing of its own: `ref` within the article, how it is named there, passages that name or prove it."""

    article: str
    ref: str
    names: tuple[str, ...]
    passages: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One merge: the rule, and (article, ref) of the records that it joined."""

    iri: str
    because: str
    records: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`doubtful`: (IRI, label) of things that may be the same and were left apart."""

    iri: str
    label: str
    classes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    records: tuple[Record, ...]
    aliases: tuple[str, ...]
    doubtful: tuple[tuple[str, str], ...]


def explain(store: Any, records: Any, iri: str) -> Explanation:
    """Why the thing that `iri` is has the records it has. `store` holds the triples, `records` the articles and their facts."""
    from pyoxigraph import DefaultGraph, NamedNode

    node, nothing = NamedNode(iri), DefaultGraph()
    reasons = []
    for merge in store.quads_for_pattern(None, NamedNode(KGC + "mergedInto"), node, nothing):
        because = [
            q.object.value for q in store.quads_for_pattern(merge.subject, NamedNode(KGC + "because"), None, nothing)
        ]
        merged = store.quads_for_pattern(merge.subject, NamedNode(KGC + "merged"), None, nothing)
        found = tuple(sorted(_record(q.object.value) for q in merged))
        reasons.append(Reason(merge.subject.value, ", ".join(sorted(because)), found))
    told: dict[tuple[str, str], Record] = {}
    articles: dict[str, ArticleFacts | None] = {}
    for article, ref in sorted({pair for reason in reasons for pair in reason.records}):
        if article not in articles:
            articles[article] = records.facts_of(article)
        facts = articles[article]
        if facts is not None:
            told[article, ref] = _told(store, node, facts, ref)
    if not told:
        told = _alone(store, node)
    doubtful = {q.object.value for q in store.quads_for_pattern(node, NamedNode(KGC + "maybeSame"), None, nothing)}
    aliases = store.quads_for_pattern(None, NamedNode(names.SAME_AS), node, nothing)
    return Explanation(
        iri=iri,
        label=display(store, iri),
        classes=tuple(sorted(names.classes(store, iri))),
        reasons=tuple(sorted(reasons, key=lambda r: (r.because, r.records))),
        records=tuple(told.values()),
        aliases=tuple(sorted(quad.subject.value for quad in aliases)),
        doubtful=tuple(sorted((other, display(store, other)) for other in doubtful)),
    )


def _record(iri: str) -> tuple[str, str]:
    """(article, ref) of the IRI of a record."""
    article, _, ref = iri.removeprefix(ARTICLE).partition("#")
    return unquote(article), unquote(ref)


def _told(store: Any, node: Any, facts: ArticleFacts, ref: str) -> Record:
    """A record as its article has it: an entity by its names, an office or work by its title, a fact by its label."""
    article = facts.article
    passages = tuple(_passages(store, node, article.id, ref))
    named = (
        *((p.id, p.names, p.mentions) for p in facts.persons),
        *((o.id, o.names, o.mentions) for o in facts.organizations),
    )
    for key, forms, mentions in (*named, *((w.id, (w.title,), w.mentions) for w in facts.works)):
        if key == ref:
            return Record(article.id, ref, forms, passages or tuple(_around(facts, mentions)))
    titles = [office.title for office in facts.offices if office.id == ref]
    fact = next((fact for fact in facts.facts if fact.id == ref), None)
    titles += [value for name in ("label", "title") if (value := getattr(fact, name, None))]
    return Record(article.id, ref, tuple(titles), passages)


def _around(facts: ArticleFacts, mentions: tuple[Passage, ...]) -> Iterator[tuple[int, str]]:
    """The lines in which an entity is named, for one that no fact speaks of and so no evidence names."""
    text = facts.article.text
    seen: set[int] = set()
    for mention in mentions:
        start = text.rfind("\n", 0, mention.start) + 1
        end = text.find("\n", mention.end)
        if start not in seen and len(seen) < SHOWN:
            seen.add(start)
            yield start, text[start : end if end >= 0 else len(text)]


def _passages(store: Any, node: Any, article: str, ref: str) -> Iterator[tuple[int, str]]:
    """(start, quote) of the passages behind a fact; of those that name an entity, in the order of the text."""
    from urllib.parse import quote

    from pyoxigraph import NamedNode

    graph = NamedNode(ARTICLE + quote(article, safe="-._~"))
    proofs = {
        q.object
        for q in store.quads_for_pattern(NamedNode(f"{graph.value}#{ref}"), NamedNode(KGC + "evidence"), None, graph)
    }
    proofs = proofs or {q.subject for q in store.quads_for_pattern(None, NamedNode(KGC + "mentions"), node, graph)}
    found = set()
    for proof in proofs:
        quotes = [q.object.value for q in store.quads_for_pattern(proof, NamedNode(KGC + "quote"), None, graph)]
        starts = [
            int(q.object.value) for q in store.quads_for_pattern(proof, NamedNode(KGC + "startOffset"), None, graph)
        ]
        found |= {(min(starts, default=0), text) for text in quotes}
    yield from sorted(found)[:SHOWN]


def _alone(store: Any, node: Any) -> dict[tuple[str, str], Record]:
    """The articles of a thing that nothing was joined into: one record, or places, which all articles share."""
    from pyoxigraph import NamedNode

    graphs = {
        unquote(quad.graph_name.value.removeprefix(ARTICLE))
        for quad in store.quads_for_pattern(node, NamedNode(names.RDF_TYPE), None, None)
        if hasattr(quad.graph_name, "value")
    }
    return {(a, ""): Record(a, "", (), tuple(_passages(store, node, a, ""))) for a in sorted(graphs)}


def triples(store: Any, iri: str) -> Iterator[Any]:
    """The triples that an explanation rests on: the merges, the aliases, what may be the same."""
    from pyoxigraph import DefaultGraph, NamedNode

    node, nothing = NamedNode(iri), DefaultGraph()
    for merge in store.quads_for_pattern(None, NamedNode(KGC + "mergedInto"), node, nothing):
        yield from (q.triple for q in store.quads_for_pattern(merge.subject, None, None, nothing))
    yield from (q.triple for q in store.quads_for_pattern(None, NamedNode(names.SAME_AS), node, nothing))
    yield from (q.triple for q in store.quads_for_pattern(node, NamedNode(KGC + "maybeSame"), None, nothing))
    yield from (
        q.triple for name in names.NAMING for q in store.quads_for_pattern(node, NamedNode(name), None, nothing)
    )
