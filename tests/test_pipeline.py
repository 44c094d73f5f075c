"""Builds: what changes and what does not, one bad article costs no other, order and workers leave no trace."""

from __future__ import annotations

import io
import itertools
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import build_facts
import kgculture
from kgculture import pipeline
from kgculture.checking import check_batch
from kgculture.errors import DuplicateArticle, InputError, ResourceError, StoreError
from kgculture.resolve import Lookup
from kgculture.store import Folder, Store

if TYPE_CHECKING:
    from kgculture.model import Article, ArticleFacts

NAMES = ["baku-1", "moscow-1", "plan-1", "baku-2"]


@pytest.fixture(autouse=True)
def _stages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "stages", build_facts.stages)


def content(path: Path) -> bytes:
    with kgculture.open(path) as graph:
        out = io.BytesIO()
        graph.export(out, "nquads")
    return out.getvalue()


def swap(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    monkeypatch.setattr(pipeline, "stages", lambda: replace(build_facts.stages(), **changes))


def test_a_build_says_what_it_did(tmp_path: Path) -> None:
    result = pipeline.build(["baku-1", "moscow-1", "empty", "broken-1"], tmp_path / "s")
    assert (result.read, result.new, result.changed, result.unchanged) == (3, 3, 0, 0)
    assert [(s.path, s.reason) for s in result.skipped] == [("empty", "no text")]
    assert [v.report for v in result.withheld] == ["https://w3id.org/kgculture/article/broken-1#meeting-1"]
    assert result.changed_anything
    assert not result.complete
    assert result.generation == "000001"


def test_again_changes_nothing(tmp_path: Path) -> None:
    first = pipeline.build([*NAMES, "broken-1"], tmp_path / "s")
    before = content(tmp_path / "s")
    again = pipeline.build([*NAMES, "broken-1"], tmp_path / "s")
    assert (again.read, again.new, again.changed, again.unchanged) == (5, 0, 0, 5)
    assert again.generation == first.generation
    assert not again.changed_anything
    assert again.withheld == first.withheld
    assert again.warnings == first.warnings
    assert content(tmp_path / "s") == before
    assert [p.name for p in (tmp_path / "s" / "generations").iterdir()] == ["000001"]


def test_a_changed_article_replaces_just_its_facts(tmp_path: Path) -> None:
    pipeline.build(NAMES, tmp_path / "s")
    before = set(content(tmp_path / "s").splitlines())
    result = pipeline.build(["baku-1#2"], tmp_path / "s")
    assert (result.new, result.changed, result.unchanged) == (0, 1, 0)
    after = set(content(tmp_path / "s").splitlines())
    assert all(b"article/baku-1" in line for line in before ^ after)
    pipeline.build(["baku-1#2", *NAMES[1:]], tmp_path / "other")
    assert content(tmp_path / "other") == content(tmp_path / "s")


def test_any_order_any_steps_any_workers(tmp_path: Path) -> None:
    names = [*NAMES, "broken-1"]
    pipeline.build(names, tmp_path / "all")
    whole = content(tmp_path / "all")
    assert whole.splitlines() == sorted(set(whole.splitlines()), key=whole.splitlines().index)
    for number, order in enumerate(random.Random(7).sample(list(itertools.permutations(names)), 2)):
        path = tmp_path / f"order-{number}"
        pipeline.build(order, path)
        assert content(path) == whole
        path = tmp_path / f"steps-{number}"
        for name in order:
            pipeline.build([name], path)
        assert content(path) == whole
    pipeline.build(names, tmp_path / "workers", workers=2)
    assert content(tmp_path / "workers") == whole


def test_an_article_that_breaks_a_rule_costs_no_other(tmp_path: Path) -> None:
    result = pipeline.build(["plan-raises", *NAMES], tmp_path / "s")
    assert [(s.path, s.reason) for s in result.skipped] == [
        ("plan-raises.txt", "internal error: ZeroDivisionError: a rule divides by nothing")
    ]
    assert (result.read, result.new, result.unchanged) == (4, 4, 0)
    pipeline.build(NAMES, tmp_path / "other")
    assert content(tmp_path / "s") == content(tmp_path / "other")


def die(article: Article) -> ArticleFacts:
    if article.id == "plan-1":
        os._exit(3)
    return build_facts.extract(article)


def test_a_worker_that_dies_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap(monkeypatch, extract=die)
    result = pipeline.build(NAMES, tmp_path / "s", workers=2)
    assert [(s.path, s.reason) for s in result.skipped] == [("plan-1.txt", "internal error: its process died")]
    assert result.new == 3


def lacks(article: Article) -> ArticleFacts:
    raise ResourceError("this installation lacks its lexicon")


@pytest.mark.parametrize("workers", [1, 2])
def test_what_every_article_would_lack_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    swap(monkeypatch, extract=lacks)
    with pytest.raises(ResourceError):
        pipeline.build(NAMES, tmp_path / "s", workers=workers)
    with pytest.raises(StoreError, match="no store here"):
        Store.open(tmp_path / "s")


def test_a_build_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.build(NAMES, tmp_path / "s")
    before = content(tmp_path / "s")

    def fail(*arguments: object) -> Any:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("kgculture.resolve.Index.update", fail)
        with pytest.raises(MemoryError):
            pipeline.build(["baku-9"], tmp_path / "s")
    assert content(tmp_path / "s") == before
    assert sorted(p.name for p in (tmp_path / "s" / "generations").iterdir()) == ["000001"]
    assert pipeline.build(["baku-9"], tmp_path / "s").generation == "000002"


def other_place(names: Any, **options: Any) -> Any:
    for item in build_facts.read(names, **options):
        yield replace(item, path=f"elsewhere/{item.id}.txt")  # type: ignore[type-var]


def test_one_identifier_two_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.build(["baku-1"], tmp_path / "s")
    before = content(tmp_path / "s")
    swap(monkeypatch, read=other_place)
    with pytest.raises(DuplicateArticle, match=r"baku-1\.txt and elsewhere/baku-1\.txt"):
        pipeline.build(["baku-2", "baku-1#2"], tmp_path / "s")
    assert content(tmp_path / "s") == before
    with pytest.raises(DuplicateArticle):
        pipeline.build(["baku-3", "baku-3#2"], tmp_path / "s")
    assert content(tmp_path / "s") == before
    # the same text from another place is the same article
    assert pipeline.build(["baku-1"], tmp_path / "s").unchanged == 1


def test_a_record_may_move_within_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = itertools.count(1)

    def read(paths: Any, **options: Any) -> Any:
        for item in build_facts.read(paths, **options):
            yield replace(item, path=f"all.jsonl:{next(lines)}")  # type: ignore[type-var]

    swap(monkeypatch, read=read)
    pipeline.build(["baku-1", "plan-1"], tmp_path / "s")
    assert pipeline.build(["plan-1", "baku-1#2"], tmp_path / "s").changed == 1


def test_a_path_is_the_same_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path)
    pipeline.build(["baku-1"], "s")
    monkeypatch.chdir("in")
    swap(monkeypatch, read=lambda *a, **o: [replace(i, path=f"../{i.path}") for i in build_facts.read(*a, **o)])  # type: ignore[type-var]
    assert pipeline.build(["baku-1#2"], "../s").changed == 1


