"""Where a body's name begins and ends in a language whose complements stand in the genitive after the head."""

from __future__ import annotations

from collections.abc import Sequence

from kgculture.extract.body_analytic import LONGEST, namesake_end
from kgculture.extract.items import Item
from kgculture.extract.office_parts import is_field
from kgculture.language.base import Language
from kgculture.lexicon import Lexicon

#: weight of a reading from which a word is a person's name by its form
_SURE = 1.6


def left_inflected(items: Sequence[Item], h: int, language: Language) -> int:
    left = h
    while (
        left > 0
        and (
            items[left - 1].cls in "AJ"
            or (
                items[left - 1].cls == "F"
                and (items[left - 1].capital or language.word_class(items[left - 1].lower) == "adjective")
            )
        )
        and _share(items[left - 1].cases or "ngdail", items[h].cases or "ngdail")
    ):
        if (
            items[left - 1].cls == "A"
            and not items[left - 1].capital
            and not any(i.capital for i in items[left:h])
            and h - left > 4
        ):
            break
        left -= 1
    if left > 0 and items[left - 1].cls in "NKL" and items[left - 1].capital:
        before = items[left - 1]  # "Малого театра": an adjective, though it may be a name as well
        cases = language.cases(before.lower)
        if _share(cases, items[h].cases) and (
            language.word_class(before.lower) == "adjective"
            or (left == h and before.cls == "K" and _agrees(before, items[h], language))
        ):
            left -= 1
    return left


def _agrees(word: Item, head: Item, language: Language) -> bool:
    """Whether a word that the dictionary knows as a noun is an adjective of the head: both come back to the nominative together."""
    phrase = language.nominative(f"{word.lower} {head.lower}").split()
    return phrase[0] != word.lower and phrase[-1] == language.nominative(head.lower) != head.lower


def _share(a: str, b: str) -> bool:
    return bool(set(a) & set(b))


def right_inflected(text: str, items: Sequence[Item], h: int, language: Language, lexicon: Lexicon) -> int:
    if items[h].value.own:
        return h + 1 if h + 1 < len(items) and items[h + 1].cls in "Q" else h
    right, governed = h, False
    titled = any(i.cls == "R" for i in items[max(0, h - 4) : h])
    while right + 1 < len(items) and right - h < LONGEST:
        j = right + 1
        item = items[j]
        following = items[j + 1] if j + 1 < len(items) else None
        if item.cls == "Q":
            right, governed = j, False
        elif item.lower == "(" and right > h and (named := _after_short_form(items, j)):
            right, governed = named, False
        elif item.cls == "b":
            stop = namesake_end(items, j)
            if stop == j:
                break
            right = stop
        elif item.cls in "AJnFGKXLEHhRc" and ("g" in item.cases or governed or (item.cls in "GX" and not item.cases)):
            if item.cls == "R" and not governed and not items[h].capital:
                break
            if right > h and not item.capital and item.lower in lexicon.settings.get("verb_alike", ()):
                break  # "библиотека Грузии | начала работу"
            if governed and item.cls in "RKc" and (item.cases or item.cls == "K") and not set(item.cases) & set("gdil"):
                break  # "Совет по развитию общества | глава страны X"
            if titled and item.cls == "K" and item.given and following and following.cls == "N":
                break  # "глава Комиссии по энергии | Дан Мор"
            right = j
        elif item.cls == "L" and right > h and items[right].lower in lexicon.settings.get("city_words", ()):
            right = j  # "the museum of the city of | Seoul": the name does not decline
        elif item.cls == "Y":
            right = j
        elif (
            item.cls in "Np"
            and (items[h].capital or items[h].value.personal)
            and "g" in item.cases
            and (
                (right > h and items[right].cls in "Np" and right - h < 2)
                or (
                    right == h
                    and (
                        "n" not in item.cases
                        or (_may_name(items, j, titled) and _is_namesake(text, items, j, language))
                    )
                )
            )
        ):
            right = j
        elif right == h and not titled and items[h].value.sector and (stop := _unknown_name(text, items, j, language)):
            right = stop
        elif item.cls == "a" and following and following.cls == items[right].cls == "G" and items[h].value.commission:
            right = j + 1  # "the commission on culture of A and B"
        elif item.cls == "f" and following and _governs(item, following, items, h, right, lexicon):
            right, governed = j + 1, following.cls not in "GLX"
        elif (
            item.cls == "a"
            and following
            and following.cls in "nFA"
            and items[right].cls in "nFAh"
            and (items[right].cls != "h" or (right > h and any(i.capital for i in items[max(0, h - 3) : h + 1])))
            and ("g" in following.cases or governed)
        ):
            right = j + 1
        elif (
            item.cls == ","
            and following
            and following.cls in "nFA"
            and items[right].cls in "nFA"
            and (governed or (items[right].cls == "F" == following.cls))
            and _joined_later(items, j + 1)
        ):
            right = j + 1
        elif items[h].value.commission and item.lower in lexicon.settings.get("between", ()):
            k = j + 1
            while k < len(items) and items[k].cls in "GaJX":
                k += 1
            return k - 1 if k > j + 1 else right
        else:
            break
    return right


def _after_short_form(items: Sequence[Item], j: int) -> int:
    """The quotation after a short form in brackets: "комплекс Академии художеств (РАХ) «Галерея»"; 0 for none."""
    if j + 3 >= len(items) or items[j + 2].lower != ")":
        return 0
    return j + 3 if items[j + 3].cls == "Q" else 0


def _may_name(items: Sequence[Item], j: int, titled: bool) -> bool:
    """After a title the name is the holder's, unless another follows: "вице-президент Фонда Гейдара Алиева | Лейла Алиева"."""
    run = 0
    while j + run < len(items) and items[j + run].cls in "Np":
        run += 1
    return not titled or run >= 4 or (run == 3 and items[j + 1].given and not items[j].given)


def _unknown_name(text: str, items: Sequence[Item], j: int, language: Language) -> int:
    """Last item of a bare name that stands by a museum or theatre unchanged («в музее Гиме», «театру Ла Скала»); 0 for none.

    A capitalised word that is no surname by its form and no part of a longer name, which would be a person's."""
    k = j + 1 if items[j].cls == "p" and items[j].capital and j + 1 < len(items) else j
    if items[k].cls not in "NK" or not items[k].capital or items[k].given:
        return 0
    if k + 1 < len(items) and (items[k + 1].cls in "ip" or (items[k + 1].cls in "NK" and items[k + 1].capital)):
        return 0
    readings = language.readings([text[items[k].start : items[k].end]])
    return 0 if any(r.weight >= _SURE for r in readings) else k


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
        named = any(i.capital for i in items[max(0, h - 3) : h + 1])
        return following.cls in "AnFJKHh" or (named and is_field(following, lexicon))
    if item.lower in lexicon.settings.get("cause_prepositions", ()):  # "Движение против войны"
        return items[h].capital and following.cls in "AnF" and not following.capital
    return item.lower in seats and following.cls == "G" and any(i.cls in "GYJ" for i in items[h : right + 1])
