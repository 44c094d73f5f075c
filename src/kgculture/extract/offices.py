"""Titles of office: a head noun with what stands before it (deputy, Kazakh, Culture) and its complements after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgculture.extract.items import Item
from kgculture.extract.office_parts import (
    abbreviation_end,
    aside_end,
    bare_body_end,
    bracket_end,
    is_field,
    is_region,
    next_head,
    over_adverb,
    plain_body_end,
    portfolio_end,
    proper_body_end,
    two_words_end,
)
from kgculture.extract.office_titles import LIKE, OfficeMention, is_plural, office_mention
from kgculture.language.base import Language
from kgculture.lexicon import Lexicon, OfficeHead

_LONGEST = 18


def find_offices(text: str, items: list[Item], language: Language, lexicon: Lexicon) -> list[Item]:
    """The items with every title merged into one item of class `T` whose value is an OfficeMention."""
    merged: list[Item] = []
    position = h = 0
    while h < len(items):
        if items[h].cls != "R":
            h += 1
            continue
        left = _left(items, h, position, language)
        right, parts = _complements(text, items, h, language, lexicon)
        mention = office_mention(text, items, left, h, right, parts, language, lexicon)
        if mention.head.employed and not _is_post(items, left, right, mention):
            merged += [*items[position:h], _calling(items[h], lexicon)]
            position = h = h + 1
            continue
        merged += items[position:left]
        merged.append(
            Item(
                items[left].first,
                items[right].last,
                "T",
                text[items[left].start : items[right].end].lower(),
                items[left].start,
                items[right].end,
                (),
                mention,
                items[left].capital,
                mention.cases,
            )
        )
        position = h = right + 1
    return merged + items[position:]


def _is_post(items: Sequence[Item], left: int, right: int, mention: OfficeMention) -> bool:
    """Whether a body is named for which one works; of a country's post, whether a name follows: "израильского премьера | Шимона Леви"."""
    if mention.head.complement != "country":
        return mention.employed
    if not mention.countries or right + 1 >= len(items):
        return False
    before = items[left].cases if items[left].cls == "J" else ""
    return (
        ("n" not in before and before != "a" and len(before) <= 2)
        and items[right + 1].cls in "Ni"
        and items[right + 1].capital
    )


def _calling(item: Item, lexicon: Lexicon) -> Item:
    """A head that without a body is no post as what it is then: a calling or a mere noun."""
    found = lexicon.callings.match([item.lower], 0)
    if found:
        return replace(item, cls="c", value=found[1])
    return replace(item, cls="n" if "g" in item.cases else "w", value=None)


def _left(items: Sequence[Item], h: int, floor: int, language: Language) -> int:
    left = h
    while left > floor and (
        items[left - 1].cls == "V" or (items[left - 1].cls in "FA" and _describes(items, left - 1, h, language))
    ):
        left -= 1
        if left - 2 >= floor and items[left].cls == "F" and items[left - 1].cls == "a" and items[left - 2].cls == "F":
            left = (
                _field_list(items, left - 2, floor) + 1
            )  # "Culture, Sports and Tourism Minister": `left` goes on to the first
    while left > floor and items[left - 1].cls == "K" and items[left - 1].capital and items[left].capital:
        left -= 1
    if left > floor and items[left - 1].cls == "S" and left - 1 > floor and items[left - 2].cls in "GLJB":
        left -= 2
    elif left > floor and (items[left - 1].cls in "J" or (items[left - 1].cls == "B" and _body_goes(items, h))):
        left -= 1
        if items[left].cls == "B" and left - 1 > floor and items[left - 1].cls == "S" and items[left - 2].cls in "GJ":
            left -= 2
    elif left > floor and items[left - 1].cls == "G" and not items[left - 1].cases and _body_goes(items, h):
        left -= 1  # "UAE Minister of Culture", "Qatar ambassador X"
    elif left > floor and items[left - 1].cls == "Y" and _body_goes(items, h) and items[h].value.complement == "body":
        left -= 1  # "UNESCO Director-General"
    while left > floor and items[left - 1].cls == "V":
        left -= 1
    if left > floor and items[left - 1].cls == "t":
        left -= 1
    return left


