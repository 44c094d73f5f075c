"""The gazetteer that all articles share, and the words by which a language speaks of places.

Countries and regions stand in `shared/countries.tsv`, cities in `shared/places.tsv`; what one language adds (other names,
adjectives, peoples, abbreviations, doubtful names) in `<language>/places.yaml`, declined forms in `<language>/place_forms.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kgculture.language.base import tokenize
from kgculture.lexicon import read_yaml
from kgculture.model import Passage, Ref
from kgculture.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Kind = Literal["Country", "City", "Region"]
Form = Literal["name", "adjective", "people", "abbreviation"]

LANGUAGES = ("en", "ru", "kk")
#: names that need no tokeniser to be cut
_PLAIN = re.compile(r"[^\W\d_]+(?:[- ][^\W\d_]+)*")
_UNMARKED = str.maketrans({"ё": "е", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"})


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """A lower-case word without what writers leave out: ё as е, Latin letters without diacritics."""
    if word.isascii():
        return word
    word = word.translate(_UNMARKED)
    if any("Ѐ" <= c <= "ӿ" for c in word):
        return word  # й and ї are letters of their own
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain or word  # a mark that stands alone


@dataclass(frozen=True, slots=True)
class Place:
    """A country, city or region. `names` has one tuple per language of `LANGUAGES`, the label first; empty where none is known."""

    ref: Ref
    home: str  # ISO code of the country it lies in; a country's own; "" for regions of several
    capital: bool
    names: tuple[tuple[str, ...], ...]


class Gazetteer:
    """Places by id. All methods raise KeyError for an id that is none."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.ref: place for place in places}
        self._capitals: dict[Ref, Ref] | None = None

    def __contains__(self, ref: object) -> bool:
        return ref in self._places

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def place(self, ref: Ref) -> Place:
        return self._places[ref]

    def labels(self, ref: Ref) -> dict[str, str]:
        """Language -> its usual name, for the languages that have one."""
        return {lang: names[0] for lang, names in zip(LANGUAGES, self._places[ref].names, strict=True) if names}

    def alternatives(self, ref: Ref) -> dict[str, tuple[str, ...]]:
        """Language -> other names it goes by."""
        return {lang: names[1:] for lang, names in zip(LANGUAGES, self._places[ref].names, strict=True) if names[1:]}

    def iso(self, ref: Ref) -> str | None:
        """ISO 3166-1 code of the country it is or lies in; None for a region of several."""
        return self._places[ref].home or None

    def country_of(self, ref: Ref) -> Ref | None:
        """The country a city or region lies in, a country itself; None for a region of several."""
        home = self._places[ref].home
        return f"country-{home}" if home else None

    def kind(self, ref: Ref) -> Kind:
        head = self._places[ref].ref.partition("-")[0]
        return "Country" if head == "country" else "City" if head == "city" else "Region"

    def capital_of(self, ref: Ref) -> Ref | None:
        """The city that is a country's capital; None where the gazetteer knows none or several."""
        if self._capitals is None:
            found: dict[Ref, list[Ref]] = {}
            for city in self:
                country = self.country_of(city)
                if country and self.kind(city) == "City" and self.is_capital(city):
                    found.setdefault(country, []).append(city)
            self._capitals = {country: cities[0] for country, cities in found.items() if len(cities) == 1}
        return self._capitals.get(ref)

    def is_capital(self, ref: Ref) -> bool:
        return self._places[ref].capital


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once. Raises ResourceError where the installation lacks its lexicons."""
    shared = folder("lexicon") / "shared"
    return Gazetteer(place for name in ("countries.tsv", "places.tsv") for place in _places(shared / name))


def _places(path: Path) -> Iterator[Place]:
    for ref, capital, home, *names in _rows(path):
        if ref.startswith("country-"):
            home = ref[8:]
        yield Place(ref, home, bool(capital), tuple(tuple(n.split("|")) if n else () for n in names))


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and line[0] != "#":
            yield line.split("\t")


# --------------------------------------------------------------------------------------------- words of one language


class Entry(NamedTuple):
    """What a run of words stands for. `cases` are letters of `language.base.CASES`, "" where unknown or not declined."""

    ref: Ref
    form: Form
    cases: str = ""
    capital: bool = True  # must begin with a capital letter
    doubtful: bool = False  # may be a person's name or a common word: needs a word before it that speaks of places


@dataclass(slots=True)
class PlaceWords:
    """How one language speaks of places. Keys of `entries` are folded lower-case tokens joined by spaces."""

    entries: dict[str, Entry] = field(default_factory=dict)
    longest: dict[str, int] = field(
        default_factory=dict
    )  # first token -> tokens of the longest key that begins with it
    exact: dict[str, Ref] = field(default_factory=dict)  # abbreviations: the very letters
    exact_longest: dict[str, int] = field(default_factory=dict)
    stems: dict[str, tuple[Ref, Form]] = field(default_factory=dict)
    stem_endings: dict[Form, dict[str, str]] = field(default_factory=dict)
    endings: dict[str, str] = field(
        default_factory=dict
    )  # case endings to take off where the language has no table of forms
    adjective_suffixes: tuple[str, ...] = ()
    prefixes: dict[str, Ref] = field(default_factory=dict)
    compound_letter: str = ""
    context: frozenset[str] = frozenset()
    weak_context: frozenset[str] = frozenset()
    context_after: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    derived: dict[str, Entry | None] = field(default_factory=dict)  # by their endings

    def add(self, key: str, entry: Entry) -> None:
        """Adds a key, unless an earlier place has it."""
        if key not in self.entries:
            self.entries[key] = entry
            first, _, rest = key.partition(" ")
            length = key.count(" ") + 1 if rest else 1
            if length > self.longest.get(first, 0):
                self.longest[first] = length


@cache
def place_words(lang: str) -> PlaceWords:
    """The words of a language, read once. Raises KeyError for a language that we do not know."""
    home = folder("lexicon") / lang
    data: dict[str, Any] = read_yaml(home / "places.yaml")
    if not data:
        raise KeyError(lang)
    forms = _forms(home / "place_forms.tsv")
    words = PlaceWords(
        endings=data.get("endings", {}),
        adjective_suffixes=tuple(data.get("adjective_suffixes", ())),
        prefixes={prefix: to_ref(code) for code, found in data.get("prefixes", {}).items() for prefix in found},
        compound_letter=data.get("compound_letter", ""),
        context=frozenset(data.get("context", ())),
        weak_context=frozenset(data.get("weak_context", ())),
        joiners=frozenset([",", *data.get("joiners", ())]),
        context_after=frozenset(data.get("context_after", ())),
        not_before=frozenset(data.get("not_before", ())),
    )
    doubtful = frozenset(folded(name.lower()) for name in data.get("doubtful", ()))
    for ref, name in _names(lang, data):
        capital, doubt = name[0].isupper(), folded(name.lower()) in doubtful
        if declined := forms.get(name):
            start, *ends = declined
            plain = _PLAIN.fullmatch(name)  # then the forms are keys as they are
            for end in ends:
                ending, _, cases = end.partition("=")
                form = start + ending
                words.add(form if plain else key_of(form), Entry(ref, "name", cases, capital, doubt))
        else:
            words.add(key_of(name.lower()), Entry(ref, "name", "", capital, doubt))
    _add_adjectives(words, data)
    for code, found in data.get("abbreviations", {}).items():
        for short in found:
            tokens = _tokens(short)
            words.exact.setdefault(" ".join(tokens), to_ref(code))
            words.exact_longest[tokens[0]] = max(len(tokens), words.exact_longest.get(tokens[0], 0))
    return words


def _names(lang: str, data: dict[str, Any]) -> Iterator[tuple[Ref, str]]:
    """Names to look for, those of countries and of this language first."""
    index = LANGUAGES.index(lang)
    gaz = gazetteer()
    for code, found in data.get("names", {}).items():
        for name in found:
            yield to_ref(code), name
    # Kazakh takes most foreign names from Russian: `names_from` says whose names may stand in for missing ones.
    sources = [index, *(LANGUAGES.index(other) for other in data.get("names_from", ()))]
    for ref in gaz:
        for source in sources:
            for name in gaz.place(ref).names[source]:
                yield ref, name
                if ref.startswith("country-"):
                    for polity in data.get("polities", ()):
                        yield ref, f"{polity} {name}"


def _add_adjectives(words: PlaceWords, data: dict[str, Any]) -> None:
    endings: dict[str, str] = data.get("adjective_endings", {})
    plural: list[str] = data.get("people_endings", [])
    not_after = tuple(data.get("people_not_after", ()))
    words.stem_endings = {"adjective": endings, "people": data.get("people_word_endings", {})}
    for form in ("adjective", "people"):
        for code, found in data.get("adjectives" if form == "adjective" else "people", {}).items():
            for word in found:
                if words.stem_endings[form]:
                    words.stems.setdefault(folded(word), (to_ref(code), form))
                    continue
                words.add(key_of(word.lower()), Entry(to_ref(code), form, "", word[0].isupper()))
                if form == "adjective" and not word.endswith(not_after):
                    for ending in plural:
                        words.add(key_of(word.lower() + ending), Entry(to_ref(code), "people", "", word[0].isupper()))


def to_ref(code: str) -> Ref:
    """The id that a key of the data means: an ISO code is a country's, others are ids."""
    return f"country-{code}" if len(code) == 2 else code


def key_of(name: str) -> str:
    """The key of a lower-case name: its tokens, folded, joined by spaces."""
    if _PLAIN.fullmatch(name):
        return folded(name)  # every space parts tokens
    return " ".join(folded(token) for token in _tokens(name))


def _tokens(name: str) -> list[str]:
    return [t.lower if t.text[0].islower() else t.text for t in tokenize(name, Passage(0, len(name)))]


def _forms(path: Path) -> dict[str, list[str]]:
    return {name: rest for name, *rest in _rows(path)} if path.is_file() else {}
