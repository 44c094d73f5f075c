"""Bodies of languages whose phrases end with their head (`link: before`): everything that belongs to a noun stands before it.

"Қазақстанның Мәдениет және ақпарат министрі", "Абай атындағы опера театры": owner in the genitive or bare, namesake, field, head, then what
says deputy or acting. A word that carries the ending of another case belongs to the clause and ends the phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgculture.extract.bodies import BodyMention
from kgculture.extract.headfinal_places import REGION, case_of, comes_from, join_places, owns
from kgculture.extract.items import Item
from kgculture.language.base import Language
from kgculture.lexicon import Lexicon, word_agrees

_LONGEST = 12


# ------------------------------------------------------------------------------------------------------------ bodies


def find_bodies(text: str, items: list[Item], language: Language, lexicon: Lexicon) -> list[Item]:
    """The items with every body merged into one item of class `B` whose value is a BodyMention."""
    items = join_places(text, items, language, lexicon)
    _known_in_quotes(items, lexicon)
    merged: list[Item] = []
    position = 0
    for h, item in enumerate(items):
        if item.cls not in "Hh" or h < position or _attributive(items, h, lexicon):
            continue
        left = _body_left(items, h, position, lexicon)
        owners = (
            []
            if item.value.own and item.cls == "H" and not item.value.country
            else _owners(items, left, position, h, lexicon)
        )
        inside = items[left : h + 1]
        own = any(o.cls == "G" for o in owners) and any(i.cls in "FAhH" for i in inside[:-1])
        own = own or any(o.cls == "R" or o.value == REGION for o in owners)
        seat = _seat(items, left - len(owners), position, lexicon)
        described = any(lexicon.institutional(i.lower) for i in inside[:-1])  # "облыстық тарихи-өлкетану музейі"
        first = left if own or described or _named(inside, lexicon) else h
        proper = first < h or (item.value.commission and left < h) or item.value.own
        if not proper and not (item.cls == "h" or item.capital):
            continue
        if not proper and not item.value.commission and _possessed(item, lexicon) and not _of_a_larger(item, lexicon):
            continue  # "өркениеттері музейінің": somebody's, whom we do not make out
        if item.value.commission and left < h:
            first = left
        if not proper and item.value.lower is False and item.cls == "h":
            continue
        start = owners[0].start if owners and first == left and _keeps_owner(owners) else items[first].start
        name = " ".join(language.nominative(text[start : item.end]).split())
        spoken = [*owners, *items[first : h + 1]] if first == left else items[first : h + 1]
        mention = BodyMention(
            name.strip(" ,;:-–—"),
            item.value,
            items[h].lower.split()[-1],
            tuple(
                dict.fromkeys(
                    [r for i in _lands(spoken, lexicon) for r in i.refs if r.startswith("country-")]
                    or [i.value.country for i in inside if i.cls in "Hh" and i.value.country]
                    or [r for i in seat if i.cls == "G" and item.value.sector for r in i.refs]
                )
            ),
            tuple(r for i in (*spoken, *seat) if i.cls == "L" or i.value == REGION for r in i.refs),
            not proper,
            start,
            item.end,
            inner=tuple(spoken),
        )
        begin = left - len(owners) if start < items[first].start else first
        merged += items[position:begin]
        if begin == position and described and _apposed(merged, items[h], items[first:h], lexicon):
            merged[-1] = replace(merged[-1], last=item.last, end=item.end, cases=item.cases)
            position = h + 1
            continue
        whole = text[start : item.end].lower()
        merged.append(
            Item(
                items[begin].first,
                item.last,
                "B",
                whole,
                start,
                item.end,
                (),
                mention,
                items[begin].capital,
                item.cases,
            )
        )
        position = h + 1
    return merged + items[position:]


def _lands(spoken: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """The countries and adjectives in a name that say whose the body is: "орыс драма театры" only tells a language."""
    endings = tuple(lexicon.settings.get("adjective_endings", ()))
    found: list[Item] = []
    for k, item in enumerate(spoken):
        following = spoken[k + 1].lower if k + 1 < len(spoken) else ""
        state = item.capital or item.lower.endswith(endings) or lexicon.institutional(following)
        if (item.cls == "G" and not _away(item)) or (item.cls == "J" and state):
            found.append(item)
    return found


def _apposed(merged: Sequence[Item], head: Item, inside: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether a noun and its adjectives only tell what the body right before is: "Түркі академиясы | халықаралық ұйымы"."""
    kinds: Sequence[str] = lexicon.settings.get("apposed_heads", ())
    told = any(word_agrees(n, head.lower) for n in kinds) and all(i.cls in "AF" and not i.capital for i in inside)
    return told and bool(merged) and merged[-1].cls == "B" and case_of(merged[-1]) == ""


def _known_in_quotes(items: Sequence[Item], lexicon: Lexicon) -> None:
    """Quotations that are nothing but the name of a body known by it become its head: «Астана Опера»."""
    for item in items:
        if item.cls == "Q":
            words = item.lower.strip('«»“”"„ ').split()
            found = lexicon.bodies.match(words, 0) if words else None
            if found and found[0] == len(words) and found[1].own:
                item.cls, item.lower, item.value, item.capital = "H", " ".join(words), found[1], True


