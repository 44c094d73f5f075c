"""The second face: what the articles state, as `kgculture.model.ArticleFacts`, taken from the known facts and not from the text.

These are the facts that the rules give for the same text (a test compares the two), so that a large store can be made through
resolution, graph, shapes and store without extraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from kgculture import model
from kgculture.model import Passage
from synthetic.stream import Archive, Known, Told
from synthetic.teller import titles
from synthetic.world import Person, words


def articles(archive: Archive, count: int) -> Iterator[model.ArticleFacts]:
    """The facts of so many articles, one after another."""
    for occasion in archive.occasions(count):
        for told in occasion.articles:
            yield facts(told)


def facts(told: Told) -> model.ArticleFacts:
    """What one article states."""
    article = model.Article(
        id=told.id,
        text=told.text,
        language=cast("model.LanguageCode", told.language),
        published=told.published.isoformat(),
        title=Passage(0, len(told.headline)),
        publisher=told.publisher,
    )
    return _Facts(told).of(article)


class _Facts:
    def __init__(self, told: Told) -> None:
        self.told = told
        self.persons = {person.id: f"person-{number}" for number, person in enumerate(told.persons, 1)}
        bodies = {mark.what for mark in told.marks if mark.what.partition("-")[0] in words("words")["bodies"]}
        self.bodies = {what: f"org-{number}" for number, what in enumerate(sorted(bodies), 1)}
        #: posts by what tells them apart: deputies of one country hold one office
        self.offices: dict[tuple[str, str, str | None], tuple[str, Person]] = {}
        self.tenures: list[model.TenureFact] = []

    def of(self, article: model.Article) -> model.ArticleFacts:
        for number, person in enumerate(self.told.persons, 1):
            post = person.post, person.land, person.abroad
            office, _ = self.offices.setdefault(post, (f"office-{len(self.offices) + 1}", person))
            passage = next(Passage(a, b) for f, a, b in self.told.facts if person in f.cast.persons.values())
            self.tenures.append(
                model.TenureFact(
                    id=f"tenure-{number}",
                    rule="synthetic.office",
                    passages=(passage,),
                    confidence=0.95,
                    holder=self.persons[person.id],
                    office=office,
                )
            )
        found: dict[str, list[Any]] = {"meeting": [], "agreement": [], "exhibition": []}
        for fact, start, end in self.told.facts:
            make = {"meeting": self._meeting, "agreement": self._agreement, "exhibition": self._exhibition}[fact.kind]
            found[fact.kind].append(make(fact, len(found[fact.kind]) + 1, Passage(start, end)))
        places = {m.what for m in self.told.marks if m.what.startswith(("country-", "city-"))}
        return model.ArticleFacts(
            article=article,
            persons=tuple(self._person(person) for person in self.told.persons),
            organizations=tuple(self._body(what) for what in self.bodies),
            places=tuple(model.PlaceFact(place, self._mentions(place)) for place in sorted(places)),
            offices=tuple(self._office(*office) for office in self.offices.values()),
            tenures=tuple(self.tenures),
            meetings=tuple(found["meeting"]),
            agreements=tuple(found["agreement"]),
            events=tuple(found["exhibition"]),
            extractor="synthetic",
        )

    def _mentions(self, what: str) -> tuple[Passage, ...]:
        return tuple(Passage(m.start, m.end) for m in self.told.marks if m.what == what)

    def _person(self, person: Person) -> model.PersonFact:
        language = self.told.language
        return model.PersonFact(
            id=self.persons[person.id],
            names=(person.name(language),),
            surname=getattr(person.surname, language),
            given=getattr(person.given, language),
            mentions=self._mentions(person.id),
        )

    def _body(self, what: str) -> model.OrganizationFact:
        kind, _, land = what.partition("-")
        body, country = words("words")["bodies"][kind], words("lands")[land]
        name = {
            "en": f"{body['en']} of {country['en'][0]}",
            "ru": f"{body['ru'][0]} {country['ru'][1]}",
            "kk": f"{country['kk'][0]} {body['kk'][0]}",
        }[self.told.language]
        return model.OrganizationFact(
            id=self.bodies[what],
            names=(name,),
            kind=body["kind"],
            country=f"country-{land}",
            sector=body.get("sector"),
            mentions=self._mentions(what),
        )

    def _office(self, identifier: str, person: Person) -> model.OfficeFact:
        title = person.title
        body = f"{title['body']}-{person.land}" if title.get("body") else None
        told = {"en": title["en"], "ru": title["ru"][0], "kk": title["kk"]}[self.told.language]
        return model.OfficeFact(
            id=identifier,
            title=told,
            title_en=title["en"],
            country=f"country-{person.land}",
            organization=self.bodies.get(body) if body else None,
            ministerial=title.get("ministerial", False),
        )

    def _date(self, fact: Known) -> model.PartialDate:
        return model.PartialDate(fact.day.year, fact.day.month, fact.day.day)

    def _place(self, fact: Known) -> str | None:
        return fact.place

    def _meeting(self, fact: Known, number: int, passage: Passage) -> model.MeetingFact:
        return model.MeetingFact(
            id=f"meeting-{number}",
            rule="synthetic.meeting",
            passages=(passage,),
            confidence=0.95,
            place=self._place(fact),
            start=self._date(fact),
            participants=tuple(self.persons[person.id] for person in fact.who),
            participations=tuple(
                model.Participation(self.persons[person.id], f"country-{person.land}") for person in fact.who
            ),
            format="Telephone" if fact.told == ("telephone",) else None,
        )

    def _agreement(self, fact: Known, number: int, passage: Passage) -> model.AgreementFact:
        bodies = tuple(self.bodies[f"{fact.body}-{land}"] for land in fact.sides) if fact.body else ()
        countries = tuple(f"country-{person.land}" for person in fact.who)  # whom its signatories stand for
        return model.AgreementFact(
            id=f"agreement-{number}",
            rule="synthetic.agreement",
            passages=(passage,),
            confidence=0.95,
            type=fact.cast.document,
            stage="Signed",
            parties=bodies or countries,
            signatories=tuple(self.persons[person.id] for person in fact.who),
            signed_on=self._date(fact),
            place=self._place(fact),
        )

    def _exhibition(self, fact: Known, number: int, passage: Passage) -> model.EventFact:
        venue = f"museum-{fact.cast.host}"
        at = venue in self.bodies and any(
            m.what == venue and passage.start <= m.start < passage.end for m in self.told.marks
        )
        return model.EventFact(
            id=f"event-{number}",
            rule="synthetic.exhibition",
            passages=(passage,),
            confidence=0.95,
            kind="Exhibition",
            title=titles(fact.cast.title)[self.told.language],
            place=self._place(fact),
            venue=self.bodies[venue] if at else None,
            start=self._date(fact),
            participants=tuple(self.persons[person.id] for person in fact.who),
        )
