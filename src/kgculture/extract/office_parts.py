"""Parts of a title of office after its head: a portfolio, a body known by its name alone, a body without a name."""

from __future__ import annotations

from collections.abc import Sequence

from kgculture.extract.items import Item
from kgculture.language.base import Language
from kgculture.lexicon import Lexicon

#: weight of a reading from which a word is a surname by its form
_SURE = 1.6
#: items in an aside
_ASIDE = 9


def is_field(item: Item, lexicon: Lexicon) -> bool:
    """A small word in the dative that may be a field after a preposition: "по космическим | полётам"; no set phrase."""
    return item.cls == "w" and item.cases == "d" and item.lower not in lexicon.settings.get("no_fields", ())


def portfolio_end(items: Sequence[Item], j: int, genitive: bool, dative: bool = False) -> int:
    """Last item of a portfolio that begins at `j`: "Education, Science, Culture and Sport". `dative`: so nouns may stand."""
    word = "FAnw" if genitive and dative else "FAn" if genitive else "FK"

    def fits(k: int) -> bool:
        if not (0 <= k < len(items) and items[k].cls in word):
            return False
        if items[k].cls == "w":
            return items[k].cases == "d"
        if genitive and items[k].cls == "A" and items[k].capital:
            return False
        return (
            items[k].cls == "F"
            or (genitive and ("g" in items[k].cases or "d" in items[k].cases))
            or (items[k].capital and not genitive)
        )

    k = j
    while k + 1 < len(items):
        if fits(k + 1) and (items[k + 1].cls != "K" or items[k + 1].capital) and not _begins_name(items, k + 1):
            k += 1
        elif (
            items[k + 1].cls == "a"
            and fits(k + 2)
            and not _begins_name(items, k + 2)
            and not (items[k + 2].cls == "K" and genitive)
        ):
            k += 2
        elif items[k + 1].cls == "," and fits(k + 2) and items[k + 2].cls == "F" and _list_ends(items, k + 2):
            k += 2
        elif items[k + 1].cls == "," and k + 3 < len(items) and items[k + 2].cls == "a" and items[k + 3].cls == "F":
            k += 3
        else:
            break
    return k


def _begins_name(items: Sequence[Item], k: int) -> bool:
    """A dictionary word before a single name-like one is the given name: "Minister of Culture | Olive Lucas"."""
    following = [items[j].cls if j < len(items) else "" for j in (k + 1, k + 2)]
    return items[k].cls == "K" and following[0] == "N" and following[1] != "N"


def _list_ends(items: Sequence[Item], k: int) -> bool:
    while k < len(items) and items[k].cls in "FAn,":
        k += 1
    return k + 1 < len(items) and items[k].cls == "a" and items[k + 1].cls in "FAn"


def is_region(items: Sequence[Item], j: int, lexicon: Lexicon) -> bool:
    """A capitalised adjective before a small noun or that of a land: "губернатор Астраханской области", "Чувашской Республики"."""
    if items[j].cls != "A" or j + 1 >= len(items):
        return False
    noun = items[j + 1]
    return noun.cls == "n" if not noun.capital else noun.lower in lexicon.settings.get("land_nouns", ())


def abbreviation_end(items: Sequence[Item], j: int) -> int:
    """Last item of a body that begins with an abbreviation: "МЧС", «корреспондент ИНС Известия | Глеб Осокин»."""
    while j + 1 < len(items) and items[j + 1].cls == "Y":
        j += 1
    word, name = (items[k] if k < len(items) else None for k in (j + 1, j + 2))
    if word and name and word.cls == "K" and word.capital and not word.given and name.given:
        j += 1
    return j


def two_words_end(items: Sequence[Item], j: int, lexicon: Lexicon) -> int | None:
    """Last item of a name of an adjective and a noun in the genitive before the holder's name: «лидер Единой Земли | Иван Орлов»."""
    if j + 2 >= len(items) or items[j].cls != "A" or not items[j].capital or items[j].given:
        return None
    noun = items[j + 1]
    if noun.lower in lexicon.settings.get("land_nouns", ()):
        return None
    if noun.cls not in "NKG" or not noun.capital or noun.given or "g" not in noun.cases or "g" not in items[j].cases:
        return None
    return j + 1 if _begins_holder(items, j + 2) else None


