"""The index of names: the same things are found with it and without it, and it can be kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kgculture
from kgculture.errors import QueryError
from kgculture.query import labels, names

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "articles"
KGR = "https://w3id.org/kgculture/id/"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kgculture.Graph]:
    store = tmp_path_factory.mktemp("labels") / "store"
    kgculture.build(EXAMPLES, store)
    with kgculture.open(store) as graph:
        yield graph


def wishes(graph: kgculture.Graph) -> list[str]:
    forms = sorted({form for _, form in names.forms(graph.store.triples)})
    found = set(forms[::3])
    for form in forms:
        words = form.split()
        found |= {words[0], words[-1][:3], words[-1][1:5], words[0][:1] + " " + words[-1]}
    return [*sorted(found), "", "- -", "xq", "балаева", "ә"]


@pytest.mark.parametrize("kinds", [(), ("Person",), ("City", "Country", "Venue", "Region")])
def test_the_index_finds_what_a_look_at_all_names_finds(graph: kgculture.Graph, kinds: tuple[str, ...]) -> None:
    triples = graph.store.triples
    assert graph.labels is not None
    several = 0
    for wish in wishes(graph):
        told = names.search(triples, wish, kinds, graph.labels)
        assert told == names.search(triples, wish, kinds), wish
        several += len(told) > 1
    assert several > 20


def test_a_wish_that_nothing_fits_gets_the_same_hint(graph: kgculture.Graph) -> None:
    told = []
    for index in (graph.labels, None):
        with pytest.raises(QueryError) as error:
            names.resolve(graph.store.triples, "Balaxeva", ("Person",), index)
        told.append((error.value.message, error.value.hint))
    assert told[0] == told[1]
    assert "balayeva-aida" in (told[0][1] or "")


def test_a_store_without_an_index_finds_names_all_the_same(graph: kgculture.Graph, tmp_path: Path) -> None:
    assert labels.Labels.open(tmp_path / "none") is None
    (tmp_path / "broken").write_text("this is no database")
    assert labels.Labels.open(tmp_path / "broken") is None
    assert names.resolve(graph.store.triples, "Балаева", labels=None) == KGR + "balayeva-aida"


def test_names_come_and_go(tmp_path: Path) -> None:
    path = tmp_path / "labels.sqlite"
    with labels.writing(path) as index:
        index.put([("a", "Aida Orman"), ("b", "Аида Сабит"), ("a", "Aida Orman"), ("c", "Museum of Aidar")])
        assert {iri for iri, _ in index.lookup(["aida"])} == {"a", "b", "c"}
        index.drop(["a", "nobody"])
    with labels.writing(path) as index:
        assert {iri for iri, _ in index.lookup(["aida"])} == {"b", "c"}
        assert list(index.lookup(["orman"])) == []
        assert {iri for iri, _ in index.lookup(["ida"])} == {"b", "c"}  # inside a word
        assert list(index.lookup(["da"])) == []  # too short for that
        index.put([("a", "Orman")])
    opened = labels.Labels.open(path)
    assert opened is not None
    assert sorted(opened.all())[0] == ("a", "orman")
    opened.close()


def test_undated_meetings_are_counted(graph: kgculture.Graph) -> None:
    for given in ({}, {"person": "Balayeva"}, {"country": "Azerbaijan", "place": "Baku"}, {"planned": True}):
        assert graph.undated(**given) == sum(m.earliest is None for m in graph.meetings(**given))
    assert graph.undated() > 0
