"""Names of bodies, ensembles and venues: a head noun, what stands before it and what belongs to it after it.

Two manners, by the lexicon's `link`: in an analytic language the complement follows a preposition of class `o` or `f` with capitals; in an
inflected one (`link: genitive`) it stands in the genitive, small letters included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgculture.extract.items import Item
from kgculture.language.base import Language
from kgculture.lexicon import BodyHead, Lexicon

_CAPITALS = frozenset("NKFYJGLXEApi")
_LONGEST = 16


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


def find_bodies(text: str, items: list[Item], language: Language, lexicon: Lexicon) -> list[Item]:
    """The items with every body merged into one item of class `B` whose value is a BodyMention."""
    genitive = lexicon.settings.get("link") == "genitive"
    spans: list[tuple[int, int, int]] = []
    for h, item in enumerate(items):
        if item.cls not in "Hh":
            continue
        if spans and h <= spans[-1][1]:
            continue
        left = _left_inflected(items, h) if genitive else _left_analytic(items, h)
        if spans and left <= spans[-1][1]:
            left = spans[-1][1] + 1
        right = _right_inflected(text, items, h, language, lexicon) if genitive else _right_analytic(items, h, left, lexicon)
        spans.append((left, right, h))
    merged: list[Item] = []
    position = 0
    for left, right, h in spans:
        head = items[h].value
        proper = left < h or right > h or items[h].cls == "H" and items[h].last > items[h].first and not head.commission
        if items[h].cls == "h" and not head.lower and not any(i.cls in "NKYQ" for i in items[left:h]):
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
            _clean(language.nominative(text[start:end])),
            head,
            items[h].lower.split()[0],
            _countries([*owner, *inside], lexicon),
            tuple(r for i in inside if i.cls == "L" for r in i.refs),
            not proper,
            start,
            end,
            inner=tuple(inside),
        )
        merged.append(
            Item(items[left].first, items[right].last, "B", " ".join(i.lower for i in inside), start, end, (), mention, items[left].capital, items[h].cases)
        )
        position = right + 1
    return merged + items[position:]


def _clean(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" ,;:-–—")


def _is_proper(items: Sequence[Item], left: int, right: int, h: int, lexicon: Lexicon) -> bool:
    """Whether a body has a name at all: a quotation, abbreviation, place, or a capital that does not merely begin the sentence."""
    inside = items[left : right + 1]
    if items[h].value.commission and right > h or left == 0 and items[0].capital and lexicon.institutional(items[0].lower):
        return True
    return left == right or any(i.cls in "QYGLJXb" or i.capital and k + left > 0 for k, i in enumerate(inside))


def _countries(items: Sequence[Item], lexicon: Lexicon) -> tuple[str, ...]:
    """Countries in a body's name; not the seat of an embassy."""
    seats: Sequence[str] = lexicon.settings.get("seat_prepositions", ())
    return tuple(
        r for k, i in enumerate(items) if i.cls in "GJ" and i.refs[0].startswith("country-") and not (k and items[k - 1].lower in seats) for r in i.refs
    )


def _owner(items: Sequence[Item], left: int) -> list[Item]:
    """`Kazakhstan's` before a body."""
    if left >= 2 and items[left - 1].cls == "S" and items[left - 2].cls in "GJ":
        return [items[left - 2]]
    return []


def _left_analytic(items: Sequence[Item], h: int) -> int:
    left = h
    while left > 0:
        cls = items[left - 1].cls
        if cls in "NKFYJGLXipEQ" and items[left - 1].capital or cls == "Q" or (cls in "Hh" and items[left - 1].capital):
            left -= 1
        elif cls == "a" and left >= 2 and items[left - 2].cls in "KFNH" and items[left - 2].capital and items[left].cls in "KFHJ" and left - 1 < h:
            left -= 2
        else:
            break
    if items[h].cls == "h":
        while left < h and items[left].cls in "GJ" and h - left == 1:
            left += 1  # "the Kazakh museum" names no body
    return left


def _left_inflected(items: Sequence[Item], h: int) -> int:
    left = h
    while left > 0 and items[left - 1].cls in "AJ" and _share(items[left - 1].cases or "ngdail", items[h].cases or "ngdail"):
        if items[left - 1].cls == "A" and not items[left - 1].capital and not any(i.capital for i in items[left:h]) and h - left > 4:
            break
        left -= 1
    while left > 0 and items[left - 1].cls in "NK" and items[left - 1].capital and items[h].cls == "h" and left == h and items[left - 1].cls == "K":
        break
    return left


