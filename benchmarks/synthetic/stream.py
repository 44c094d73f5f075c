"""The archive, day by day: what happened, and the articles of several outlets and languages that tell it.

Nothing is held but the day under way: an archive of 100,000 articles takes no more memory than one of a hundred.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from synthetic.teller import Cast, Mark, Teller, titles
from synthetic.world import BEGIN, Person, World, words

#: what happens on one day: about fourteen articles
OCCASIONS = 6
LANGUAGES = ("en", "ru", "kk")
#: how many articles tell of one thing, and how often
_ARTICLES = ((1, 2, 3, 4), (4, 3, 2, 1))
#: countries where more happens than in others
_HOSTS = {"KZ": 6.0, "RU": 2.5, "AZ": 2.0, "UZ": 2.0, "TR": 2.0}


@dataclass(frozen=True, slots=True)
class Known:
    """One fact: `kind` is meeting, agreement or exhibition; `cast` all that its sentences may speak of.

    `told` are the kinds of sentences that tell it. `who` met, or signed, or opened; `sides` are countries."""

    id: str
    kind: str
    told: tuple[str, ...]
    cast: Cast
    day: date
    place: str | None = None
    who: tuple[Person, ...] = ()
    sides: tuple[str, ...] = ()
    body: str | None = None

    def record(self, articles: list[str]) -> dict[str, Any]:
        """The known fact as it is written down."""
        found: dict[str, Any] = {"kind": self.kind, "id": self.id, "day": self.day.isoformat(), "articles": articles}
        found |= {"place": self.place} if self.place else {}
        found |= {"who": [person.id for person in self.who]} if self.who else {}
        if self.kind == "agreement":
            found |= {"type": self.cast.document, "sides": sorted(self.sides)}
        if self.kind == "exhibition":
            found["titles"] = titles(self.cast.title)
        return found


@dataclass(frozen=True, slots=True)
class Told:
    """An article as told: where each fact's sentence stands, who is named, and the posts given with the names."""

    id: str
    language: str
    published: date
    text: str
    headline: str
    publisher: str
    marks: tuple[Mark, ...]
    facts: tuple[tuple[Known, int, int], ...]
    persons: tuple[Person, ...]

    def record(self) -> dict[str, Any]:
        """A line of the JSONL that `kgculture build` reads."""
        return {
            "id": self.id,
            "title": self.headline,
            "published": self.published.isoformat(),
            "language": self.language,
            "publisher": self.publisher,
            "text": self.text,
        }


@dataclass(slots=True)
class Occasion:
    """Facts that are told together, and the articles that tell them."""

    facts: list[Known] = field(default_factory=list)
    articles: list[Told] = field(default_factory=list)

    def known(self) -> Iterator[dict[str, Any]]:
        """Records of the facts that at least one article tells, and of who stands in each article."""
        for fact in self.facts:
            articles = [a.id for a in self.articles if any(f.id == fact.id for f, _, _ in a.facts)]
            if articles:
                yield fact.record(articles)
        for article in self.articles:
            yield {"kind": "article", "id": article.id, "who": sorted(p.id for p in article.persons)}


