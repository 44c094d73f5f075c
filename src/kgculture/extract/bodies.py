"""Names of bodies, ensembles and venues: a head noun, what stands before it and what belongs to it after it.

Two manners, by the lexicon's `link`: in an analytic language the complement follows a preposition of class `o` or `f` with capitals; in an
inflected one (`link: genitive`) it stands in the genitive, small letters included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgculture.extract.body_analytic import left_analytic, right_analytic
from kgculture.extract.body_inflected import left_inflected, right_inflected
from kgculture.extract.items import Item
from kgculture.extract.places import town_of
from kgculture.language.base import Language
from kgculture.lexicon import BodyHead, Lexicon
from kgculture.lexicon.places import gazetteer

#: words of a body's name in quotation marks
_QUOTED = 6


@dataclass(slots=True)
class BodyMention:
    """A body named in a sentence. `generic`: only the head noun ("the museum"), which refers to a body named elsewhere."""

    name: str
    head: BodyHead
    head_word: str
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    generic: bool
    start: int
    end: int
    ref: str = ""
    inner: tuple[Item, ...] = ()
    plain: bool = False  # nothing in its name tells it from others of its kind: "the National Museum"
    case: str = ""  # letters of the cases in which it may stand; "" where the language has none


def find_bodies(text: str, items: list[Item], language: Language, lexicon: Lexicon) -> list[Item]:
    """The items with every body merged into one item of class `B` whose value is a BodyMention."""
    genitive = lexicon.settings.get("link") == "genitive"
    if genitive:
        items = [_unquoted(text, i, language, lexicon) if i.cls == "Q" else i for i in items]
    spans: list[tuple[int, int, int]] = []
    for h, item in enumerate(items):
        if item.cls not in "Hh":
            continue
        if spans and h <= spans[-1][1]:
            continue
        if item.value.own and item.cls == "h":
            continue
        if h + 1 < len(items) and not item.capital and items[h + 1].lower in lexicon.settings.get("no_body_of", ()):
            continue  # "организация Дней культуры" is an act
        if item.cls == "h" and not item.value.lower and not genitive and h + 1 < len(items) and items[h + 1].cls == "Q":
            continue  # the opera "Aida" is a work
        left = left_inflected(items, h, language) if genitive else left_analytic(items, h)
        if spans and left <= spans[-1][1]:
            left = spans[-1][1] + 1
            left += items[left].cls == "a" and left < h  # "the A Museum | and B Museum"
        right = (
            right_inflected(text, items, h, language, lexicon) if genitive else right_analytic(items, h, left, lexicon)
        )
        spans.append((left, right, h))
    merged: list[Item] = []
    position = 0
    for left, right, h in spans:
        head = items[h].value
        town = _town(items[left], lexicon) if left < h else None
        if town and not items[left].capital and any(i.cls in "QNKb" for i in items[h + 1 : right + 1]):
            merged += items[position : left + 1]
            position = left = left + 1  # "парижский | музей Гиме": where it is, not how it is called
        proper = (
            left < h
            or right > h
            or head.own
            or (items[h].cls == "H" and head.alone)
            or (items[h].cls == "H" and items[h].last > items[h].first and not head.commission)
        )
        if items[h].cls == "h" and not (head.lower or head.mission) and not any(i.cls in "NKYQ" for i in items[left:h]):
            proper = proper and genitive
        inside = items[left : right + 1]
        start, end = inside[0].start, inside[-1].end
        merged += items[position:left]
        owner = _owner(items, left)
        if genitive and not _is_proper(items, left, right, h, lexicon):
            merged += items[left : right + 1]
            position = right + 1
            continue
        mention = BodyMention(
            _owned_name(text, [*owner, *inside], h - left + len(owner), lexicon)
            or _clean(
                _nominative(text, items, left, right, h, language) if genitive else language.nominative(text[start:end])
            ),
            head,
            items[h].lower.split()[0],
            _countries([*owner, *inside], lexicon) or _known_countries(inside),
            (*((town,) if town else ()), *(r for i in inside if i.cls == "L" for r in i.refs)),
            not proper,
            start,
            end,
            inner=tuple(inside),
            plain=all(i.cls in "Hhota" or i.lower in lexicon.settings.get("plain_words", ()) for i in inside),
            case=items[h].cases if genitive else "",
        )
        merged.append(
            Item(
                items[left].first,
                items[right].last,
                "B",
                " ".join(i.lower for i in inside),
                start,
                end,
                (),
                mention,
                items[left].capital,
                items[h].cases,
            )
        )
        position = right + 1
    return merged + items[position:]


def _unquoted(text: str, item: Item, language: Language, lexicon: Lexicon) -> Item:
    """A quotation that is a body's name in an oblique case as that body: "с «Большим театром»"; what is a title does not decline."""
    words = item.lower.split()[1:-1]
    if not 2 <= len(words) <= _QUOTED or item.end - item.start < 3:
        return item
    at = next((k for k in range(1, len(words)) if lexicon.bodies.match(words, k)), None)
    found = lexicon.bodies.match(words, at) if at else None
    if at is None or found is None:
        return item
    cases = set.intersection(*(set(language.cases(w)) for w in words[: at + 1]))
    described = language.nominative(" ".join(words[: at + 1])).split()[-1] == language.nominative(words[at])
    if not cases or "n" in language.cases(words[at]) or not described:
        return item
    name = language.nominative(text[item.start + 1 : item.end - 1])
    letters = "".join(sorted(cases))
    mention = BodyMention(_clean(name), found[1], words[at], (), (), False, item.start, item.end, case=letters)
    return replace(item, cls="B", value=mention, capital=True, cases=letters)


