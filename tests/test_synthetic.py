"""The generator of benchmarks/: deterministic, and its sentences say what its facts say."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import kgculture
from kgculture.model import ArticleFacts

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
ARTICLES = 60
pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="benchmarks/ is part of the repository only")


@pytest.fixture
def synthetic(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The package, which is installed nowhere."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import synthetic.known
    import synthetic.stated
    import synthetic.stream

    return synthetic


def told(synthetic: Any, seed: int, count: int) -> list[tuple[str, list[str]]]:
    return list(synthetic.stream.lines(synthetic.stream.Archive(seed), count))


def test_a_seed_gives_the_same_articles_and_another_seed_others(synthetic: Any) -> None:
    assert told(synthetic, 3, ARTICLES) == told(synthetic, 3, ARTICLES)
    assert told(synthetic, 3, ARTICLES) != told(synthetic, 4, ARTICLES)


def test_a_longer_archive_begins_with_the_shorter(synthetic: Any) -> None:
    short = [line for _, articles in told(synthetic, 3, 40) for line in articles]
    long = [line for _, articles in told(synthetic, 3, ARTICLES) for line in articles]
    assert (len(short), len(long)) == (40, ARTICLES)
    assert long[:40] == short


def test_articles_come_one_after_another(synthetic: Any) -> None:
    assert len(list(islice(synthetic.stream.Archive(3).occasions(10**9), 50))) == 50


def test_there_are_all_languages_and_all_kinds_of_facts(synthetic: Any) -> None:
    known = [json.loads(line) for facts, _ in told(synthetic, 3, 300) for line in facts.split("\n")]
    articles = [json.loads(line) for _, several in told(synthetic, 3, 300) for line in several]
    assert {record["kind"] for record in known} == {"person", "article", "meeting", "agreement", "exhibition"}
    assert {article["language"] for article in articles} == {"en", "ru", "kk"}
    assert any(len(record["articles"]) > 2 for record in known if record["kind"] == "meeting")
    names = [record["names"]["en"] for record in known if record["kind"] == "person"]
    assert len(names) > 100


def test_namesakes_live_in_other_countries(synthetic: Any) -> None:
    persons = synthetic.stream.Archive(3).world.persons()
    bearers: dict[str, set[str]] = {}
    for person in persons:
        lands = bearers.setdefault(person.name("en"), set())
        assert person.land not in lands
        lands.add(person.land)
    assert 0 < sum(len(lands) > 1 for lands in bearers.values()) < len(persons) / 10


def test_every_mark_is_a_name_in_the_text(synthetic: Any) -> None:
    for occasion in synthetic.stream.Archive(3).occasions(ARTICLES):
        for article in occasion.articles:
            for mark in article.marks:
                assert article.text[mark.start : mark.end].strip()
            for person in article.persons:
                stem = getattr(person.surname, article.language)[:3]
                places = [m for m in article.marks if m.what == person.id]
                assert places
                assert all(stem in article.text[m.start : m.end] for m in places)


def test_the_build_finds_what_is_known(synthetic: Any, tmp_path: Path) -> None:
    lines = told(synthetic, 3, ARTICLES)
    (tmp_path / "articles.jsonl").write_text("\n".join(a for _, several in lines for a in several), encoding="utf-8")
    result = kgculture.build(tmp_path / "articles.jsonl", tmp_path / "store")
    assert (result.read, result.skipped, result.withheld) == (ARTICLES, (), ())
    with kgculture.open(tmp_path / "store") as graph:
        scores = synthetic.known.compare(graph.store.triples, [r for facts, _ in lines for r in facts.split("\n")])
    assert sum(score.facts for score in scores.values()) > 80
    for kind, score in scores.items():
        assert score.recall >= 0.97, (kind, score.samples)
        assert score.precision >= 0.95, (kind, score.samples)


def test_the_stated_facts_are_those_that_the_rules_read(synthetic: Any) -> None:
    from kgculture.extract import extract

    def short(facts: ArticleFacts) -> set[tuple[Any, ...]]:
        names = {person.id: person.names[0] for person in facts.persons}
        found: set[tuple[Any, ...]] = {("person", name) for name in names.values()}
        found |= {
            ("meeting", frozenset(names.get(p, p) for p in m.participants), m.start, m.place) for m in facts.meetings
        }
        found |= {("agreement", a.type, a.signed_on, a.place, len(a.parties)) for a in facts.agreements}
        return found | {("event", e.kind, e.title, e.start, e.place) for e in facts.events}

    known = read = both = 0
    for stated in synthetic.stated.articles(synthetic.stream.Archive(3), ARTICLES):
        one, other = short(stated), short(extract(stated.article))
        known, read, both = known + len(one), read + len(other), both + len(one & other)
    assert known > 150
    assert both / known >= 0.97
    assert both / read >= 0.97
