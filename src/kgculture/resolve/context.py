"""One article's records, looked up by ref, and what the shared gazetteer knows of places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kgculture.errors import KgcultureError
from kgculture.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgculture.model import ArticleFacts, Fact, OfficeFact, OrganizationFact, PersonFact, Ref, WorkFact

PLACE_PREFIXES = ("country-", "city-", "region-")


def is_place(ref: Ref) -> bool:
    """Whether a ref is an id of the shared gazetteer and so means the same in every article."""
    return ref.startswith(PLACE_PREFIXES)


@cache
def _city_countries() -> dict[str, str]:
    path = folder("lexicon") / "shared" / "places.tsv"
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("city-"))
    return {row[0]: f"country-{row[2]}" for row in rows if len(row) > 2 and row[2]}


def country_of(place: Ref | None) -> Ref | None:
    """The country of a place, a country's own; None for regions and cities that the gazetteer does not know."""
    if place is None or place.startswith("country-"):
        return place
    return _city_countries().get(place)


def places_clash(a: Ref | None, b: Ref | None) -> bool:
    """Whether two places cannot be the same: two cities, or two countries."""
    if a is None or b is None or a == b:
        return False
    if a.startswith("city-") and b.startswith("city-"):
        return True
    one, other = country_of(a), country_of(b)
    return one is not None and other is not None and one != other


@dataclass(frozen=True, slots=True)
class Context:
    """An article's facts with its records by ref."""

    facts: ArticleFacts
    persons: dict[Ref, PersonFact]
    organizations: dict[Ref, OrganizationFact]
    offices: dict[Ref, OfficeFact]
    works: dict[Ref, WorkFact]
    happenings: dict[str, Fact]

    @property
    def id(self) -> str:
        return self.facts.article.id

    @classmethod
    def of(cls, facts: ArticleFacts) -> Context:
        """Indexes an article. Raises KgcultureError where a fact names something that the article does not list."""
        context = cls(
            facts,
            {p.id: p for p in facts.persons},
            {o.id: o for o in facts.organizations},
            {o.id: o for o in facts.offices},
            {w.id: w for w in facts.works},
            {f.id: f for f in facts.facts},
        )
        known = {*context.persons, *context.organizations, *context.offices, *context.works, *context.happenings}
        for owner, ref in context.refs():
            if ref not in known and not is_place(ref):
                raise KgcultureError(f"article {context.id}: {owner} names {ref}, which the article does not list")
        return context

    def refs(self) -> Iterator[tuple[str, Ref]]:
        """Every (owner, ref) that this article's records and facts hold."""
        f = self.facts
        for o in f.organizations:
            yield from _some(o.id, o.country, o.place)
        for office in f.offices:
            yield from _some(office.id, office.country, office.organization)
        for w in f.works:
            yield from _some(w.id, *w.based_on_works_by)
        for t in f.tenures:
            yield from _some(t.id, t.holder, t.office)
        for m in f.meetings:
            yield from _some(
                m.id, m.place, m.venue, m.part_of, m.session_of, *m.participants, *m.chairs, *m.heads_of_side
            )
            for p in m.participations:
                yield from _some(m.id, p.who, p.on_behalf_of, p.capacity)
        for a in f.agreements:
            yield from _some(a.id, a.place, a.signed_during, a.discussed_at, *a.parties, *a.signatories)
        for e in f.events:
            yield from _some(
                e.id, e.place, e.venue, e.part_of, *e.presents, *e.organizers, *e.participants, *e.heads_of_side
            )
            yield from _some(e.id, *e.performers, *e.works, *e.works_by, *e.supporters)
        for s in f.statements:
            yield from _some(s.id, s.speaker, s.occasion, *s.about)
        for q in f.proposals:
            yield from _some(q.id, q.proposer, q.proposes, q.proposed_at, *q.supporters)

    def office_country(self, office: OfficeFact) -> Ref | None:
        """The office's country, or that of its body. A region is none: it contradicts nothing."""
        own = country_of(office.country)
        if own or not office.organization:
            return own
        if is_place(office.organization):
            return country_of(office.organization)
        body = self.organizations[office.organization]
        return country_of(body.country) or country_of(body.place)

    def session_countries(self, body: Ref) -> frozenset[Ref]:
        """The countries whose people sat in a commission's sessions, if they are two or more."""
        found = set()
        for meeting in self.facts.meetings:
            if meeting.session_of == body:
                for who in (*meeting.participants, *meeting.chairs, *meeting.heads_of_side):
                    found |= self._countries_of(who)
        return frozenset(found) if len(found) > 1 else frozenset()

    def _countries_of(self, who: Ref) -> set[Ref]:
        if is_place(who):
            countries = {country_of(who)}
        elif who in self.organizations:
            countries = {country_of(self.organizations[who].country)}
        else:
            offices = (self.offices[t.office] for t in self.facts.tenures if t.holder == who)
            countries = {self.office_country(o) for o in offices}
        return {c for c in countries if c}


def _some(owner: str, *refs: Ref | None) -> Iterator[tuple[str, Ref]]:
    for ref in refs:
        if ref is not None:
            yield owner, ref