def bare_body_end(items: Sequence[Item], j: int, h: int, text: str, language: Language, lexicon: Lexicon) -> int | None:
    """Last item of a body known by its bare name between the title with the head `h` and the holder's name.

    It stands in the genitive («директор Росконцерта | Андрей Малышев», «защитник Арсенала | Киран Оби»), or unchanged before a known
    given name («фотограф Ассошиэйтед Пресс | Билал Оби»).
    """
    item = items[j]
    if not item.capital or item.given or item.lower in lexicon.east_surnames:
        return None
    stop = j
    while stop < len(items) and items[stop].capital and items[stop].cls in "NKpAi":
        stop += 1
    prefixes = tuple(lexicon.settings.get("body_prefixes", ()))
    surname = item.lower.endswith(tuple(lexicon.settings.get("surname_endings", ())))
    if prefixes and item.lower.startswith(prefixes) and len(item.lower) > 6 and "g" in item.cases and not surname:
        return j  # "сотрудник Росархива"
    if any(r.weight >= _SURE for r in language.readings([text[item.start : item.end]])):
        return None  # "директор Иванова Анна Петровна"
    if stop - j < 2 or (item.cls == "p" and "-" not in item.lower):
        return None
    name = next((k for k in range(j + 1, stop - 1) if items[k].cls == "i" or _like_given(items[k], lexicon)), None)
    if name is not None and stop - name <= 3 and items[name].cls != "A":
        if name > j + 1 or "g" in item.cases:
            return name - 1
        return None
    if (
        stop - j == 4
        and ("g" in item.cases or items[j + 1].cls == "K" or items[j - 1].cls == "B")
        and all(i.cls in "NK" for i in items[j:stop])
    ):
        return j + 1  # "фотограф Гринлайт Пресс | Ошуа Ротмен"
    if stop - j == 3 and items[h].value.complement != "body" and "g" in item.cases:
        best = language.readings([text[i.start : i.end] for i in items[j:stop]])
        return None if not best or "patronymic" in best[0].roles else j  # "губернатор Ламбарии | Арнольд Шварц"
    head = set(items[h].cases)
    apart = "g" in item.cases and head and not head & set(item.cases)
    return j if apart and stop - j <= 3 and "n" not in item.cases else None


def proper_body_end(items: Sequence[Item], j: int) -> int:
    """Last item of a proper name without a head noun after "Director of": the last two name-like words are the person's."""
    k = j
    while k + 1 < len(items) and items[k + 1].capital and items[k + 1].cls in "NKFYp":
        k += 1
    names = 0
    while k - names >= j and items[k - names].cls == "N":
        names += 1
    if names == k - j + 1:  # nothing but names
        return k if names <= 2 else k - 2
    return k - names if names >= 2 else k


def plain_body_end(items: Sequence[Item], j: int) -> int | None:
    """A body without a name in the genitive, with what describes it: "директор белградского театра | X"."""
    k = j
    while k < len(items) and items[k].cls in "AJ" and "g" in items[k].cases:
        k += 1
    return k if k < len(items) and items[k].cls == "h" and "g" in items[k].cases else None


def aside_end(items: Sequence[Item], j: int, lexicon: Lexicon) -> int | None:
    """Last item of words between a title and its name that say where: "глава делегации | на переговорах в Женеве | Иван Иванов"."""
    first = j + 1 if j + 1 < len(items) and items[j].cls in ",a" else j
    if first >= len(items) or items[first].lower not in lexicon.settings.get("aside_prepositions", ()):
        return None
    k = first + 1
    while k < len(items) and k - j < _ASIDE and not _begins_holder(items, k):
        item = items[k]
        if item.cls not in "AnFGLXJYQEBhfa,#K" and not (
            item.cls in "wNH" and (set(item.cases) & set("gdl") or (item.cls == "N" and items[k - 1].cls == "n"))
        ):
            return None
        k += 1
    return k - 1 if first + 1 < k < len(items) and items[k - 1].cls not in "fa," and _begins_holder(items, k) else None


def _begins_holder(items: Sequence[Item], k: int) -> bool:
    """A full name, or a further title in the nominative that leads to it."""
    item = items[k]
    following = items[k + 1] if k + 1 < len(items) else None
    if following is None:
        return False
    if item.cls == "R":
        return item.cases == "n" and items[k - 1].cls not in "fa,"
    if not following.capital or items[k - 1].cls == "f":
        return False
    if item.cls == "i":
        return following.cls in "iN"
    if following.given and not item.given and k + 2 < len(items) and items[k + 2].capital:
        return False  # "от штата Невада | Гарри Оби"
    return (item.given and following.cls in "NKAp") or (item.cls == following.cls == "N")


def over_adverb(items: Sequence[Item], j: int) -> int:
    """The body in the genitive that an adjective at `j` describes together with an adverb after it; 0 for none."""
    if j + 2 >= len(items) or items[j + 1].cls != "w" or items[j + 1].cases or items[j + 2].cls != "B":
        return 0
    return j + 2 if "g" in items[j].cases and "g" in items[j + 2].cases else 0


def next_head(items: Sequence[Item], j: int) -> int:
    """The head of an office after the modifiers that begin at `j`; 0 for none."""
    while j < len(items) and items[j].cls == "V":
        j += 1
    return j if j < len(items) and items[j].cls == "R" else 0


def bracket_end(items: Sequence[Item], j: int) -> int | None:
    """The closing bracket of a field in brackets that begin at `j`."""
    if items[j].lower != "(":
        return None
    k = j + 1
    while k < len(items) and items[k].cls in "FaA,":
        k += 1
    return k if k > j + 1 and k < len(items) and items[k].lower == ")" else None


def _like_given(item: Item, lexicon: Lexicon) -> bool:
    """Whether a word is a known given name or differs from one by an ending."""
    if item.given:
        return True
    stems = {item.lower, *(item.lower[:-n] for n in (1, 2) if len(item.lower) > n + 2)}
    return bool(stems & lexicon.given_names) or any(
        s + e in lexicon.given_names for s in stems for e in lexicon.settings.get("given_ends", ())
    )
