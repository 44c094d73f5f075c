"""One article's facts as triples: what it states, the Reports and Evidence behind it, and its metadata."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kgculture import terms
from kgculture.graph import fields
from kgculture.graph.evidence import Mentions, supported
from kgculture.graph.nodes import (
    RDF_TYPE,
    article_iri,
    day,
    evidence_iri,
    kgc,
    number,
    partial_date,
    report_iri,
    term,
    text,
    thing,
)
from kgculture.graph.scope import Scope, entities, is_place
from kgculture.graph.spans import Span, combine, fact_span
from kgculture.model import (
    AgreementFact,
    ArticleFacts,
    EventFact,
    Fact,
    MeetingFact,
    OfficeFact,
    OrganizationFact,
    PartialDate,
    Passage,
    PersonFact,
    Ref,
    Resolution,
    TenureFact,
    WorkFact,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACE_CLASSES = {"country": "Country", "city": "City", "region": "Region"}
#: what something is because a fact uses it so: who acts may also be the one whose works are shown
CLASS_BY_USE: dict[str, tuple[type, str]] = {"worksBy": (PersonFact, "Creator"), "venue": (OrganizationFact, "Venue")}


class ArticleGraph:
    """The triples of one article: `stated` and `provenance` make its named graph, `spans` gives the days of dated nodes.

    Raises KeyError where the resolution lacks a record or a fact holds a value that the ontology does not declare.
    """

    def __init__(self, facts: ArticleFacts, resolution: Resolution, withheld: Iterable[str] = ()) -> None:
        self.facts = facts
        self.iri = article_iri(facts.article.id)
        self.withheld = frozenset(withheld)
        self.scope = Scope(facts, self.withheld)
        self.stated: set[Triple] = set()
        self.provenance: set[Triple] = set()
        self.spans: dict[NamedNode, set[Span]] = {}
        self.topics: set[str] = set()
        #: canonical meetings held -> participant -> those it sat there for
        self.held: dict[NamedNode, dict[NamedNode, set[NamedNode]]] = {}
        self._resolution = resolution
        self._known = {entity.id: entity for entity in entities(facts)}
        self._mentions = Mentions(facts, self.scope.refs)
        self._entities()
        for fact in facts.facts:
            if fact.id in self.scope.fact_ids:
                self._fact(fact)
        for found, days in self.spans.items():
            self._days(found, days, self.stated)

    # ------------------------------------------------------------------------------------------------------ helpers

    def node(self, ref: Ref) -> NamedNode:
        """The canonical node of an entity or fact of this article."""
        name = self._resolution.canonical.get((self.facts.article.id, ref))
        if name is None and is_place(ref):
            name = ref  # places are the same in every article
        if name is None:
            raise KeyError(f"the resolution lacks {ref} of article {self.facts.article.id}")
        return thing(name)

    def things(self) -> set[NamedNode]:
        """Every canonical node that the article's graph speaks of."""
        found = {t.subject for t in self.stated} | {t.object for t in self.stated if isinstance(t.object, NamedNode)}
        return {n for n in found if isinstance(n, NamedNode) and n.value.startswith(terms.KGR)}

    def _state(self, subject: NamedNode, prop: str, value: NamedNode | Literal) -> None:
        for name in (prop, *terms.SUPERPROPERTIES.get(prop, ())):
            self.stated.add(Triple(subject, kgc(name), value))

    def _type(self, subject: NamedNode, cls: str) -> None:
        for name in (cls, *terms.SUPERCLASSES.get(cls, ())):
            self.stated.add(Triple(subject, RDF_TYPE, kgc(name)))

    @staticmethod
    def _days(subject: NamedNode, days: set[Span], into: set[Triple]) -> None:
        earliest, latest = combine(days)
        if earliest is not None:
            into.add(Triple(subject, kgc("earliest"), day(earliest)))
        if latest is not None:
            into.add(Triple(subject, kgc("latest"), day(latest)))

    # ----------------------------------------------------------------------------------------------------- entities

    def _entities(self) -> None:
        for ref in sorted(self.scope.refs):
            subject = self.node(ref)
            entity = self._known.get(ref)
            if is_place(ref):
                self._type(subject, PLACE_CLASSES[ref.partition("-")[0]])
            elif isinstance(entity, PersonFact):
                self._type(subject, "Creator" if entity.role == "creator" else "Person")
            elif isinstance(entity, OrganizationFact):
                self._organization(subject, entity)
            elif isinstance(entity, OfficeFact):
                self._office(subject, entity)
            elif isinstance(entity, WorkFact):
                self._type(subject, entity.kind)
                for creator in entity.based_on_works_by:
                    self._state(subject, "basedOnWorksBy", self.node(creator))
                    self._type(self.node(creator), "Creator")

    def _organization(self, subject: NamedNode, entity: OrganizationFact) -> None:
        self._type(subject, entity.kind)
        for prop, ref in (("country", entity.country), ("place", entity.place)):
            if ref is not None:
                self._state(subject, prop, self.node(ref))
        if entity.sector:
            self._state(subject, "sector", kgc(entity.sector))

    def _office(self, subject: NamedNode, entity: OfficeFact) -> None:
        self._type(subject, "Office")
        self._state(subject, "officeTitle", text(entity.title, self.facts.article.language))
        if entity.title_en:
            self._state(subject, "officeTitle", text(entity.title_en, "en"))
        for prop, ref in (("country", entity.country), ("organization", entity.organization)):
            if ref is not None:
                self._state(subject, prop, self.node(ref))
        self._state(subject, "ministerial", Literal(entity.ministerial))

    # -------------------------------------------------------------------------------------------------------- facts

    def _fact(self, fact: Fact) -> None:
        kind = type(fact).__name__
        subject = self.node(fact.id)
        report = report_iri(self.iri, fact.id)
        self._type(subject, fields.class_of(fact))
        for prop, ref in fields.entity_arguments(fact):
            self._state(subject, prop, self.node(ref))
            wanted, cls = CLASS_BY_USE.get(prop, (None, ""))
            if wanted is not None and isinstance(self._known.get(ref), wanted):
                self._type(self.node(ref), cls)
        for name, prop in fields.FACT_FIELDS.get(kind, {}).items():
            if (other := getattr(fact, name)) is not None and other in self.scope.fact_ids:
                self._state(subject, prop, self.node(other))
        for name, prop in fields.DATE_FIELDS.get(kind, {}).items():
            if (value := getattr(fact, name)) is not None:
                self._state(subject, prop, partial_date(value))
        for name, prop in fields.VALUE_FIELDS.get(kind, {}).items():
            if (value := getattr(fact, name)) is not None:
                self._state(subject, prop, kgc(value))
        for name, prop in fields.PLAIN_FIELDS.get(kind, {}).items():
            if (value := getattr(fact, name)) is not None:
                self._state(subject, prop, Literal(value))
        for name, prop in fields.TEXT_FIELDS.get(kind, {}).items():
            if value := getattr(fact, name):
                self._state(subject, prop, text(value, self.facts.article.language))
        for key in getattr(fact, "topics", ()):
            self._state(subject, "topic", NamedNode(terms.topic(key)))
            self.topics.add(key)
        self._particular(fact, subject)
        span = self._span(fact)
        if span is not None:
            self.spans.setdefault(subject, set()).add(span)
        self._report(fact, subject, report, span)

    def _particular(self, fact: Fact, subject: NamedNode) -> None:
        """What only one class of facts has."""
        article = self.facts.article
        if isinstance(fact, TenureFact):
            if article.published:
                self._state(subject, "asOf", day(article.published))
            office = next((o for o in self.facts.offices if o.id == fact.office), None)
            if office is not None and office.ministerial and fact.status == "Current":
                self._type(self.node(fact.holder), "Minister")
        elif isinstance(fact, MeetingFact):
            self._meeting(fact, subject)
        elif isinstance(fact, EventFact) and fact.work_count is not None and fact.work_count_is_minimum:
            self._state(subject, "workCountIsMinimum", Literal(True))

    def _meeting(self, fact: MeetingFact, subject: NamedNode) -> None:
        sides: dict[NamedNode, set[NamedNode]] = {
            self.node(ref): set() for ref in (*fact.participants, *fact.chairs, *fact.heads_of_side)
        }
        for part in fact.participations:
            who = self.node(part.who)
            behalf = self.node(part.on_behalf_of) if part.on_behalf_of else None
            capacity = self.node(part.capacity) if part.capacity in self.scope.fact_ids else None
            self._participation(subject, who, behalf, capacity)
            if behalf is not None and who in sides:
                sides[who].add(behalf)
        # a country or body that sits there itself is on the side of those who speak for it
        for who in sorted(sides, key=str):
            if not sides[who] and any(who in side for other, side in sides.items() if other != who):
                self._participation(subject, who, who, None)
                sides[who].add(who)
        if fact.status == "Held":
            held = self.held.setdefault(subject, {})
            for who, side in sides.items():
                held.setdefault(who, set()).update(side)

    def _participation(
        self, meeting: NamedNode, who: NamedNode, behalf: NamedNode | None, capacity: NamedNode | None
    ) -> None:
        names = (node.value.removeprefix(terms.KGR) for node in (meeting, who))
        subject = thing("participation-" + "-".join(names))
        self._type(subject, "Participation")
        self._state(subject, "who", who)
        self._state(subject, "in", meeting)
        if behalf is not None:
            self._state(subject, "onBehalfOf", behalf)
        if capacity is not None:
            self._state(subject, "capacity", capacity)

    def _span(self, fact: Fact) -> Span | None:
        if isinstance(fact, TenureFact):
            published = self.facts.article.published
            return fact_span(PartialDate.parse(published), None) if published else None
        if isinstance(fact, AgreementFact):
            return fact_span(fact.signed_on, None)
        if isinstance(fact, (MeetingFact, EventFact)):
            return fact_span(fact.start, fact.end)
        return None

    # --------------------------------------------------------------------------------------------------- provenance

    def _report(self, fact: Fact, subject: NamedNode, report: NamedNode, span: Span | None) -> None:
        say = self.provenance.add
        say(Triple(report, RDF_TYPE, kgc("Report")))
        say(Triple(report, kgc("reports"), subject))
        say(Triple(report, kgc("rule"), Literal(fact.rule)))
        say(Triple(report, kgc("confidence"), number(fact.confidence)))
        if fact.inferred:
            say(Triple(report, kgc("inferred"), Literal(True)))
        for prop, value in self._reported(fact):
            for name in (prop, *terms.SUPERPROPERTIES.get(prop, ())):
                say(Triple(report, kgc(name), value))
        if span is not None:
            self._days(report, {span}, self.provenance)
        for passage in fact.passages:
            say(Triple(report, kgc("evidence"), self._evidence(fact, passage)))

    def _reported(self, fact: Fact) -> Iterable[tuple[str, NamedNode | Literal]]:
        kind = type(fact).__name__
        for name, prop in fields.DATE_FIELDS.get(kind, {}).items():
            if (value := getattr(fact, name)) is not None:
                yield prop, partial_date(value)
        for prop, ref in fields.entity_arguments(fact):
            if prop in fields.REPORTED:
                yield prop, self.node(ref)
        for name, prop in fields.VALUE_FIELDS.get(kind, {}).items():
            if prop in fields.REPORTED:
                yield prop, kgc(getattr(fact, name))
        if isinstance(fact, TenureFact) and self.facts.article.published:
            yield "asOf", day(self.facts.article.published)

    def _evidence(self, fact: Fact, passage: Passage) -> NamedNode:
        article = self.facts.article
        iri = evidence_iri(self.iri, passage)
        say = self.provenance.add
        say(Triple(iri, RDF_TYPE, kgc("Evidence")))
        say(Triple(iri, kgc("article"), self.iri))
        say(Triple(iri, kgc("quote"), text(passage.of(article.text), article.language)))
        say(Triple(iri, kgc("startOffset"), Literal(passage.start)))
        say(Triple(iri, kgc("endOffset"), Literal(passage.end)))
        for ref in self._mentions.inside(passage):
            say(Triple(iri, kgc("mentions"), self.node(ref)))
        if isinstance(
            fact, TenureFact
        ):  # an office has no span of its own: the tenure's passages are where it is named
            say(Triple(iri, kgc("mentions"), self.node(fact.office)))
        for prop in supported(fact, passage, article.text, self._mentions):
            say(Triple(iri, kgc("supports"), kgc(prop)))
        return iri

    # ----------------------------------------------------------------------------------------------------- metadata

    def metadata(self) -> set[Triple]:
        """What is known of the article itself; for the default graph."""
        article = self.facts.article
        told: set[Triple] = {
            Triple(self.iri, RDF_TYPE, kgc("Article")),
            Triple(self.iri, term("dcterms:identifier"), Literal(article.id)),
            Triple(self.iri, term("schema:inLanguage"), Literal(article.language)),
            Triple(self.iri, kgc("textDigest"), Literal(hashlib.sha256(article.text.encode()).hexdigest())),
        }
        if article.headline:
            told.add(Triple(self.iri, term("schema:headline"), text(article.headline, article.language)))
        if article.published:
            told.add(Triple(self.iri, term("schema:datePublished"), day(article.published)))
        if article.url:
            told.add(Triple(self.iri, term("schema:url"), Literal(article.url)))
        if article.publisher:
            told.add(Triple(self.iri, term("schema:publisher"), Literal(article.publisher)))
        offices = {office.id for office in self.facts.offices}
        for ref in self.scope.refs - offices:
            told.add(Triple(self.iri, term("schema:mentions"), self.node(ref)))
        for fact in (*self.facts.meetings, *self.facts.agreements, *self.facts.events):
            if fact.id in self.scope.fact_ids:
                told.add(Triple(self.iri, term("schema:mentions"), self.node(fact.id)))
        return told