def _attributive(items: Sequence[Item], h: int, lexicon: Lexicon) -> bool:
    """Whether a head noun only tells what the noun after it is of: "театр фестивалі"."""
    following = items[h + 1] if h + 1 < len(items) else None
    if following is None or case_of(items[h]) != "":
        return False
    if following.cls == "A" and not _possessed(items[h], lexicon):
        return True  # "Орталық мемлекеттік мұрағат"
    if following.cls in "Hh" and not _possessed(items[h], lexicon) and _possessed(following, lexicon):
        return True  # "мұрағат басқармасы", "опера театры"
    return any(word_agrees(w, following.lower) for w in lexicon.settings.get("not_heads_before", ()))


def _keeps_owner(owners: Sequence[Item]) -> bool:
    """A country belongs to the name of its museum, a city does not: "Мәскеудің | Третьяков галереясы"."""
    return all(o.cls == "G" for o in owners) or any(o.cls == "R" or o.value == REGION for o in owners)


def _away(item: Item) -> bool:
    """A country where a body only has its seat: "Қазақстанның Франциядағы елшілігі"."""
    return case_of(item) == "l"


def _body_left(items: Sequence[Item], h: int, floor: int, lexicon: Lexicon) -> int:
    """First item of a body's name without its owner."""
    left = h
    commission = items[h].value.commission
    while left > floor and h - left < _LONGEST:
        item = items[left - 1]
        cls = item.cls
        if cls == "p" and item.capital and left < h and items[left].capital and _possessed(items[h], lexicon):
            left -= 1  # "Ұлы Ұлттық Жиналысы"
        elif cls == "b":
            left = _namesake(items, left - 1, floor, lexicon)
            break
        if item.lower in lexicon.settings.get("field_postpositions", ()):
            left = _purpose(items, left - 1, floor, lexicon)
            if commission:
                left = _sides(items, left, floor)
            break
        if case_of(item) == "i" and items[left].lower in lexicon.settings.get("governing", ()) and item.capital:
            left -= 1  # "БАҚ-пен байланыс департаменті"
            break
        if cls == "Q":
            left -= 1
            if not (
                left > floor
                and (items[left - 1].cls == "b" or (items[left - 1].cls in "AKFJ" and items[left - 1].capital))
            ):
                break
        elif cls in "Hh" and _attributive(items, left - 1, lexicon):
            left -= 1
        elif (cls in "AJFKwnYEc" and (_field(item, lexicon) or (commission and case_of(item) in ("", "d", "a")))) or (
            cls in "GLX" and case_of(item) == "" and _attribute(items, left - 1, h)
        ):
            if cls == "G" and comes_from(item):
                break
            if cls == "w" and not commission and not _inside(items, left - 1, floor):
                break
            if cls == "Y" and _of_a_site(items, left - 1, floor):
                break
            left -= 1
        elif (
            cls == "N"
            and case_of(item) == ""
            and (left == h or _owned_name(items, left - 1, floor))
            and _possessed(items[h], lexicon)
        ):
            left -= 1
            while left > floor and items[left - 1].cls == "N" and case_of(items[left - 1]) == "" and h - left < 3:
                left -= 1
            break
        elif (
            cls == "a"
            and left - 1 > floor
            and items[left - 2].cls in "FAKnw"
            and case_of(items[left - 2]) == ""
            and items[left].cls in "FAnwKhH"
            and left < h
            and not items[left - 2].refs
        ):
            left -= 2
        elif cls == "," and left - 1 > floor and items[left - 2].cls == "F" and items[left].cls == "F":
            left -= 2
        elif (
            cls in "GL"
            and case_of(item) == "l"
            and left == h
            and item.lower.endswith(tuple(lexicon.settings.get("attribute_endings", ())))
        ):
            left -= 1  # "Франциядағы елшілігі"
        elif (
            case_of(item) == "a"
            and cls in "wFKnA"
            and items[left].cls in "wFKn"
            and items[left].lower.endswith(tuple(lexicon.settings.get("verbal_noun_endings", ())))
        ):
            left -= 1  # "Ұлттық киноны қолдау орталығы"
        elif commission and cls in "GJ":
            left = _sides(items, left, floor)
            break
        else:
            break
    return left


def _of_a_site(items: Sequence[Item], k: int, floor: int) -> bool:
    """Whether capitals are the end of a site's address: "EGEMEN.KZ"."""
    return k > floor and items[k - 1].cls == "." and items[k - 1].end == items[k].start


def _purpose(items: Sequence[Item], k: int, floor: int, lexicon: Lexicon) -> int:
    """First item of the field before "жөніндегі": bare words, also several of them."""
    left = k
    while (
        left > floor
        and k - left < _LONGEST
        and items[left - 1].cls in "FAKwnJa,"
        and (items[left - 1].cls in "a," or _field(items[left - 1], lexicon))
    ):
        left -= 1
    while left < k and items[left].cls in "a,":
        left += 1
    return left


