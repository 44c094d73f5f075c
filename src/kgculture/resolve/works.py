"""Works: same title, kinds that go together, no other author."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgculture.resolve.database import content_key, dump
from kgculture.resolve.engine import Spec, Together
from kgculture.resolve.fold import is_cyrillic, level, skeletons, slug, variant
from kgculture.resolve.mentions import Told, told
from kgculture.resolve.names import Draft, Form, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kgculture.model import Ref
    from kgculture.resolve.context import Context

_WIDER = {"Work": frozenset({"Film", "AnimatedFilm", "Play", "Opera", "Book"}), "Film": frozenset({"AnimatedFilm"})}


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A work as articles have it."""

    levelled: str
    kind: str
    authors: tuple[str, ...]
    title: str
    language: str

    @property
    def content(self) -> list[Any]:
        return [self.levelled, self.kind, list(self.authors), self.title, self.language]


def records(context: Context, name: Callable[[Ref], str]) -> Iterator[Told]:
    """The works of an article. Titles are compared over scripts, not translated."""
    for work in context.works.values():
        unit = Unit(
            level(slug(work.title).replace("-", " ")),
            work.kind,
            tuple(sorted(name(p) for p in work.based_on_works_by)),
            work.title,
            context.facts.article.language,
        )
        yield told(work.id, unit.content)


def clash(a: Unit, b: Unit, together: Together) -> bool:
    """Whether two records cannot be one work."""
    if a.kind != b.kind and b.kind not in _WIDER.get(a.kind, ()) and a.kind not in _WIDER.get(b.kind, ()):
        return True
    if a.authors and b.authors and not set(a.authors) & set(b.authors):
        return True
    return (a.levelled, a.kind) != (b.levelled, b.kind) and together()


def agree(a: Unit, b: Unit) -> tuple[float, str] | None:
    """(score, rule) if the titles speak for one work; None if not."""
    same = a.levelled == b.levelled
    cross = is_cyrillic(a.title) != is_cyrillic(b.title) and variant(*sorted((a.levelled, b.levelled)))
    if not (same or cross):
        return None
    score = same + (a.kind == b.kind) + bool(set(a.authors) & set(b.authors))
    return float(score), "work.same-title" if same else "work.transliterated-title"


def draft(cluster: Sequence[Unit]) -> Draft:
    """What names a work."""
    titles = sorted({(is_cyrillic(u.title), f"work-{slug(u.title)}") for u in cluster})
    kind = min((u.kind for u in cluster), key=lambda k: (len(_WIDER.get(k, ())), k)).lower()
    return Draft(
        titles[0][1],
        [Form((0,), u.title, tag(u.title, u.language)) for u in cluster],
        {t for _, t in titles[1:]},
        (kind, "-".join([kind, *sorted({a for u in cluster for a in u.authors})])),
    )


def _load(content: str, values: list[list[Any]]) -> Unit:
    levelled, kind, authors, title, language = json.loads(content)
    return Unit(levelled, kind, tuple(authors), title, language)


SPEC = Spec(
    "work",
    _load,
    lambda unit: skeletons(unit.levelled),
    lambda unit: unit.levelled.encode()[:24] + content_key(dump(unit.content))[:8],
    lambda unit: unit,
    agree,
    clash,
    lists=True,
)
