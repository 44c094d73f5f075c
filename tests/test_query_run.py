"""Running SPARQL text: parameters, prefixes, errors; and finding things by name."""

from __future__ import annotations

import datetime

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgculture import query
from kgculture.errors import QueryError
from kgculture.query import describe, names, vocabulary
from query_data import KGR, store


def rows(text: str, **params: object) -> list[tuple[str | None, ...]]:
    return [tuple(cell and cell.value for cell in row) for row in query.run(store(), text, params)]


def test_prefixes_are_declared() -> None:
    assert rows("SELECT ?x WHERE { ?x a kgc:City } ORDER BY ?x") == [(KGR + "city-astana",), (KGR + "city-samarkand",)]


def test_dollar_is_put_into_the_text_and_question_mark_is_bound() -> None:
    met = [(KGR + "yuldashev-otabek",), (KGR + "yuldasheva-nargiza",)]
    assert rows("SELECT ?x WHERE { $who kgc:met ?x } ORDER BY ?x", who="kgr:serikova-alma") == met
    both = rows("SELECT ?who ?x WHERE { ?who kgc:met ?x } ORDER BY ?x", who="kgr:serikova-alma")
    assert both == [(KGR + "serikova-alma", *row) for row in met]


@pytest.mark.parametrize(
    "text",
    [
        "# $x\nASK { ?s ?p ?o }",
        'ASK { ?s ?p "$x" }',
        "ASK { ?s ?p '''it's $x''' }",
        "ASK { <http://example.org/$x> ?p ?o }",
    ],
)
def test_comments_strings_and_iris_are_left_alone(text: str) -> None:
    assert query.bind(text, {"x": "1"}) == text


@given(st.text())
def test_a_value_cannot_break_out_of_its_literal(value: str) -> None:
    bound = query.bind("SELECT ?v WHERE { BIND($x AS ?v) }", {"x": pyoxigraph.Literal(value)})
    assert [row["v"].value for row in pyoxigraph.Store().query(bound)] == [value]


def test_values_are_typed() -> None:
    kinds = {
        "2024-05-03": "date", 3: "integer", True: "boolean", "Astana": "string", datetime.date(2024, 5, 3): "date"
    }  # fmt: skip
    for value, kind in kinds.items():
        (row,) = query.run(store(), "SELECT (DATATYPE($x) AS ?t) WHERE {}", {"x": value})
        assert row["t"].value.endswith("#" + kind), value


@pytest.mark.parametrize(
    ("text", "params", "message"),
    [
        ("SELECT", {}, "does not parse"),
        ("SELECT ?x WHERE { ?x nope:y ?z }", {}, "the prefix nope: is not declared"),
        ("SELECT ?x WHERE { ?x a kgc:Meeting . FILTR(?x) }", {}, "does not parse at line 1, column .*FILTR"),
        ("SELECT ?x WHERE { ?x a ", {}, "ends too early"),
        (" ", {}, "empty"),
        ("SELECT ?x WHERE { ?x ?p ?o }", {"y": 1}, "no parameter 'y'"),
        ("SELECT ?x WHERE { ?x ?p ?o }", {"o": 1}, "does not run"),
    ],
)
def test_errors_are_one_line(text: str, params: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message) as raised:
        query.run(store(), text, params)
    assert "\n" not in raised.value.message


# ------------------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    "name",
    ["Alma Serikova", "Серикова Алма", "serik", "СЕРИКОВА", "kgr:serikova-alma", "serikova-alma", KGR + "serikova-alma",
     "<" + KGR + "serikova-alma>", "kgr:alma-serikova", "Sérikova"],
)  # fmt: skip
def test_names_in_any_script_in_part_and_without_diacritics(name: str) -> None:
    assert names.resolve(store(), name, ("Person",)) == KGR + "serikova-alma"


def test_an_ambiguous_name_is_an_error_that_names_all() -> None:
    with pytest.raises(QueryError, match="2 things may be meant") as raised:
        names.resolve(store(), "Yuldash", ("Person",))
    assert "kgr:yuldashev-otabek" in str(raised.value.hint) and "kgr:yuldasheva-nargiza" in str(raised.value.hint)


def test_the_whole_name_goes_before_a_part() -> None:
    assert names.resolve(store(), "Otabek Yuldashev", ("Person",)) == KGR + "yuldashev-otabek"
    assert names.resolve(store(), "Юлдашева", ("Person",)) == KGR + "yuldasheva-nargiza"


def test_kinds_are_classes_with_their_subclasses() -> None:
    assert names.resolve(store(), "Steppe Opera", ("Organization",)) == KGR + "steppe-opera"
    with pytest.raises(QueryError, match="no Person of this name"):
        names.resolve(store(), "Steppe Opera", ("Person",))


def test_unknown_iri() -> None:
    with pytest.raises(QueryError, match="knows nothing of this IRI"):
        names.resolve(store(), "kgr:nobody", ())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Аида Балаева", "Aida Balayeva"), ("Қасым-Жомарт Тоқаев", "Kasym-Zhomart Tokaev"), ("Әділ Кәрімлі", "Adil Karimli"),
     ("Михаил Швыдкой", "Mikhail Shvydkoy"), ("Əliyev", "Aliyev")],
)  # fmt: skip
def test_folding_over_scripts(one: str, other: str) -> None:
    assert names.fold(one) == names.fold(other)


@given(st.text())
def test_folding_twice_is_folding_once_over_letters(text: str) -> None:
    folded = names.fold(text)
    assert folded == " ".join(folded.split())


# ---------------------------------------------------------------------------------------- descriptions, vocabulary


def test_description_has_names_facts_and_passages() -> None:
    found = describe.describe(store(), KGR + "serikova-alma")
    assert found.label == "Alma Serikova" and found.classes == ("Minister",)
    assert "Алма Серикова" in found.names and found.aliases == (KGR + "alma-serikova",)
    assert [row.articles for row in found.groups["offices"]] == [("north", "south")]
    # each meeting once, though it is linked as participant and by those who met
    assert len({row.iri for row in found.groups["meetings"]}) == len(found.groups["meetings"])
    assert ("north", 0, "The commission sat in Samarkand.") in {(p.article, p.start, p.quote) for p in found.passages}


def test_triples_of_a_thing_hold_its_evidence() -> None:
    found = {str(triple) for triple in describe.triples(store(), KGR + "meeting-1")}
    assert any("north#char=0,40" in triple and "quote" in triple for triple in found)


def test_vocabulary_is_found_by_name_curie_and_label() -> None:
    for text in ("Meeting", "kgc:Meeting", "meeting", "встреча", "кездесу"):
        assert vocabulary.look_up(text).name == "kgc:Meeting", text
    assert "kgc:participant" in vocabulary.look_up("Meeting").relations["properties"]
    with pytest.raises(QueryError) as raised:
        vocabulary.look_up("Exibition")
    assert "kgc:Exhibition" in str(raised.value.hint)
