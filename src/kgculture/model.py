"""The language that all stages speak: articles, passages, and the facts one article states.

Everything here is a frozen dataclass of plain values, so facts can be pickled between workers, written as JSON and
compared. Names of classes and values (`"Meeting"`, `"Roadmap"`, `"Held"`) are local names of terms of
`ontology/kgculture.ttl`. Offsets count code points of `Article.text`; spans are half open.

A *reference* (`Ref`) is the id of an entity of the same `ArticleFacts`: `"person-1"`, `"org-2"`, `"work-1"`, `"office-3"`,
or a place that every article shares: `"country-KZ"`, `"city-baku"`. Facts refer to one another by `Fact.id`:
`"meeting-1"`, `"agreement-1"`, `"event-2"`, `"tenure-4"`, `"statement-1"`, `"proposal-1"`: the fragment of the Report's IRI.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Ref = str
LanguageCode = Literal["en", "ru", "kk"]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A span of an article's text, by code points: `text[start:end]` is the quote."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """A text as read, before anything is known of it.

    `masks` are spans of page furniture (tags, headlines of other articles, view counts, photo credits): the text keeps them, so that
    offsets stay true, and the stages after must not read facts out of them.
    """

    id: str
    text: str
    language: LanguageCode
    published: str | None = None  # ISO 8601 day that stands in or on the text
    title: Passage | None = None  # where the headline stands in `text`
    url: str | None = None
    publisher: str | None = None
    path: str | None = None  # where it was read from; for messages, never in the graph
    masks: tuple[Passage, ...] = ()

    @property
    def headline(self) -> str | None:
        return " ".join(self.title.of(self.text).split()) if self.title else None


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as the article is: any of year, month, day may be unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        if self.year is None and self.month is None:
            raise ValueError("a date needs a year or a month")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month}")
        # 2000 is a leap year: --02-29 is a day
        if (
            self.day is not None
            and self.month is not None
            and not 1 <= self.day <= calendar.monthrange(self.year or 2000, self.month)[1]
        ):
            raise ValueError(f"no day {self.day} in month {self.month}")

    @property
    def datatype(self) -> str:
        """Local name of the XSD datatype: date, gYearMonth, gYear, gMonthDay or gMonth."""
        if self.year is None:
            return "gMonth" if self.day is None else "gMonthDay"
        return "gYear" if self.month is None else "gYearMonth" if self.day is None else "date"

    @property
    def lexical(self) -> str:
        """The XSD lexical form: `2023-12-04`, `2023-12`, `2023`, `--12-04`, `--12`."""
        head = "-" if self.year is None else f"{self.year:04d}"
        return "-".join([head, *(f"{part:02d}" for part in (self.month, self.day) if part is not None)])

    @property
    def earliest(self) -> str | None:
        """First day it may mean, or None where the year is unknown."""
        if self.year is None:
            return None
        return date(self.year, self.month or 1, self.day or 1).isoformat()

    @property
    def latest(self) -> str | None:
        """Last day it may mean, or None where the year is unknown."""
        if self.year is None:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1]).isoformat()

    @classmethod
    def parse(cls, lexical: str) -> PartialDate:
        """The inverse of `lexical`."""
        if lexical.startswith("--"):
            parts = [int(p) for p in lexical[2:].split("-")]
            return cls(None, *parts)
        return cls(*(int(p) for p in lexical.split("-")))


# --------------------------------------------------------------------------------------------------------- entities


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person as this article names them. `names[0]` is the fullest form; all are nominative, in the article's script.

    `surname`, `given`, `patronymic` are parts of the fullest form (None where the article gives only some); particles
    (al-, bin, von) belong to the surname. `role`: an actor, or a creator whose works are shown or adapted.
    """

    id: Ref
    names: tuple[str, ...]
    surname: str
    given: str | None = None
    patronymic: str | None = None
    role: Literal["actor", "creator"] = "actor"
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganizationFact:
    """A body, ensemble or venue: `kind` is Organization, Ensemble or Venue. `names[0]` is nominative, without a leading article."""

    id: Ref
    names: tuple[str, ...]
    kind: Literal["Organization", "Ensemble", "Venue"] = "Organization"
    country: Ref | None = None
    place: Ref | None = None
    sector: str | None = None  # Film, Library, Museum, Theatre, Music, Education, Archive, Media, Religion
    key: str | None = None  # English key if the lexicon composes one: "ministry-of-culture"
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A place of the shared gazetteer, where this article names it: id `country-KZ`, `city-baku`, `region-central-asia`."""

    id: Ref
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """A post, apart from who holds it. `title` as worded (nominative, no country), `title_en` where the lexicon composes it."""

    id: Ref
    title: str
    title_en: str | None = None
    country: Ref | None = None
    organization: Ref | None = None
    ministerial: bool = False  # ministers; not deputies and vice ministers


@dataclass(frozen=True, slots=True)
class WorkFact:
    """Something shown, screened, performed or read: `kind` is Work, Film, AnimatedFilm, Play, Opera or Book."""

    id: Ref
    title: str
    kind: str = "Work"
    based_on_works_by: tuple[Ref, ...] = ()
    mentions: tuple[Passage, ...] = ()


# ------------------------------------------------------------------------------------------------------------ facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts share. `passages` prove the fact: together they hold a mention of every argument."""

    id: str
    rule: str  # id of the lexicon rule, "en.meeting.met-with"
    passages: tuple[Passage, ...]
    confidence: float = 0.9
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureFact(Fact):
    holder: Ref
    office: Ref
    status: Literal["Current", "Acting", "Former", "Designate"] = "Current"