def _field_list(items: Sequence[Item], k: int, floor: int) -> int:
    """First item of a list of fields that ends with the item `k` before an "and"."""
    while (
        k - 2 >= floor
        and items[k - 1].cls == ","
        and items[k - 2].cls == "F"
        and items[k - 2].capital == items[k].capital
    ):
        k -= 2
    return k


def _body_goes(items: Sequence[Item], h: int) -> bool:
    """Whether a body right before a head belongs to it: "National Assembly Speaker", "National Museum director X"."""
    return items[h].capital or (h + 1 < len(items) and items[h + 1].cls in "Ni" and items[h + 1].capital)


def _describes(items: Sequence[Item], k: int, h: int, language: Language) -> bool:
    """A portfolio word or adjective right before the head: "Foreign Policy Advisor", "узбекский министр"; no noun that declines."""
    if items[k].cls == "F":
        return not items[k].cases or language.word_class(items[k].lower) != "noun"
    return items[k].cls == "A" and items[k].capital and bool(set(items[k].cases) & set(items[h].cases))


def _complements(
    text: str, items: Sequence[Item], h: int, language: Language, lexicon: Lexicon
) -> tuple[int, list[tuple[str, int, int]]]:
    """(last item of the title, parts): a part is (kind, first, last), kind one of portfolio, body, country, city, words."""
    genitive = lexicon.settings.get("link") == "genitive"
    seats: Sequence[str] = lexicon.settings.get("seat_prepositions", ())
    head: OfficeHead = items[h].value
    parts: list[tuple[str, int, int]] = []
    right = h
    while right + 1 < len(items) and right - h < _LONGEST:
        if empty := _empty(items, right + 1, lexicon):
            right += empty
            continue
        j = right + 1
        cls = items[j].cls
        linked = genitive
        if cls == "o" or (cls == "f" and _leads_on(items, j, head, lexicon, seats, parts)):
            linked, j = True, j + 1
            while j < len(items) and items[j].cls == "t":
                j += 1
            if j >= len(items):
                break
            cls = items[j].cls
        elif not parts and j > h and (stop := bracket_end(items, j)) is not None:
            parts.append(("portfolio", j + 1, stop - 1))  # "Secretary (Culture)"
            right = stop
            continue
        elif (
            parts
            and j + 2 < len(items)
            and items[j].lower == "("
            and items[j + 1].cls == "Y"
            and items[j + 2].lower == ")"
        ):
            right = j + 2  # the abbreviation of the body
            continue
        elif cls == "b" and parts:
            stop = right + 1
            while stop + 1 < len(items) and items[stop + 1].cls in "NiK" and stop - right < 3:
                stop += 1
            parts.append(("words", right + 1, stop))
            right = stop
            continue
        elif cls == "S" and j + 1 < len(items) and items[j + 1].cls in "B" and parts:
            parts.append(("body", j + 1, j + 1))
            right = j + 1
            continue
        elif not genitive:
            break
        if not linked:
            break
        case_ok = (
            not genitive
            or cls in "YQ"
            or not items[j].cases
            or bool(set(head.case) & set(items[j].cases))
            or items[right].cls != "R"
            or j > right + 1
            or items[j].cls == "B"
        )
        if not case_ok:
            break
        if cls == "B":
            stays = text[items[j].start : items[j].end].isupper()  # an abbreviation does not decline
            if genitive and j == right + 1 and items[j].cases and not (stays or set(head.case) & set(items[j].cases)):
                break
            parts.append(("body", j, j))
            right = j
        elif (
            cls == "Y"
            and genitive
            and head.complement in ("body", "whole")
            and not any(k in ("body", "body_text") for k, _, _ in parts)
            and items[j].lower not in lexicon.settings.get("legal_forms", ())
        ):
            stop = abbreviation_end(items, j)
            parts.append(("body_text", j, stop))  # "глава МЧС", "директор Global Project"
            right = stop
        elif not genitive and head.complement == "body" and (adjoined := _adjoined_body(items, j, head)) is not None:
            parts.append(("body_text", j, adjoined))
            right = adjoined
        elif cls in "GY" and (not genitive or j > right + 1 or "g" in (items[j].cases or "g")):
            parts.append(("country" if cls == "G" else "words", j, j))
            right = j
            if (
                cls == "G"
                and is_plural(items[h], lexicon)
                and j + 2 < len(items)
                and items[j + 1].cls == "a"
                and items[j + 2].cls == "G"
            ):
                parts.append(("country", j + 2, j + 2))
                right = j + 2
            while cls == "G" and is_plural(items[h], lexicon) and (more := _next_country(items, right)):
                parts.append(("country", more, more))
                right = more
        elif cls == "w" and items[j].lower in lexicon.settings.get("own_land", ()) and linked and not genitive:
            parts.append(("here", j, j))  # "Ambassador to the country"
            right = j
        elif (
            not genitive
            and head.complement == "free"
            and items[j].capital
            and cls in "NKLX"
            and j + 1 < len(items)
            and items[j + 1].lower in lexicon.settings.get("land_nouns", ())
        ):
            parts.append(("city" if cls in "LX" else "words", j, j + 1))  # "Governor of Atyrau region"
            right = j + 1
        elif cls in "LX" and genitive and parts and parts[-1][0] == "body_text" and j == right + 1 == parts[-1][2] + 1:
            parts[-1] = ("body_text", parts[-1][1], j)  # "начальник ГУВД Москвы"
            right = j
        elif cls in "LX":
            parts.append(
                ("seat" if items[right + 1].lower in seats and parts and parts[-1][0] == "body" else "city", j, j)
            )
            right = j
        elif cls == "Y" and items[j].lower in lexicon.settings.get("legal_forms", ()):
            right = j
        elif cls == "J" and not genitive and j + 1 < len(items) and items[j + 1].cls == "R" and items[j + 1].capital:
            parts += [("country", j, j), ("words", j + 1, j + 1)]  # "Advisor to Azerbaijani President"
            right = j + 1
        elif cls == "A" and genitive and not items[j].capital and j + 1 < len(items) and items[j + 1].cls in "QY":
            right = j  # "лидер московского «Центра»"
        elif cls == "J" and genitive and j + 1 < len(items) and items[j + 1].cls in "AnBhQY":
            parts.append(("country", j, j))
            right = j
        elif cls in "JA" and genitive and (stop := over_adverb(items, j)):
            parts += [("country", j, j)] if cls == "J" else []
            parts.append(("body", stop, stop))  # "лидер французского крайне правого | Национального фронта"
            right = stop
        elif cls == "Q":
            parts.append(("body_text", j, j))
            right = j
        elif (
            genitive
            and cls in "NKp"
            and not any(k in ("body_text", "here") for k, _, _ in parts)
            and (bare := bare_body_end(items, j, h, text, language, lexicon)) is not None
        ):  # of a minister or governor it is a land that the gazetteer lacks
            first = parts.pop()[1] if parts and parts[-1][0] == "body" and items[j - 1].value.generic else j
            parts.append(("body_text" if head.complement == "body" else "here", first, bare))
            right = bare  # "капитан | клуба Реал Мадрид"
        elif genitive and (pair := two_words_end(items, j, lexicon)) is not None:
            parts.append(("body_text" if head.complement == "body" else "here", j, pair))
            right = pair
        elif genitive and head.complement == "body" and (plain := plain_body_end(items, j)) is not None:
            parts.append(("generic", j, plain))
            right = plain
        elif (
            cls == "F"
            or (genitive and cls in "An" and (not items[j].capital or is_region(items, j, lexicon)))
            or (genitive and items[j - 1].cls == "f" and is_field(items[j], lexicon))
            or (genitive and cls == "w" and j == h + 1 and "i" in head.case and items[j].cases == "i")
            or (
                not genitive
                and cls == "K"
                and items[j].capital
                and (head.complement in ("portfolio", "free") or _of_a_field(items, j, head, lexicon))
            )
        ):
            stop = portfolio_end(items, j, genitive, dative=items[j - 1].cls == "f")
            stop = next((k - 1 for k in range(j + 1, stop + 1) if _empty(items, k, lexicon)), stop)
            stop = max(stop, j + 1) if cls == "A" and is_region(items, j, lexicon) else stop
            parts.append(("portfolio", j, stop))
            right = stop
        elif cls == "R" and genitive and items[j - 1].cls != "f" and items[j].cases and "g" not in items[j].cases:
            break  # "представитель войск | полковник X"
        elif cls == "R" and (genitive or head.to or head.complement == "free"):  # "Advisor to the Ambassador of …"
            parts.append(("words", j, j))
            right = j
        elif (
            not genitive and cls == "w" and head.complement == "body" and j + 1 < len(items) and items[j + 1].cls == "N"
        ):
            parts.append(("words", j, j))  # "curator of the exhibition | Anna Blum"
            right = j
        elif not genitive and cls in "NKYp" and items[j].capital:
            stop = proper_body_end(items, j)
            if stop < j:
                break
            parts.append(("body_text", j, stop))
            right = stop
        elif cls == "V" and genitive and "g" in items[j].cases and (stop := next_head(items, j)):
            parts.append(("words", j, stop))  # "помощник | заместителя госсекретаря"
            right = stop
        elif cls == "E":
            parts.append(("words", j, j))
            right = j
        elif genitive and (aside := aside_end(items, right + 1, lexicon)) is not None:
            right = aside
        else:
            break
    return right, parts


