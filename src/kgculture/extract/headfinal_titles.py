"""Titles of office in languages whose phrases end with their head (`link: before`); see headfinal.py for bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgculture.extract.bodies import BodyMention
from kgculture.extract.headfinal_places import REGION, case_of, owns
from kgculture.extract.items import Item
from kgculture.extract.office_titles import OfficeMention, in_english, in_words, is_plural
from kgculture.language.base import Language
from kgculture.lexicon import Lexicon, OfficeHead, word_agrees
from kgculture.lexicon.places import gazetteer

#: items that may belong to one title
#: items of the shortest headline that says who met whom
_HEADLINE = 3
_LONGEST = 12


def find_offices(text: str, items: list[Item], language: Language, lexicon: Lexicon) -> list[Item]:
    """The items with every title merged into one item of class `T` whose value is an OfficeMention."""
    merged: list[Item] = []
    position = h = 0
    while h < len(items):
        if items[h].cls != "R":
            h += 1
            continue
        while h + 1 < len(items) and case_of(items[h]) in ("", "g") and (step := _further_head(items, h, lexicon)):
            h += step  # "Президентінің көмекшісі", "Президентінің Кеңсесінің басшысы": the last head is the title
        right = h
        while right + 1 < len(items) and items[right + 1].cls == "V" and case_of(items[right]) in ("g", ""):
            right += 1
        left, parts = _complements(items, h, position, lexicon)
        mention = _mention(text, items, left, h, right, parts, language, lexicon)
        merged += items[position:left]
        start, end = items[left].start, items[right].end
        merged.append(
            Item(
                items[left].first,
                items[right].last,
                "T",
                text[start:end].lower(),
                start,
                end,
                (),
                mention,
                items[left].capital,
                items[right].cases,
            )
        )
        position = h = right + 1
    return merged + items[position:]


def _further_head(items: Sequence[Item], h: int, lexicon: Lexicon) -> int:
    """How far on the head stands of which the one at `h` is the owner, 0 for none; a department may stand between."""
    if items[h + 1].cls == "R":
        return 1
    between = h + 2 < len(items) and items[h + 1].cls == "B" and items[h + 2].cls == "R"
    return 2 if between and owns(items[h + 1]) and _department(items[h + 1], lexicon) else 0


def _department(item: Item, lexicon: Lexicon) -> bool:
    """Whether a body is but a part of a larger one: "басқарма", "бөлім"."""
    nouns: Sequence[str] = lexicon.settings.get("departments", ())
    return item.cls == "B" and any(word_agrees(n, item.lower.split()[-1]) for n in nouns)


def leads(items: Sequence[Item], t: int, lexicon: Lexicon) -> bool:
    """Whether the item at `t` is a title that may lead to the name after it: in a head-final language it then has no case of its own."""
    if t < 0 or items[t].cls != "T" or items[t].value.plural:
        return False
    endings = tuple(lexicon.settings.get("attribute_endings", ()))
    if endings and t + 1 < len(items) and case_of(items[t + 1]) == "l" and items[t + 1].lower.endswith(endings):
        return False  # "министр Үстірттегі қазбаларды": nobody's name is where something is
    return lexicon.settings.get("link") != "before" or "n" in items[t].cases


def two_meet(items: Sequence[Item], t: int, lexicon: Lexicon) -> bool:
    """Whether a headline is but a title, a name in the instrumental and a verb of meeting: then these are two who met."""
    verbs: Sequence[str] = lexicon.settings.get("meeting_verbs", ())
    rest = [i for i in items[t + 2 :] if i.cls not in ".#"]
    if t != 0 or len(items) < _HEADLINE or case_of(items[1]) != "i" or not rest:
        return False
    return len(rest) <= _HEADLINE - 1 and any(word_agrees(v, rest[-1].lower) for v in verbs)


def acts(title: Item, lexicon: Lexicon) -> bool:
    """Whether a bare title before another one is who acts: "the minister | adviser X -with met"."""
    return lexicon.settings.get("link") == "before" and bool(title.value.bare)


def of_a_maker(items: Sequence[Item], k: int, lexicon: Lexicon) -> bool:
    """Whether the words after the name at `k` speak of somebody's works or anniversary: "X-тың 120 жылдығына арналған"."""
    phrases = tuple(f"{phrase} " for phrase in lexicon.settings.get("maker_after", ()))
    if not phrases or items[k].cls != "M" or case_of(items[k]) != "g":
        return False
    after = [i for i in items[k + 1 : k + 5] if i.cls != "#"]
    return (" ".join(i.lower for i in after) + " ").startswith(phrases)