def test_the_same_text_twice_is_one_article(tmp_path: Path) -> None:
    result = pipeline.build(["baku-1", "baku-1"], tmp_path / "s")
    assert (result.read, result.new) == (1, 1)


def test_new_rules_read_given_articles_again_and_others_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build(NAMES, tmp_path / "s")
    read: list[str] = []

    def extract(article: Article) -> ArticleFacts:
        read.append(article.id)
        return build_facts.extract(article)

    swap(monkeypatch, extract=extract, extractor="2")
    result = pipeline.build(["baku-1"], tmp_path / "s")
    assert read == ["baku-1"]
    assert (result.unchanged, result.refreshed, result.stale) == (1, 1, 3)
    result = pipeline.build([], tmp_path / "s", refresh=True)
    assert sorted(read) == sorted(NAMES)
    assert (result.read, result.refreshed, result.stale) == (0, 3, 0)
    read.clear()
    result = pipeline.build(["baku-1"], tmp_path / "s", refresh=True)
    assert read == []
    assert not result.changed_anything


def test_another_resolver_makes_the_graph_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.build(NAMES, tmp_path / "s")
    swap(monkeypatch, resolver="test-2")
    result = pipeline.build(NAMES, tmp_path / "s")
    assert result.changed_anything
    assert result.unchanged == len(NAMES)


