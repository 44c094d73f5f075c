"""The store: facts kept whole, generations seen whole, clear words where one cannot be opened."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Quad

import build_facts
import facts
from kgculture import pipeline
from kgculture.errors import StoreError
from kgculture.model import Article, ArticleFacts, PartialDate, Passage, Violation
from kgculture.store import Folder, Store, Writer
from kgculture.store.codec import digest, encode, from_json, to_json

if TYPE_CHECKING:
    from pathlib import Path

QUAD = Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))


def write(path: Path, *all_facts: ArticleFacts, quads: int = 1) -> str:
    folder = Folder(path)
    with folder.writing():
        writer = Writer(folder)
        for each in all_facts:
            writer.records.put(each, each.article.path)
        writer.load(Quad(NamedNode(f"urn:{n}"), QUAD.predicate, QUAD.object) for n in range(quads))
        return writer.commit()


@pytest.mark.parametrize(
    "made", [facts.baku(), facts.moscow(), facts.plan(), facts.broken()], ids=lambda f: f.article.id
)
def test_facts_survive_json(made: ArticleFacts) -> None:
    again = from_json(ArticleFacts, to_json(made))
    assert again == made
    assert again.extractor == made.extractor
    assert to_json(again) == to_json(made)


def test_json_of_odd_values() -> None:
    odd = replace(facts.plan().article, text='"\\\u2028\x00 ӘҒҚ 😀', masks=(Passage(0, 1), Passage(3, 4)), title=None)
    assert from_json(Article, to_json(odd)) == odd
    event = replace(facts.baku().events[0], start=PartialDate(None, 2, 29), end=PartialDate(2024), confidence=1.0)
    assert from_json(type(event), to_json(event)) == event


def test_json_of_another_class_is_refused() -> None:
    with pytest.raises((TypeError, KeyError)):
        from_json(ArticleFacts, '{"nonsense": 1}')


def test_digest_depends_on_all_but_the_path() -> None:
    article = facts.baku().article
    assert digest(replace(article, path="elsewhere")) == digest(article)
    for change in ({"text": "x"}, {"published": None}, {"masks": (Passage(1, 2),)}, {"title": None}):
        assert digest(replace(article, **change)) != digest(article)


def test_write_and_read(tmp_path: Path) -> None:
    path = tmp_path / "store"
    assert write(path, facts.moscow(), facts.baku(), quads=7) == "000001"
    with Store.open(path) as store:
        assert len(store.triples) == 7
        assert [f.article.id for f in store.records.facts()] == ["baku", "moscow"]
        assert store.records.facts_of("baku") == facts.baku()
        assert store.records.article("moscow") == facts.moscow().article
        assert store.records.article("nobody") is None
        entry = store.records.entry("baku")
        assert entry is not None
        assert (entry.path, entry.digest, entry.extractor) == ("baku.txt", digest(facts.baku().article), "test")


def test_violations_and_verdicts_are_kept(tmp_path: Path) -> None:
    violation = Violation("Violation", "s", "f", None, "v", "m", "baku", "r")
    folder = Folder(tmp_path / "store")
    with folder.writing():
        writer = Writer(folder)
        writer.records.put_violations([violation])
        writer.records.put_verdict("baku", "key", (violation,))
        writer.commit()
    with Store.open(tmp_path / "store") as store:
        assert list(store.records.violations()) == [violation]
        assert store.records.verdict("baku", "key") == (violation,)
        assert store.records.verdict("baku", "other") is None


def test_quads_are_loaded_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgculture.store.CHUNK", 10)
    write(tmp_path / "store", quads=25)
    with Store.open(tmp_path / "store") as store:
        assert len(store.triples) == 25


def test_a_reader_keeps_its_generation(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, quads=1)
    reader = Store.open(path)
    for number in range(2, 6):
        write(path, quads=number)
    assert len(reader.triples) == 1
    kept = sorted(p.name for p in (path / "generations").iterdir())
    assert kept == ["000001", "000004", "000005"]
    reader.close()
    write(path, quads=6)
    assert sorted(p.name for p in (path / "generations").iterdir()) == ["000005", "000006"]
    with Store.open(path) as store:
        assert len(store.triples) == 6


def test_one_writer(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path)
    with (path / "LOCK").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another build is writing"), Folder(path).writing():
            pass
    with Folder(path).writing():
        pass


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path)
    (path / "generations" / "000002.part" / "oxigraph").mkdir(parents=True)
    (path / "generations" / "000007").mkdir()
    (path / "CURRENT.part").write_text("00")
    with Store.open(path) as store:
        assert store.generation == "000001"
    assert write(path, quads=3) == "000002"
    assert sorted(p.name for p in (path / "generations").iterdir()) == ["000001", "000002"]
    assert not (path / "CURRENT.part").exists()


def test_a_first_build_killed_before_the_pointer(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, facts.baku())
    (path / "CURRENT").unlink()
    with pytest.raises(StoreError, match="no store here"):
        Store.open(path)
    with Folder(path).writing():
        pass
    with Store.open(path) as store:
        assert store.records.count() == 1


def test_abort_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path)
    folder = Folder(path)
    with folder.writing():
        writer = Writer(folder)
        writer.load([QUAD])
        writer.abort()
    assert sorted(p.name for p in (path / "generations").iterdir()) == ["000001"]


def damage_nothing_there(path: Path) -> None:
    shutil.rmtree(path)


def damage_pointer(path: Path) -> None:
    (path / "CURRENT").write_bytes(b"\xff\xfe")


def damage_pointer_text(path: Path) -> None:
    (path / "CURRENT").write_text("../../etc")


def damage_generation(path: Path) -> None:
    shutil.rmtree(path / "generations" / "000001")


def damage_triples(path: Path) -> None:
    shutil.rmtree(path / "generations" / "000001" / "oxigraph")


def damage_manifest(path: Path) -> None:
    for file in (path / "generations" / "000001" / "oxigraph").glob("MANIFEST*"):
        file.write_bytes(b"nonsense")


def damage_records(path: Path) -> None:
    (path / "generations" / "000001" / "records.sqlite").write_bytes(b"nonsense" * 100)


def damage_format(path: Path) -> None:
    db = sqlite3.connect(path / "generations" / "000001" / "records.sqlite")
    db.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    db.commit()
    db.close()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (damage_nothing_there, "no store here"),
        (damage_pointer, "cannot be read"),
        (damage_pointer_text, "names no generation"),
        (damage_generation, "damaged"),
        (damage_triples, "damaged"),
        (damage_manifest, "damaged"),
        (damage_records, "damaged"),
        (damage_format, "format 99"),
    ],
)
def test_a_store_that_cannot_be_opened(tmp_path: Path, damage: object, words: str) -> None:
    path = tmp_path / "store"
    write(path, facts.baku())
    damage(path)  # type: ignore[operator]
    with pytest.raises(StoreError, match=words) as caught:
        Store.open(path)
    assert "\n" not in caught.value.message
    assert str(path) in caught.value.message


def test_places_where_no_store_can_be(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(StoreError, match="is a file"), Folder(file).writing():
        pass
    with pytest.raises(StoreError, match="no store here"):
        Store.open(file)
    with pytest.raises(StoreError, match="other things"), Folder(tmp_path).writing():
        pass
    assert file.read_text() == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="cannot be written"), Folder(tmp_path / "store").writing():
            pass
    finally:
        tmp_path.chmod(0o700)


def first_format(path: Path, *all_facts: ArticleFacts) -> None:
    """Makes the store one of format 1, in which articles and facts stood in a table."""
    (place,) = (path / "generations").iterdir()
    (place / "records.sqlite").unlink()
    shutil.rmtree(place / "articles")
    db = sqlite3.connect(place / "records.sqlite")
    db.executescript(
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
        "INSERT INTO meta VALUES ('format', '1');"
        "CREATE TABLE article (id TEXT PRIMARY KEY, path TEXT, digest TEXT NOT NULL, extractor TEXT NOT NULL,"
        " article TEXT NOT NULL, facts TEXT NOT NULL) WITHOUT ROWID;"
    )
    for each in all_facts:
        told = encode(each)
        del told["article"]
        told.pop("extractor", None)
        row = (each.article.id, None, digest(each.article), "1", to_json(each.article), to_json(told))
        db.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)", row)
    db.commit()
    db.close()


def test_a_store_of_an_older_format_is_refused_until_refreshed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "stages", build_facts.stages)
    path = tmp_path / "store"
    pipeline.build(["baku-1", "plan-1"], path)
    with Store.open(path) as store:
        wanted = sorted(map(str, store.triples))
        kept = list(store.records.facts())
    first_format(path, *kept)
    for use in (lambda: Store.open(path), lambda: pipeline.build(["baku-1"], path)):
        with pytest.raises(StoreError, match="has format 1, this kgculture reads 2") as caught:
            use()
        assert caught.value.hint == "bring it up to date: kgculture build --refresh --store DIR"
    result = pipeline.build([], path, refresh=True)
    assert result.changed_anything
    with Store.open(path) as store:
        assert sorted(map(str, store.triples)) == wanted
        assert list(store.records.facts()) == kept


def test_articles_are_shared_between_generations_and_few_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "stages", build_facts.stages)
    path = tmp_path / "store"
    pipeline.build([f"baku-{n}" for n in range(40)], path)
    (file,) = (path / "generations" / "000001" / "articles").iterdir()
    large = file.stat().st_ino
    for n in range(6):
        pipeline.build([f"plan-{n}"], path)
        there = list((path / "generations" / f"{n + 2:06d}" / "articles").iterdir())
        assert len(there) <= 3
        assert any(file.stat().st_ino == large for file in there)
        with Store.open(path) as store:
            assert len({a.text for a in store.records.articles()}) == 2
            assert store.records.count() == 41 + n
    pipeline.forget([f"baku-{n}" for n in range(30)], path)
    there = list((path / "generations" / "000008" / "articles").iterdir())
    assert not any(file.stat().st_ino == large for file in there)  # little of it was in use
    with Store.open(path) as store:
        assert [a.id for a in store.records.articles()] == sorted(
            [f"baku-{n}" for n in range(30, 40)] + [f"plan-{n}" for n in range(6)]
        )
