"""Whose side persons stand on where no title says so: "Russian cultural figures: A, B, C", "Kazakhstan sent X"."""

from __future__ import annotations

from kgculture.extract.context import Context
from kgculture.extract.frames import Match, matches, rules
from kgculture.lexicon.places import gazetteer
from kgculture.model import Ref


def side_country(match: Match) -> Ref | None:
    """The country that a match keeps as SIDE; a capital stands for its country."""
    for unit in match.units("SIDE"):
        if unit.kind == "T" and len(unit.value.countries) == 1:
            countries: tuple[Ref, ...] = unit.value.countries
            return countries[0]
        for ref in unit.refs if unit.kind != "O" else unit.value.countries[:1]:
            if ref.startswith("country-"):
                return ref
            if ref.startswith("city-") and gazetteer().is_capital(ref):
                return gazetteer().country_of(ref)
    return None


def read_sides(context: Context) -> dict[Ref, Ref]:
    """Person -> country, for persons whose sentence says their side; nobody whom two sentences put on two sides."""
    found: dict[Ref, Ref] = {}
    contradicted: set[Ref] = set()
    for skeleton in context.skeletons:
        for match in matches(skeleton, rules(context.lexicon.code, "sides")):
            country = side_country(match)
            if country is None:
                continue
            units = match.units("A")
            if match.rule.get("rest"):
                units += [u for u in skeleton.units if u.kind == "P" and u.start >= match.end]
            for ref in (r for u in units for r in u.refs if r.startswith("person-")):
                if found.setdefault(ref, country) != country:
                    contradicted.add(ref)
    return {ref: country for ref, country in found.items() if ref not in contradicted}
