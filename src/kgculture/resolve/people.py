"""The layer of persons: clusters become drafts with names, labels and aliases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kgculture.resolve.fold import slug
from kgculture.resolve.names import Draft, Form, Layer, Record, distinct, tag
from kgculture.resolve.persons import Cluster, group_full, hang_leaves, name_forms, units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kgculture.model import Ref
    from kgculture.resolve.context import Context


@dataclass(slots=True)
class People(Layer):
    """Persons with what events need of them: the surname's part of each name, countries of office."""

    surnames: dict[str, str] = field(default_factory=dict)
    countries: dict[str, frozenset[Ref]] = field(default_factory=dict)


def resolve(
    contexts: Sequence[Context], bodies: Mapping[Record, str], offices: Mapping[Record, str], taken: frozenset[str]
) -> People:
    """The persons of all articles. `taken`: names of places and bodies, which persons do not get."""
    full, leaves = units(contexts, bodies, offices)
    clusters, doubts = group_full(full)
    doubts += hang_leaves(leaves, clusters)
    clusters.sort(key=lambda c: c.records)
    forms = [sorted({f for u in c.units for f in name_forms(u)}) for c in clusters]
    # namesakes are clusters that answer to one full form, be it the name of one and only an alias of the other
    answering: dict[str, set[int]] = defaultdict(set)
    for position, own in enumerate(forms):
        for partial, _, name, _ in own:
            if not partial:
                answering[name].add(position)
    drafts = []
    suffixes: dict[int, tuple[str, ...]] = {}
    for position, (cluster, own) in enumerate(zip(clusters, forms, strict=True)):
        shared = [name for partial, _, name, _ in own if not partial and len(answering[name]) > 1]
        name = min(shared) if shared else own[0][2]
        drafts.append(_draft(cluster, name, {f[2] for f in own}))
        suffixes[position] = _suffixes(cluster)
    distinct(drafts, suffixes, taken)
    people = People()
    owner: dict[Record, str] = {}
    for cluster, own, draft in zip(clusters, forms, drafts, strict=True):
        draft.aliases.discard(draft.name)
        people.add(draft)
        people.surnames[draft.name] = own[0][3]
        people.countries[draft.name] = cluster.countries
        owner.update(dict.fromkeys(draft.records, draft.name))
    for one, other in doubts:
        people.doubt(owner[one], owner[other])
    return people


def _suffixes(cluster: Cluster) -> tuple[str, ...]:
    countries = "-".join(sorted(c.removeprefix("country-").lower() for c in cluster.countries)) or "xx"
    patronymics = sorted(slug(f.patronymic) for u in cluster.units for f, _ in u.facts if f.patronymic)
    return (countries, f"{countries}.{max(patronymics, key=len)}") if patronymics else (countries,)


def _draft(cluster: Cluster, name: str, aliases: set[str]) -> Draft:
    forms = []
    for unit in cluster.units:
        for fact, language in unit.facts:
            for position, text in enumerate(fact.names):
                partial = not unit.signature.is_full or " " not in text.strip()
                words = len(text.split())
                forms.append(
                    Form((int(partial), -words if position == 0 else -min(words, 2)), text, tag(text, language))
                )
    return Draft(name, "person", cluster.records, forms, aliases, cluster.joins)