class Archive:
    """An archive of a seed. `occasions(count)` gives what is needed for so many articles; a longer one begins with a shorter."""

    def __init__(self, seed: int) -> None:
        self.world = World(seed)
        self.seed = seed

    def occasions(self, count: int) -> Iterator[Occasion]:
        told = number = 0
        day = BEGIN
        while told < count:
            chance = random.Random(f"{self.seed} {day}")
            pairs: set[frozenset[str]] = set()
            for _ in range(OCCASIONS):
                number += 1
                occasion = self._occasion(chance, day, f"{number:06d}", pairs)
                del occasion.articles[count - told :]
                told += len(occasion.articles)
                if occasion.articles:
                    yield occasion
            day += timedelta(days=1)

    # ------------------------------------------------------------------------------------------------- what happened

    def _occasion(self, chance: random.Random, day: date, number: str, pairs: set[frozenset[str]]) -> Occasion:
        lands = list(self.world.lands)
        host = chance.choices(lands, [_HOSTS.get(land, 1.0) for land in lands])[0]
        guest = chance.choice([land for land in lands if land != host])
        kind = chance.choices(("visit", "telephone", "paper", "exhibition", "none"), (47, 8, 16, 25, 4))[0]
        facts: list[Known] = []
        one = self.world.pick(chance, host, day)
        other = self.world.pick(chance, guest, day, apart=(one,), near=host)
        cast = self._cast(chance, day, host, guest, {"A": one, "B": other})
        place = words("lands")[host]["city"]["id"]
        fresh = frozenset((one.id, other.id)) not in pairs
        if kind == "visit" and fresh:
            pairs.add(frozenset((one.id, other.id)))
            facts.append(
                Known(f"m{number}", "meeting", ("meeting", "meeting", "reception"), cast, day, place, (one, other))
            )
            if chance.random() < 0.35:
                facts += self._second(chance, cast, day, number, pairs)
            if chance.random() < 0.25:
                facts.append(self._paper(chance, cast, day, number, (host, guest)))
        elif kind == "telephone" and fresh:
            pairs.add(frozenset((one.id, other.id)))
            facts.append(Known(f"m{number}", "meeting", ("telephone",), cast, day, None, (one, other)))
        elif kind == "paper":
            facts.append(self._paper(chance, cast, day, number, (host, guest)))
        elif kind == "exhibition":
            opened = chance.random() < 0.3
            told, who = (("opener",), (one,)) if opened else (("exhibition",), ())
            facts.append(Known(f"x{number}", "exhibition", told, cast, day, place, who))
        occasion = Occasion(facts)
        for article in range(chance.choices(*_ARTICLES)[0]):
            occasion.articles.append(self._article(chance, facts, cast, day, f"{number}-{article + 1}"))
        return occasion

    @staticmethod
    def _cast(chance: random.Random, day: date, host: str, guest: str, persons: dict[str, Person]) -> Cast:
        vocabulary = words("words")
        key = f"{chance.randrange(len(vocabulary['title_heads']))}-{chance.randrange(len(vocabulary['title_tails']))}"
        return Cast(
            persons=persons,
            lands={"X": host, "Y": guest, "H": host, "P": guest},
            day=day,
            host=host,
            topic=chance.choice(list(vocabulary["topics"])),
            document=chance.choice(list(vocabulary["documents"])),
            title=key,
            count=chance.randrange(30, 400, 5),
        )

    def _second(
        self, chance: random.Random, cast: Cast, day: date, number: str, pairs: set[frozenset[str]]
    ) -> Iterator[Known]:
        """The guest met somebody else of the host's country that day."""
        host, guest = cast.persons["A"], cast.persons["B"]
        third = self.world.pick(chance, host.land, day, apart=(host, guest))
        if frozenset((guest.id, third.id)) not in pairs:
            pairs.add(frozenset((guest.id, third.id)))
            persons = {"A": guest, "B": third}
            also = Cast(persons, cast.lands, day, cast.host, cast.topic, cast.document, cast.title, cast.count)
            place = words("lands")[cast.host]["city"]["id"]
            yield Known(f"m{number}b", "meeting", ("second",), also, day, place, (guest, third))

    def _paper(self, chance: random.Random, cast: Cast, day: date, number: str, sides: tuple[str, str]) -> Known:
        told = chance.choice(("ministries", "libraries", "signers"))
        who = tuple(cast.persons.values()) if told == "signers" else ()
        body = {"ministries": "ministry", "libraries": "library"}.get(told)
        place = words("lands")[cast.host]["city"]["id"]
        return Known(f"g{number}", "agreement", (told,), cast, day, place, who, sides, body)

    # ----------------------------------------------------------------------------------------------------- how it is told

    def _article(self, chance: random.Random, facts: list[Known], cast: Cast, day: date, identifier: str) -> Told:
        language = chance.choices(LANGUAGES, (4, 4, 3))[0]
        published = day + timedelta(days=chance.choices((0, 1, 2), (5, 4, 1))[0])
        teller = Teller(language, chance, published)
        teller.sentence("headline", cast)
        headline = teller.out.text
        told: list[tuple[Known, int, int]] = []
        teller.out.add("\n\n")
        if not facts:
            self._sentences(teller, chance, "filler", cast, 5, first=True)
        for number, fact in enumerate(facts):
            if number and chance.random() < 0.2:
                continue
            if number:
                teller.out.add("\n\n")
            told.append((fact, *teller.sentence(chance.choice(fact.told), fact.cast)))
            more = {"meeting": "talk", "agreement": "paper", "exhibition": "show"}[fact.kind]
            if more != "talk" or set(fact.cast.persons) <= {"A", "B"}:
                self._sentences(teller, chance, more, fact.cast, chance.randrange(1, 5))
        if facts and chance.random() < 0.6:
            teller.out.add("\n\n")
            self._sentences(teller, chance, "filler", cast, chance.randrange(1, 6), first=True)
        return Told(
            id=f"{language}-{identifier}",
            language=language,
            published=published,
            text=teller.out.text,
            headline=headline,
            publisher=chance.choice(words("words")["outlets"][language]),
            marks=tuple(teller.out.marks),
            facts=tuple(told),
            persons=tuple(
                {p.id: p for f, _, _ in told for p in f.cast.persons.values() if p.id in teller.known}.values()
            ),
        )

    @staticmethod
    def _sentences(
        teller: Teller, chance: random.Random, kind: str, cast: Cast, count: int, *, first: bool = False
    ) -> None:
        """Different sentences of a kind that speak only of those who are known by now."""
        templates = words(f"sentences/{teller.language}")[kind]
        for number, template in enumerate(chance.sample(templates, min(count, len(templates)))):
            named = {key for key in cast.persons if f"{{{key}" in template}
            if any(cast.persons[key].id not in teller.known for key in named):
                continue
            if not (first and number == 0):
                teller.out.add(" ")
            teller.fill(template, cast)


def lines(archive: Archive, count: int) -> Iterator[tuple[str, list[str]]]:
    """(known facts, articles) of each occasion as lines of JSON; persons are told of before they first appear."""
    seen: set[str] = set()
    for occasion in archive.occasions(count):
        known = []
        for article in occasion.articles:
            for person in article.persons:
                if person.id not in seen:
                    seen.add(person.id)
                    known.append(_plain(person_record(person)))
        known += [_plain(record) for record in occasion.known()]
        yield "\n".join(known), [_plain(article.record()) for article in occasion.articles]


def person_record(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": "person", "id": person.id, "land": person.land}
    found["names"] = {language: person.name(language) for language in LANGUAGES}
    found["post"] = {
        "en": person.title["en"],
        "body": person.title.get("body"),
        "ministerial": person.title.get("ministerial", False),
    }
    return found


def _plain(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
