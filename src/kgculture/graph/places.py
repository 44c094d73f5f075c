"""Places as the shared gazetteer knows them: labels, codes of countries, the country of a city."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from kgculture import terms
from kgculture.graph.nodes import LABEL, RDF_TYPE, kgc, text, thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGES = ("en", "kk", "ru")
CLASSES = {"country": "Country", "city": "City", "region": "Region"}


def describe(names: Iterable[str]) -> Iterator[Triple]:
    """What is known of places beside what articles say: class, labels, code; of cities their country, and of that the same."""
    todo, done = sorted(names), set[str]()
    while todo:
        name = todo.pop()
        if name in done:
            continue
        done.add(name)
        node = thing(name)
        kind, _, key = name.partition("-")
        for cls in (CLASSES[kind], *terms.SUPERCLASSES.get(CLASSES[kind], ())):
            yield Triple(node, RDF_TYPE, kgc(cls))
        if kind == "country":
            yield Triple(node, kgc("isoCode"), Literal(key))
        for language, label in country_labels(key) if kind == "country" else ():
            yield Triple(node, LABEL, text(label, language))


@cache
def country_labels(code: str) -> tuple[tuple[str, str], ...]:
    """(language, name) of a country by its ISO 3166-1 code, from CLDR."""
    from babel import Locale

    found = ((language, Locale(language).territories.get(code)) for language in LANGUAGES)
    return tuple((language, label) for language, label in found if label)