def _of_a_work(items: Sequence[Item], k: int, lexicon: Lexicon) -> bool:
    """Whether a titled work of the one named at `k` is spoken of: "X-тың (тарихи) «A» мен Y-тің «B» фильмдері"."""
    q = next((j for j in range(k + 1, min(k + 8, len(items))) if items[j].cls not in "wnAJFK"), None)
    works: Sequence[str] = lexicon.settings.get("maker_works", ())
    if q is None or items[q].cls != "Q":
        return False
    after = q + 1
    while after < len(items) and items[after].cls in "Qa,":
        after += 1
    if after > q + 1 and after < len(items) and items[after].cls == "M" and case_of(items[after]) == "g":
        return _of_a_work(items, after, lexicon)
    return any(word_agrees(w, i.lower) for i in items[after : after + 3] for w in works)


def before_maker(items: Sequence[Item], k: int) -> list[int]:
    """Names listed before the one at `k`, which has the case for all of them: "A, B, C-ның шығармалары"."""
    found: list[int] = []
    while k > 1 and items[k - 1].cls in ",a" and items[k - 2].cls == "M" and case_of(items[k - 2]) == "":
        k -= 2
        found.append(k)
    return found


def honoured(items: Sequence[Item], k: int, lexicon: Lexicon) -> bool:
    """Whether the words after the name at `k` say that something is about it or named after it: "X-тың өмірі", "X атындағы"."""
    if lexicon.settings.get("link") != "before" or items[k].cls != "M":
        return False
    if k + 1 < len(items) and items[k + 1].cls == "b":
        return True
    phrases = tuple(f"{phrase} " for phrase in lexicon.settings.get("honoured_after", ()))
    if not phrases or case_of(items[k]) != "g":
        return False
    if _of_a_work(items, k, lexicon):
        return True
    after = [i for i in items[k + 1 : k + 5] if i.cls != "#"]
    return (" ".join(i.lower for i in after) + " ").startswith(phrases)


def appointed(items: Sequence[Item], t: int, lexicon: Lexicon) -> int | None:
    """The name right before the title at `t` that the words after it say was appointed: "X Мәдениет министрі болып тағайындалды"."""
    after = " ".join(i.lower for i in items[t + 1 : t + 5]) + " "
    said = any(after.startswith(f"{phrase} ") for phrase in lexicon.settings.get("appointed_after", ()))
    return t - 1 if said and t and items[t - 1].cls == "M" and case_of(items[t - 1]) == "" else None


