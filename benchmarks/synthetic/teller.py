"""Puts known facts into words: templates of `sentences/*.yaml` filled in one language, every name marked where it stands."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from synthetic.names import kazakh, russian
from synthetic.world import Person, words

_SLOT = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A name in the text: `what` is the id of a person, `country-XX`, `city-x` or `ministry-XX` (bodies)."""

    start: int
    end: int
    what: str


@dataclass(slots=True)
class Text:
    """A text under way, and where the names stand in it."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add(self, more: str, what: str | None = None) -> None:
        if what is not None:
            self.marks.append(Mark(len(self.text), len(self.text) + len(more), what))
        self.text += more

    def mark(self, start: int, what: str) -> None:
        self.marks.append(Mark(start, len(self.text), what))


@dataclass(frozen=True, slots=True)
class Cast:
    """What a sentence speaks of: persons under `A`, `B`; countries under `X`, `Y`, `H` (host), `P` (whose art)."""

    persons: dict[str, Person] = field(default_factory=dict)
    lands: dict[str, str] = field(default_factory=dict)
    day: date | None = None
    host: str = ""
    topic: str = ""
    document: str = ""
    title: str = ""
    count: int = 0


class Teller:
    """Tells one article in one language. `known` are those whose names it has given: they are then told by surname."""

    def __init__(self, language: str, chance: random.Random, published: date) -> None:
        self.language = language
        self.chance = chance
        self.published = published
        self.out = Text()
        self.known: set[str] = set()

    def sentence(self, kind: str, cast: Cast) -> tuple[int, int]:
        """Adds a sentence of a kind; gives its span."""
        start = len(self.out.text)
        self.fill(self.chance.choice(words(f"sentences/{self.language}")[kind]), cast)
        return start, len(self.out.text)

    def fill(self, template: str, cast: Cast) -> None:
        position = 0
        for slot in _SLOT.finditer(template):
            self.out.add(template[position : slot.start()])
            begin = len(self.out.text)
            self._slot(slot[1], cast)
            if slot.start() == 0 and begin < len(self.out.text):
                self._capital(begin)
            position = slot.end()
        self.out.add(template[position:])

    def _capital(self, start: int) -> None:
        text = self.out.text
        self.out.text = text[:start] + text[start].upper() + text[start + 1 :]

    # ----------------------------------------------------------------------------------------------------------- slots

    def _slot(self, slot: str, cast: Cast) -> None:
        name, sign, form = _parts(slot)
        if name in cast.persons:
            self._person(cast.persons[name], sign, form)
        elif name in cast.lands:
            self._land(cast.lands[name], sign, form)
        elif name.lower() == "in":
            self._city(words("lands")[cast.host]["city"])
        elif name == "city":
            city = words("lands")[cast.host]["city"]
            told = city[self.language]
            self.out.add(told if isinstance(told, str) else told[0], city["id"])
        elif name.lower() == "on":
            assert cast.day is not None
            self.out.add(self._day(cast.day, first=name == "On"))
        elif name == "topic":
            self.out.add(words("words")["topics"][cast.topic][self.language])
        elif name == "doc":
            told = words("words")["documents"][cast.document][self.language]
            self.out.add(told[0] if isinstance(told, list) else told)
        elif name == "title":
            self.out.add(titles(cast.title)[self.language])
        elif name == "count":
            self.out.add(str(cast.count))
        else:
            raise ValueError(f"no slot {slot!r}")

    def _city(self, city: dict[str, Any]) -> None:
        if self.language == "kk":
            self.out.add(city["kk"][1], city["id"])
            return
        self.out.add("in " if self.language == "en" else "в ")
        self.out.add(city["en"] if self.language == "en" else city["ru"][1], city["id"])

    def _day(self, day: date, *, first: bool) -> str:
        lag = (self.published - day).days
        month, weekday = (
            words("days")["months"][self.language][day.month - 1],
            words("days")["weekdays"][self.language][day.weekday()],
        )
        near = 0 <= lag <= 2
        style = self.chance.choices(("full", "short", "weekday", "near"), (4, 3, 1.5 * near, (lag <= 1) * near))[0]
        if self.language == "en":
            if style == "near" and not first:
                return ("today", "yesterday")[lag]
            if style in ("weekday", "near"):
                return f"on {weekday}"
            year = f"{day.year}" if style == "full" else ""
            if self.chance.random() < 0.5:
                return f"on {day.day} {month} {year}".rstrip()
            return f"on {month} {day.day}" + (f", {year}" if year else "")
        if style == "near":
            return {"ru": ("сегодня", "вчера"), "kk": ("бүгін", "кеше")}[self.language][lag]
        if style == "weekday":
            return str(weekday)
        if self.language == "ru":
            return f"{day.day} {month}" + (f" {day.year} года" if style == "full" else "")
        return (f"{day.year} жылғы " if style == "full" else "") + f"{day.day} {month}"

    # --------------------------------------------------------------------------------------------------- persons, bodies

    def _person(self, person: Person, sign: str, form: str) -> None:
        if sign == "!":
            self.out.add(form.split("|")[person.female])
            return
        case = form.removeprefix("sur").removeprefix(".") or "nom"
        if sign == "&":
            case = "conj"
        alone = form.startswith("sur") or person.id in self.known
        self.known.add(person.id)
        if alone:
            self._name(person, case, surname=True)
        else:
            {"en": self._english, "ru": self._russian, "kk": self._kazakh}[self.language](person, case)

    def _name(self, person: Person, case: str, *, surname: bool) -> None:
        if self.language == "ru":
            parts = [russian(person.surname.ru, case, female=person.female, surname=True)]
            if not surname:
                parts.insert(0, russian(person.given.ru, case, female=person.female, surname=False))
            self.out.add(" ".join(parts), person.id)
            return
        name = getattr(person.surname, self.language) if surname else person.name(self.language)
        if self.language == "en":
            self.out.add(name, person.id)
            return
        told = kazakh(name, case)
        self.out.add(name if case == "conj" else told, person.id)
        if case == "conj":
            self.out.add(told.removeprefix(name))

    def _english(self, person: Person, case: str) -> None:
        title, land = person.title, words("lands")[person.land]
        country = f"country-{person.land}"
        style = self.chance.choice(("of", "of", "adjective", "genitive"))
        if title.get("body"):
            self.out.add(f"{title['en']} of the ")
            self._body(title["body"], person.land, "nom")
        elif style == "adjective":
            self.out.add(land["en"][1], country)
            self.out.add(f" {title['en']}")
        elif style == "genitive":
            self.out.add(land["en"][0], country)
            self.out.add(f"'s {title['en']}")
        else:
            self.out.add(f"{title['en']} of ")
            self.out.add(land["en"][0], country)
        if person.abroad:
            self.out.add(" to ")
            self.out.add(words("lands")[person.abroad]["en"][0], f"country-{person.abroad}")
        self.out.add(" ")
        self._name(person, "nom", surname=False)

    def _russian(self, person: Person, case: str) -> None:
        title = person.title
        self.out.add(title["ru"][{"nom": 0, "ins": 1, "gen": 2, "acc": 2}[case]] + " ")
        if title.get("body"):
            self._body(title["body"], person.land, "gen")
        else:
            self.out.add(words("lands")[person.land]["ru"][1], f"country-{person.land}")
        if person.abroad:
            self.out.add(" в ")
            self.out.add(words("lands")[person.abroad]["ru"][2], f"country-{person.abroad}")
        self.out.add(" ")
        self._name(person, case, surname=False)

    def _kazakh(self, person: Person, case: str) -> None:
        title, lands = person.title, words("lands")
        if title.get("body"):
            self._body(title["body"], person.land, "gen")
        else:
            genitive = person.abroad or self.chance.random() < 0.6
            self.out.add(lands[person.land]["kk"][bool(genitive)], f"country-{person.land}")
        if person.abroad:
            self.out.add(" ")
            self.out.add(lands[person.abroad]["kk"][2], f"country-{person.abroad}")
        self.out.add(f" {title['kk']} ")
        self._name(person, case, surname=False)

    def _land(self, land: str, sign: str, form: str) -> None:
        kind, _, case = form.partition(".")
        if kind == "adj":
            self.out.add(words("lands")[land]["en"][1], f"country-{land}")
        else:
            self._body(kind, land, "conj" if sign == "&" else case or "nom")

    def _body(self, kind: str, land: str, case: str) -> None:
        body, country = words("words")["bodies"][kind], words("lands")[land]
        start = len(self.out.text)
        if self.language == "kk":
            self.out.add(country["kk"][0], f"country-{land}")
            told = body["kk"][{"gen": 1, "loc": 2}.get(case, 0)]
            self.out.add(" " + (kazakh(told, "conj") if case == "conj" else told))
        elif self.language == "ru":
            self.out.add(body["ru"][("nom", "gen", "ins", "loc").index(case)] + " ")
            self.out.add(country["ru"][1], f"country-{land}")
        else:
            self.out.add(f"{body['en']} of ")
            self.out.add(country["en"][0], f"country-{land}")
        self.out.mark(start, f"{kind}-{land}")


def _parts(slot: str) -> tuple[str, str, str]:
    """`A:ins` -> (A, :, ins); `A!он|она` -> (A, !, он|она); `X.ministry&` -> (X, &, ministry)."""
    if slot.endswith("&"):
        name, _, form = slot[:-1].partition(".")
        return name, "&", form
    found = re.match(r"(\w+)([:.!]?)(.*)", slot)
    assert found is not None, slot
    return found[1], found[2], found[3]


def titles(key: str) -> dict[str, str]:
    """The title of an exhibition in three languages, by its key `3-7`."""
    one, other = (int(part) for part in key.split("-"))
    head, tail = words("words")["title_heads"][one], words("words")["title_tails"][other]
    return {"en": f"{head[0]} of {tail[0]}", "ru": f"{head[1]} {tail[1]}", "kk": f"{tail[2]} {head[2]}"}
