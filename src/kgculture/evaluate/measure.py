"""Figures over articles: precision, recall and F1 of every row, identity over articles, and how sure they are."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kgculture.evaluate.findings import PLANNED, ROWS, Count, Scored

IDENTITY, SAME_MEETING, RARE, OVERALL = "identity (B3)", "same meeting (B3)", "rare rows together", "overall"
#: a row with fewer gold facts measures nothing alone: such rows are pooled into one
ENOUGH = 5
#: the interval that is given: its two ends leave out as much on either side
LEVEL = 0.95
#: bootstrap samples are drawn alike in every run
SEED = 20_230_704


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures. `low` and `high` bound F1 (None where samples say nothing); `counted`: it goes into the overall mean."""

    name: str
    precision: float
    recall: float
    f1: float
    tp: int
    fp: int
    fn: int
    low: float | None = None
    high: float | None = None

    @property
    def gold(self) -> int:
        return self.tp + self.fn


@dataclass(frozen=True, slots=True)
class Figures:
    """The rows of a group of articles, and `overall`: the mean F1 of the rows with enough gold facts, rare ones pooled."""

    articles: int
    rows: tuple[Row, ...]
    overall: float
    low: float | None = None
    high: float | None = None

    def row(self, name: str) -> Row | None:
        return next((row for row in self.rows if row.name == name), None)


@dataclass(slots=True)
class _Mentions:
    """B-cubed over mentions: for each article (precision, recall) of every mention that it holds."""

    by_article: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, gold: dict[tuple[str, Any], Hashable], got: dict[tuple[str, Any], Hashable]) -> _Mentions:
        mine, theirs = defaultdict(set), defaultdict(set)
        for key in gold:
            mine[gold[key]].add(key)
            theirs[got[key]].add(key)
        found = cls()
        for key in gold:
            one, other = mine[gold[key]], theirs[got[key]]
            found.by_article[key[0]].append((len(one & other) / len(other), len(one & other) / len(one)))
        return found

    def scores(self, articles: Iterable[str]) -> tuple[float, float, float, int]:
        pairs = [pair for article in articles for pair in self.by_article.get(article, ())]
        if not pairs:
            return 1.0, 1.0, 1.0, 0
        p, r = (sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1))
        return p, r, 2 * p * r / (p + r), len(pairs)


def figures(
    scored: Sequence[Scored], groups: Sequence[Sequence[tuple[str, int]]] | None, samples: int = 1000
) -> Figures:
    """The figures of some articles, with bootstrap intervals over the articles; `samples` 0 leaves these out.

    `groups` are the meetings told by several articles; None where that is not annotated.
    """
    identity = _Mentions.of(
        {(s.gold.id, key): key for s in scored for key in s.node_of},
        {(s.gold.id, key): node for s in scored for key, node in s.node_of.items()},
    )
    meetings = None
    if groups is not None:
        group_of = {pair: f"group {n}" for n, group in enumerate(groups) for pair in group}
        found = {(s.gold.id, i): node for s in scored for i, node in s.meetings.items()}
        meetings = _Mentions.of({key: group_of.get(key, key) for key in found}, dict(found))
    rows, overall = _rows(scored, identity, meetings)
    if not samples or len(scored) < 2:
        return Figures(len(scored), tuple(rows.values()), overall)
    drawn: dict[str, list[float]] = defaultdict(list)
    chance = random.Random(SEED)
    for _ in range(samples):
        sample, mean = _rows(chance.choices(scored, k=len(scored)), identity, meetings)
        drawn[OVERALL].append(mean)
        for name, row in sample.items():
            if row.gold or row.fp:
                drawn[name].append(row.f1)
    return Figures(
        len(scored),
        tuple(_bounded(row, drawn[row.name]) for row in rows.values()),
        overall,
        *_interval(drawn[OVERALL]),
    )


def _rows(scored: Sequence[Scored], identity: _Mentions, meetings: _Mentions | None) -> tuple[dict[str, Row], float]:
    counts = {name: Count() for name in (*ROWS, PLANNED)}
    seen = {name for s in scored for name in s.counts}
    for s in scored:
        for name, count in s.counts.items():
            counts[name].add(count.tp, count.fp, count.fn)
    rows = {name: _row(name, counts[name]) for name in counts if name in seen}
    articles = [s.gold.id for s in scored]
    for name, mentions in ((IDENTITY, identity), (SAME_MEETING, meetings)):
        if mentions is not None:
            p, r, f, number = mentions.scores(articles)
            rows[name] = Row(name, p, r, f, number, 0, 0)
    rare, counted = Count(), []
    for name, count in counts.items():
        if name != PLANNED and count.tp + count.fn >= ENOUGH:
            counted.append(rows[name].f1)
        else:
            rare.add(count.tp, count.fp, count.fn)
    if rare.tp + rare.fp + rare.fn:
        rows[RARE] = _row(RARE, rare)
        counted.append(rows[RARE].f1)
    return rows, sum(counted) / max(1, len(counted))


def _row(name: str, count: Count) -> Row:
    return Row(name, *count.scores, count.tp, count.fp, count.fn)


def _bounded(row: Row, drawn: list[float]) -> Row:
    return Row(row.name, row.precision, row.recall, row.f1, row.tp, row.fp, row.fn, *_interval(drawn))


def _interval(drawn: list[float]) -> tuple[float | None, float | None]:
    if not drawn:
        return None, None
    ordered, tail = sorted(drawn), (1 - LEVEL) / 2
    return ordered[int(tail * (len(ordered) - 1))], ordered[round((1 - tail) * (len(ordered) - 1))]