def _complements(items: Sequence[Item], h: int, floor: int, lexicon: Lexicon) -> tuple[int, list[tuple[str, int]]]:
    """(first item of the title, parts): a part is (kind, item).

    Kinds: portfolio, country, seat, body, parent (of the body), body_text, city, region, area, words, before; of a
    department: field, owner.
    """
    parts: list[tuple[str, int]] = []
    head: OfficeHead = items[h].value
    left = h
    serving: Sequence[str] = lexicon.settings.get("serving", ())
    while left > floor and h - left < _LONGEST:
        k = left - 1
        item = items[k]
        kinds = {kind for kind, _ in parts}
        owned = "body" in kinds or "body_text" in kinds or "country" in kinds
        part = "body" in kinds and "parent" not in kinds and _department(items[h - 1], lexicon)
        if item.cls == "V" and not owned:
            parts.append(("before", k))
        elif part and kinds <= {"body", "field"} and _tells_field(items, k, floor, lexicon):
            parts.append(("field", k))
        elif part and kinds <= {"body", "field"} and item.cls == "R" and case_of(item) == "g":
            parts.append(("owner", k))
        elif item.cls == "K" and item.value == REGION and owns(item) and not owned:
            parts.append(("region", k))
        elif left == h and item.cls in "wK" and owns(item) and _area(item, lexicon):
            parts.append(("area", k))
        elif (
            item.cls == "F"
            and not owned
            and head.complement != "country"
            and (case_of(item) == "" or (case_of(item) == "a" and items[left].cls == "F"))
        ):
            parts.append(("portfolio", k))
        elif (
            item.cls == "a"
            and k > floor
            and items[k - 1].cls == "F"
            and items[left].cls in "F"
            and case_of(items[k - 1]) == ""
        ):
            left -= 1
            continue
        elif (
            item.cls == "a"
            and k > floor
            and items[k - 1].cls == "G"
            and items[left].cls == "G"
            and is_plural(items[h], lexicon)
        ):
            left -= 1
            continue
        elif item.cls == "," and k > floor and items[k - 1].cls == "F" and items[left].cls == "F":
            left -= 1
            continue
        elif item.cls == "B" and owns(item) and "body" not in kinds:
            parts.append(("body", k))
        elif (
            item.cls == "B"
            and owns(item)
            and kinds <= {"body", "before", "field"}
            and not getattr(items[left].value, "countries", ())
        ):
            parts.append(("parent", k))
        elif item.cls in "GEX" and _seated(item, lexicon):
            parts.append(("seat", k))
        elif item.cls in "GE" and owns(item) and ("country" not in kinds or is_plural(items[h], lexicon)):
            parts.append(("country", k))
        elif (
            item.cls == "J"
            and not owned
            and (item.capital or item.lower.endswith(tuple(lexicon.settings.get("adjective_endings", ()))))
        ):
            parts.append(("country", k))
        elif item.cls in "LX" and (owns(item) or _seated(item, lexicon)) and not owned:
            parts.append(("city", k))
        elif item.cls == "R" and case_of(item) == "g" and not owned:
            parts.append(("words", k))
        elif item.cls in "YQ" and owns(item) and not owned and head.complement in ("body", "free"):
            if k > floor and items[k - 1].cls == "Q" and item.lower in lexicon.settings.get("legal_forms", ()):
                left -= 1  # "«Отандастар қоры» КеАҚ президенті"
            parts.append(("body_text", left - 1))
        elif item.cls == "A" and item.capital and not owned and left == h and head.complement != "country":
            parts.append(("before", k))
        elif (
            (length := _phrase(items, k, floor, serving))
            and items[k - length].cls == "G"
            and case_of(items[k - length]) == "l"
        ):
            parts.append(("seat", k - length))
            left -= length
        else:
            break
        left -= 1
    return left, parts


def _tells_field(items: Sequence[Item], k: int, floor: int, lexicon: Lexicon) -> bool:
    """Whether a bare word before a department tells its field, in words that have an English: "баспа бөлімі"."""
    item = items[k]
    if item.cls == "a":
        return k > floor and items[k + 1].cls != "B" and _tells_field(items, k - 1, floor, lexicon)
    if item.cls not in "wFAKnJN" or case_of(item) != "":
        return False
    found = lexicon.glossary.match(item.lower.split(), 0)
    return found is not None and found[0] == item.lower.count(" ") + 1


def _area(item: Item, lexicon: Lexicon) -> bool:
    """Whether a word is a region of which the name is not said: "облыс әкімі"."""
    return any(word_agrees(n, item.lower) for n in lexicon.settings.get("region_nouns", ()))


def _seated(item: Item, lexicon: Lexicon) -> bool:
    """Whether a place is said as the attribute of a noun: "Қазақстандағы елшісі", not "Қазақстанда"."""
    return case_of(item) == "l" and item.lower.endswith(tuple(lexicon.settings.get("attribute_endings", ())))


def _phrase(items: Sequence[Item], k: int, floor: int, phrases: Sequence[str]) -> int:
    """How many items that end at `k` make one of the phrases, 0 for none."""
    for phrase in phrases:
        length = phrase.count(" ") + 1
        if k - length > floor and " ".join(i.lower for i in items[k - length + 1 : k + 1]) == phrase:
            return length
    return 0


