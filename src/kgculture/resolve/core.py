"""The stage: layer after layer, each reading only the canonical names that earlier ones decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgculture.errors import DuplicateArticle
from kgculture.model import ArticleFacts, Merge, Ref, Resolution, StatementFact, Thing, ThingKind
from kgculture.resolve import agreements, bodies, events, meetings, offices, people, works
from kgculture.resolve.context import Context, is_place
from kgculture.resolve.names import Draft, Layer, Record, distinct, report_digest, report_iri, settle_aliases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def resolve(facts: Iterable[ArticleFacts]) -> Resolution:
    """Says which records of a set of articles are one thing, and names the things.

    A pure function of the set: neither the order of the articles nor a repeated one changes anything. Gives every local
    ref, fact id and place of every article a canonical name. Raises DuplicateArticle where two texts claim one identifier,
    KgcultureError where a fact names what its article does not list.
    """
    contexts = [Context.of(f) for f in _distinct_articles(facts)]
    canonical: dict[Record, str] = {}
    layers: list[Layer] = []

    def settle(layer: Layer) -> Layer:
        layers.append(layer)
        canonical.update({r: d.name for d in layer.drafts.values() for r in d.records})
        return layer

    def name(article: str, ref: Ref) -> str:
        return ref if is_place(ref) else canonical[article, ref]

    places = settle(_places(contexts))
    settle(bodies.resolve(contexts))
    taken = frozenset(canonical.values())
    posts = settle(offices.resolve(contexts, canonical))
    persons = people.resolve(contexts, canonical, canonical, taken | frozenset(places.drafts))
    settle(persons)
    offices.settle_by_holder(contexts, posts, canonical)
    canonical.update({r: d.name for d in posts.drafts.values() for r in d.records})
    settle(works.resolve(contexts, canonical))
    settle(_tenures(contexts, canonical))
    settle(meetings.resolve(contexts, name, persons, _body_countries(contexts, canonical)))
    settle(events.resolve(contexts, name, canonical))
    settle(agreements.resolve(contexts, name, persons, canonical))
    settle(_proposals(contexts, canonical, persons))
    settle(_statements(contexts, canonical, persons))
    return _resolution(layers, canonical)


def _distinct_articles(facts: Iterable[ArticleFacts]) -> list[ArticleFacts]:
    by_id: dict[str, ArticleFacts] = {}
    for one in facts:
        known = by_id.setdefault(one.article.id, one)
        if known is not one and known != one:
            raise DuplicateArticle(f"{one.article.id}: two different articles have this identifier")
    return [by_id[i] for i in sorted(by_id)]


def _places(contexts: Sequence[Context]) -> Layer:
    """Places mean the same in every article; those that a fact names without listing them are there too."""
    layer = Layer()
    for context in contexts:
        listed = {p.id for p in context.facts.places} | {ref for _, ref in context.refs() if is_place(ref)}
        for ref in sorted(listed):
            layer.drafts.setdefault(ref, Draft(ref, "place", [])).records.append((context.id, ref))
    return layer


def _body_countries(contexts: Sequence[Context], canonical: Mapping[Record, str]) -> dict[str, Ref]:
    """The country of each body of which all articles that give one give the same."""
    found: dict[str, set[Ref]] = {}
    for context in contexts:
        for body in context.organizations.values():
            if body.country:
                found.setdefault(canonical[context.id, body.id], set()).add(body.country)
    return {name: min(countries) for name, countries in found.items() if len(countries) == 1}


def _tenures(contexts: Sequence[Context], canonical: Mapping[Record, str]) -> Layer:
    """A tenure is its holder, office and status."""
    layer = Layer()
    for context in contexts:
        for t in context.facts.tenures:
            holder, office = canonical[context.id, t.holder], canonical[context.id, t.office].removeprefix("office-")
            name = f"tenure-{holder}-{office}-{t.status.lower()}"
            layer.drafts.setdefault(name, Draft(name, "tenure", [])).records.append((context.id, t.id))
    for draft in layer.drafts.values():
        draft.joins.append(("tenure.holder-office-status", tuple(draft.records)))
    return layer


def _proposals(contexts: Sequence[Context], canonical: Mapping[Record, str], persons: people.People) -> Layer:
    """Proposals of one thing by one proposer, in different articles, are one."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for context in contexts:
        for q in context.facts.proposals:
            proposer, proposed = canonical[context.id, q.proposer], canonical[context.id, q.proposes]
            groups.setdefault((proposer, proposed), []).append((context.id, q.id))
    drafts: list[Draft] = []
    for (proposer, _), records in sorted(groups.items()):
        by_article: dict[str, list[Record]] = {}
        for record in records:
            by_article.setdefault(record[0], []).append(record)
        # two proposals of one article are two, and then nothing says which of them another article means
        together = all(len(r) == 1 for r in by_article.values())
        for part in [records] if together else [[r] for r in records]:
            drafts.append(_named("proposal", proposer, part, persons, "proposal.proposer-proposed"))
    return _layer(drafts)


def _statements(contexts: Sequence[Context], canonical: Mapping[Record, str], persons: people.People) -> Layer:
    """Statements never merge: who says so is part of what they are."""
    said: list[tuple[Context, StatementFact]] = [(c, s) for c in contexts for s in c.facts.statements]
    return _layer([_named("statement", canonical[c.id, s.speaker], [(c.id, s.id)], persons, "") for c, s in said])


def _named(kind: ThingKind, who: str, records: list[Record], persons: people.People, rule: str) -> Draft:
    stem = f"{kind}-{persons.surnames.get(who, who.removeprefix('country-').lower())}"
    names = [f"{stem}-{report_digest(*r)}" for r in sorted(records, key=lambda r: report_iri(*r))]
    return Draft(names[0], kind, sorted(records), aliases=set(names[1:]), joins=[(rule, tuple(records))])


def _layer(drafts: list[Draft]) -> Layer:
    distinct(drafts, {})
    layer = Layer()
    for draft in drafts:
        layer.add(draft)
    return layer


def _resolution(layers: Sequence[Layer], canonical: dict[Record, str]) -> Resolution:
    things: dict[str, Thing] = {}
    merges: list[Merge] = []
    maybe_same: set[tuple[str, str]] = set()
    for layer in layers:
        for draft in layer.drafts.values():
            things[draft.name] = draft.thing()
            if draft.kind != "place":
                merges += draft.merges()
        maybe_same |= layer.maybe_same
    things = settle_aliases(things)
    return Resolution(
        {n: things[n] for n in sorted(things)},
        {r: canonical[r] for r in sorted(canonical)},
        tuple(sorted(merges, key=lambda m: (m.thing, m.because, m.records))),
        tuple(sorted(maybe_same)),
    )