def _share(a: str, b: str) -> bool:
    return bool(set(a) & set(b))


def _right_analytic(items: Sequence[Item], h: int, left: int, lexicon: Lexicon) -> int:
    right = fixed = h
    if items[h].cls == "h" and left == h and not items[h].value.commission and not (h + 1 < len(items) and items[h + 1].cls == "Q"):
        if not (h + 1 < len(items) and items[h + 1].cls == "b"):
            return h
    if items[h].value.commission:
        return _commission(items, h, lexicon)
    while right + 1 < len(items) and right - left < _LONGEST:
        j = right + 1
        cls = items[j].cls
        if cls == "a" and j + 1 < len(items) and items[j + 1].cls == "H" and right == h:
            right = j + 1
        elif cls in "NKFYJLGH" and items[j].capital and (stop := _run_to_head(items, j)) is not None:
            right = stop
        elif cls == "Q" and right == h:
            right = j
        elif cls == "h" and items[right].cls in _CAPITALS and right > h and items[j].value.lower is False:
            right = j
        elif cls == "o" or (cls == "f" and items[j].lower in lexicon.settings.get("field_prepositions", ())) or _inner_link(items, h, j, lexicon):
            stop = _noun_phrase(items, j + 1)
            if stop is None:
                break
            right = stop
        elif cls == "b":
            right = _namesake(items, j)
            if right == j:
                right -= 1
                break
            fixed = right
        else:
            break
    return _trim(items, max(h, fixed), right)


def _inner_link(items: Sequence[Item], h: int, j: int, lexicon: Lexicon) -> bool:
    """"for Work with …": a preposition that only goes on where the name already has a field."""
    fields: Sequence[str] = lexicon.settings.get("field_prepositions", ())
    return items[j].lower in lexicon.settings.get("inner_prepositions", ()) and any(i.lower in fields for i in items[h:j])


def _run_to_head(items: Sequence[Item], j: int) -> int | None:
    k = j
    while k < len(items) and items[k].cls in "NKFYJGLH" and items[k].capital:
        k += 1
    heads = [m for m in range(j, k) if items[m].cls == "H"]
    return heads[-1] if heads else None


def _noun_phrase(items: Sequence[Item], j: int) -> int | None:
    """Last item of a capitalised noun phrase that begins at `j`, after an article; None if there is none."""
    if j < len(items) and items[j].cls == "t":
        j += 1
    k = j
    while k < len(items):
        item = items[k]
        following = items[k + 1] if k + 1 < len(items) else None
        if item.capital and item.cls in "NKFYJGLXEAHpiRVc":
            k += 1
        elif item.cls == "S" and following and following.capital and following.cls in "KFHNJ" and k > j:
            k += 1
        elif item.cls == "a" and k > j and following and following.capital and following.cls in "KFHA" and items[k - 1].cls in "KFAJE":
            k += 1
        elif item.cls == "," and k > j and following and following.capital and following.cls in "KF" and _list_goes_on(items, k + 1):
            k += 1
        else:
            break
    return k - 1 if k > j else None


def _list_goes_on(items: Sequence[Item], k: int) -> bool:
    """Whether capitalised words and commas lead from `k` to an "and" and one more of them: "Trade, Economic and Cultural"."""
    while k < len(items) and items[k].cls in "KF,JA" and (items[k].cls == "," or items[k].capital):
        k += 1
    return k + 1 < len(items) and items[k].cls == "a" and items[k + 1].cls in "KF" and items[k + 1].capital


def _namesake(items: Sequence[Item], b: int) -> int:
    """Last item of the name after "named after": initials and one name, or up to two names."""
    k, names, initials = b + 1, 0, 0
    while k < len(items) and (items[k].cls in "NiKApP" or items[k].lower == ".") and items[k].lower not in (",",):
        if items[k].cls == "i":
            initials += 1
        elif items[k].cls in "NKA":
            names += 1
        k += 1
        if names >= (1 if initials else 2):
            break
    return k - 1