def _mention(
    text: str,
    items: Sequence[Item],
    left: int,
    h: int,
    right: int,
    parts: Sequence[tuple[str, int]],
    language: Language,
    lexicon: Lexicon,
) -> OfficeMention:
    head: OfficeHead = items[h].value
    modifiers = [i.value for i in (*items[left:h], *items[h + 1 : right + 1]) if i.cls == "V"]
    countries: list[str] = []
    body: BodyMention | None = None
    body_text: str | None = None
    kept: list[Item] = []
    hosts: list[str] = []
    regions: list[Item] = []
    for kind, k in sorted(parts, key=lambda p: p[1]):
        item = items[k]
        if kind == "country":
            countries += [r for r in item.refs if r.startswith("country-") and r not in countries]
        elif kind == "region":
            city = item.refs[:1] if item.refs and item.refs[0].startswith("city-") else ()
            noun = replace(item, cls="w", lower=item.lower.split()[-1])
            regions += [replace(item, cls="L"), noun] if city else [replace(item, cls="w")]
            home = gazetteer().country_of(item.refs[0]) if item.refs else None
            countries += [home] if home and not countries else []
        elif kind in ("field", "owner", "area"):
            continue
        elif kind == "seat":
            hosts += [r for r in item.refs if r.startswith("country-")]
        elif kind == "body":
            if item.value.generic and is_plural(items[h], lexicon):
                continue  # "кітапхана директорлары A және B": of one library each
            body = item.value if body is None or not item.value.generic else body
            countries += [c for c in item.value.countries if c not in countries]
        elif kind == "parent":
            if body is None or body.generic:
                body = item.value
            countries += [c for c in item.value.countries if c not in countries]
        elif kind == "body_text":
            body_text = language.nominative(text[item.start : item.end].strip('«»“”"„‘’'))
        elif kind == "city":
            kept.append(item)
            home = gazetteer().country_of(item.refs[0]) if item.refs else None
            countries += [home] if home and not countries else []
        elif kind in ("portfolio", "words"):
            kept.append(item)
    own = ("portfolio", "words", "before", "city", "region", "area", "field", "owner")
    begin = min([k for kind, k in parts if kind in own] + [h])
    title = " ".join(language.nominative(text[items[begin].start : items[right].end]).split())
    status = next((m.status for m in modifiers if m.status), "Current")
    deputy = any(m.deputy for m in modifiers)
    inside = [
        i for k, i in enumerate(items[begin:h], begin) if i in kept or (i.cls in "a," and k and items[k - 1] in kept)
    ]
    called = head
    if any(kind in ("region", "area") for kind, _ in parts):
        inside = [i for i in inside if i.value != REGION]
        called = replace(head, en=lexicon.settings.get("of_region", {}).get(head.en, head.en))
    elif head.complement != "free":
        inside = [i for i in inside if i.cls != "L"]
    words = [m.en for m in modifiers if m.deputy]
    title_en = in_english(text, words, [], called, inside, lexicon)
    if title_en and regions:
        where = in_words(text, regions, lexicon)
        title_en = f"{title_en} of {where}" if where else None
    if title_en and (larger := _larger(text, items, h, parts, lexicon)):
        title_en = f"{title_en} {larger}"
    bare = not parts and not modifiers
    return OfficeMention(
        head,
        title,
        title_en,
        tuple(countries),
        body,
        body_text,
        status,
        deputy,
        is_plural(items[h], lexicon),
        bare,
        items[left].start,
        items[right].end,
        items[right].cases,
        tuple(hosts),
    )


def _larger(text: str, items: Sequence[Item], h: int, parts: Sequence[tuple[str, int]], lexicon: Lexicon) -> str:
    """ "of the Publishing Department", "of the Ministry of Culture": what a post in a department or ministry is named after, in English.

    Empty for other bodies, which are organizations of their own, and where a word has no English.
    """
    found = ""
    of_part = any(kind == "body" and _department(items[k], lexicon) for kind, k in parts)
    for kind, k in sorted(parts, key=lambda p: -p[1]):
        if kind != "body" and not (kind == "parent" and of_part):
            continue
        item = items[k]
        inner = [i for i in item.value.inner[:-1] if i.cls not in "GYLQ"]
        if _department(item, lexicon):
            fields = [items[j] for part, j in parts if part == "field"] if kind == "body" else []
            owner = [items[j] for part, j in parts if part == "owner"] if kind == "body" else []
            named = in_words(text, [*sorted(fields, key=lambda i: i.start), *inner], lexicon)
            noun = in_words(text, [replace(item, cls="w", lower=item.lower.split()[-1])], lexicon)
            of = in_words(text, owner, lexicon)
            if noun and named is not None and of is not None and (named or of):
                found += f" of the {named} {noun}".replace("  ", " ") + (f" of {of}" if of else "")
        elif item.value.head.ministry and (named := in_words(text, inner, lexicon)):
            found += f" of the Ministry of {named}"
    return found.strip()
