"""Hand-made facts of invented articles, and a resolution of them, for tests of the stages after extraction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kgculture.model import (
    AgreementFact,
    Article,
    ArticleFacts,
    EventFact,
    Fact,
    MeetingFact,
    Merge,
    OfficeFact,
    OrganizationFact,
    PartialDate,
    Participation,
    Passage,
    PersonFact,
    PlaceFact,
    ProposalFact,
    Ref,
    Resolution,
    StatementFact,
    TenureFact,
    Thing,
    WorkFact,
)

BAKU = """Ministers meet in Baku
On Monday 4 December Minister of Culture Aigul Serikova met Minister of Culture Rashad Alizade in Baku, Azerbaijan.
Serikova of Kazakhstan thanked Alizade and offered a youth forum.
The exhibition Steppe Light opened at the Gobustan Hall in Baku; the film Red Sand was shown.
The National Museum and the Carpet Museum are preparing a roadmap on museums.
Leyla Nabiyeva, former Deputy Minister of Culture, attended with Serikova.
"""

MOSCOW = """Министры встретились в Баку
Айгуль Серикова встретилась с Рашадом Ализаде в Баку в декабре 2023 года.
"""

PLAN = """Talks ahead
Aigul Serikova will meet Rashad Alizade in Baku.
"""


def spans(text: str, *words: str) -> tuple[Passage, ...]:
    """Where the words stand in a text."""
    return tuple(Passage(m.start(), m.end()) for word in words for m in re.finditer(re.escape(word), text))


def line(text: str, number: int) -> Passage:
    start = sum(len(part) for part in text.splitlines(keepends=True)[:number])
    return Passage(start, start + len(text.splitlines()[number]))


def person(text: str, ref: Ref, full: str, **more: object) -> PersonFact:
    given, surname = full.split()
    return PersonFact(ref, (full, surname), surname, given, mentions=spans(text, surname), **more)  # type: ignore[arg-type]


def baku(identifier: str = "baku") -> ArticleFacts:
    """A meeting, an exhibition, a roadmap, three tenures, a statement and a proposal."""
    article = Article(
        identifier, BAKU, "en", "2023-12-05", line(BAKU, 0), "https://news.example/baku", "News", f"{identifier}.txt"
    )
    met, thanked, shown, roadmap, attended = (line(BAKU, n) for n in range(1, 6))
    return ArticleFacts(
        article,
        persons=(
            person(BAKU, "person-1", "Aigul Serikova"),
            person(BAKU, "person-2", "Rashad Alizade"),
            person(BAKU, "person-3", "Leyla Nabiyeva"),
        ),
        organizations=(
            OrganizationFact("org-1", ("National Museum",), sector="Museum", mentions=spans(BAKU, "National Museum")),
            OrganizationFact("org-2", ("Carpet Museum",), sector="Museum", mentions=spans(BAKU, "Carpet Museum")),
            OrganizationFact(
                "org-3", ("Gobustan Hall",), "Venue", place="city-baku", mentions=spans(BAKU, "Gobustan Hall")
            ),
        ),
        places=(
            PlaceFact("city-baku", spans(BAKU, "Baku")),
            PlaceFact("country-AZ", spans(BAKU, "Azerbaijan")),
            PlaceFact("country-KZ", spans(BAKU, "Kazakhstan")),
        ),
        offices=(
            OfficeFact("office-1", "Minister of Culture", "Minister of Culture", "country-KZ", ministerial=True),
            OfficeFact("office-2", "Minister of Culture", "Minister of Culture", "country-AZ", ministerial=True),
            OfficeFact("office-3", "Deputy Minister of Culture", "Deputy Minister of Culture", "country-AZ"),
        ),
        works=(WorkFact("work-1", "Red Sand", "Film", mentions=spans(BAKU, "Red Sand")),),
        tenures=(
            TenureFact(id="tenure-1", rule="t", passages=(met,), holder="person-1", office="office-1"),
            TenureFact(id="tenure-2", rule="t", passages=(met,), holder="person-2", office="office-2"),
            TenureFact(
                id="tenure-3", rule="t", passages=(attended,), holder="person-3", office="office-3", status="Former"
            ),
        ),
        meetings=(
            MeetingFact(
                id="meeting-1",
                rule="en.meeting.met",
                passages=(met, thanked, attended),
                participants=("person-1", "person-2", "person-3"),
                chairs=("person-1",),
                participations=(
                    Participation("person-1", "country-KZ", "tenure-1"),
                    Participation("person-2", "country-AZ", "tenure-2"),
                    Participation("person-3", "country-AZ", "tenure-3"),
                ),
                place="city-baku",
                start=PartialDate(2023, 12, 4),
                format="Bilateral",
                topics=("museums",),
                topic_text="museums",
            ),
        ),
        agreements=(
            AgreementFact(
                id="agreement-1",
                rule="en.agreement.prepare",
                passages=(roadmap,),
                type="Roadmap",
                stage="InPreparation",
                parties=("org-1", "org-2"),
                discussed_at="meeting-1",
            ),
        ),
        events=(
            EventFact(
                id="event-1",
                rule="en.event.opened",
                passages=(shown,),
                kind="Exhibition",
                title="Steppe Light",
                venue="org-3",
                place="city-baku",
                works=("work-1",),
                work_count=40,
                work_count_is_minimum=True,
            ),
            EventFact(
                id="event-2",
                rule="en.event.offer",
                passages=(thanked,),
                kind="Forum",
                title="youth forum",
                status="Planned",
            ),
        ),
        statements=(
            StatementFact(
                id="statement-1", rule="s", passages=(thanked,), speaker="person-1", text="thanked", about=("person-2",)
            ),
        ),
        proposals=(
            ProposalFact(id="proposal-1", rule="p", passages=(thanked,), proposer="person-1", proposes="event-2"),
        ),
        extractor="test",
    )


def moscow(identifier: str = "moscow") -> ArticleFacts:
    """The same meeting in Russian, its day less precise."""
    passage = line(MOSCOW, 1)
    return ArticleFacts(
        Article(identifier, MOSCOW, "ru", "2023-12-08", line(MOSCOW, 0), path=f"{identifier}.txt"),
        persons=(
            PersonFact(
                "person-1", ("Айгуль Серикова",), "Серикова", "Айгуль", mentions=spans(MOSCOW, "Айгуль Серикова")
            ),
            PersonFact("person-2", ("Рашад Ализаде",), "Ализаде", "Рашад", mentions=spans(MOSCOW, "Рашадом Ализаде")),
        ),
        places=(PlaceFact("city-baku", spans(MOSCOW, "Баку")),),
        meetings=(
            MeetingFact(
                id="meeting-1",
                rule="ru.meeting.met",
                passages=(passage,),
                participants=("person-1", "person-2"),
                place="city-baku",
                start=PartialDate(2023, 12),
            ),
        ),
        extractor="test",
    )


def plan(identifier: str = "plan") -> ArticleFacts:
    """A meeting that is only announced."""
    passage = line(PLAN, 1)
    return ArticleFacts(
        Article(identifier, PLAN, "en", "2023-11-20", line(PLAN, 0), path=f"{identifier}.txt"),
        persons=(person(PLAN, "person-1", "Aigul Serikova"), person(PLAN, "person-2", "Rashad Alizade")),
        places=(PlaceFact("city-baku", spans(PLAN, "Baku")),),
        meetings=(
            MeetingFact(
                id="meeting-1",
                rule="en.meeting.will",
                passages=(passage,),
                participants=("person-1", "person-2"),
                place="city-baku",
                status="Planned",
            ),
        ),
        extractor="test",
    )


#: any form of a name -> the canonical name; the tests' stand-in for the resolver
NAMES = {
    "Aigul Serikova": "serikova-aigul",
    "Айгуль Серикова": "serikova-aigul",
    "Rashad Alizade": "alizade-rashad",
    "Рашад Ализаде": "alizade-rashad",
    "Leyla Nabiyeva": "nabiyeva-leyla",
}


@dataclass
class _Collector:
    labels: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    canonical: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, article: str, ref: str, name: str, kind: str, *labels: tuple[str, str]) -> None:
        self.canonical[article, ref] = name
        self.kinds[name] = kind
        self.labels.setdefault(name, set()).update(labels)


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def resolution(*all_facts: ArticleFacts) -> Resolution:
    """A resolution of the facts above, a function of their set: persons by NAMES, one meeting wherever the pair met."""
    into = _Collector()
    for facts in all_facts:
        article, language = facts.article.id, facts.article.language
        for who in facts.persons:
            into.add(article, who.id, NAMES.get(who.names[0], slug(who.names[0])), "person", (language, who.names[0]))
        for body in facts.organizations:
            into.add(article, body.id, slug(body.names[0]), "organization", (language, body.names[0]))
        for place in facts.places:
            into.add(article, place.id, place.id, "place")
        for post in facts.offices:
            name = f"office-{slug(post.title)}-{(post.country or '').removeprefix('country-')}"
            into.add(article, post.id, name, "office", (language, post.title))
        for work in facts.works:
            into.add(article, work.id, slug(work.title), "work", (language, work.title))
        for tenure in facts.tenures:
            holder, office = into.canonical[article, tenure.holder], into.canonical[article, tenure.office]
            into.add(article, tenure.id, f"tenure-{holder}-{office}-{tenure.status.lower()}", "tenure")
        for meeting in facts.meetings:
            sides = sorted(into.canonical.get((article, ref), ref) for ref in meeting.participants)
            into.add(
                article,
                meeting.id,
                "meeting-" + "-".join(s.split("-")[0] for s in (sides[0], sides[-1])),
                "meeting",
                ("en", "meeting"),
            )
        rest: tuple[tuple[str, tuple[Fact, ...]], ...] = (
            ("agreement", facts.agreements),
            ("event", facts.events),
            ("statement", facts.statements),
            ("proposal", facts.proposals),
        )
        for kind, found in rest:
            for fact in found:
                label = getattr(fact, "title", None) or kind
                into.add(article, fact.id, f"{kind}-{article}-{fact.id}", kind, (language, label))
    things = {name: _thing(name, into.kinds[name], sorted(into.labels[name])) for name in sorted(into.labels)}
    meetings: dict[str, list[tuple[str, str]]] = {}
    for key, name in into.canonical.items():
        if into.kinds[name] == "meeting":
            meetings.setdefault(name, []).append(key)
    merges = tuple(
        Merge(name, tuple(sorted(records)), "meeting.same-pair")
        for name, records in sorted(meetings.items())
        if len(records) > 1
    )
    return Resolution(things, dict(sorted(into.canonical.items())), merges)


def _thing(name: str, kind: str, labels: list[tuple[str, str]]) -> Thing:
    first: dict[str, str] = {}
    for language, label in labels:
        first.setdefault(language, label)
    others = tuple((language, label) for language, label in labels if first[language] != label)
    aliases = (f"{name}-alias",) if kind == "person" else ()
    return Thing(name, kind, tuple(sorted(first.items())), others, aliases)  # type: ignore[arg-type]


def broken(identifier: str = "broken") -> ArticleFacts:
    """A meeting of one side, and a statement whose quote is not asked for: only the meeting breaks a shape."""
    whole = plan(identifier)
    passage = line(PLAN, 1)
    return replace(
        whole,
        meetings=tuple(replace(m, participants=("person-1",)) for m in whole.meetings),
        statements=(
            StatementFact(id="statement-1", rule="s", passages=(passage,), speaker="person-1", text="will meet"),
        ),
    )
