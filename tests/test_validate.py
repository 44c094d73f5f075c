"""Shapes over one article withhold; each result is tied to the Report that it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

import build_facts
import facts
import kgculture
from kgculture import pipeline, terms
from kgculture.errors import InputError
from kgculture.graph import ArticleGraph, context_of, default_quads, quads_of
from kgculture.validate import check_article, check_files, check_store, check_union, shapes_digest
from kgculture.validate.convert import rdflib_term, to_dataset

if TYPE_CHECKING:
    from pathlib import Path

    from kgculture.model import ArticleFacts, Violation

BAKU = "https://w3id.org/kgculture/article/baku"


def quads(made: ArticleFacts) -> list[Quad]:
    resolution = facts.resolution(made)
    graph = ArticleGraph(made, resolution)
    return [*quads_of(graph), *context_of(graph, resolution)]


def serious(found: list[Violation]) -> list[tuple[str, str | None]]:
    return [
        (v.shape.rpartition("#")[2], v.report and v.report.rpartition("#")[2])
        for v in found
        if v.severity == "Violation"
    ]


@pytest.mark.parametrize("made", [facts.baku(), facts.moscow(), facts.plan()], ids=lambda f: f.article.id)
def test_sound_articles_pass(made: ArticleFacts) -> None:
    assert serious(check_article(quads(made))) == []


def test_a_thing_leads_to_its_report() -> None:
    found = check_article(quads(facts.broken()))
    assert serious(found) == [("Meeting-sides", "meeting-1")]
    violation = next(v for v in found if v.severity == "Violation")
    assert violation.article == "broken"
    assert violation.message == "A meeting has two or more sides."
    assert violation.path == terms.kgc("participant")


def test_a_passage_leads_to_all_reports_that_rest_on_it() -> None:
    made = facts.baku()
    wrong = [
        replaced
        for quad in quads(made)
        for replaced in [
            Quad(quad.subject, quad.predicate, Literal("x" * 65, language="en"), quad.graph_name)
            if quad.predicate.value == terms.kgc("quote") and "char=139,204" in str(quad.subject)
            else quad
        ]
    ]
    reports = {report for _, report in serious(check_article(wrong))}
    assert reports == {"meeting-1", "event-2", "statement-1", "proposal-1"}


def test_a_report_is_its_own() -> None:
    gone = [q for q in quads(facts.plan()) if q.predicate.value != terms.kgc("rule")]
    assert serious(check_article(gone)) == [("Report-rule", "meeting-1")]


def test_a_participation_leads_to_its_meeting() -> None:
    gone = [
        q for q in quads(facts.baku()) if not (q.predicate.value == terms.kgc("who") and "alizade" in str(q.object))
    ]
    assert ("Participation-who", "meeting-1") in serious(check_article(gone))


def test_the_article_itself_has_no_report() -> None:
    gone = [q for q in quads(facts.plan()) if q.predicate.value != terms.kgc("textDigest")]
    found = [v for v in check_article(gone) if v.severity == "Violation"]
    assert [(v.focus.rpartition("/")[2], v.report) for v in found] == [("plan", None)]


def test_a_whole_article_is_withheld_when_its_node_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(article: object) -> ArticleFacts:
        made = build_facts.extract(article)  # type: ignore[arg-type]
        # a day that is none: the shape of the Article node says so
        return made if made.article.id != "plan-1" else replace(made, article=replace(made.article, language="xx"))  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "stages", lambda: replace(build_facts.stages(), extract=extract))
    result = pipeline.build(["plan-1", "baku-1"], tmp_path / "s")
    assert {(v.article, v.report) for v in result.withheld} == {("plan-1", None)}
    with kgculture.open(tmp_path / "s") as graph:
        assert [row["id"] for row in graph.query("SELECT ?id WHERE { ?a dcterms:identifier ?id }")] == ["baku-1"]


def test_an_entity_that_fails_takes_its_reports_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(article: object) -> ArticleFacts:
        made = build_facts.extract(article)  # type: ignore[arg-type]
        return replace(
            made, offices=tuple(replace(o, title="", title_en=None) if o.id == "office-1" else o for o in made.offices)
        )

    monkeypatch.setattr(pipeline, "stages", lambda: replace(build_facts.stages(), extract=extract))
    result = pipeline.build(["baku-1"], tmp_path / "s")
    assert {v.report and v.report.rpartition("#")[2] for v in result.withheld} == {None, "tenure-1"}
    dragged = next(v for v in result.withheld if v.report)
    assert dragged.message == "needs office-1, which is withheld"
    with kgculture.open(tmp_path / "s") as graph:
        ministers = graph.query("SELECT ?m WHERE { ?m a kgc:Minister }")
        assert [row["m"].rpartition("/")[2] for row in ministers] == ["alizade-rashad"]  # type: ignore[union-attr]
        assert graph.query("ASK { kgr:serikova-aigul a kgc:Person }") is True
        assert serious(graph.validate()) == []


def test_the_union_only_warns() -> None:
    made = [facts.baku(), facts.moscow(), facts.plan()]
    found = check_union(default_quads(made, facts.resolution(*made)))
    assert {v.severity for v in found} <= {"Warning", "Info"}
    assert all(v.report is None and v.article is None for v in found)
    lost = Quad(
        NamedNode(terms.KGR + "nobody"), NamedNode(terms.PREFIXES["rdf"] + "type"), NamedNode(terms.kgc("Person"))
    )
    assert {v.severity for v in check_union([lost])} <= {"Warning", "Info"}


def test_a_participant_whom_no_passage_names_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(article: object) -> ArticleFacts:
        made = build_facts.extract(article)  # type: ignore[arg-type]
        return replace(made, persons=tuple(replace(p, mentions=()) if p.id == "person-2" else p for p in made.persons))

    monkeypatch.setattr(pipeline, "stages", lambda: replace(build_facts.stages(), extract=extract))
    result = pipeline.build(["plan-1"], tmp_path / "s")
    assert result.withheld == ()
    with kgculture.open(tmp_path / "s") as graph:
        found = [(v.shape.rpartition("#")[2], v.severity) for v in graph.validate()]
    assert found == [("ArgumentsAreNamed", "Warning")]


def test_files_in_any_format(tmp_path: Path) -> None:
    made = facts.broken()
    resolution = facts.resolution(made)
    both = [*quads_of(ArticleGraph(made, resolution)), *default_quads([made], resolution)]
    for form in (RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.JSON_LD):
        path = tmp_path / f"graph.{form.file_extension}"
        serialize(both, path, form)
        assert serious(check_files([path])) == [("Meeting-sides", "meeting-1")]


def test_a_file_of_triples_is_checked_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "stages", build_facts.stages)
    pipeline.build(["baku-1", "broken-1"], tmp_path / "s")
    with kgculture.open(tmp_path / "s") as graph:
        graph.export(tmp_path / "graph.ttl")
    assert serious(check_files([tmp_path / "graph.ttl"])) == []
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(text.replace('kgc:rule "en.event.opened" ;', ""), encoding="utf-8")
    assert ("Report-rule", "event-1") in serious(check_files([tmp_path / "graph.ttl"]))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("this is no Turtle")
    (tmp_path / "odd.xyz").write_text("")
    for name, words in (("bad.ttl", "bad.ttl"), ("odd.xyz", "not a format"), ("none.nq", "none.nq")):
        with pytest.raises(InputError, match=words) as caught:
            check_files([tmp_path / name])
        assert "\n" not in caught.value.message


def test_quotes_are_compared_where_the_text_is_known() -> None:
    made = facts.plan()
    resolution = facts.resolution(made)
    store = Store()
    store.extend([*quads_of(ArticleGraph(made, resolution)), *default_quads([made], resolution)])
    assert serious(check_store(store, {"plan": made.article.text})) == []
    other = "Y" + made.article.text.replace("Baku", "Rome")
    assert ("EvidenceQuote", "meeting-1") in serious(check_store(store, {"plan": other}))


def test_rdflib_gets_equal_terms() -> None:
    import rdflib

    literal = Literal("2023-12", datatype=NamedNode(terms.PREFIXES["xsd"] + "gYearMonth"))
    assert rdflib_term(literal) == rdflib.Literal("2023-12", datatype=rdflib.XSD.gYearMonth, normalize=False)
    assert rdflib_term(Literal("да", language="ru")) == rdflib.Literal("да", lang="ru")
    assert rdflib_term(Literal("x")) == rdflib.Literal("x")
    assert rdflib_term(NamedNode(BAKU)) == rdflib.URIRef(BAKU)
    assert sum(1 for _ in to_dataset(quads(facts.plan())).quads()) == len(set(quads(facts.plan())))


def test_the_digest_of_the_shapes_is_stable() -> None:
    assert shapes_digest() == shapes_digest()
    assert len(shapes_digest()) == 64
