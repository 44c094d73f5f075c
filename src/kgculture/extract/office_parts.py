"""Parts of a title of office after its head: a portfolio, a body known by its name alone, a body without a name."""

from __future__ import annotations

from collections.abc import Sequence

from kgculture.extract.items import Item
from kgculture.lexicon import Lexicon


def portfolio_end(items: Sequence[Item], j: int, genitive: bool) -> int:
    """Last item of a portfolio that begins at `j`: "Education, Science, Culture and Sport"."""
    word = "FAn" if genitive else "FK"

    def fits(k: int) -> bool:
        if not (0 <= k < len(items) and items[k].cls in word):
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


def is_region(items: Sequence[Item], j: int) -> bool:
    """A capitalised adjective before a small noun: "губернатор Астраханской области"."""
    return items[j].cls == "A" and j + 1 < len(items) and items[j + 1].cls == "n" and not items[j + 1].capital


def is_body_name(items: Sequence[Item], j: int, lexicon: Lexicon) -> bool:
    """A capital in the genitive between a title and a name of two more: "директор Росконцерта | Андрей Малышев"."""
    if "g" not in items[j].cases or not items[j].capital or _like_given(items[j].lower, lexicon):
        return False
    prefixes = tuple(lexicon.settings.get("body_prefixes", ()))
    if prefixes and items[j].lower.startswith(prefixes) and len(items[j].lower) > 6:
        endings = tuple(lexicon.settings.get("surname_endings", ()))
        if not items[j].lower.endswith(endings):
            return True  # "сотрудник Росархива"
    following = items[j + 1 : j + 3]
    if [i.cls for i in following] in (["i", "i"], ["i", "N"]):
        return True  # "директор Росконцерта | А. Малышев"
    return [i.cls for i in following] == ["N", "N"] and _like_given(following[0].lower, lexicon)


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


def bracket_end(items: Sequence[Item], j: int) -> int | None:
    """The closing bracket of a field in brackets that begin at `j`."""
    if items[j].lower != "(":
        return None
    k = j + 1
    while k < len(items) and items[k].cls in "FaA,":
        k += 1
    return k if k > j + 1 and k < len(items) and items[k].lower == ")" else None


def _like_given(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a known given name or differs from one by an ending."""
    stems = {word, *(word[:-n] for n in (1, 2) if len(word) > n + 2)}
    return bool(stems & lexicon.given_names) or any(
        s + e in lexicon.given_names for s in stems for e in lexicon.settings.get("given_ends", ())
    )
