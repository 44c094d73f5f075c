"""Bodies, ensembles and venues: which names over articles, languages and scripts mean one.

A name is taken apart into words that say what the body is (museum), words that many have (national), words for countries, and
its own words (Guimet). Words without weight and knowledge of languages are in `lexicon/shared/bodies.yaml`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from kgculture.resolve.context import Context, country_of
from kgculture.resolve.database import content_key
from kgculture.resolve.engine import Spec, Together
from kgculture.resolve.fold import is_cyrillic, level, skeletons, slug, table, variant
from kgculture.resolve.mentions import Told, told
from kgculture.resolve.names import Draft, Form, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kgculture.model import OrganizationFact, Ref

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")


@dataclass(frozen=True, slots=True, order=True)
class BodyName:
    """A name taken apart. `sequence`: its weighty words in order, generic ones by their key, own ones levelled and without an ending."""

    text: str
    cyrillic: bool
    types: tuple[str, ...]
    qualifiers: tuple[str, ...]
    proper: tuple[str, ...]
    countries: tuple[str, ...]
    sequence: tuple[str, ...]
    quoted: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How full the name is."""
        return len(self.sequence) + len(self.countries)

    @property
    def key(self) -> tuple[object, ...]:
        """What two equal names share, whatever the script."""
        return self.types, self.qualifiers, tuple(sorted(skeletons(p)[0] for p in self.proper))


@cache
def _lookup() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]], frozenset[str]]:
    """Exact words and stems -> (sort, key); words without weight."""
    data = table("bodies")
    exact: dict[str, tuple[str, str]] = {}
    stems: dict[str, tuple[str, str]] = {}
    for sort in ("types", "qualifiers", "countries"):
        for key, words in data[sort].items():
            for word in words:
                if word.endswith("*"):
                    stems[word[:-1]] = (sort, key)
                else:
                    exact[word] = (sort, key)
    return exact, stems, frozenset(data["stop"])


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(table("bodies")["endings"])


@cache
def _directed() -> frozenset[str]:
    return frozenset(table("bodies")["directed"])


def _sort_of(word: str, exact: bool = False) -> tuple[str, str] | None:
    """(sort, key) of a word, by the longest stem; `exact`: not by a stem that ends before a hyphen."""
    words, stems, _ = _lookup()
    if word in words:
        return words[word]
    shortest = max(2, word.rfind("-")) if exact else 2
    for end in range(len(word), shortest, -1):
        if word[:end] in stems:
            return stems[word[:end]]
    return None


@lru_cache(1 << 15)
def parse(text: str) -> BodyName:
    """Takes a name apart."""
    stop = _lookup()[2]

    def sequence_of(part: str) -> list[tuple[str, str]]:
        found = []
        for match in _WORD.finditer(part):
            whole = match.group().lower()
            # of compounds (Kazakh-Russian, культурно-гуманитарный) each part counts
            for word in (whole,) if _sort_of(whole, exact=True) else whole.split("-"):
                if word and word not in stop:
                    found.append(_sort_of(word) or ("proper", _endings().sub("", level(word), count=1)))
        return found

    words = sequence_of(text)
    quote_ = _QUOTED.search(text)
    inner = sequence_of(quote_.group(1)) if quote_ else []

    def pick(sort: str) -> tuple[str, ...]:
        return tuple(sorted({key for s, key in words if s == sort}))

    first = next((key for s, key in words if s == "countries"), "")
    directed = bool(first) and not _directed().isdisjoint(pick("types"))
    qualifiers = (*pick("qualifiers"), *((f"of {first}",) if directed else ()))
    return BodyName(
        text=text,
        cyrillic=is_cyrillic(text),
        types=pick("types"),
        qualifiers=qualifiers,
        proper=pick("proper"),
        countries=tuple(f"country-{c}" for c in pick("countries")),
        sequence=tuple(key for s, key in words if s != "countries"),
        quoted=tuple(key for s, key in inner if s != "countries") if any(s == "proper" for s, _ in inner) else (),
    )


@dataclass(slots=True)
class Unit:
    """Records that nothing tells apart: same names, same attributes. Names without anything of their own stay with their article.

    `languages` are those of the articles, `stated` the countries that they state of it.
    """

    content: str
    names: tuple[BodyName, ...]
    key: str | None
    kind: str
    country: Ref | None
    place: Ref | None
    sector: str | None
    countries: frozenset[str]
    languages: tuple[str, ...] = ()
    stated: tuple[Ref, ...] = ()


def _countries(fact: OrganizationFact, context: Context) -> frozenset[str]:
    """Countries that the name, the body or, for a commission, the sides of its sessions have."""
    own = country_of(fact.country) or country_of(fact.place)
    found = {c for n in fact.names for c in parse(n).countries} | ({own} if own else set())
    return frozenset(found) or context.session_countries(fact.id)


def records(context: Context) -> Iterator[Told]:
    """The bodies of an article."""
    for fact in context.organizations.values():
        names = tuple(sorted({parse(n) for n in fact.names}))
        countries = _countries(fact, context)
        apart = not (any(n.proper for n in names) or countries or fact.place)
        content = [
            [n.text for n in names],
            fact.key,
            fact.kind,
            country_of(fact.country) or country_of(fact.place),
            fact.place,
            fact.sector,
            sorted(countries),
            context.id if apart else "",
        ]
        values = [["l", context.facts.article.language], *([["c", fact.country]] if fact.country else [])]
        yield told(fact.id, content, values)


def _load(content: str, values: list[list[Any]]) -> Unit:
    names, key, kind, country, place, sector, countries, _ = json.loads(content)
    return Unit(
        content,
        tuple(parse(n) for n in names),
        key,
        kind,
        country,
        place,
        sector,
        frozenset(countries),
        tuple(v[1] for v in values if v[0] == "l"),
        tuple(v[1] for v in values if v[0] == "c"),
    )


