"""Hand-made articles for the tests of resolution: a few words per record instead of dataclasses in full."""

from __future__ import annotations

from typing import Any

from kgculture.model import (
    AgreementFact,
    Article,
    ArticleFacts,
    EventFact,
    MeetingFact,
    OfficeFact,
    OrganizationFact,
    PartialDate,
    Passage,
    PersonFact,
    ProposalFact,
    StatementFact,
    TenureFact,
    WorkFact,
)


def day(lexical: str | None) -> PartialDate | None:
    return PartialDate.parse(lexical) if lexical else None


class Build:
    """Collects one article's records; every method gives the id of what it added."""

    def __init__(self, id: str, language: Any = "en", published: str | None = None, text: str = "") -> None:
        self.article = Article(id=id, text=text, language=language, published=published)
        self.lists: dict[str, list[Any]] = {}

    def _add(self, name: str, stem: str, make: Any) -> str:
        items = self.lists.setdefault(name, [])
        ref = f"{stem}-{len(items) + 1}"
        items.append(make(ref))
        return ref

    def person(self, name: str, *more: str, office: str | None = None, country: str | None = None, **parts: Any) -> str:
        """`name` is "Given Surname" or "Given Patronymic Surname"; one word, or parts given, for anything else."""
        words = name.split()
        given = {"surname": words[-1], "given": words[0] if len(words) > 1 else None}
        given["patronymic"] = words[1] if len(words) == 3 else None
        given |= parts
        ref = self._add("persons", "person", lambda i: PersonFact(i, (name, *more), **given))
        if office or country:
            post = self.office(office or "Minister", country)
            self.tenure(ref, post)
        return ref

    def org(self, *names: str, **attributes: Any) -> str:
        for part in ("country", "place"):
            if part in attributes:
                attributes[part] = place(attributes[part])
        return self._add("organizations", "org", lambda i: OrganizationFact(i, names, **attributes))

    def office(self, title: str, country: str | None = None, org: str | None = None, en: str | None = None) -> str:
        english = en or (title if title.isascii() else None)
        ministerial = (english or "").startswith("Minister")
        return self._add(
            "offices", "office", lambda i: OfficeFact(i, title, english, place(country), org, ministerial=ministerial)
        )

    def tenure(self, holder: str, office: str, status: Any = "Current") -> str:
        return self._add(
            "tenures", "tenure", lambda i: TenureFact(**fact(i), holder=holder, office=office, status=status)
        )

    def work(self, title: str, kind: str = "Work", by: tuple[str, ...] = ()) -> str:
        return self._add("works", "work", lambda i: WorkFact(i, title, kind, by))

    def meeting(self, *who: str, start: str | None = None, **attributes: Any) -> str:
        attributes = located(attributes)
        participants = tuple(place(w) or w for w in who)
        return self._add(
            "meetings",
            "meeting",
            lambda i: MeetingFact(**fact(i), participants=participants, start=day(start), **attributes),
        )

    def event(self, kind: str, start: str | None = None, end: str | None = None, **attributes: Any) -> str:
        attributes = located(attributes)
        if "presents" in attributes:
            attributes["presents"] = tuple(str(place(p)) for p in attributes["presents"])
        return self._add(
            "events", "event", lambda i: EventFact(**fact(i), kind=kind, start=day(start), end=day(end), **attributes)
        )

    def agreement(self, type: str, stage: str, *parties: str, signed: str | None = None, **attributes: Any) -> str:
        who = tuple(place(p) or p for p in parties)
        return self._add(
            "agreements",
            "agreement",
            lambda i: AgreementFact(
                **fact(i), type=type, stage=stage, parties=who, signed_on=day(signed), **attributes
            ),
        )

    def statement(self, speaker: str, text: str) -> str:
        return self._add("statements", "statement", lambda i: StatementFact(**fact(i), speaker=speaker, text=text))

    def proposal(self, proposer: str, proposes: str) -> str:
        return self._add(
            "proposals", "proposal", lambda i: ProposalFact(**fact(i), proposer=proposer, proposes=proposes)
        )

    @property
    def facts(self) -> ArticleFacts:
        return ArticleFacts(self.article, **{name: tuple(items) for name, items in self.lists.items()})


def fact(id: str) -> dict[str, Any]:
    return {"id": id, "rule": "test", "passages": (Passage(0, 0),)}


def place(name: str | None) -> str | None:
    """`KZ` as country-KZ, `@baku` as city-baku; anything else is no place."""
    if name is None or name.startswith(("country-", "city-", "region-")):
        return name
    if name.startswith("@"):
        return f"city-{name[1:]}"
    return f"country-{name}" if len(name) == 2 and name.isupper() else None


def located(attributes: dict[str, Any]) -> dict[str, Any]:
    return {k: place(v) if k == "place" else v for k, v in attributes.items()}
