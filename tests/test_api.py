"""The Python API: what a researcher calls."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import build_facts
import kgculture
from kgculture import Graph, Rows, api, pipeline
from kgculture.errors import QueryError, StoreError, UsageError


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    path = tmp_path_factory.mktemp("api") / "s"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "stages", build_facts.stages)
        kgculture.build(["baku-1", "moscow-1", "plan-1", "broken-1"], path)
    return kgculture.open(path)


def test_meetings(graph: Graph) -> None:
    (meeting,) = graph.meetings()
    assert "/meeting-alizade-serikova-" in meeting.iri
    assert (meeting.date, meeting.earliest, meeting.latest) == ("2023-12-04", "2023-12-04", "2023-12-04")
    assert meeting.dates == ("2023-12", "2023-12-04")
    assert (meeting.place, meeting.status, meeting.formats, meeting.topics) == (
        "Baku",
        "Held",
        ("Bilateral",),
        ("museums",),
    )
    assert [p.label for p in meeting.participants] == ["Aigul Serikova", "Leyla Nabiyeva", "Rashad Alizade"]
    aigul, leyla, _ = meeting.participants
    assert aigul.offices == ("Minister of Culture",)
    assert aigul.on_behalf_of == ("Kazakhstan",)
    assert leyla.offices == ()  # a former one is no office
    assert [s.article for s in meeting.sources] == ["baku-1", "moscow-1"]
    source = meeting.sources[0]
    assert source.quote.startswith("On Monday 4 December")
    assert (source.headline, source.published, source.rule) == (
        "Ministers meet in Baku",
        "2023-12-05",
        "en.meeting.met",
    )
    assert (source.confidence, source.inferred) == (0.9, False)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"person": "Serikova"}, 1),
        ({"person": "Серикова"}, 1),
        ({"person": "kgr:serikova"}, 1),
        ({"person": "serikova", "with_": "Rashad Alizade"}, 1),
        ({"country": "Kazakhstan"}, 1),
        ({"country": "Азербайджан"}, 1),
        ({"place": "Baku"}, 1),
        ({"place": "Azerbaijan"}, 1),
        ({"place": "Kazakhstan"}, 0),
        ({"since": "2023"}, 1),
        ({"since": "2023-12-04", "until": "2023-12-04"}, 1),
        ({"since": "2023-12-05"}, 0),
        ({"until": "2023-11"}, 0),
        ({"until": "2023"}, 1),
    ],
)
def test_meetings_wanted(graph: Graph, wanted: dict[str, str], count: int) -> None:
    assert len(graph.meetings(**wanted)) == count  # type: ignore[arg-type]


def test_planned_meetings_only_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "stages", build_facts.stages)
    kgculture.build("plan-1", tmp_path / "s")
    with kgculture.open(tmp_path / "s") as graph:
        assert graph.meetings() == []
        (meeting,) = graph.meetings(planned=True)
        assert (meeting.status, meeting.date) == ("Planned", None)


@pytest.mark.parametrize("wanted", [{"person": "Qwertyuiop"}, {"country": "Atlantis"}, {"place": "Serikova"}])
def test_unknown_names(graph: Graph, wanted: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        graph.meetings(**wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", ["yesterday", "2023-13", "2023-02-30", "--12", ""])
def test_dates_that_are_none(graph: Graph, day: str) -> None:
    with pytest.raises(UsageError, match="not a date"):
        graph.meetings(since=day)


def test_persons(graph: Graph) -> None:
    persons = graph.persons()
    assert [p.label for p in persons] == ["Aigul Serikova", "Leyla Nabiyeva", "Rashad Alizade"]
    assert persons[0].names == ("Aigul Serikova", "Айгуль Серикова", "Serikova")
    assert persons[0].offices == ("Minister of Culture",)
    assert persons[0].articles == ("baku-1", "broken-1", "moscow-1", "plan-1")


def test_query(graph: Graph) -> None:
    rows = graph.query(
        """SELECT ?o ?n ?m ?d ?none WHERE { $who kgc:met ?o . ?e kgc:workCount ?n ; kgc:workCountIsMinimum ?m . ?x kgc:earliest ?d }
        ORDER BY ?o LIMIT 1""",
        who="kgr:serikova-aigul",
    )
    assert isinstance(rows, Rows)
    assert rows.variables == ("o", "n", "m", "d", "none")
    (row,) = rows
    assert row["o"].endswith("/alizade-rashad")
    assert (row["n"], row["m"], row["none"]) == (40, True, None)
    assert row["d"] == "2023-12-04" or row["d"] == "2023-12-05"
    assert graph.query("ASK { ?a kgc:met ?b }") is True
    assert graph.query("ASK { ?a kgc:nothing ?b }") is False
    triples = graph.query("CONSTRUCT { ?a kgc:met ?b } WHERE { ?a kgc:met ?b }")
    assert isinstance(triples, list)
    assert len(triples) == 4


def test_queries_that_fail(graph: Graph) -> None:
    with pytest.raises(QueryError):
        graph.query("SELECT WHERE")
    with pytest.raises(QueryError):
        graph.query("SELECT * WHERE { ?a ?b ?c }", nothing=1)


def test_articles_withheld_stats(graph: Graph) -> None:
    assert [a.id for a in graph.articles()] == ["baku-1", "broken-1", "moscow-1", "plan-1"]
    assert [v.article for v in graph.withheld()] == ["broken-1"]
    assert all(v.severity != "Violation" for v in graph.warnings())
    stats = graph.stats()
    assert (stats["Article"], stats["Meeting"], stats["withheld"]) == (4, 2, 1)
    assert stats["Report"] == 12
    assert stats["triples"] == len(graph.store.triples)


def test_the_graph_as_it_stands_is_sound(graph: Graph) -> None:
    assert [v for v in graph.validate() if v.severity == "Violation"] == []


def test_dataset(graph: Graph) -> None:
    import rdflib

    dataset = graph.dataset
    assert isinstance(dataset, rdflib.Dataset)
    assert sum(1 for _ in dataset.quads()) == len(graph.store.triples)
    rows = list(dataset.query("SELECT ?b WHERE { kgr:serikova-aigul kgc:met ?b }"))
    assert len(rows) == 2
    assert graph.dataset is dataset


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        kgculture.open(tmp_path)


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("import kgculture", {"pyoxigraph", "rdflib", "sqlite3", "click", "kgculture.model"}),
        ("import kgculture; kgculture.open", {"rdflib", "pyshacl", "networkx", "babel", "rich", "pyoxigraph"}),
        (
            "import kgculture, sys; g = kgculture.open(sys.argv[1]); g.query('ASK {}'); g.meetings()",
            {"rdflib", "pyshacl", "babel", "yaml"},
        ),
    ],
)
def test_heavy_libraries_stay_out(graph: Graph, code: str, forbidden: set[str]) -> None:
    program = f"{code}\nimport sys; print(sorted(sys.modules.keys() & {forbidden!r}))"
    source = str(Path(kgculture.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", program, str(graph.store.path)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": source},
    )
    assert done.stdout.strip() == "[]"


def test_public_names() -> None:
    for name in kgculture.__all__:
        assert getattr(kgculture, name) is not None
    assert set(dir(kgculture)) == set(kgculture.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kgculture.nothing  # noqa: B018


def test_the_examples_in_the_docstrings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = Path(__file__).resolve().parents[1] / "examples"
    (tmp_path / "examples").symlink_to(examples)
    monkeypatch.chdir(tmp_path)
    kgculture.build("examples/articles", "graph.kg")
    with kgculture.open("graph.kg") as graph:
        failed, tried = doctest.testmod(api, extraglobs={"graph": graph})
    assert (failed, tried > 15) == (0, True)
