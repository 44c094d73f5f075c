"""A sentence as items: words, and places, dates, quotations and titles of office as a whole, each with a class letter.

    N name-like capitalised word     K other capitalised word     Y capitals only (an abbreviation)     A adjective (inflected languages)
    n noun that may be a genitive    F word of a portfolio        w other word     i initial     p particle of a name     # number
    R head of an office              V deputy, acting, former     H head of a body, capitalised; h the same with a small letter
    G country   J adjective of a country   E people of a country   L city   X region   D date   Q quotation
    m honorific   c calling (singer, sculptor)   o of   f other preposition   a and   t article   S possessive   b named after
    , ; : " - . signs

The letters are what the parsers of names look at; which word has which class is data of the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kgculture.extract.dates import DateMention
from kgculture.extract.document import Document, Sentence
from kgculture.extract.places import PlaceMention
from kgculture.extract.word_classes import CASELESS, class_of, plain_words
from kgculture.language.base import Language, Token
from kgculture.language.kept import Kept
from kgculture.lexicon import Lexicon, word_agrees
from kgculture.lexicon.places import gazetteer

_OPEN = {"«": "»", "“": "”", "„": "“”", '"': '"', "‘": "’", "‹": "›"}
_MARKS = frozenset([*_OPEN, "'"])
#: Letters of a word that is no abbreviation.
_LONG = 5
#: Letters of a word that may be small in a title.
_SHORT = 3
#: A quotation of more tokens than this is speech, not a title.
LONGEST_TITLE = 14
_PLACE_CLASS = {"country": "G", "city": "L", "region": "X"}


@dataclass(slots=True)
class Item:
    """Tokens `first..last` (inclusive) of a sentence as one thing. `refs` are places; `value` what the lexicon knows of it."""

    first: int
    last: int
    cls: str
    lower: str
    start: int
    end: int
    refs: tuple[str, ...] = ()
    value: Any = None
    capital: bool = False
    cases: str = ""
    given: bool = False  # it may be a given name, in whatever case


def items_of(
    doc: Document, sentence: Sentence, lexicon: Lexicon, places: Sequence[PlaceMention], dates: Sequence[DateMention]
) -> list[Item]:
    """The items of a sentence, in order, covering every token once."""
    tokens = sentence.tokens
    texts = [t.text for t in tokens]
    capitals = sum([t.is_capital and len(t.text) > 1 and t.text.isupper() for t in tokens])
    shouting = capitals > 0 and capitals > 0.7 * sum([t.is_word for t in tokens])
    place_at = {p.first: p for p in reversed(places)}
    date_at = {d.first: d for d in dates}
    quotes = {} if _MARKS.isdisjoint(texts) else _quotations(tokens)
    at_first, later = plain_words(lexicon, shouting)
    plain = [later[text] for text in texts]
    if tokens:
        plain[0] = at_first[texts[0]]
    for i in (*place_at, *date_at, *quotes):
        plain[i] = None
    alike: dict[str, str] = lexicon.settings.get("homoglyphs", {})
    words = [alike.get(t.lower, t.lower) for t in tokens] if alike else [t.lower for t in tokens]
    both = {p.first: tuple(q.ref for q in places if q.first == p.first) for p in places}
    items: list[Item] = []
    i = 0
    while i < len(tokens):
        if (known := plain[i]) is not None:
            token = tokens[i]
            items.append(
                Item(
                    i,
                    i,
                    known.cls,
                    known.lower,
                    token.start,
                    token.end,
                    (),
                    None,
                    known.capital,
                    known.cases,
                    known.given,
                )
            )
            i += 1
            continue
        last, cls = i, ""
        value: Any = None
        refs: tuple[str, ...] = ()
        if i in quotes:
            last, cls = quotes[i], "Q"
        elif (office := lexicon.offices.match(words, i)) and _apart(place_at, i, office[0]):
            last, cls, value = i + office[0] - 1, "R", office[1]
        elif prefixed := _prefixed(words, i, lexicon):
            start, cases = tokens[i].start, doc.language.cases(tokens[i].text)
            items.append(Item(i, i, "V", words[i], start, start, (), prefixed[1], tokens[i].is_capital, cases))
            last, cls, value = i + prefixed[0] - 1, "R", prefixed[2]
        elif i in date_at and not _surname_of_the_east(tokens, date_at[i], lexicon):
            last, cls, value = date_at[i].last, "D", date_at[i]
        elif _is_eastern_name(tokens, i, lexicon) or (
            i in place_at and place_at[i].last == i and _is_given_before_surname(tokens, i, lexicon)
        ):
            cls = "N"  # "Park Ji-hoon" is no park
        elif body := _longer(lexicon.bodies.match(words, i), place_at.get(i), i):
            last, value = i + body[0] - 1, body[1]
            cls = "H" if tokens[last].is_capital or tokens[i].is_capital else "h"
        elif i in place_at:
            p = place_at[i]
            last, refs, value = p.last, both[i], p
            cls = {"adjective": "J", "people": "E"}.get(p.form) or _PLACE_CLASS[p.ref.partition("-")[0]]
            if cls == "E" and i and tokens[i].is_capital and lexicon.settings.get("small_peoples"):
                last, cls, refs, value = i, "N", (), None  # "Антон | Чехов"
            if cls == "J" and not p.ref.startswith("country-") and lexicon.classes.match(words, i) == (1, "F"):
                cls, refs, value = "F", (), None  # "European Integration Minister"
        elif (
            _is_initial(tokens, i, lexicon)
            and i + 2 < len(tokens)
            and tokens[i + 2].is_capital
            and (lexicon.classes.match(words, i) or (0, ""))[0] < 2
        ):
            last, cls = i + 1, "i"  # before the small words: "В. Иванов"
        elif modifier := lexicon.modifiers.match(words, i):
            last, cls, value = i + modifier[0] - 1, "V", modifier[1]
        elif tokens[i].text in lexicon.settings.get("honorific_abbreviations", ()):
            cls = "m"
        elif (small := lexicon.classes.match(words, i)) and (small[0] > 1 or not _is_initial(tokens, i, lexicon)):
            last, cls = i + small[0] - 1, small[1]
            if cls == "m" and last + 1 < len(tokens) and tokens[last + 1].text == ".":
                last += 1
        elif (calling := lexicon.callings.match(words, i)) and not _named_so(tokens, i, lexicon):
            last, cls, value = i + calling[0] - 1, "c", calling[1]
        elif _is_initial(tokens, i, lexicon):
            last, cls = i + 1, "i"
        else:
            cls = class_of(
                tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None, i == 0, shouting, doc.language, lexicon
            )
            if (
                cls == "Y"
                and items
                and items[-1].cls in "Ni"
                and _is_surname_in_capitals(
                    tokens, i, lexicon, len(items) > 1 and (items[-2].cls in "TmG" or items[-1].given)
                )
            ):
                cls = "N"
        item = Item(
            i,
            last,
            cls,
            " ".join(words[i : last + 1]),
            tokens[i].start,
            tokens[last].end,
            refs,
            value,
            tokens[i].is_capital or cls == "N",
        )
        if cls in "GJELX":
            item.cases = value.case
        else:
            item.cases = doc.language.cases(tokens[i].text) if cls not in CASELESS else ""
            if cls == "R" and last > i and doc.language.word_class(item.lower.partition(" ")[0]) == "adjective":
                noun = doc.language.cases(
                    tokens[i + 1].text
                )  # "генеральный директор": the adjective alone may be the accusative
                item.cases = "".join(c for c in item.cases if c in noun) or item.cases
            item.given = item.capital and cls in "NK" and lexicon.is_given_name(item.lower, doc.language.base_forms)
        items.append(item)
        i = last + 1
    _capitals(items, lexicon)
    _lands(items, doc.language, lexicon)
    if items and items[0].cls == "K" and not (len(items) > 1 and items[1].cls in "HNKFY"):
        items[0].cls = "w"  # the capital only begins the sentence
    return items


def _lands(items: list[Item], language: Language, lexicon: Lexicon) -> None:
    """Adjectives of lands that look like surnames: "Зареченского | района"."""
    lands: Sequence[str] = lexicon.settings.get("land_words", ())
    for k, item in enumerate(items[1:] if lands else (), 1):
        if item.lower in lands and items[k - 1].cls == "N" and language.word_class(items[k - 1].lower) == "adjective":
            items[k - 1].cls = "A"


@cache
def _capital_words(lexicon: Lexicon) -> Kept[str, bool]:
    words: Sequence[str] = lexicon.settings.get("capital_words", ())
    return Kept(lambda lower: any(word_agrees(w, lower) for w in words))


def _capitals(items: list[Item], lexicon: Lexicon) -> None:
    """ "the Kazakh capital", "столица Казахстана": the capital itself, in place of the two words."""
    is_capital = _capital_words(lexicon)
    links: Sequence[str] = lexicon.settings.get("capital_links", ())
    for k in range(len(items) - 1, -1, -1):
        if not is_capital[items[k].lower]:
            continue
        after = k + 1
        while after + 1 < len(items) and items[after].lower in links:  # "the capital | city of | Cuba"
            after += 1
        for j in (k - 1, after):
            if 0 <= j < len(items) and items[j].cls in ("J" if j < k else "G") and len(items[j].refs) == 1:
                city = gazetteer().capital_of(items[j].refs[0])
                if city:
                    first, last = items[min(j, k)], items[max(j, k)]
                    merged = replace(
                        items[k],
                        cls="L",
                        first=first.first,
                        last=last.last,
                        start=first.start,
                        end=last.end,
                        refs=(city,),
                    )
                    merged.cases = items[k].cases
                    items[min(j, k) : max(j, k) + 1] = [merged]
                break


def _prefixed(words: Sequence[str], i: int, lexicon: Lexicon) -> tuple[int, Any, Any] | None:
    """(tokens, modifier, head) of an office whose first word carries a modifier as prefix: "экс-министр"."""
    prefixes: dict[str, str] = lexicon.settings.get("prefixes", {})
    for prefix, modifier in prefixes.items():
        if words[i].startswith(prefix):
            office = lexicon.offices.match([words[i].removeprefix(prefix), *words[i + 1 : i + 6]], 0)
            known = lexicon.modifiers.match([modifier], 0)
            if office and known:
                return office[0], known[1], office[1]
    return None


def _apart(place_at: dict[int, PlaceMention], at: int, length: int) -> bool:
    return not any(k in place_at and place_at[k].last >= at + length for k in range(at, at + length))


def _longer(body: tuple[int, Any] | None, place: PlaceMention | None, at: int) -> tuple[int, Any] | None:
    return body if body and (place is None or body[0] > place.last - at + 1) else None


def _named_so(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether what else is a calling is a given name here: "басшысы Ғалым Сәтенов"."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    capitals = i > 0 and tokens[i].is_capital and following is not None and following.is_capital
    return capitals and tokens[i].lower in lexicon.given_names


def _is_eastern_name(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """A surname that stands first and a hyphened given name after it."""
    endings: Sequence[str] = lexicon.settings.get("surname_case_endings", ("",))
    stems = [tokens[i].lower.removesuffix(e) for e in endings]
    if i + 1 >= len(tokens) or lexicon.east_surnames.isdisjoint({tokens[i].lower, *stems}):
        return False
    return tokens[i].is_capital and tokens[i + 1].is_capital and "-" in tokens[i + 1].text


def _is_surname_in_capitals(tokens: Sequence[Token], i: int, lexicon: Lexicon, titled: bool) -> bool:
    """Whether a word in capitals after a name is the surname: of a titled name any, else one that ends as surnames do: "Anna PETROVA"."""
    endings = tuple(lexicon.settings.get("surname_endings", ()))
    stem = tokens[i].lower
    if titled and len(stem) > 3 and tokens[i - 1].text[-1].islower():
        return True
    cases: Sequence[str] = lexicon.settings.get("surname_case_endings", ())
    return (
        len(stem) > _LONG
        and tokens[i - 1].text[-1].islower()
        and any(stem.removesuffix(e).endswith(endings) for e in ("", *cases))
    )


def _is_given_before_surname(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether the name of a city is somebody's given name: "Milan Kundera", not "Milan" alone."""
    if tokens[i].lower not in lexicon.given_names or i + 1 >= len(tokens):
        return False
    following = tokens[i + 1]
    return (
        following.is_word
        and following.is_capital
        and len(following.text) > 1
        and following.lower not in lexicon.given_names
    )


