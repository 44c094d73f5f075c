"""A store that grows, shrinks and changes in steps holds what one built at once holds: triples, warnings, what is withheld."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import build_facts
import kgculture
from kgculture import extract, pipeline, sources
from kgculture.errors import InputError
from kgculture.model import Article, ArticleFacts, Violation
from test_resolve import invented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "articles"


def content(path: Path) -> tuple[list[bytes], list[Violation], list[str]]:
    """Sorted N-Quads, all that was withheld or warned of, the articles with their texts."""
    with kgculture.open(path) as graph:
        out = io.BytesIO()
        graph.export(out, "nquads")
        articles = [f"{a.id}: {a.text}" for a in graph.articles()]
        return sorted(out.getvalue().splitlines()), list(graph.store.records.violations()), articles


class World:
    """Articles as they stand, and a store that is told of each change."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, facts: Callable[[str, int], ArticleFacts]) -> None:
        self.path = path
        self.facts = facts
        self.there: dict[str, int] = {}
        self.scratch = 0

        def read(paths: Iterable[Any], **options: Any) -> Iterable[Article]:
            for path in paths:
                identifier, _, version = str(path).partition("@")
                yield replace(facts(identifier, int(version)).article, path=f"{identifier}.txt")

        def make(article: Article) -> ArticleFacts:
            version = next(v for v in range(100) if facts(article.id, v).article.text == article.text)
            return replace(facts(article.id, version), article=article)

        monkeypatch.setattr(pipeline, "stages", lambda: pipeline.Stages(read, make, "1", "test"))

    def step(self, put: dict[str, int], gone: list[str]) -> None:
        if put:
            pipeline.build([f"{i}@{v}" for i, v in put.items()], self.path)
            self.there.update(put)
        if gone:
            result = pipeline.forget(gone, self.path)
            assert result.removed == len(gone)
            for identifier in gone:
                del self.there[identifier]

    def same(self) -> None:
        self.scratch += 1
        other = self.path.with_name(f"scratch-{self.scratch}")
        names = [f"{i}@{v}" for i, v in self.there.items()]
        Random(self.scratch).shuffle(names)
        pipeline.build(names, other)
        for mine, theirs in zip(content(self.path), content(other), strict=True):
            assert mine == theirs


def walk(world: World, pool: list[str], versions: int, random: Random, steps: int) -> None:
    for _ in range(steps):
        put = {i: random.randrange(versions) for i in random.sample(pool, random.randint(1, max(1, len(pool) // 3)))}
        rest = sorted(world.there.keys() - put.keys())
        gone = random.sample(rest, random.randint(0, len(rest) // 3)) if random.random() < 0.6 else []
        world.step(put, gone)
        world.same()
    world.step({}, sorted(world.there))
    assert content(world.path)[0] == []


@cache
def made_up(identifier: str, version: int) -> ArticleFacts:
    facts = invented(identifier, Random(f"{identifier} {version}"))
    return replace(facts, article=replace(facts.article, text=f"{identifier}, {version}"))


@pytest.mark.parametrize("seed", range(3))
def test_steps_over_articles_where_everything_may_be_one(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kgculture.checking.check_batch", lambda graphs: [() for _ in graphs]
    )  # these have no text that could prove them
    monkeypatch.setattr(pipeline, "BATCH", (1, 2, 1000)[seed])
    world = World(tmp_path / "s", monkeypatch, made_up)
    walk(world, [f"a{n}" for n in range(14)], 3, Random(seed), 4)


@cache
def examples() -> dict[str, Article]:
    return {a.id: a for a in sources.read([EXAMPLES]) if isinstance(a, Article)}


@cache
def worded(identifier: str, version: int) -> ArticleFacts:
    """An example, or its first half."""
    article = examples()[identifier]
    half = article.text[: len(article.text) // 2] if version else article.text
    return extract.extract(replace(article, text=half, masks=(), title=article.title if not version else None))


def test_steps_over_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path / "s", monkeypatch, worded)
    walk(world, sorted(examples()), 2, Random(5), 2)


# ------------------------------------------------------------------------------------------------------------ forget


@pytest.fixture
def _facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "stages", build_facts.stages)


@pytest.mark.usefixtures("_facts")
def test_forget_leaves_what_others_say(tmp_path: Path) -> None:
    pipeline.build(["baku-1", "moscow-1", "broken-1"], tmp_path / "s")
    result = pipeline.forget(["moscow-1", "broken-1"], tmp_path / "s")
    assert (result.read, result.removed, result.withheld, result.changed_anything) == (0, 2, (), True)
    pipeline.build(["baku-1"], tmp_path / "other")
    assert content(tmp_path / "s") == content(tmp_path / "other")


@pytest.mark.usefixtures("_facts")
def test_forget_what_is_not_there(tmp_path: Path) -> None:
    pipeline.build(["baku-1"], tmp_path / "s")
    before = content(tmp_path / "s")
    with pytest.raises(InputError, match="nobody: no such article"):
        pipeline.forget(["baku-1", "nobody"], tmp_path / "s")
    assert content(tmp_path / "s") == before


@pytest.mark.usefixtures("_facts")
def test_forgotten_and_read_again(tmp_path: Path) -> None:
    pipeline.build(["baku-1", "moscow-1", "broken-1"], tmp_path / "s")
    before = content(tmp_path / "s")
    pipeline.forget(["baku-1", "broken-1"], tmp_path / "s")
    pipeline.build(["baku-1", "broken-1"], tmp_path / "s")
    assert content(tmp_path / "s") == before


@pytest.mark.usefixtures("_facts")
def test_only_what_is_touched_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.build([f"plan-{n}" for n in range(5)], tmp_path / "s")
    made: list[str] = []
    graph = kgculture.growth.ArticleGraph
    monkeypatch.setattr("kgculture.checking.check_batch", lambda graphs: [made.append("shown") or () for _ in graphs])
    monkeypatch.setattr("kgculture.growth.ArticleGraph", lambda *a: made.append(a[0].article.id) or graph(*a))
    pipeline.build(["plan-5"], tmp_path / "s")
    assert made == ["shown"]


@pytest.mark.usefixtures("_facts")
def test_refresh_resolves_only_facts_that_are_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.build(["baku-1", "moscow-1"], tmp_path / "s")
    before = content(tmp_path / "s")
    monkeypatch.setattr(pipeline, "stages", lambda: build_facts.stages("2"))
    shown: list[object] = []
    monkeypatch.setattr("kgculture.checking.check_batch", lambda graphs: [shown.append(g) or () for g in graphs])
    result = pipeline.build([], tmp_path / "s", refresh=True)
    assert (result.refreshed, result.stale, shown) == (2, 0, [])
    assert content(tmp_path / "s") == before