def _adjoined_body(items: Sequence[Item], j: int, head: OfficeHead) -> int | None:
    """Last item of a body without a head noun at `j`: "of TURKSOY", "of the UNESCO General Conference", "of the Swiss Cooperation"."""
    if items[j].cls in "YJ" and j + 1 < len(items) and items[j + 1].cls in "KF" and items[j + 1].capital:
        return proper_body_end(items, j)
    return j if items[j].cls == "Y" and head.to is None else None


def _next_country(items: Sequence[Item], right: int) -> int | None:
    """The country that goes on a list after the item `right`: "the ministers of A, B and C"."""
    k = right + 1
    while k < len(items) and items[k].cls in ",at" and k - right < 4:
        k += 1
    return k if k > right + 1 and k < len(items) and items[k].cls == "G" else None


def _empty(items: Sequence[Item], j: int, lexicon: Lexicon) -> int:
    """How many items from `j` on say nothing of the office: "of our country", "of both countries"."""
    for phrase in lexicon.settings.get("empty_complements", ()):
        words = phrase.split()
        following = items[j + len(words)] if j + len(words) < len(items) else None
        if [i.lower for i in items[j : j + len(words)]] == words and (
            len(words) > 1 or following is None or following.cls not in "AnYGQ"
        ):
            return len(words)
    return 0


