"""Who there is: countries, bodies, posts, and the persons that hold them one after another."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from synthetic.names import HERE, Name, pool

#: the first day of the archive
BEGIN = date(2005, 1, 3)
#: days that somebody holds a post
_TERM = (1400, 2600)
#: how many of the persons share their name with one of another country
_NAMESAKES = 0.02


@cache
def words(name: str) -> Any:
    """One of the YAML files."""
    import yaml

    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Person:
    """`post` is an id of words.yaml, `land` an ISO code; `abroad` where an ambassador serves."""

    id: str
    given: Name
    surname: Name
    female: bool
    post: str
    land: str
    abroad: str | None = None

    def name(self, language: str) -> str:
        return f"{getattr(self.given, language)} {getattr(self.surname, language)}"

    @property
    def title(self) -> dict[str, Any]:
        found: dict[str, Any] = next(p for p in words("words")["posts"] if p["id"] == self.post)
        return found


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of one country that persons hold in turn: `terms` are (first day, person)."""

    post: str
    land: str
    abroad: str | None
    terms: tuple[tuple[date, Person], ...]

    def holder(self, day: date) -> Person:
        return next(person for first, person in reversed(self.terms) if first <= day)


class World:
    """All seats of a span of years. The same seed gives the same world, however many articles are told of it."""

    YEARS = 21

    def __init__(self, seed: int) -> None:
        self._random = random.Random(f"world {seed}")
        self._taken: dict[str, set[str]] = {}  # name -> countries of those who bear it
        self._count = 0
        self.lands: tuple[str, ...] = tuple(words("lands"))
        self.seats: dict[str, list[Seat]] = {land: self._of_land(land) for land in self.lands}

    def _of_land(self, land: str) -> list[Seat]:
        found = []
        for post in words("words")["posts"]:
            others = [other for other in self.lands if other != land]
            abroad = self._random.sample(others, post["each"]) if post.get("abroad") else [None] * post["each"]
            found += [self._seat(post["id"], land, where) for where in abroad]
        return found

    def _seat(self, post: str, land: str, abroad: str | None) -> Seat:
        day = BEGIN - timedelta(days=self._random.randrange(_TERM[0]))
        end = BEGIN + timedelta(days=366 * self.YEARS)
        terms = []
        while day < end:
            terms.append((day, self._person(post, land, abroad)))
            day += timedelta(days=self._random.randrange(*_TERM))
        return Seat(post, land, abroad, tuple(terms))

    def _person(self, post: str, land: str, abroad: str | None) -> Person:
        men, women, surnames = pool(words("lands")[land]["people"])
        namesake = self._random.random() < _NAMESAKES
        for attempt in range(4000):
            female = self._random.random() < 0.45
            given = self._random.choice(women if female else men)
            surname = self._random.choice(surnames)[female]
            bearers = self._taken.setdefault(f"{given.en} {surname.en}", set())
            # one bearer of a name in a country; two in all where it is to be a namesake or no name is left
            if land not in bearers and (len(bearers) == (1 if namesake and attempt < 400 else 0) or attempt > 2000):
                bearers.add(land)
                self._count += 1
                return Person(f"p{self._count}", given, surname, female, post, land, abroad)
        raise ValueError(f"names.tsv has too few names for {land}")

    def pick(
        self, chance: random.Random, land: str, day: date, *, apart: tuple[Person, ...] = (), near: str = ""
    ) -> Person:
        """Somebody who holds a post of a country that day, none of whose names is borne by those in `apart`.

        Ambassadors are picked only where they serve: in `near`."""
        seats = [s for s in self.seats[land] if s.abroad is None or s.abroad == near]
        weights = [next(p["weight"] for p in words("words")["posts"] if p["id"] == s.post) for s in seats]
        while True:
            person = chance.choices(seats, weights)[0].holder(day)
            if all(person.surname.en[:5] != other.surname.en[:5] and person.given != other.given for other in apart):
                return person

    def persons(self) -> list[Person]:
        return [person for seats in self.seats.values() for seat in seats for _, person in seat.terms]