def test_unchanged_articles_are_not_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.build([*NAMES, "broken-1"], tmp_path / "s")
    checked: list[object] = []
    monkeypatch.setattr("kgculture.checking.check_batch", lambda graphs: [checked.append(g) or () for g in graphs])
    pipeline.build(["plan-2"], tmp_path / "s")
    assert len(checked) == 1


def test_a_graph_that_cannot_be_made_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Lookup.names

    def lacking(lookup: Lookup, facts: ArticleFacts) -> Any:
        return {k: v for k, v in names(lookup, facts).items() if k != ("plan-1", "person-1")}

    monkeypatch.setattr(Lookup, "names", lacking)
    result = pipeline.build(NAMES, tmp_path / "s")
    assert [(v.article, v.report) for v in result.withheld] == [("plan-1", None)]
    assert "internal error: KeyError" in result.withheld[0].message
    assert b"article/plan-1" not in content(tmp_path / "s")
    assert b"article/baku-1" in content(tmp_path / "s")


def test_the_lock_is_held_and_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(paths: Any, **options: Any) -> Any:
        with pytest.raises(StoreError, match="another build"):
            pipeline.build(["baku-2"], tmp_path / "s")
        return build_facts.read(paths, **options)

    with monkeypatch.context() as patch:
        swap(patch, read=read)
        pipeline.build(["baku-1"], tmp_path / "s", workers=2)
    with Folder(tmp_path / "s").writing():
        pass


def test_an_error_of_reading_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(paths: Any, **options: Any) -> Any:
        yield from build_facts.read(["baku-1"], **options)
        raise InputError("nowhere: no such file")

    swap(monkeypatch, read=read)
    with pytest.raises(InputError):
        pipeline.build(["nowhere"], tmp_path / "s")
    assert list((tmp_path / "s" / "generations").iterdir()) == []


def test_nothing_to_read_still_makes_a_store(tmp_path: Path) -> None:
    result = pipeline.build(["empty"], tmp_path / "s")
    assert result.read == 0
    with kgculture.open(tmp_path / "s") as graph:
        assert list(graph.articles()) == []
        assert graph.meetings() == []


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    pipeline.build(NAMES, tmp_path / "s", progress=lambda *step: told.append(step))
    assert [stage for stage, _ in itertools.groupby(told, key=lambda t: t[0])] == [
        "extract",
        "resolve",
        "check",
        "store",
    ]
    assert ("check", len(NAMES), len(NAMES)) in told


# ------------------------------------------------------------------------------------- the real stages, end to end


def folder_of_articles(name: str) -> Path:
    checkout = Path(__file__).resolve().parents[1]
    found = checkout / "examples" / "articles" if name == "examples" else checkout.parent / "shared" / "articles" / name
    if not found.is_dir():
        pytest.skip(f"no {name} articles here: {found.name} is not part of the checkout")
    return found


@pytest.mark.parametrize("name", ["examples", "seeds"])
def test_real_articles_any_order_any_steps_any_workers(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    folder = folder_of_articles(name)
    first = pipeline.build(folder, tmp_path / "all")
    whole = content(tmp_path / "all")
    assert first.read > 4
    assert not [s for s in first.skipped if "internal error" in s.reason]
    assert not [v for v in first.withheld if "internal error" in v.message]

    again = pipeline.build(folder, tmp_path / "all")
    assert not again.changed_anything
    assert again.generation == first.generation

    files = sorted(p for p in folder.iterdir() if p.is_file())
    random.Random(11).shuffle(files)
    pipeline.build(files, tmp_path / "two", workers=2)
    assert content(tmp_path / "two") == whole
    steps = files if name == "seeds" else [files[:3], files[3:4], files[4:]]
    for step in steps:
        pipeline.build(step, tmp_path / "steps")  # type: ignore[arg-type]
    assert content(tmp_path / "steps") == whole


def dies_of_broken(graphs: Any) -> Any:
    if any(b"article/broken-1" in graph for graph in graphs):
        os._exit(9)
    return check_batch(graphs)


def test_a_process_that_dies_while_checking_costs_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgculture.checking.check_batch", dies_of_broken)
    result = pipeline.build([*NAMES, "broken-1"], tmp_path / "s", workers=2)
    died = "internal error: the process that checked it died"
    assert [(v.article, v.message) for v in result.withheld] == [("broken-1", died)]
    assert all(f"article/{name}".encode() in content(tmp_path / "s") for name in NAMES)
