"""Persons: one for all spellings in all scripts; two where offices' countries contradict; bare surnames only where one person fits.

The unit is the *signature* (levelled surname, given name, patronymic, script, countries of office), not the mention. Full names are grouped
block by block; initials and bare surnames are leaves that are hung on afterwards and never bring two groups together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kgculture.resolve.clusters import Grouping, Link, blocks, group, near_pairs
from kgculture.resolve.context import Context, is_place
from kgculture.resolve.fold import is_cyrillic, level, one_slip, plain_surname, skeletons, slug, surname_level, variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kgculture.model import PersonFact, Ref
    from kgculture.resolve.names import Record


_GIVEN = re.compile(r"\w[\w'’-]*\.?")


@dataclass(frozen=True, slots=True, order=True)
class Signature:
    """All that the test of two full names reads, besides what is gathered in `Unit`."""

    surname: str
    given: str
    patronymic: str
    cyrillic: bool
    countries: tuple[Ref, ...]

    @property
    def is_full(self) -> bool:
        """Whether the given name is more than an initial."""
        return len(self.given.split(" ")[0]) > 1

    @property
    def names(self) -> tuple[str, str]:
        """Surname and given name; whether a double name has a space or a hyphen makes no difference."""
        return self.surname, self.given.replace(" ", "")


@dataclass(slots=True)
class Unit:
    """A signature and its records; for a leaf, one record."""

    signature: Signature
    records: list[Record] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    # titles with their country, canonical offices with a country or a body, and those bodies
    offices: set[str] = field(default_factory=set)
    facts: list[tuple[PersonFact, str]] = field(default_factory=list)  # with the article's language

    def take(self, record: Record, offices: Iterable[str], fact: PersonFact, language: str) -> None:
        self.records.append(record)
        self.articles.add(record[0])
        self.offices.update(offices)
        self.facts.append((fact, language))


@dataclass(slots=True)
class Cluster:
    """Units that are one person, and the rules that say so."""

    units: list[Unit]
    joins: list[tuple[str, tuple[Record, ...]]] = field(default_factory=list)

    @property
    def countries(self) -> frozenset[Ref]:
        return frozenset(c for u in self.units for c in u.signature.countries)

    @property
    def records(self) -> list[Record]:
        return sorted(r for u in self.units for r in u.records)


def _given_level(given: str | None) -> str:
    """Levelled given names, an initial as one letter: `Ю.` as Юрий begins."""
    words = [(w, level(w.rstrip("."))) for w in _GIVEN.findall(given or "")]
    return " ".join(folded[:1] if w.endswith(".") or len(w) == 1 else folded for w, folded in words if folded)


def units(
    contexts: Iterable[Context], bodies: Mapping[Record, str], offices: Mapping[Record, str]
) -> tuple[list[Unit], list[Unit]]:
    """(full names by signature, leaves one by one), each sorted by content."""
    full: dict[Signature, Unit] = {}
    leaves: list[Unit] = []
    for context in contexts:
        countries: dict[Ref, set[Ref]] = defaultdict(set)
        posts: dict[Ref, set[str]] = defaultdict(set)
        for tenure in context.facts.tenures:
            office = context.offices[tenure.office]
            country = context.office_country(office)
            if country:
                if not tenure.inferred:
                    countries[tenure.holder].add(country)
                posts[tenure.holder].add(f"{slug(office.title_en or office.title)} {country}")
            if country or office.organization:
                posts[tenure.holder].add(offices[context.id, office.id])
            if office.organization and not is_place(office.organization):
                posts[tenure.holder].add(bodies[context.id, office.organization])
        for person in context.persons.values():
            signature = Signature(
                surname_level(person.surname),
                _given_level(person.given),
                _given_level(person.patronymic),
                is_cyrillic(person.surname),
                tuple(sorted(countries[person.id])),
            )
            if signature.is_full:
                unit = full.setdefault(signature, Unit(signature))
            else:
                unit = Unit(signature)
                leaves.append(unit)
            unit.take((context.id, person.id), posts[person.id], person, context.facts.article.language)
    return [full[s] for s in sorted(full)], sorted(leaves, key=lambda u: (u.signature, u.records))


def _names_contradict(a: str, b: str, cross: bool) -> bool:
    """Whether two patronymics (or initials of them) cannot be one."""
    if not a or not b or a == b:
        return False
    for x, y in zip(a.split(" "), b.split(" "), strict=False):
        if len(x) == 1 or len(y) == 1:
            if x[0] != y[0]:
                return True
        elif not variant(*sorted((x, y))) and not (cross and set(skeletons(x)) & set(skeletons(y))):
            return True
    return False


def clash(a: Unit, b: Unit) -> bool:
    """Whether two units cannot be one person."""
    x, y = a.signature, b.signature
    if x.countries and y.countries and not set(x.countries) & set(y.countries):
        return True
    if _names_contradict(x.patronymic, y.patronymic, x.cyrillic != y.cyrillic):
        return True
    if not a.articles & b.articles:
        return False
    # one article's list holds both: two persons, unless their names are the same
    return x.names != y.names


def agree(a: Unit, b: Unit) -> tuple[float, str] | None:
    """(score, rule) if the names speak for one person; None if not.

    Equal full names need nothing else. Two spellings need two scripts or a country of office in common; a slip of
    one letter, or a given name in part, an office or body.
    """
    if clash(a, b):
        return None
    x, y = a.signature, b.signature
    one_country = bool(set(x.countries) & set(y.countries))
    one_office = bool(a.offices & b.offices)
    extra = 0.25 * one_country + 0.25 * one_office
    if x.names == y.names:
        return 4 + extra, "person.full-name"
    if x.names == y.names[::-1]:
        return 3 + extra, "person.order-of-names"
    givens = variant(*sorted((x.names[1], y.names[1])))
    if givens and variant(*sorted((x.surname, y.surname))):
        if x.cyrillic != y.cyrillic:
            return 2 + extra, "person.transliteration"
        if one_country or one_office:
            return 2 + extra, "person.spelling-same-country" if one_country else "person.spelling-same-office"
    if x.surname == y.surname and one_country:
        short, long = sorted((x.given.split(" "), y.given.split(" ")), key=len)
        if len(short) < len(long) and long[: len(short)] == short:
            return 2 + extra, "person.part-of-given-name"
    if givens and one_office and one_slip(*sorted((x.surname, y.surname))):
        return 1 + extra, "person.slip-same-office"
    return None


def keys(unit: Unit) -> set[tuple[str, ...]]:
    """Block keys: skeleton of the surname with the first sound of the given name; both names in either order; office and given name."""
    s = unit.signature
    initials = skeletons(s.given[0]) if s.given[0] not in "aeiou" else ("a",)
    found: set[tuple[str, ...]] = {("name", k, first) for k in skeletons(s.surname) for first in initials}
    found.add(("order", *sorted(s.names)))
    found.update(("office", o, skeletons(s.given)[0]) for o in unit.offices)
    return found


def resolve_block(members: Sequence[Unit]) -> Grouping:
    """Groups the full names of one block; reads nothing but them."""
    links = []
    for a, b in near_pairs([keys(m) for m in members]):
        found = agree(members[a], members[b])
        if found:
            links.append(Link(a, b, *found))
    return group(len(members), links, lambda a, b: clash(members[a], members[b]))


def group_full(full: Sequence[Unit]) -> tuple[list[Cluster], list[tuple[Record, Record]]]:
    """Clusters of full names over all blocks, and pairs of records that may be one person and were left apart."""
    clusters: list[Cluster] = []
    doubts: list[tuple[Record, Record]] = []
    for block in blocks([keys(u) for u in full]):
        members = [full[i] for i in block]
        grouping = resolve_block(members)
        for positions in grouping.groups:
            cluster = Cluster([members[p] for p in positions])
            cluster.joins = [("person.full-name", tuple(u.records)) for u in cluster.units if len(u.records) > 1]
            cluster.joins += [
                (k.rule, (*members[k.first].records, *members[k.second].records))
                for k in grouping.used
                if k.first in positions
            ]
            clusters.append(cluster)
        doubts += [(members[a].records[0], members[b].records[0]) for a, b in grouping.doubtful]
    return clusters, doubts


def _fits(leaf: Unit, cluster: Cluster) -> bool:
    s = leaf.signature
    countries = cluster.countries
    if s.countries and countries and not set(s.countries) & countries:
        return False
    fits = False
    for unit in cluster.units:
        if leaf.articles & unit.articles:
            return False  # the article itself keeps them apart
        t = unit.signature
        if _names_contradict(s.patronymic, t.patronymic, s.cyrillic != t.cyrillic):
            return False
        same = s.surname == t.surname or (s.cyrillic != t.cyrillic and variant(*sorted((s.surname, t.surname))))
        fits = fits or (same and (not s.given or s.given[0] == t.given[0]))
    return fits


def hang_leaves(leaves: Sequence[Unit], clusters: list[Cluster]) -> list[tuple[Record, Record]]:
    """Adds each leaf to the one cluster that fits it; others stay alone, or with those of the same name and office.

    Returns pairs that may be one: a leaf with few clusters that fit.
    """
    shelves: dict[str, list[int]] = defaultdict(list)
    for position, cluster in enumerate(clusters):
        for key in sorted({k for u in cluster.units for k in skeletons(u.signature.surname)}):
            shelves[key].append(position)
    hung: list[tuple[int, Unit]] = []
    loose: list[Unit] = []
    doubts: list[tuple[Record, Record]] = []
    for leaf in leaves:
        near = sorted({p for k in skeletons(leaf.signature.surname) for p in shelves.get(k, ())})
        fits = [p for p in near if _fits(leaf, clusters[p])]
        if len(fits) == 1:
            hung.append((fits[0], leaf))
            continue
        loose.append(leaf)
        if len(fits) <= 3:
            doubts += [(leaf.records[0], clusters[p].records[0]) for p in fits]
    # only now, so that no leaf is judged by another
    rest: list[Unit] = []
    for position, leaf in hung:
        cluster = clusters[position]
        rule = "person.initials-one-fit" if leaf.signature.given else "person.surname-one-fit"
        others = [u for u in cluster.units if u.signature.is_full]
        if any(u.articles & leaf.articles for u in cluster.units if not u.signature.is_full):
            rest.append(leaf)  # two bare names of one article cannot both be this person
            continue
        cluster.joins.append((rule, (min(r for u in others for r in u.records), *leaf.records)))
        cluster.units.append(leaf)
    clusters += _loose_clusters(loose + rest)
    return doubts


def _loose_clusters(loose: Sequence[Unit]) -> list[Cluster]:
    """Leaves that nothing full fits: together only if surname, initial and an office agree."""
    links = []
    for a, b in near_pairs([{(u.signature.surname, u.signature.given, o) for o in u.offices} for u in loose]):
        if not clash(loose[a], loose[b]) and not loose[a].articles & loose[b].articles:
            links.append(Link(a, b, 1.0, "person.surname-same-office"))

    def apart(a: int, b: int) -> bool:
        return clash(loose[a], loose[b]) or bool(loose[a].articles & loose[b].articles)

    grouping = group(len(loose), links, apart)
    return [
        Cluster(
            [loose[p] for p in positions],
            [
                (k.rule, (*loose[k.first].records, *loose[k.second].records))
                for k in grouping.used
                if k.first in positions
            ],
        )
        for positions in grouping.groups
    ]


def name_forms(unit: Unit) -> list[tuple[bool, bool, str, str]]:
    """Every form as (partial, Cyrillic, name of the thing, surname's part of it), sorted: the least names the person."""
    found = set()
    for fact, _ in unit.facts:
        found.add(_form(fact.surname, fact.given))
        for name in fact.names[1:]:
            words = name.split()
            surname = [w for w in words if level(w) == level(fact.surname.split()[-1])]
            given = [w for w in words if fact.given and level(w) == level(fact.given.split()[0])]
            if surname and len(words) == 1:
                found.add(_form(surname[0], None))
            elif surname and given and " " not in fact.surname:
                found.add(_form(surname[0], given[0]))
    return sorted(found)


def _form(surname: str, given: str | None) -> tuple[bool, bool, str, str]:
    family = slug(plain_surname(surname))
    initials = _given_level(given)
    partial = len(initials.split(" ")[0]) <= 1
    return partial, is_cyrillic(surname), f"{family}-{slug(given)}" if given else family, family
