"""Why records are one thing: the rule, each record's names and passages, aliases, doubts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph
import pytest

import kgculture
from kgculture.cli import main
from kgculture.query.explain import explain

NEWS = {
    "north": "On May 2, 2024, Minister of Culture of Kazakhstan Alma Serikova met with Minister of Culture of Uzbekistan Otabek "
    "Yuldashev in Samarkand.",
    "south": "On June 11, 2024, Minister of Culture of Kazakhstan Alma Serikova met with Minister of Culture of Azerbaijan Rauf "
    "Mammadli in Astana.",
    "ost": "2 мая 2024 года министр культуры Казахстана Алма Серикова встретилась с министром культуры Узбекистана Отабеком "
    "Юлдашевым в Самарканде.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    for name, text in NEWS.items():
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    kgculture.build(folder, folder / "store")
    return folder / "store"


def test_each_record_has_its_names_and_passages(store: Path) -> None:
    with kgculture.open(store) as graph:
        found = explain(graph.store.triples, graph.store.records, graph.find("Серикова"))
    assert found.label == "Alma Serikova" and "Person" in found.classes
    assert {record.article for record in found.records} == set(NEWS)
    assert {name for record in found.records for name in record.names} >= {"Alma Serikova", "Алма Серикова"}
    for record in found.records:
        assert record.passages
        for start, quote in record.passages:
            assert (NEWS[record.article] + "\n")[start : start + len(quote)] == quote
    assert found.reasons and all(reason.because.startswith("person.") for reason in found.reasons)
    assert {pair for reason in found.reasons for pair in reason.records} == {(r.article, r.ref) for r in found.records}


def test_one_meeting_of_two_languages(store: Path) -> None:
    with kgculture.open(store) as graph:
        rows = graph.query("SELECT ?m { ?x a kgc:Merge ; kgc:mergedInto ?m . ?m a kgc:Meeting }")
        (meeting,) = {row["m"] for row in rows}  # type: ignore[union-attr,call-overload,index]
        found = explain(graph.store.triples, graph.store.records, meeting)
    assert {r.article for r in found.records} == {"north", "ost"}
    assert all(reason.because.startswith("meeting.") for reason in found.reasons)


def test_a_thing_of_one_article_joins_nothing(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Mammadli", "--store", str(store)]) == 0
    out = capfd.readouterr().out
    assert "nothing was joined" in out and "south" in out and "Rauf Mammadli" in out


def test_table_names_the_rule_and_the_records(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Серикова", "--store", str(store)]) == 0
    out = capfd.readouterr().out
    assert "one because of person." in out and "north#person-1: Alma Serikova" in out


def test_other_formats(store: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["explain", "Serikova", "--store", str(store), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode())))
    assert {r["article"] for r in rows if r["because"].startswith("person.")} == set(NEWS)
    assert main(["explain", "Serikova", "--store", str(store), "--format", "turtle"]) == 0
    triples = list(pyoxigraph.parse(capfdbinary.readouterr().out, pyoxigraph.RdfFormat.TURTLE))
    assert any(t.predicate.value.endswith("#because") for t in triples)


def test_an_unknown_name_ends_with_6(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Nobody Atall", "--store", str(store)]) == 6
    assert capfd.readouterr().err.startswith("kgculture: ")