@dataclass(frozen=True, slots=True)
class Participation:
    """Who stood for whom in a meeting or event; `capacity` is the id of a TenureFact."""

    who: Ref
    on_behalf_of: Ref | None = None
    capacity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HappeningFact(Fact):
    """What meetings and cultural events share."""

    place: Ref | None = None  # city or country
    venue: Ref | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    status: Literal["Held", "Planned", "Cancelled", "Denied"] = "Held"
    ordinal: int | None = None
    part_of: str | None = None  # id of an EventFact or MeetingFact of this article
    topics: tuple[str, ...] = ()  # concepts of the topic scheme: "cinema", "museums"
    topic_text: str | None = None  # the article's wording


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact(HappeningFact):
    participants: tuple[Ref, ...]  # persons; bodies or countries where no person is named
    chairs: tuple[Ref, ...] = ()
    heads_of_side: tuple[Ref, ...] = ()
    participations: tuple[Participation, ...] = ()
    format: str | None = None  # Bilateral, Session, Conference, Summit, Telephone, Video
    session_of: Ref | None = None  # the commission
    label: str | None = None  # its proper name, if it has one ("2nd CA-Russia summit")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFact(Fact):
    type: str  # Accord, Memorandum, Roadmap, Protocol, Program, Plan, Treaty, Declaration, Contract
    stage: str  # Proposed, UnderDiscussion, InPreparation, Initialled, Signed
    label: str | None = None
    parties: tuple[Ref, ...] = ()
    signatories: tuple[Ref, ...] = ()
    signed_on: PartialDate | None = None
    signed_during: str | None = None  # id of a meeting or event
    discussed_at: str | None = None
    place: Ref | None = None
    period_start: PartialDate | None = None
    period_end: PartialDate | None = None
    topics: tuple[str, ...] = ()
    topic_text: str | None = None

    @property
    def status(self) -> str:
        """Signed, or Planned for every stage before."""
        return "Signed" if self.stage == "Signed" else "Planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact(HappeningFact):
    """A cultural event: `kind` is CulturalEvent or one of its subclasses (Exhibition, DaysOfCulture, Concert, …)."""

    kind: str
    title: str | None = None
    presents: tuple[Ref, ...] = ()  # whose culture: countries
    organizers: tuple[Ref, ...] = ()
    participants: tuple[Ref, ...] = ()  # persons who opened or attended it
    heads_of_side: tuple[Ref, ...] = ()
    performers: tuple[Ref, ...] = ()
    works: tuple[Ref, ...] = ()
    works_by: tuple[Ref, ...] = ()
    work_count: int | None = None
    work_count_is_minimum: bool = False
    supporters: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFact(Fact):
    speaker: Ref
    text: str
    mode: Literal["Quoted", "Reported"] = "Reported"
    about: tuple[Ref, ...] = ()  # countries, persons, bodies or works it speaks of
    topics: tuple[str, ...] = ()
    occasion: str | None = None  # id of the meeting or event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFact(Fact):
    proposer: Ref
    proposes: str  # id of the EventFact, MeetingFact or AgreementFact
    supporters: tuple[Ref, ...] = ()
    proposed_at: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """All that one article states. A pure function of the article: same text, same facts, same ids."""

    article: Article
    persons: tuple[PersonFact, ...] = ()
    organizations: tuple[OrganizationFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()
    offices: tuple[OfficeFact, ...] = ()
    works: tuple[WorkFact, ...] = ()
    tenures: tuple[TenureFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    agreements: tuple[AgreementFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    statements: tuple[StatementFact, ...] = ()
    proposals: tuple[ProposalFact, ...] = ()
    extractor: str = field(default="", compare=False)  # version of rules that made it

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (*self.tenures, *self.meetings, *self.agreements, *self.events, *self.statements, *self.proposals)


# ------------------------------------------------------------------------------------------------------- resolution


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no article, and why, in one line."""

    path: str
    reason: str


ThingKind = Literal[
    "person",
    "organization",
    "place",
    "office",
    "work",
    "meeting",
    "agreement",
    "event",
    "tenure",
    "statement",
    "proposal",
]


@dataclass(frozen=True, slots=True)
class Thing:
    """A canonical thing. `name` is the local part of its IRI (`kgr:balayeva-aida`), a function of the set of articles."""

    name: str
    kind: ThingKind
    labels: tuple[tuple[str, str], ...] = ()  # (language, label), one per language, sorted
    alt_labels: tuple[tuple[str, str], ...] = ()  # all other forms, sorted
    aliases: tuple[str, ...] = ()  # other local names that stand for it (owl:sameAs), sorted


@dataclass(frozen=True, slots=True)
class Merge:
    """Why several records are one thing: `records` are (article id, local ref or fact id), `because` a rule of the resolver."""

    thing: str
    records: tuple[tuple[str, str], ...]
    because: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the records of a set of articles stand for. `canonical[article id, ref or fact id]` is a key of `things`."""

    things: dict[str, Thing]
    canonical: dict[tuple[str, str], str]
    merges: tuple[Merge, ...] = ()
    maybe_same: tuple[tuple[str, str], ...] = ()  # pairs of names, sorted

    def name(self, article_id: str, ref: str) -> str:
        return self.canonical[article_id, ref]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One SHACL result. IRIs are strings; `report` is the Report that must be withheld for it, if it is an article's."""

    severity: Literal["Violation", "Warning", "Info"]
    shape: str
    focus: str
    path: str | None
    value: str | None
    message: str
    article: str | None = None  # identifier
    report: str | None = None
