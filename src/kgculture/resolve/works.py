"""Works: same title, kinds that go together, no other author."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgculture.resolve.clusters import Link, blocks, group, near_pairs
from kgculture.resolve.fold import is_cyrillic, level, skeletons, slug, variant
from kgculture.resolve.names import Draft, Form, Layer, Record, distinct, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kgculture.resolve.context import Context

_WIDER = {"Work": frozenset({"Film", "AnimatedFilm", "Play", "Opera", "Book"}), "Film": frozenset({"AnimatedFilm"})}


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A work as one article has it."""

    levelled: str
    kind: str
    authors: tuple[str, ...]
    record: Record
    title: str
    language: str


def clash(a: Unit, b: Unit) -> bool:
    """Whether two records cannot be one work."""
    if a.kind != b.kind and b.kind not in _WIDER.get(a.kind, ()) and a.kind not in _WIDER.get(b.kind, ()):
        return True
    if a.authors and b.authors and not set(a.authors) & set(b.authors):
        return True
    return a.record[0] == b.record[0] and (a.levelled, a.kind) != (b.levelled, b.kind)


def resolve(contexts: Sequence[Context], persons: Mapping[Record, str]) -> Layer:
    """The works of all articles. Titles are compared over scripts, not translated."""
    every = sorted(
        Unit(
            level(slug(work.title).replace("-", " ")),
            work.kind,
            tuple(sorted(persons[context.id, p] for p in work.based_on_works_by)),
            (context.id, work.id),
            work.title,
            context.facts.article.language,
        )
        for context in contexts
        for work in context.works.values()
    )
    keys = [set(skeletons(u.levelled)) for u in every]
    drafts: list[Draft] = []
    suffixes: dict[int, tuple[str, ...]] = {}
    doubts: list[tuple[Record, Record]] = []
    for block in blocks(keys):
        members = [every[i] for i in block]
        links = []
        for a, b in near_pairs([keys[i] for i in block]):
            x, y = members[a], members[b]
            same = x.levelled == y.levelled
            cross = is_cyrillic(x.title) != is_cyrillic(y.title) and variant(*sorted((x.levelled, y.levelled)))
            if (same or cross) and not clash(x, y):
                rule = "work.same-title" if same else "work.transliterated-title"
                links.append(Link(a, b, same + (x.kind == y.kind) + bool(set(x.authors) & set(y.authors)), rule))
        grouping = group(len(members), links, lambda a, b, m=members: clash(m[a], m[b]))  # type: ignore[misc]
        for positions in grouping.groups:
            cluster = [members[p] for p in positions]
            titles = sorted({(is_cyrillic(u.title), f"work-{slug(u.title)}") for u in cluster})
            draft = Draft(
                titles[0][1],
                "work",
                sorted(u.record for u in cluster),
                [Form((0,), u.title, tag(u.title, u.language)) for u in cluster],
                {t for _, t in titles[1:]},
                [
                    (k.rule, (members[k.first].record, members[k.second].record))
                    for k in grouping.used
                    if k.first in positions
                ],
            )
            kind = min((u.kind for u in cluster), key=lambda k: (len(_WIDER.get(k, ())), k)).lower()
            suffixes[len(drafts)] = (kind, "-".join([kind, *sorted({a for u in cluster for a in u.authors})]))
            drafts.append(draft)
        doubts += [(members[a].record, members[b].record) for a, b in grouping.doubtful]
    distinct(drafts, suffixes)
    layer = Layer()
    owner: dict[Record, str] = {}
    for draft in drafts:
        layer.add(draft)
        owner.update(dict.fromkeys(draft.records, draft.name))
    for one, other in doubts:
        layer.doubt(owner[one], owner[other])
    return layer
