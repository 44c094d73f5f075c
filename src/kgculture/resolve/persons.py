"""Persons: one for all spellings in all scripts; two where offices' countries contradict; bare surnames only where one person fits.

The unit is the *signature* (levelled surname, given name, patronymic, script, countries of office), not the mention. Full names are grouped
block by block; initials and bare surnames are leaves that are hung on afterwards and never bring two groups together.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kgculture.resolve.context import Context, is_place
from kgculture.resolve.database import content_key, dump
from kgculture.resolve.engine import Spec, Together
from kgculture.resolve.fold import is_cyrillic, level, one_slip, plain_surname, skeletons, slug, surname_level, variant
from kgculture.resolve.names import Draft, Form, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kgculture.model import Ref
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


@dataclass(frozen=True, slots=True)
class Variant:
    """How an article names a person."""

    names: tuple[str, ...]
    surname: str
    given: str | None
    patronymic: str | None
    language: str

    @classmethod
    def of(cls, plain: Sequence[Any]) -> Variant:
        return cls(tuple(plain[0]), *plain[1:])

    @property
    def plain(self) -> list[Any]:
        return [list(self.names), self.surname, self.given, self.patronymic, self.language]


@dataclass(slots=True)
class Unit:
    """A signature and what is said of it; for a leaf, the one record (article, ref)."""

    signature: Signature
    # titles with their country, canonical offices with a country or a body, and those bodies
    offices: set[str] = field(default_factory=set)
    variants: list[Variant] = field(default_factory=list)
    record: Record = ("", "")


def _given_level(given: str | None) -> str:
    """Levelled given names, an initial as one letter: `Ю.` as Юрий begins."""
    words = [(w, level(w.rstrip("."))) for w in _GIVEN.findall(given or "")]
    return " ".join(folded[:1] if w.endswith(".") or len(w) == 1 else folded for w, folded in words if folded)


def records(context: Context, name: Callable[[Ref], str]) -> Iterator[tuple[str, Signature, set[str], Variant]]:
    """(ref, signature, offices, variant) of the persons of an article. `name` gives what a body or office is called."""
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
            posts[tenure.holder].add(name(office.id))
        if office.organization and not is_place(office.organization):
            posts[tenure.holder].add(name(office.organization))
    for person in context.persons.values():
        signature = Signature(
            surname_level(person.surname),
            _given_level(person.given),
            _given_level(person.patronymic),
            is_cyrillic(person.surname),
            tuple(sorted(countries[person.id])),
        )
        variant = Variant(person.names, person.surname, person.given, person.patronymic, context.facts.article.language)
        yield person.id, signature, posts[person.id], variant


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


def clash(a: Unit, b: Unit, together: Together) -> bool:
    """Whether two units cannot be one person."""
    x, y = a.signature, b.signature
    if x.countries and y.countries and not set(x.countries) & set(y.countries):
        return True
    if _names_contradict(x.patronymic, y.patronymic, x.cyrillic != y.cyrillic):
        return True
    # one article's list holds both: two persons, unless their names are the same
    return x.names != y.names and together()


def agree(a: Unit, b: Unit) -> tuple[float, str] | None:
    """(score, rule) if the names speak for one person; None if not.

    Equal full names need nothing else. Two spellings need two scripts or a country of office in common; a slip of
    one letter, or a given name in part, an office or body.
    """
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


def fits(leaf: Signature, cluster: Sequence[Signature]) -> bool:
    """Whether initials or a bare surname may mean the person of some full names."""
    countries = {c for s in cluster for c in s.countries}
    if leaf.countries and countries and not set(leaf.countries) & countries:
        return False
    found = False
    for other in cluster:
        if _names_contradict(leaf.patronymic, other.patronymic, leaf.cyrillic != other.cyrillic):
            return False
        same = leaf.surname == other.surname or (
            leaf.cyrillic != other.cyrillic and variant(*sorted((leaf.surname, other.surname)))
        )
        found = found or (same and (not leaf.given or leaf.given[0] == other.given[0]))
    return found


def name_forms(variants: Iterable[Variant]) -> list[tuple[bool, bool, str, str]]:
    """Every form as (partial, Cyrillic, name of the thing, surname's part of it), sorted: the least names the person."""
    found = set()
    for fact in variants:
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


def draft(units: Sequence[Unit], hung: Sequence[Variant], countries: Iterable[str], special: dict[str, str]) -> Draft:
    """What names a person. `hung`: bare names and initials that mean them, `countries`: those of their offices there."""
    variants = [(unit.signature.is_full, v) for unit in units for v in unit.variants] + [(False, v) for v in hung]
    own = name_forms(v for _, v in variants)
    forms = [
        Form(
            (int(not full or " " not in text.strip()), -(n if position == 0 else min(n, 2))),
            text,
            tag(text, variant.language),
        )
        for full, variant in variants
        for position, text in enumerate(variant.names)
        for n in (len(text.split()),)
    ]
    found = sorted({c for u in units for c in u.signature.countries} | set(countries))
    where = "-".join(c.removeprefix("country-").lower() for c in found) or "xx"
    patronymics = sorted(slug(v.patronymic) for _, v in variants if v.patronymic)
    return Draft(
        own[0][2],
        forms,
        {form[2] for form in own},
        (where, f"{where}.{max(patronymics, key=len)}") if patronymics else (where,),
        tuple(sorted({form[2] for form in own if not form[0]})),
        surname=own[0][3],
        countries=tuple(found),
        special=special,
    )


def _place(unit: Unit) -> bytes:
    plain = signature_plain(unit.signature)
    return (
        f"{unit.signature.surname} {unit.signature.given}".encode()[:24] + content_key(dump([*plain, *unit.record]))[:8]
    )


def signature_plain(s: Signature) -> list[Any]:
    return [s.surname, s.given, s.patronymic, s.cyrillic, list(s.countries)]


def load_signature(plain: Sequence[Any]) -> Signature:
    surname, given, patronymic, cyrillic, countries = plain
    return Signature(surname, given, patronymic, cyrillic, tuple(countries))


def _load(content: str, values: list[list[Any]]) -> Unit:
    """A full name: its content is the signature; values are `["o", office]` and `["v", *variant]`."""
    return Unit(
        load_signature(json.loads(content)),
        {v[1] for v in values if v[0] == "o"},
        [Variant.of(v[1:]) for v in values if v[0] == "v"],
    )


def _load_leaf(content: str, values: list[list[Any]]) -> Unit:
    article, ref, signature, offices, variant = json.loads(content)
    return Unit(load_signature(signature), set(offices), [Variant.of(variant)], (article, ref))


def _leaf_keys(unit: Unit) -> Iterator[tuple[str, str, str]]:
    return ((unit.signature.surname, unit.signature.given, office) for office in unit.offices)


def _leaf_clash(a: Unit, b: Unit, together: Together) -> bool:
    return a.record[0] == b.record[0] or clash(a, b, lambda: False)


def _leaf_agree(a: Unit, b: Unit) -> tuple[float, str]:
    """Leaves that nothing full fits are one only if surname, initial and an office agree."""
    return 1.0, "person.surname-same-office"


FULL = Spec(
    "person",
    _load,
    keys,
    _place,
    lambda unit: unit.signature,
    agree,
    clash,
    lists=True,
    looks=lambda unit: skeletons(unit.signature.surname),
)
LOOSE = Spec(
    "leaf", _load_leaf, _leaf_keys, _place, lambda unit: (unit.signature, unit.record), _leaf_agree, _leaf_clash
)
