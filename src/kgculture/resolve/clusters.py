"""Joins items into groups by scored links; a function of the set of items and links, not of their order.

An item that fits best with two others which cannot be one is *undecided*: it joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: An item is compared with at most so many others; more add nothing but time.
WINDOW = 40


@dataclass(frozen=True, slots=True)
class Link:
    """Items `first < second` may be one for the rule's reason. The higher the score, the earlier it is tried."""

    first: int
    second: int
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """`groups`: sorted members, sorted by the first. `used`: links that joined. `doubtful`: pairs that might be one and were left."""

    groups: tuple[tuple[int, ...], ...]
    used: tuple[Link, ...]
    doubtful: tuple[tuple[int, int], ...]


class Forest:
    """Union-find whose root is the least member."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, a: int, b: int) -> int:
        low, high = sorted((self.find(a), self.find(b)))
        self.parent[high] = low
        return low


def group(size: int, links: Iterable[Link], clash: Callable[[int, int], bool]) -> Grouping:
    """Groups of `range(size)`: links in order of (score, items), each used unless two members of the joined group clash."""
    best: dict[tuple[int, int], Link] = {}
    for link in links:
        known = best.get((link.first, link.second))
        if known is None or (-link.score, link.rule) < (-known.score, known.rule):
            best[link.first, link.second] = link
    ordered = sorted(best.values(), key=lambda k: (-k.score, k.first, k.second))
    undecided = _undecided(ordered, clash)
    forest = Forest(size)
    members: dict[int, list[int]] = {i: [i] for i in range(size)}
    used: list[Link] = []
    doubtful: list[tuple[int, int]] = []
    for link in ordered:
        if (link.first in undecided) != (link.second in undecided):
            doubtful.append((link.first, link.second))
            continue
        a, b = forest.find(link.first), forest.find(link.second)
        if a == b or any(clash(x, y) for x in members[a] for y in members[b]):
            continue
        root = forest.join(a, b)
        members[root] = members.pop(min(a, b)) + members.pop(max(a, b))
        used.append(link)
    groups = tuple(sorted(tuple(sorted(m)) for m in members.values()))
    return Grouping(groups, tuple(used), tuple(sorted(doubtful)))


def _undecided(ordered: Sequence[Link], clash: Callable[[int, int], bool]) -> set[int]:
    neighbours: dict[int, list[int]] = defaultdict(list)
    top: dict[int, float] = {}
    for link in ordered:
        for one, other in ((link.first, link.second), (link.second, link.first)):
            if top.setdefault(one, link.score) == link.score and len(neighbours[one]) < WINDOW:
                neighbours[one].append(other)
    return {
        item for item, near in neighbours.items() if any(clash(x, y) for n, x in enumerate(near) for y in near[n + 1 :])
    }