def _trim(items: Sequence[Item], h: int, right: int) -> int:
    """Give back a person's name that stands at the end: "the Board of Muslims of the Caucasus | Allahshukur Pashazade"."""
    k = right
    while k > h and items[k].cls in "Np" and items[k].capital:
        k -= 1
    run = right - k
    if run == 0 or k <= h:
        return right if run == 0 or k < h or run < 2 else h
    if items[k].cls in "oft":  # the run itself is what the preposition governs
        return right if run <= 2 else right - 2
    if any(i.cls == "b" for i in items[h : k + 1]) and run <= 2 and items[k].cls == "b":
        return right
    return k


def _commission(items: Sequence[Item], h: int, lexicon: Lexicon) -> int:
    """A commission's field and sides: small letters, "on … cooperation between A and B"."""
    between = lexicon.settings.get("between", ())
    k = h + 1
    if k < len(items) and items[k].cls in "of":
        while k < len(items) and k - h < 14 and items[k].cls in "ofatwFKAnNYJGLX," and not items[k].lower in between:
            if (items[k].cls == "f" and items[k].lower not in lexicon.settings.get("field_prepositions", ())) or (items[k].cls == "w" and k > h + 1 and items[k - 1].cls not in "ofatwFKAn,"):
                break
            if items[k].cls == "," and not _list_goes_on(items, k + 1):
                break
            k += 1
    if k < len(items) and items[k].lower in between:
        k += 1
        while k < len(items) and items[k].cls in "tGaJX":
            k += 1
    while k - 1 > h and items[k - 1].cls in "ofatw,":
        k -= 1
    return k - 1


def _right_inflected(text: str, items: Sequence[Item], h: int, language: Language, lexicon: Lexicon) -> int:
    right, governed = h, False
    titled = any(i.cls == "R" for i in items[max(0, h - 4) : h])
    while right + 1 < len(items) and right - h < _LONGEST:
        j = right + 1
        item = items[j]
        following = items[j + 1] if j + 1 < len(items) else None
        if item.cls == "Q":
            right, governed = j, False
        elif item.cls == "b":
            stop = _namesake(items, j)
            if stop == j:
                break
            right = stop
        elif item.cls in "AJnFGKXLEHhRc" and ("g" in item.cases or governed or item.cls in "GX" and not item.cases):
            if item.cls == "R" and not governed and not items[h].capital:
                break
            right = j
        elif item.cls == "Y":
            right = j
        elif item.cls in "Np" and items[h].capital and "g" in item.cases and (right > h and items[right].cls in "Np" or right == h and ("n" not in item.cases or not titled and _is_namesake(text, items, j, language))):
            right = j
        elif item.cls == "f" and following and _governs(item, following, items, h, right, lexicon):
            right, governed = j + 1, following.cls not in "GLX"
        elif item.cls == "a" and following and following.cls in "nFA" and items[right].cls in "nFA" and ("g" in following.cases or governed):
            right = j + 1
        elif item.cls == "," and following and following.cls in "nFA" and items[right].cls in "nFA" and governed and _joined_later(items, j + 1):
            right = j + 1
        elif items[h].value.commission and item.lower in lexicon.settings.get("between", ()):
            k = j + 1
            while k < len(items) and items[k].cls in "GaJX":
                k += 1
            return k - 1 if k > j + 1 else right
        else:
            break
    return right


def _is_namesake(text: str, items: Sequence[Item], j: int, language: Language) -> bool:
    """Whether the name at `j` is better read in the genitive: "Центр Гейдара Алиева", not "фонд. Лейла Алиева"."""
    words = [text[i.start : i.end] for i in items[j : j + 2] if i.cls == "N"]
    readings = language.readings(words)
    genitive = [r for r in language.readings(words, "g") if r.case == "g"]
    return bool(genitive) and genitive[0].weight >= readings[0].weight - 0.6


def _joined_later(items: Sequence[Item], k: int) -> bool:
    while k < len(items) and items[k].cls in "nFA,":
        k += 1
    return k + 1 < len(items) and items[k].cls == "a" and items[k + 1].cls in "nFA"


def _governs(item: Item, following: Item, items: Sequence[Item], h: int, right: int, lexicon: Lexicon) -> bool:
    fields: Sequence[str] = lexicon.settings.get("field_prepositions", ())
    seats: Sequence[str] = lexicon.settings.get("seat_prepositions", ())
    if item.lower in fields:
        return following.cls in "AnFJKH" or following.cls in "h"
    return item.lower in seats and following.cls == "G" and any(i.cls in "GYJ" for i in items[h:right + 1])
