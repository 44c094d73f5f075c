"""Reports of meetings, events and agreements, put in terms of canonical things: what the later rules compare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from kgculture.model import Fact, Ref, ThingKind
from kgculture.resolve.clusters import Grouping, Link, blocks, group, near_pairs
from kgculture.resolve.fold import digest, level, skeletons, slug
from kgculture.resolve.names import Draft, Form, Layer, Record, distinct, report_digest, tag

if TYPE_CHECKING:
    from kgculture.resolve.context import Context
    from kgculture.resolve.times import Span

#: canonical name of a record; a place stands for itself
Resolve = Callable[[str, Ref], str]


@dataclass(frozen=True, slots=True)
class Report:
    """What any two Reports are compared by. `text` is a digest of the passages: outlets copy one another."""

    iri: str
    record: Record
    span: Span
    language: str
    text: str
    label: str | None

    @property
    def article(self) -> str:
        return self.record[0]

    @property
    def order(self) -> tuple[int, int, str]:
        """Reports that may be one stand near one another in this order."""
        return self.span.last or 0, self.span.first or 0, self.iri


R = TypeVar("R", bound=Report)


def passage_digest(context: Context, fact: Fact) -> str:
    """A digest of the words of the passages; empty where the text is not there."""
    text = context.facts.article.text
    words = " ".join(" ".join(p.of(text).lower().split()) for p in sorted(fact.passages))
    return digest(words) if len(words) > 40 else ""


def levelled_title(title: str | None) -> str:
    """A title's words levelled over scripts, or "" where there is none."""
    return level(slug(title).replace("-", " ")) if title else ""


def title_keys(levelled: str) -> set[tuple[str, ...]]:
    """Skeletons of the longest words: two titles that are alike share one."""
    words = sorted(levelled.split(), key=lambda w: (-len(w), w))[:3]
    return {("title", k) for w in words for k in skeletons(w)[:1]}


@lru_cache(1 << 16)
def titles_alike(a: str, b: str) -> bool:
    """Whether two levelled titles are one: nearly the same, or three and more weighty words of the one, endings apart, in the other."""
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted(([w for w in t.split() if len(w) > 3] for t in (a, b)), key=lambda t: (len(t), t))
    if len(short) >= 3 and all(any(_inflected(w, v) for v in long) for w in short):
        return True
    return _likeness(a, b) >= 90


def titles_differ(a: str, b: str) -> bool:
    """Whether two levelled titles of one language have too little in common to be one in two wordings."""
    return bool(a and b) and not titles_alike(a, b) and _likeness(a, b) < 60


def _likeness(a: str, b: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(a, b))


def _inflected(a: str, b: str) -> bool:
    """Whether two words are one, but for an ending of up to three letters."""
    if a == b:
        return True
    stem = max(4, min(len(a), len(b)) - 3)
    return a[:stem] == b[:stem] and abs(len(a) - len(b)) <= 3


def kebab(name: str) -> str:
    """`FilmScreening` as `film-screening`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def merge(
    reports: Sequence[R],
    kind: ThingKind,
    keys: Callable[[R], Iterable[object]],
    agree: Callable[[R, R], tuple[float, str] | None],
    clash: Callable[[R, R], bool],
    stem: Callable[[R], str],
) -> Layer:
    """Groups Reports block by block and names each group by `stem` and digest of its least Report.

    Reports of one article never join. Every name that a Report would give alone is an alias, so that a name once given stays good.
    """
    every = sorted(reports, key=lambda r: r.order)
    own_keys = [set(keys(r)) | ({("text", r.text)} if r.text else set()) for r in every]
    layer = Layer()
    drafts: list[Draft] = []
    owner: dict[Record, Draft] = {}
    doubts: list[tuple[Record, Record]] = []
    for block in blocks(own_keys):
        members = [every[i] for i in block]
        grouping = _group(members, [own_keys[i] for i in block], agree, clash)
        for positions in grouping.groups:
            cluster = sorted((members[p] for p in positions), key=lambda r: r.iri)
            names = [f"{stem(r)}-{report_digest(*r.record)}" for r in cluster]
            draft = Draft(
                names[0],
                kind,
                sorted(r.record for r in cluster),
                [Form((-len(r.label.split()),), r.label, tag(r.label, r.language)) for r in cluster if r.label],
                set(names[1:]),
                [
                    (k.rule, (members[k.first].record, members[k.second].record))
                    for k in grouping.used
                    if k.first in positions
                ],
            )
            drafts.append(draft)
            owner.update(dict.fromkeys(draft.records, draft))
        doubts += [(members[a].record, members[b].record) for a, b in grouping.doubtful]
    distinct(drafts, {})
    for draft in drafts:
        layer.add(draft)
    for a, b in doubts:
        layer.doubt(owner[a].name, owner[b].name)
    return layer


def _group(
    members: Sequence[R],
    keys: Sequence[set[object]],
    agree: Callable[[R, R], tuple[float, str] | None],
    clash: Callable[[R, R], bool],
) -> Grouping:
    def apart(a: int, b: int) -> bool:
        return members[a].article == members[b].article or clash(members[a], members[b])

    links = []
    for a, b in near_pairs(keys):
        if apart(a, b):
            continue
        x, y = members[a], members[b]
        if x.text and x.text == y.text:
            links.append(Link(a, b, 50.0, "event.same-sentence"))
            continue
        found = agree(x, y)
        if found:
            links.append(Link(a, b, *found))
    return group(len(members), links, apart)
