"""An index that grows, shrinks and changes in steps says what one made at once says."""

from __future__ import annotations

import sqlite3
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgculture.resolve import Index, Lookup, clusters, engine, resolve
from resolve_articles import Build
from test_resolve import invented

if TYPE_CHECKING:
    from kgculture.model import ArticleFacts, Resolution


class Steps:
    """An index in memory and the articles that it was told."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        Index.create(self.connection)
        self.facts: dict[str, ArticleFacts] = {}
        self.index = Index(self.connection, self.facts.get)

    def step(self, put: list[ArticleFacts], removed: list[str] | None = None, *, anew: bool = True) -> None:
        """As the next build does it, with a new index object on the tables of the one before, or the same build."""
        if anew:
            self.index = Index(self.connection, self.facts.get)
        self.facts.update({f.article.id: f for f in put})
        self.index.update(put, removed or [])
        for identifier in removed or []:
            self.facts.pop(identifier, None)

    def found(self) -> Resolution:
        return Lookup(self.connection).resolution(list(self.facts.values()))

    def touched(self) -> tuple[dict[str, int], set[str]]:
        """What the steps since the last call changed: articles with their level, names of things."""
        sources = dict(self.connection.execute("SELECT id, level FROM touched_source").fetchall())
        names = {row[0] for row in self.connection.execute("SELECT name FROM touched_name")}
        self.connection.executescript("DELETE FROM touched_source; DELETE FROM touched_name;")
        return sources, names


def walk(seed: int, count: int, steps: int) -> None:
    """Random steps: articles come, go, come back changed; after each, all is as if made at once, and all that changed was touched."""
    random = Random(seed)
    pool = [f"article {n}" for n in range(count)]
    grown, before = Steps(), resolve([])
    for _ in range(steps):
        put = [invented(i, random) for i in random.sample(pool, random.randint(0, max(1, count // 3)))]
        there = sorted(grown.facts.keys() - {f.article.id for f in put})
        removed = random.sample(there, random.randint(0, min(3, len(there)))) if random.random() < 0.5 else []
        grown.step(put, removed, anew=random.random() < 0.5)
        wanted = resolve(grown.facts.values())
        assert grown.found() == wanted
        told_of_all_that_changed(before, wanted, *grown.touched())
        before = wanted
    grown.step([], sorted(grown.facts))
    assert grown.found() == resolve([])
    left = {
        table: grown.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("source", "unit", "mention", "value", "shelf", "link", "doubt", "thing", "answer", "alias")
    }
    assert not any(left.values()), left


def told_of_all_that_changed(before: Resolution, after: Resolution, sources: dict[str, int], names: set[str]) -> None:
    renamed = {
        r[0]
        for r, name in {**before.canonical, **after.canonical}.items()
        if before.canonical.get(r) != after.canonical.get(r)
    }
    assert {i for i in renamed if sources.get(i) != 2} == set()
    others = {n for n in before.things.keys() | after.things.keys() if before.things.get(n) != after.things.get(n)}
    written = {n for n in others if not n.startswith(("country-", "city-", "region-", "statement-"))}
    assert written <= names
    doubted = {n for pair in set(before.maybe_same) ^ set(after.maybe_same) for n in pair}
    assert doubted <= names

    old, new = reasons(before), reasons(after)
    for merge in old.keys() & new.keys():
        assert all(r[0] in sources or merge[0] in names for r in old[merge] ^ new[merge])
    for merge in old.keys() ^ new.keys():  # what joins one record only is no merge: it came or went with another
        assert any(r[0] in sources for r in {**old, **new}[merge]) or merge[0] in names


def reasons(found: Resolution) -> dict[tuple[str, str], set[tuple[str, str]]]:
    return {(m.thing, m.because): set(m.records) for m in found.merges}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 18))
def test_steps_leave_no_trace(seed: int, count: int) -> None:
    walk(seed, count, 5)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 100_000), st.integers(8, 24))
def test_steps_leave_no_trace_where_few_are_compared(seed: int, count: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "WINDOW", 2)
        patch.setattr(clusters, "WINDOW", 2)
        walk(seed, count, 5)


def test_what_nobody_shares_is_not_touched() -> None:
    grown = Steps()
    grown.step([article("a", "Alua Serikova"), article("b", "Rashad Alizade")])
    grown.touched()
    grown.step([article("c", "Leyla Nabiyeva")])
    assert grown.touched()[0] == {"c": 2}


def test_a_namesake_touches_those_who_speak_of_the_other() -> None:
    grown = Steps()
    grown.step([article("a", "Alua Serikova", "KZ"), article("b", "Rashad Alizade", "AZ")])
    grown.touched()
    grown.step([article("c", "Alua Serikova", "UZ")])
    sources, names = grown.touched()
    assert sources == {"a": 2, "c": 2}
    assert {"serikova-alua", "serikova-alua.kz", "serikova-alua.uz"} <= names


def test_a_second_mention_brings_the_reason_to_the_first() -> None:
    grown = Steps()
    grown.step([article("a", "Alua Serikova", "KZ")])
    grown.touched()
    grown.step([article("b", "Alua Serikova", "KZ")])
    assert grown.touched()[0] == {"a": 1, "b": 2}
    grown.step([article("c", "Alua Serikova", "KZ")])
    assert grown.touched()[0] == {"c": 2}


def article(identifier: str, who: str, country: str | None = None) -> ArticleFacts:
    build = Build(identifier)
    build.person(who, country=country)
    return build.facts
