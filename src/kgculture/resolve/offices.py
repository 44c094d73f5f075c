"""Offices: one for every title, country and body, whatever the language of the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kgculture.resolve.context import Context, is_place
from kgculture.resolve.fold import slug
from kgculture.resolve.names import Draft, Form, Layer, Record, tag

if TYPE_CHECKING:
    from kgculture.model import OfficeFact

#: record -> name of its canonical thing
Names = Mapping[Record, str]


def _identity(office: OfficeFact, context: Context, bodies: Names, title: str) -> str:
    parts = ["office", title]
    country = context.office_country(office)
    if country:
        parts.append(country.removeprefix("country-"))
    # a minister is the country's, whichever ministry the article names
    if office.organization and not office.ministerial and not is_place(office.organization):
        parts.append(bodies[context.id, office.organization])
    return "-".join(parts)


def _title(office: OfficeFact, language: str, english: Mapping[tuple[str, str], str]) -> str:
    return slug(office.title_en) if office.title_en else english.get((language, slug(office.title)), slug(office.title))


def resolve(contexts: Sequence[Context], bodies: Names) -> Layer:
    """The offices of all articles. A native title that the lexicon renders in English elsewhere, always the same, is that title."""
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for context in contexts:
        for office in context.offices.values():
            if office.title_en:
                seen[context.facts.article.language, slug(office.title)].add(slug(office.title_en))
    english = {native: next(iter(titles)) for native, titles in seen.items() if len(titles) == 1}
    layer = Layer()
    for context in contexts:
        language = context.facts.article.language
        for office in context.offices.values():
            name = _identity(office, context, bodies, _title(office, language, english))
            draft = layer.drafts.setdefault(name, Draft(name, "office", []))
            draft.records.append((context.id, office.id))
            draft.aliases.add(_identity(office, context, bodies, slug(office.title)))
            if office.title_en:
                draft.forms.append(Form((0,), office.title_en, "en"))
            draft.forms.append(Form((1,), office.title, tag(office.title, language)))
    for name, draft in layer.drafts.items():
        draft.aliases.discard(name)
        draft.joins.append(("office.title-country-body", tuple(draft.records)))
    return layer


def settle_by_holder(contexts: Iterable[Context], layer: Layer, holders: Names) -> None:
    """An office without country and body is that of the same title which its holder has elsewhere, if that is one only."""
    canonical = {r: d.name for d in layer.drafts.values() for r in d.records}
    held: dict[str, set[str]] = defaultdict(set)
    bare: dict[Record, set[str]] = defaultdict(set)
    for context in contexts:
        for tenure in context.facts.tenures:
            office, holder = context.offices[tenure.office], holders[context.id, tenure.holder]
            if context.office_country(office) or office.organization:
                held[holder].add(canonical[context.id, office.id])
            else:
                bare[context.id, office.id].add(holder)
    for record, names in sorted(bare.items()):
        name = canonical[record]
        fits = {full for holder in names for full in held[holder] if full.startswith(f"{name}-")}
        # "minister-of-culture-…" must go on with a country, not with more of a title
        fits = {full for full in fits if full[len(name) + 1 :].split("-")[0].isupper()}
        if len(fits) != 1:
            continue
        target, source = layer.drafts[fits.pop()], layer.drafts[name]
        source.records.remove(record)
        source.joins = [(rule, tuple(r for r in records if r != record)) for rule, records in source.joins]
        target.joins.append(("office.same-holder", (min(target.records), record)))
        target.records.append(record)
        if not source.records:
            target.forms += source.forms
            del layer.drafts[name]