def _surname_of_the_east(tokens: Sequence[Token], date: DateMention, lexicon: Lexicon) -> bool:
    """Whether what looks like a day of the week is of a name: "Sun Jiazheng", "Le Duc Thu"."""
    if date.last > date.first or not tokens[date.first].is_capital:
        return False
    if any(t.is_capital and t.lower in lexicon.east_surnames for t in tokens[max(0, date.first - 2) : date.first]):
        return True
    if tokens[date.first].lower not in lexicon.east_surnames:
        return False
    return date.last + 1 < len(tokens) and tokens[date.last + 1].is_word and tokens[date.last + 1].is_capital


def _is_initial(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    return (
        (len(tokens[i].text) == 1 or tokens[i].lower in lexicon.settings.get("digraph_initials", ()))
        and tokens[i].is_capital
        and i + 1 < len(tokens)
        and tokens[i + 1].text == "."
        and tokens[i + 1].start == tokens[i].end
    )


def _quotations(tokens: Sequence[Token]) -> dict[int, int]:
    """First token -> last token of quotations short enough to be a title; speech stays words."""
    found: dict[int, int] = {}
    i = 0
    while i < len(tokens):
        closers = _OPEN.get(tokens[i].text) or ("'" if _opens(tokens, i) else None)
        if closers:
            depth = 1
            for j in range(i + 1, min(len(tokens), i + LONGEST_TITLE + 3)):
                if (tokens[j].text in closers and tokens[j].text != tokens[i].text) or (
                    tokens[j].text == tokens[i].text
                    and (tokens[j].text == '"' or (closers == "'" and _closes(tokens, j)))
                ):
                    depth -= 1
                    if not depth:
                        spoken = j - i > 5 and tokens[j - 1].text in ",." and not _title_cased(tokens[i + 1 : j - 1])
                        if j - i > 1 and not spoken:
                            found[i] = j
                        i = j
                        break
                elif tokens[j].text == tokens[i].text:
                    depth += 1
        i += 1
    return found


def _opens(tokens: Sequence[Token], i: int) -> bool:
    """Whether the apostrophe at `i` opens a quotation: a space or sign before it, a word right after it."""
    if tokens[i].text != "'" or i + 1 >= len(tokens):
        return False
    apart = i == 0 or tokens[i - 1].end < tokens[i].start or not tokens[i - 1].is_word
    return apart and tokens[i + 1].start == tokens[i].end and tokens[i + 1].text[0].isalnum()


def _closes(tokens: Sequence[Token], j: int) -> bool:
    """Whether the apostrophe at `j` closes one: a word or sign right before it, none right after it."""
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    return tokens[j - 1].end == tokens[j].start and not (
        following and following.is_word and following.start == tokens[j].end
    )


def _title_cased(tokens: Sequence[Token]) -> bool:
    """Whether words are written as a title: a capital on each but a few short ones, which are no more than the others."""
    words = [t.text for t in tokens if t.text[0].isalpha()]
    capitals = [w for w in words if w[0].isupper()]
    small = [w for w in words if not w[0].isupper()]
    return bool(capitals) and len(small) <= len(capitals) and all(len(w) <= _SHORT for w in small)