def _nominative(text: str, items: Sequence[Item], left: int, right: int, h: int, language: Language) -> str:
    """The name of a body in the nominative: what follows the head stays as it is, unless a quotation follows it at once."""
    if right == h or items[h + 1].cls not in "GL":
        return language.nominative(text[items[left].start : items[right].end])
    return language.nominative(text[items[left].start : items[h].end]) + text[items[h].end : items[right].end]


def _town(item: Item, lexicon: Lexicon) -> str | None:
    """The city of which an adjective is made; None for any other word."""
    return town_of(item.lower, lexicon) if item.cls in "AFNK" else None


def _clean(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" ,;:-–—")


def _owned_name(text: str, inside: Sequence[Item], h: int, lexicon: Lexicon) -> str | None:
    """A state body's name with its country after it, where the country stands first: "Georgian Ministry of Culture"."""
    link = lexicon.settings.get("country_after")
    head: BodyHead = inside[h].value
    if (
        not link
        or not (head.ministry or head.mission)
        or h == 0
        or inside[0].cls not in "GJ"
        or len(inside[0].refs) != 1
    ):
        return None
    land = gazetteer().labels(inside[0].refs[0]).get(lexicon.code)
    first = inside[1].start
    if not land or not inside[0].refs[0].startswith("country-") or text[inside[0].end : first].strip(" -'’`´s"):
        return None
    name = text[first : inside[-1].end]
    if head.mission:
        cut = inside[h].end - first
        return _clean(f"{name[:1].upper()}{name[1:cut]} {link} {land}{name[cut:]}")
    return _clean(f"{name} {link} {land}")


def _is_proper(items: Sequence[Item], left: int, right: int, h: int, lexicon: Lexicon) -> bool:
    """Whether a body has a name at all: a quotation, abbreviation, place, or a capital that does not merely begin the sentence."""
    inside = items[left : right + 1]
    if (items[h].value.commission and right > h) or (
        left == 0 and items[0].capital and lexicon.institutional(items[0].lower)
    ):
        return True
    return left == right or any(i.cls in "QYGLJXb" or (i.capital and k + left > 0) for k, i in enumerate(inside))


def _countries(items: Sequence[Item], lexicon: Lexicon) -> tuple[str, ...]:
    """Countries in a body's name; not the seat of an embassy."""
    seats: Sequence[str] = lexicon.settings.get("seat_prepositions", ())
    return tuple(
        r
        for k, i in enumerate(items)
        if i.cls in "GJ" and i.refs[0].startswith("country-") and not _seated(items, k, seats)
        for r in i.refs
    )


def _seated(items: Sequence[Item], k: int, seats: Sequence[str]) -> bool:
    """Whether the place at `k` is only where a body sits: "the Embassy of Kazakhstan in the | UK"."""
    k -= 1
    while k > 0 and items[k].cls == "t":
        k -= 1
    return k >= 0 and items[k].lower in seats


def _known_countries(items: Sequence[Item]) -> tuple[str, ...]:
    """The country of a body that is known by its own name, as a part of it is: "the Louvre Museum"."""
    heads = (i.value for i in items if isinstance(i.value, BodyHead))
    return tuple(dict.fromkeys(h.country for h in heads if h.country))


def _owner(items: Sequence[Item], left: int) -> list[Item]:
    """`Kazakhstan's` before a body."""
    if left >= 2 and items[left - 1].cls == "S" and items[left - 2].cls in "GJ":
        return [items[left - 2]]
    return []
