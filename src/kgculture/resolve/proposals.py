"""Proposals of one thing by one proposer, in different articles, are one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgculture.resolve.clusters import Grouping, Link
from kgculture.resolve.database import content_key, dump
from kgculture.resolve.engine import Spec
from kgculture.resolve.mentions import Told, told
from kgculture.resolve.names import Draft, report_digest, report_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kgculture.resolve.context import Context
    from kgculture.resolve.upstream import Upstream


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    article: str
    ref: str
    proposer: str
    proposed: str
    stem: str

    @property
    def plain(self) -> list[Any]:
        return [self.article, self.ref, self.proposer, self.proposed, self.stem]


def records(context: Context, upstream: Upstream) -> Iterator[Told]:
    """The proposals of an article in canonical terms."""
    for q in context.facts.proposals:
        stem = f"proposal-{upstream.surname(q.proposer)}"
        made = Proposal(context.id, q.id, upstream.name(q.proposer), upstream.name(q.proposes), stem)
        yield told(q.id, made.plain)


def draft(cluster: Sequence[Proposal]) -> Draft:
    """Named by the proposer and the digest of the least Report."""
    names = [
        f"{p.stem}-{report_digest(p.article, p.ref)}"
        for p in sorted(cluster, key=lambda p: report_iri(p.article, p.ref))
    ]
    return Draft(names[0], aliases=set(names[1:]))


def _decide(items: Sequence[Proposal], links: list[Link], clash: Callable[[int, int], bool]) -> Grouping:
    """Two proposals of one article are two, and then nothing says which of them another article means."""
    if len({item.article for item in items}) < len(items):
        return Grouping(tuple((n,) for n in range(len(items))), (), ())
    return Grouping((tuple(range(len(items))),), tuple(links), ())


SPEC = Spec(
    "proposal",
    lambda content, values: Proposal(*json.loads(content)),
    lambda p: [(p.proposer, p.proposed)],
    lambda p: content_key(dump(p.plain))[:8],
    lambda p: p,
    lambda a, b: (1.0, "proposal.proposer-proposed"),
    lambda a, b, together: False,
    grouping=_decide,
)