def clash(a: Unit, b: Unit, together: Together) -> bool:
    """Whether two units cannot be one body."""
    if {a.kind, b.kind} == {"Ensemble", "Venue"}:
        return True
    if a.countries and b.countries and not (a.countries <= b.countries or b.countries <= a.countries):
        return True
    if a.country and b.country and a.country != b.country:
        return True
    if a.place and b.place and a.place != b.place and a.place.startswith("city-") and b.place.startswith("city-"):
        return True
    # one article's list holds both: two bodies, unless the names are equal
    return not ({n.key for n in a.names} & {n.key for n in b.names}) and together()


def _words_agree(a: str, b: str, cross: bool) -> bool:
    return a == b or (cross and variant(min(a, b), max(a, b)))


def _proper_agree(a: BodyName, b: BodyName) -> bool:
    """Each own word of the shorter has its like in the longer."""
    cross = a.cyrillic != b.cyrillic
    return all(any(_words_agree(x, y, cross) for y in b.proper) for x in a.proper)


def _equal(a: BodyName, b: BodyName) -> bool:
    return (
        a.types == b.types
        and a.qualifiers == b.qualifiers
        and len(a.proper) == len(b.proper)
        and _proper_agree(a, b)
        and _proper_agree(b, a)
    )


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(any(word == other for other in rest) for word in short)


def _contiguous(short: Sequence[str], long: Sequence[str], cross: bool) -> bool:
    return any(
        all(_words_agree(x, y, cross) for x, y in zip(short, long[i : i + len(short)], strict=True))
        for i in range(len(long) - len(short) + 1)
    )


def _part_of(short: BodyName, long: BodyName) -> bool:
    """`Guimet Museum` for `Guimet National Museum of Asian Arts`: own words and kind in the same order, nothing of its own missing."""
    if not short.proper or len(short.sequence) >= len(long.sequence):
        return False
    if not set(short.types) <= set(long.types) or not set(short.qualifiers) <= set(long.qualifiers):
        return False
    if len(short.sequence) < 2 and short.sequence[0] not in (long.sequence[0], long.sequence[-1], *long.quoted[:1]):
        return False
    if short.cyrillic != long.cyrillic:
        return _proper_agree(short, long)
    return _in_order(short.sequence, long.sequence)


def agree(a: Unit, b: Unit) -> tuple[float, str] | None:
    """(score, rule) if names and attributes speak for one body; None if not."""
    if a.key and a.key == b.key and a.country and a.country == b.country:
        return 6.0, "body.key-country"
    together = bool(a.countries & b.countries) or (a.place is not None and a.place == b.place)
    best: tuple[float, str] | None = None
    for x in a.names:
        for y in b.names:
            found: tuple[float, str] | None = None
            sector = a.sector == b.sector if a.sector and b.sector else bool(set(x.types) & set(y.types))
            if _equal(x, y):
                if x.proper or together:
                    found = 5.0, "body.same-name"
            elif any(
                quoted and _contiguous(quoted, other.sequence, x.cyrillic != y.cyrillic)
                for quoted, other in ((x.quoted, y), (y.quoted, x))
            ):
                found = (4.0, "body.proper-name") if sector else None
            elif (_part_of(x, y) or _part_of(y, x)) and (sector or a.sector is None or b.sector is None):
                found = 3.0, "body.shorter-name"
            if found and (best is None or found > best):
                best = found
    return best


def _keys(unit: Unit) -> set[tuple[str, ...]]:
    keys: set[tuple[str, ...]] = set()
    if unit.key and unit.country:
        keys.add(("key", unit.key, unit.country))
    for name in unit.names:
        for word in name.proper:
            keys.update(("own", s) for s in skeletons(word))
        if not name.proper:
            keys.update(("generic", *name.types, "|", *name.qualifiers, c) for c in (*unit.countries, unit.place or ""))
    return keys


def draft(cluster: Sequence[Unit]) -> Draft:
    """What names a body."""
    keyed = sorted(
        f"{u.key}-{u.country.removeprefix('country-')}" if u.country else u.key for u in cluster if u.key is not None
    )
    names = {name for u in cluster for name in u.names}
    slugs = {n: _slug(n.text) for n in names}
    ordered = sorted(names, key=lambda n: (n.cyrillic, -n.weight, slugs[n], n))
    name = keyed[0] if keyed else slugs[ordered[0]]
    forms = [
        Form((int(n.text.isupper() and len(n.sequence) < 2), -n.weight), n.text, tag(n.text, language))
        for u in cluster
        for n in u.names
        for language in u.languages
    ]
    stated = {c for u in cluster for c in u.stated}
    lies_in = sorted({u.country.removeprefix("country-").lower() for u in cluster if u.country})
    return Draft(
        name,
        forms,
        {*keyed, *slugs.values()} - {name},
        ("-".join(lies_in) or "xx",),
        # events need the country if all articles that give one give the same
        countries=(min(stated),) if len(stated) == 1 else (),
    )


SPEC = Spec(
    "body",
    _load,
    _keys,
    lambda unit: unit.names[0].text.encode()[:16] + content_key(unit.content)[:8],
    lambda unit: unit.content,
    agree,
    clash,
    lists=True,
)

#: what the names of other kinds of things begin with: the City Hall is no city
_OTHER_KINDS = re.compile(
    r"(?:country|city|region|office|tenure|meeting|agreement|event|exhibition|work|statement|proposal|topic|participation|merge)-"
)


def _slug(text: str) -> str:
    name = re.sub(r"^the-", "", slug(text))
    return f"body-{name}" if _OTHER_KINDS.match(name) else name