def _sides(items: Sequence[Item], left: int, floor: int) -> int:
    """First of the countries between which a commission is: "Қазақстан мен Ресейдің", "Қазақстан мен Ресей арасындағы"."""
    k = left
    if k > floor and items[k - 1].cls == "w" and k - 1 > floor and items[k - 2].cls == "G":
        k -= 1
    first = k
    while k > floor and items[k - 1].cls in "GJaE-" and (items[k - 1].cls in "a-" or owns(items[k - 1])):
        k -= 1
        if items[k].cls in "GJE":
            first = k
    return first if first < left and items[first].cls in "GJE" else left


def _attribute(items: Sequence[Item], k: int, h: int) -> bool:
    """Whether a bare place is the first word of a name with an adjective: "Қазақстан ұлттық музейі", "Астана Опера"."""
    return k + 1 <= h and items[k + 1].cls in "AKNJHFhwcp" and not comes_from(items[k])


def _field(item: Item, lexicon: Lexicon) -> bool:
    return case_of(item) == "" and not any(item.lower == w for w in lexicon.settings.get("never_inside", ()))


def _inside(items: Sequence[Item], k: int, floor: int) -> bool:
    """Whether a small word stands inside a name: a word of class F, A, K, J or b or a capital lies further left."""
    j = k
    while j > floor and items[j].cls in "wnFahJ" and not items[j].capital and k - j < 5:
        j -= 1
    if (items[j].cls == "G" and owns(items[j])) or (items[j].cls == "R" and case_of(items[j]) == "g"):
        return True
    if items[j].cls == "N" and _owned_name(items, j, floor):
        return True
    return (items[j].cls in "AJKbQ" and (items[j].capital or items[j].cls in "bAQ")) or (
        items[j].capital and items[j].cls in "FY"
    )


def _owned_name(items: Sequence[Item], k: int, floor: int) -> bool:
    """Whether a name-like word begins what a country owns: "Катардың Ислам өнері музейі"."""
    return k > floor and items[k - 1].cls == "G" and case_of(items[k - 1]) == "g"


def _namesake(items: Sequence[Item], b: int, floor: int, lexicon: Lexicon) -> int:
    """First item of the name before "named after": initials and a name, or up to two names."""
    k = b
    if k > floor and items[k - 1].cls in "Q":
        return k - 1
    if k - 1 > floor and items[k - 1].lower in lexicon.settings.get("name_titles", ()) and items[k - 2].capital:
        return k - 2  # "Абылай хан атындағы"
    while (
        k > floor
        and items[k - 1].cls in "NiKpAFYL"
        and items[k - 1].capital
        and b - k < 4
        and (k == b or case_of(items[k - 1]) == "")
    ):
        k -= 1
        if items[k].cls == "N" and b - k >= 2 and items[k].lower in lexicon.given_names:
            break
    if k > floor and items[k - 1].cls in "RV" and b - k > 2:
        return k + 2  # the title's holder stands between: "елшісі | Мұстафа Капуджу | Әл-Фараби атындағы"
    while k < b - 1 and b - k > 2 and not any(i.cls in "ip" for i in items[k:b]):
        k += 1
    return k


def _possessed(head: Item, lexicon: Lexicon) -> bool:
    """Whether a head noun has the ending of what is owned, which a name right before it needs."""
    return any(word_agrees(p, head.lower.split()[-1]) for p in lexicon.settings.get("possessed", ()))


def _seat(items: Sequence[Item], left: int, floor: int, lexicon: Lexicon) -> list[Item]:
    """The place right before a name that says where the body is: "Мәскеудегі Үлкен театр"."""
    endings = tuple(lexicon.settings.get("attribute_endings", ()))
    before = items[left - 1] if left > floor else None
    seated = before is not None and before.cls in "GL" and case_of(before) == "l" and before.lower.endswith(endings)
    return [items[left - 1]] if seated else []


def _owners(items: Sequence[Item], left: int, floor: int, h: int, lexicon: Lexicon) -> list[Item]:
    """Country or city in the genitive right before a name; the holder of an office: "губернаторының мұражайы"."""
    held = left > floor and items[left - 1].cls == "R" and case_of(items[left - 1]) == "g" and left < h
    if held and _possessed(items[h], lexicon) and not _of_a_larger(items[h], lexicon):
        two = left - 1 > floor and items[left - 2].cls in "LKJG" and owns(items[left - 2])
        return list(items[left - (2 if two else 1) : left])
    if (
        left > floor
        and (items[left - 1].cls in "GL" or items[left - 1].value == REGION)
        and owns(items[left - 1])
        and not comes_from(items[left - 1])
    ):
        return [items[left - 1]]
    return []


def _of_a_larger(head: Item, lexicon: Lexicon) -> bool:
    """Whether a head noun is that of a part of a body: "департаменті"."""
    return any(word_agrees(n, head.lower.split()[-1]) for n in lexicon.settings.get("departments", ()))


def _named(inside: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether the items before a head make a name: a quotation, abbreviation, place, namesake or capital."""
    return any(i.cls in "QYGLXJb" or (i.capital and i.cls in "ANKFEcH") for i in inside[:-1])
