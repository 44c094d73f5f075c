"""Where a body's name begins and ends in a language that joins its parts by prepositions: "the Board of Muslims of the Caucasus"."""

from __future__ import annotations

from collections.abc import Sequence

from kgculture.extract.items import Item
from kgculture.lexicon import Lexicon

_CAPITALS = frozenset("NKFYJGLXEApi")
#: A name of more items is a misreading.
LONGEST = 16


def left_analytic(items: Sequence[Item], h: int) -> int:
    left, joined = h, False
    while left > 0:
        cls = items[left - 1].cls
        if (
            (cls in "NKFYJGLXipEQ" and items[left - 1].capital)
            or cls == "Q"
            or (cls in "Hh" and items[left - 1].capital)
        ):
            left -= 1
        elif (
            cls == "a"
            and left >= 2
            and (
                (items[left - 2].cls in "KFNH" and items[left].cls in "KFHJ")
                or (items[left - 2].cls == "L" and items[left].cls == "N")  # "Victoria and Albert Museum"
            )
            and items[left - 2].capital
            and left - 1 < h
            and not _titled(items, left - 2)
        ):
            left -= 2
            joined = True
        elif (
            cls == "S" and left >= 2 and items[left - 2].cls == "K" and items[left - 2].capital and items[left].capital
        ):
            left -= 2  # "the People's Association", "the Writers' Union"
        elif cls == "," and joined and left >= 2 and items[left - 2].cls in "KF" and items[left - 2].capital:
            left -= 2  # "the Educational, Scientific and Cultural Organization"
        else:
            break
    if items[h].cls == "h" and not items[h].value.mission:
        while left < h and items[left].cls in "GJ" and h - left == 1:
            left += 1  # "the Kazakh museum" names no body
    if h - left > 1 and items[left].cls == "Y" and items[left + 1].cls in "GJ":
        left += 1  # an agency's name: "NEWSWIRE Kazakh Ministry of Culture"
    return left


def _titled(items: Sequence[Item], k: int) -> bool:
    """Whether a name that ends at `k` stands after a title: "Minister of Culture Anna Blum and | National Museum director"."""
    if items[k].cls != "N":
        return False
    while k > 0 and items[k - 1].capital and items[k - 1].cls in "NKFip":
        k -= 1
    while k > 0 and items[k - 1].cls in "ota":
        k -= 1
    return k > 0 and items[k - 1].cls in "Rm"


def right_analytic(items: Sequence[Item], h: int, left: int, lexicon: Lexicon) -> int:
    right = fixed = h
    if (
        items[h].cls == "h"
        and left == h
        and not items[h].value.commission
        and not (h + 1 < len(items) and items[h + 1].cls in "Qb")
    ):
        return _apposed(items, h)
    if items[h].value.commission:
        return _commission(items, h, lexicon)
    while right + 1 < len(items) and right - left < LONGEST:
        j = right + 1
        cls = items[j].cls
        if right == h and items[h].value.named and (stop := _own_name(items, j)) is not None:
            return stop
        if cls == "a" and j + 1 < len(items) and items[j + 1].cls == "H" and right == h:
            right = j + 1
        elif cls in "NKFYJLGH" and items[j].capital and (stop := _run_to_head(items, j)) is not None:
            right = stop
        elif cls == "Q" and right == h:
            right = j
        elif cls == "h" and items[right].cls in _CAPITALS and right > h and items[j].value.lower is False:
            right = j
        elif (
            cls == "o"
            or (cls == "f" and items[j].lower in lexicon.settings.get("field_prepositions", ()))
            or _inner_link(items, h, j, lexicon)
        ):
            stop = _noun_phrase(items, j + 1)
            if stop is None:
                break
            right = stop
        elif items[h].value.mission and (host := _host(items, j, lexicon)) is not None:
            return host  # "the Embassy of Kazakhstan | in the UK"
        elif cls == "b":
            right = namesake_end(items, j)
            if right == j:
                right -= 1
                break
            fixed = right
        else:
            break
    return _trim(items, max(h, fixed), right)


