"""Places as the shared gazetteer knows them: labels, codes of countries, the country of a city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from kgculture import terms
from kgculture.graph.nodes import ALT_LABEL, LABEL, RDF_TYPE, kgc, text, thing

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

CLASSES = {"country": "Country", "city": "City", "region": "Region"}


def describe(names: Iterable[str]) -> Iterator[Triple]:
    """Class, labels and code of places; of a city its country, which is then described as well."""
    todo, done = sorted(names), set[str]()
    while todo:
        name = todo.pop()
        if name in done:
            continue
        done.add(name)
        cls = CLASSES[name.partition("-")[0]]
        for each in (cls, *terms.SUPERCLASSES.get(cls, ())):
            yield Triple(thing(name), RDF_TYPE, kgc(each))
        if cls == "Country":
            yield Triple(thing(name), kgc("isoCode"), Literal(name.removeprefix("country-")))
        home = yield from _known(name)
        if home is not None:
            todo.append(home)


def _known(name: str) -> Generator[Triple, None, str | None]:
    """What the gazetteer says of a place; gives the country it lies in."""
    from kgculture.lexicon.places import gazetteer

    places = gazetteer()
    if name not in places:
        return None
    for language, label in places.labels(name).items():
        yield Triple(thing(name), LABEL, text(label, language))
    for language, others in places.alternatives(name).items():
        for other in others:
            yield Triple(thing(name), ALT_LABEL, text(other, language))
    home = places.country_of(name)
    if home is None or home == name:
        return None
    yield Triple(thing(name), kgc("country"), thing(home))
    return home
