"""Finds what travels with the package: ontology, shapes, saved queries, lexicons; in a wheel and in a checkout."""

from __future__ import annotations

from pathlib import Path

from kgculture.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent
#: name -> (place inside the wheel, place inside a checkout)
_PLACES = {
    "ontology": (_PACKAGE / "_data" / "ontology", _PACKAGE.parent.parent / "ontology"),
    "shapes": (_PACKAGE / "_data" / "shapes", _PACKAGE.parent.parent / "shapes"),
    "queries": (_PACKAGE / "_data" / "queries", _PACKAGE.parent.parent / "examples" / "queries"),
    "lexicon": (_PACKAGE / "lexicon", _PACKAGE / "lexicon"),
}


def folder(name: str) -> Path:
    """The folder `ontology`, `shapes`, `queries` or `lexicon`. Raises ResourceError where the installation lacks it."""
    for place in _PLACES[name]:
        if place.is_dir():
            return place
    raise ResourceError(f"this installation of kgculture lacks its {name}", "install the package again")
