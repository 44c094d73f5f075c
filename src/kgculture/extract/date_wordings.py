"""The wordings of dates as `lexicon/<language>/dates.yaml` gives them, indexed by what they begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from kgculture.language.kept import Kept
from kgculture.lexicon import read_yaml
from kgculture.lexicon.places import folded
from kgculture.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["point", "range", "until", "since", "period"]

YEARS = range(1700, 2101)
NUMERIC = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})\.(\d{1,2})\.(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a pattern: a part of a date, or words."""

    part: str = ""
    words: frozenset[str] = frozenset()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    id: str
    kind: Kind
    direction: str
    elements: tuple[Element, ...]
    parts: frozenset[str]  # its first part of a date; several where those before the last one are optional
    lead: int  # words and optional parts that may stand before that
    words: frozenset[str]  # those words


@dataclass(slots=True)
class DateWordings:
    """The wordings of one language, indexed by what they may begin with."""

    months: dict[str, int]
    capital_only: frozenset[str]
    weekdays: dict[str, int]
    phrases: dict[str, list[tuple[tuple[str, ...], int]]]
    suffixes: dict[str, list[tuple[str, ...]]]
    not_after_year: frozenset[str]
    lookalikes: dict[int, str]  # letters of another script -> those of this one that look alike
    by_word: dict[str, list[Pattern]] = field(default_factory=dict)
    by_part: dict[str, list[Pattern]] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    parts_of: dict[str, list[str]] = field(default_factory=dict)  # word -> parts that it may begin
    words: set[str] = field(default_factory=set)  # all that may stand before a part
    lead: int = 0  # words that a pattern may have before its first part of a date
    # first word -> second or "" -> phrases and what they are
    begun: dict[str, dict[str, list[tuple[str, tuple[str, ...]]]]] = field(init=False)
    keys: Kept[str, str] = field(init=False)  # word -> how it is looked up
    parts_at: Kept[str, tuple[str, ...]] = field(init=False)  # that -> parts of a date that may begin there
    possible: Kept[tuple[str, int, tuple[str, ...], str], tuple[Pattern, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = Kept(lambda word: folded(word.translate(self.lookalikes)))
        self.begun = {}
        for part, phrases in self.phrases.items():
            for words, _ in phrases:
                second = words[1] if len(words) > 1 else ""
                self.begun.setdefault(words[0], {}).setdefault(second, []).append((part, words))
        self.parts_at = Kept(self._parts_at)
        self.possible = Kept(self._possible)

    def _parts_at(self, key: str) -> tuple[str, ...]:
        if not key[0].isdigit():
            return tuple(self.parts_of.get(key, ()))
        parts = ["numeric"] if NUMERIC.fullmatch(key) else []
        if key.isdigit():
            value = int(key)
            if len(key) == 4 and value in YEARS:
                parts += ["year", "yearword"]
            elif len(key) <= 2 and 1 <= value <= 31:
                parts += ["day", "monthnumber"]
        return tuple(parts)

    def _possible(self, place: tuple[str, int, tuple[str, ...], str]) -> tuple[Pattern, ...]:
        """Patterns that may begin with a word where what may be a part of a date stands so many words ahead: one of some, or a word."""
        key, near, ahead, word = place
        if key == ",":
            return ()
        found = {p.id: p for p in self.by_word.get(key, ())}
        for part in ahead if near == 0 else ():
            if part != "monthnumber":
                found.update({p.id: p for p in self.by_part.get(part, ())})
        fitting = (p for p in found.values() if p.lead >= near)
        return tuple(p for p in fitting if not p.parts.isdisjoint(ahead) or (p.lead > near and word in p.words))


@cache
def date_wordings(lang: str) -> DateWordings:
    """The wordings of a language, read once. Raises KeyError for a language without `dates.yaml`."""
    data: dict[str, Any] = read_yaml(folder("lexicon") / lang / "dates.yaml")
    if not data:
        raise KeyError(lang)
    prefixes = ["", *data.get("month_prefixes", ())]
    endings = ["", *data.get("month_endings", ())]
    dates = DateWordings(
        months={
            folded(prefix + word + ending): number
            for number, words in data["months"].items()
            for word in words
            for prefix in prefixes
            for ending in endings
        },
        capital_only=frozenset([*data.get("capital_months", ()), *data.get("capital_weekdays", ())]),
        weekdays={folded(word): number for number, words in data["weekdays"].items() for word in words},
        phrases={name: _phrases(phrases) for name, phrases in data["relative"].items()},
        suffixes={part: [tuple(s.split()) for s in data.get(f"{part}_suffixes", ())] for part in ("day", "year")},
        not_after_year=frozenset(data.get("year_not_before", ())),
        lookalikes=str.maketrans(data.get("lookalikes", {})),
    )
    firsts = {name: {words[0] for words, _ in phrases} for name, phrases in dates.phrases.items()}
    for part, words in {"month": dates.months, "weekday": dates.weekdays, **firsts}.items():
        for word in words:
            dates.parts_of.setdefault(word, []).append(part)
    sets = {name: frozenset(words) for name, words in data["sets"].items()}
    for index, entry in enumerate(data["patterns"]):
        elements = tuple(_element(text, sets) for text in entry["match"].split())
        dates.lead = max(dates.lead, next((i for i, element in enumerate(elements) if element.part), 0))
        lead = next((i for i, element in enumerate(elements) if element.part and not element.optional), len(elements))
        before = elements[: lead + 1]
        parts = frozenset(element.part.rstrip("2") for element in before if element.part)
        words = frozenset(word for element in before for word in element.words)
        pattern = Pattern(entry["id"], entry["kind"], entry.get("direction", ""), elements, parts, lead, words)
        dates.order[pattern.id] = index
        dates.words |= words
        for element in elements:
            if element.part:
                dates.by_part.setdefault(element.part.rstrip("2"), []).append(pattern)
            for word in element.words:
                dates.by_word.setdefault(word, []).append(pattern)
            if not element.optional:
                break
    return dates


def _phrases(phrases: dict[str, int] | list[str]) -> list[tuple[tuple[str, ...], int]]:
    pairs: Iterable[tuple[str, int]] = phrases.items() if isinstance(phrases, dict) else ((p, 0) for p in phrases)
    split = [(tuple(folded(w) for w in phrase.split()), value) for phrase, value in pairs]
    return sorted(split, key=lambda pair: -len(pair[0]))


def _element(text: str, sets: dict[str, frozenset[str]]) -> Element:
    optional = text.endswith("?")
    text = text[:-1] if optional else text
    if text.startswith("<"):
        return Element(part=text[1:-1], optional=optional)
    words: set[str] = set()
    for choice in text.split("|"):
        words |= sets[choice[1:]] if choice.startswith("@") else {folded(choice)}
    return Element(words=frozenset(words), optional=optional)