def _apposed(items: Sequence[Item], h: int) -> int:
    """The last item of the name that follows a head with a small letter: "the ensemble | Saltanat"; the head where none does.

    One word: "the soloist of the ensemble Anna Berg" is a person.
    """
    if not items[h].value.apposed:
        return h
    k = h + 1
    while k < len(items) and items[k].cls in "NKY" and items[k].capital:
        k += 1
    run = items[h + 1 : k]
    fits = len(run) == 1 and not run[0].given and not (k < len(items) and items[k].cls in "HhRLGX")
    return k - 1 if fits else h


def _host(items: Sequence[Item], j: int, lexicon: Lexicon) -> int | None:
    """The country at which a mission is, after a preposition of place that begins at `j`."""
    if items[j].lower not in lexicon.settings.get("seat_prepositions", ()):
        return None
    k = j + 1 + (j + 1 < len(items) and items[j + 1].cls == "t")
    return k if k < len(items) and items[k].cls == "G" else None


def _inner_link(items: Sequence[Item], h: int, j: int, lexicon: Lexicon) -> bool:
    """ "for Work with …": a preposition that only goes on where the name already has a field."""
    fields: Sequence[str] = lexicon.settings.get("field_prepositions", ())
    return items[j].lower in lexicon.settings.get("inner_prepositions", ()) and any(
        i.lower in fields for i in items[h:j]
    )


def _run_to_head(items: Sequence[Item], j: int) -> int | None:
    k = j
    while k < len(items) and items[k].cls in "NKFYJGLH" and items[k].capital:
        k += 1
    heads = [m for m in range(j, k) if items[m].cls == "H"]
    return heads[-1] if heads else None


def _own_name(items: Sequence[Item], j: int) -> int | None:
    """Last item of a name that follows a head of another language as it stands: "Teatro | di San Carlo", "Musée | Guimet"."""
    k = j
    while k < len(items) and (items[k].cls == "p" or (items[k].capital and items[k].cls in "NKFYLX")):
        k += 1
    if k == j and items[j].cls == "w" and j + 1 < len(items) and items[j + 1].capital and items[j + 1].cls in "NKL":
        k = j + 2  # "Teatro alla Scala"
    while k > j and not items[k - 1].capital:
        k -= 1
    return k - 1 if k > j else None


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
        elif (
            item.cls == "a"
            and k > j
            and following
            and following.capital
            and following.cls in "KFHA"
            and items[k - 1].cls in "KFAJEH"
        ):
            k += 1
        elif (
            item.cls == ","
            and k > j
            and following
            and following.capital
            and following.cls in "KF"
            and _list_goes_on(items, k + 1)
        ):
            k += 1
        else:
            break
    return k - 1 if k > j else None


def _list_goes_on(items: Sequence[Item], k: int) -> bool:
    """Whether capitalised words and commas lead from `k` to an "and" and one more of them: "Trade, Economic and Cultural"."""
    while k < len(items) and items[k].cls in "KF,JA" and (items[k].cls == "," or items[k].capital):
        k += 1
    return k + 1 < len(items) and items[k].cls == "a" and items[k + 1].cls in "KF" and items[k + 1].capital


def namesake_end(items: Sequence[Item], b: int) -> int:
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
    while k - 1 > b and items[k - 1].lower == ".":
        k -= 1  # the end of the sentence
    return k - 1


def _trim(items: Sequence[Item], h: int, right: int) -> int:
    """Give back a person's name that stands at the end: "the Board of Muslims of the Caucasus | Allahshukur Pashazade"."""
    k = right
    while k > h and items[k].cls in "Npi" and items[k].capital:
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
        while k < len(items) and k - h < 14 and items[k].cls in "ofatwFKAnNYJGLX,h" and items[k].lower not in between:
            if (items[k].cls == "f" and items[k].lower not in lexicon.settings.get("field_prepositions", ())) or (
                items[k].cls == "w" and k > h + 1 and items[k - 1].cls not in "ofatwFKAn,"
            ):
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