def _of_a_field(items: Sequence[Item], j: int, head: OfficeHead, lexicon: Lexicon) -> bool:
    """Whether capitals after "for" are the field of a post that no body has: "Secretary for Home Affairs"."""
    fields: Sequence[str] = lexicon.settings.get("field_prepositions", ())
    return head.field and items[j - 1].lower in fields


def _leads_on(
    items: Sequence[Item], j: int, head: OfficeHead, lexicon: Lexicon, seats: Sequence[str], parts: Sequence[object]
) -> bool:
    fields: Sequence[str] = lexicon.settings.get("field_prepositions", ())
    following = next((i for i in items[j + 1 :] if i.cls != "t"), None)
    if following is None:
        return False
    if items[j].lower in lexicon.settings.get("origin_prepositions", ()):
        return following.cls == "G"
    if items[j].lower in lexicon.settings.get("employer_prepositions", ()):
        return following.cls in "BYQ" and head.complement == "body" and not parts
    if items[j].lower in fields:
        if following.cls == "F":
            return True
        return (following.cls in "FKBJRY" and following.capital) or (
            lexicon.settings.get("link") == "genitive" and (following.cls in "FAnBY" or is_field(following, lexicon))
        )
    if items[j].lower in lexicon.settings.get("post_prepositions", ()):
        own_land: Sequence[str] = lexicon.settings.get("own_land", ())
        if following.cls == "L" and head.to is None:
            return False  # "welcomed the Director of A | to Paris"
        return (following.cls in "GBLRTKJY" and (following.capital or following.cls == "R")) or (
            head.to is not None and following.lower in own_land
        )
    if head.en == LIKE and items[j].lower in lexicon.settings.get("origin_prepositions", ()):
        return following.cls == "G"
    if items[j].lower in seats:
        if following.cls == "B" and lexicon.settings.get("link") != "genitive":
            return head.complement == "body"  # "Advisor at the Ministry of Heritage"
        return following.cls in "GY" or (following.cls == "L" and (bool(parts) or head.to is not None))
    return False
