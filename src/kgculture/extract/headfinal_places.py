"""Places of languages whose phrases end with their head (`link: before`): a place and the noun that carries its case as one item.

"Баку қаласында", "Ресей астанасында", "Қырғыз Республикасының", "Шығыс Қазақстан облысының".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgculture.extract.items import Item
from kgculture.language.base import Language
from kgculture.lexicon import Lexicon, word_agrees
from kgculture.lexicon.places import gazetteer, place_words

#: letters of the ending of the ablative
_ABLATIVE = 3
#: value of an item that is a region named after a city, whose refs it keeps
REGION = "region"


def join_places(text: str, items: Sequence[Item], language: Language, lexicon: Lexicon) -> list[Item]:
    """ "Баку қаласында", "Ресей астанасында": a place and the noun that carries its case as one item."""
    nouns: Sequence[str] = lexicon.settings.get("place_nouns", ())
    capitals: Sequence[str] = lexicon.settings.get("capital_words", ())
    joined: list[Item] = []
    items = _towns(items, lexicon)
    for k, item in enumerate(items):
        if (
            item.cls == "Y"
            and k
            and items[k - 1].cls == "N"
            and items[k - 1].lower in lexicon.given_names
            and len(item.lower) > 4
        ):
            item.cls, item.cases = "N", language.cases(item.lower.capitalize())  # "Асқар МАМИННІҢ"
        named = k > 1 and items[k - 1].cls == "N" and items[k - 1].lower in lexicon.given_names
        if item.cls == "L" and named and items[k - 2].cls == "R" and item.cases != "l" and item.first == item.last:
            item.cls, item.refs, item.value = "N", (), None  # a surname that is also a city's name
        stem, hyphen, _ = text[item.start : item.end].partition("-")
        if item.last > item.first and item.cls in "HhRV":
            item.cases = language.cases(item.lower.split()[-1])
        elif item.cls in "KN" and hyphen and len(stem) > 1 and stem.isupper():
            item.cls, item.cases = "Y", language.cases(item.lower)  # an abbreviation with an ending
    for k, item in enumerate(items):
        if home := _home_region(joined, item, lexicon):
            joined[-home:] = [_region(_one(joined[-home:], lexicon), item, language)]
            continue
        before = joined[-1] if joined else None
        if before is not None and before.cls in "GLJ" and item.cls in "wnKAhN" and before.refs:
            refs: tuple[str, ...] = ()
            if any(word_agrees(w, item.lower) for w in capitals) and before.cls in "GJ":
                city = gazetteer().capital_of(before.refs[0])
                refs = (city,) if city else ()
            elif any(word_agrees(w, item.lower) for w in nouns) and before.cls in "GL" and case_of(before) == "":
                refs = before.refs
            elif (
                before.cls == "L"
                and case_of(before) == ""
                and any(word_agrees(w, item.lower) for w in lexicon.settings.get("region_nouns", ()))
            ):
                joined[-1] = _region(before, item, language)
                continue
            elif before.cls == "G" and case_of(before) == "" and _of_polity(items, k, nouns, lexicon):
                joined[-1] = replace(before, last=item.last, end=item.end, lower=f"{before.lower} {item.lower}")
                continue
            if refs:
                cls = "L" if refs[0].startswith("city-") else "G"
                lower = f"{before.lower} {item.lower}"
                cases = language.cases(item.lower)
                joined[-1] = replace(
                    before,
                    cls=cls,
                    last=item.last,
                    end=item.end,
                    lower=lower,
                    refs=refs,
                    cases="" if cases == "n" else cases,
                )
                continue
        joined.append(item)
    return joined


def _towns(items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """Towns that only the noun after them tells, also in a spelling of this language: "Бұрса қаласында"; unknown ones are no persons."""
    nouns: Sequence[str] = lexicon.settings.get("town_nouns", ())
    letters = str.maketrans(lexicon.settings.get("native_letters", {}))
    found = list(items)
    for k in range(len(found) - 1):
        item = found[k]
        if item.cls not in "NKA" or not item.capital or not any(word_agrees(n, found[k + 1].lower) for n in nouns):
            continue
        entry = place_words(lexicon.code).entries.get(item.lower.translate(letters))
        if entry and entry.ref.startswith("city-"):
            found[k] = replace(item, cls="L", refs=(entry.ref,), cases="", value=None)
        elif item.cls == "N" and not (k and found[k - 1].cls in "NLG"):
            found[k] = replace(item, cls="K", cases="")
    return found


def _of_polity(items: Sequence[Item], k: int, nouns: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether an item tells what kind of republic follows: "Ислам", before "Республикасының"."""
    if items[k].lower not in lexicon.settings.get("polity_words", ()) or k + 1 == len(items):
        return False
    following = items[k + 1].lower
    return following in lexicon.settings.get("polity_words", ()) or any(word_agrees(w, following) for w in nouns)


def _home_region(joined: Sequence[Item], item: Item, lexicon: Lexicon) -> int:
    """How many items before a noun like "облысы" name a region of the home country with it: "Шығыс Қазақстан облысы"."""
    known: Sequence[str] = lexicon.settings.get("home_regions", ())
    if not known or not any(word_agrees(w, item.lower) for w in lexicon.settings.get("region_nouns", ())):
        return 0
    named = (n for n in (2, 1) if len(joined) >= n and " ".join(i.lower for i in joined[-n:]) in known)
    return next(named, 0)


def _one(parts: Sequence[Item], lexicon: Lexicon) -> Item:
    """The words of a region's name as one item, with the home country."""
    home = lexicon.settings.get("home_country")
    first, last = parts[0], parts[-1]
    lower = " ".join(i.lower for i in parts)
    return replace(first, last=last.last, end=last.end, lower=lower, refs=(home,) if home else ())


def _region(city: Item, noun: Item, language: Language) -> Item:
    """ "Омбы облысы": a region by the name of its city, which is no place of its own here."""
    cases = language.cases(noun.lower)
    return replace(
        city,
        cls="K",
        last=noun.last,
        end=noun.end,
        lower=f"{city.lower} {noun.lower}",
        value=REGION,
        cases="" if cases == "n" else cases,
    )


def case_of(item: Item) -> str:
    """The letter of an item's case; "" where it has none, which for a place is the bare form."""
    return "" if item.cases in ("n", "ngdail") else item.cases


def owns(item: Item) -> bool:
    """Whether an item may stand before a noun as its owner or field: bare or genitive."""
    return case_of(item) in ("", "g")


def comes_from(item: Item) -> bool:
    """Whether a country stands in the ablative, which `cases` does not tell: "Қазақстаннан" is no attribute."""
    if item.cls not in "GL" or not item.refs or case_of(item) != "" or len(item.lower) < _ABLATIVE + 3:
        return False
    names = gazetteer().labels(item.refs[0]).values()
    return item.lower[:-_ABLATIVE] in {name.lower() for name in names}
