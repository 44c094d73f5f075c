"""Every saved query answers, and answers alike on pyoxigraph and rdflib."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kgculture import query, terms
from kgculture.errors import InputError, QueryError, UsageError
from query_data import KGR, dataset, store

PAIR = {"one": "KZ", "other": "UZ"}
#: what to ask of the invented graph, and how many rows there are
ASKED: dict[str, tuple[dict[str, str], int]] = {
    "q01": ({"person": "Serikova", "other": "Юлдашев Отабек"}, 2),
    "q02": (PAIR, 2),
    "q03": ({"person": "Alma Serikova"}, 1),
    "q04": ({"person": "Serikova", "place": "Uzbekistan"}, 2),
    "q05": ({"country": "UZ", "other": "KZ", "ordinal": "2"}, 2),
    "q06": ({"ordinal": "2"}, 1),
    "q07": ({"ordinal": "2"}, 1),
    "q08": ({"person": "Serikova"}, 2),
    "q09": ({}, 4),
    "q10": ({"person": "Serikova"}, 3),
    "q11": ({}, 2),
    "q12": ({"party": "Steppe Museum", "type": "Memorandum"}, 3),
    "q13": ({"country": "UZ", "type": "", "person": "Otabek Yuldashev"}, 4),
    "q14": ({"body": "Степная опера"}, 3),
    "q15": ({}, 1),
    "q16": ({"place": "Samarkand"}, 2),
    "q17": ({"place": "Uzbekistan"}, 1),
    "q18": ({"host": "UZ", "otherHost": ""}, 3),
    "q19": ({"venue": "Afrosiyob"}, 1),
    "q20": ({}, 2),
    "q21": ({"place": "Самарканд"}, 1),
    "q22": (PAIR, 4),
    "q23": (PAIR, 2),
    "q24": ({}, 1),
    "q25": ({}, 4),
    "agreements": ({"party": "Uzbekistan"}, 2),
    "articles": ({}, 2),
    "describe": ({"thing": "kgr:serikova-alma"}, 7),
    "doubts": ({}, 2),
    "events": ({"kind": "Concert"}, 1),
    "exhibitions": ({"country": "KZ", "since": "2024"}, 1),
    "have-met": ({"person": "Serikova", "other": "Otabek Yuldashev"}, 1),
    "meetings": ({}, 9),
    "met-graph": ({"person": "Serikova"}, 9),
    "offices": ({"ministers": "only"}, 3),
    "persons": ({}, 4),
    "proposals": ({}, 1),
    "statements": ({}, 4),
    "who-met-whom": ({"person": "Serikova", "since": "2024-05"}, 3),
}


def terms_of(name: str) -> tuple[str, dict[str, pyoxigraph.NamedNode | pyoxigraph.Literal]]:
    saved = query.load(name)
    return saved.text, saved.terms(store(), ASKED[name][0])


def plain(term: object) -> str | None:
    """A term of either engine, without what the two write differently for the same value."""
    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal):
        kind, value = type(term).__name__, term.value
        tag = getattr(term, "language", None)
        datatype = None if kind == "NamedNode" or tag else term.datatype.value
    else:
        kind, value = ("NamedNode" if isinstance(term, rdflib.URIRef) else "Literal"), str(term)
        tag = getattr(term, "language", None)
        datatype = None if kind == "NamedNode" or tag else str(getattr(term, "datatype", None) or rdflib.XSD.string)
    return f"{kind} {value!r} {tag or ''} {datatype or ''}"


def test_every_saved_query_is_asked() -> None:
    assert sorted(ASKED) == [saved.name for saved in query.saved()]


@pytest.mark.parametrize("name", sorted(ASKED))
def test_same_answer_from_both_engines(name: str) -> None:
    text, params = terms_of(name)
    ours = query.run(store(), text, params)
    theirs = dataset().query(query.bind(text, params))
    if isinstance(ours, pyoxigraph.QueryBoolean):
        assert bool(ours) is theirs.askAnswer is True
        return
    if isinstance(ours, pyoxigraph.QueryTriples):
        found = Counter(tuple(map(plain, triple)) for triple in ours)
        assert set(found) == {tuple(map(plain, triple)) for triple in theirs}
    else:
        found = Counter(tuple(map(plain, row)) for row in ours)
        names = [variable.value for variable in ours.variables]
        assert found == Counter(tuple(plain(row[name]) for name in names) for row in theirs)
    assert sum(found.values()) == ASKED[name][1], found


@pytest.mark.parametrize("name", sorted(ASKED))
def test_rows_carry_their_article(name: str) -> None:
    text, params = terms_of(name)
    answer = query.run(store(), text, params)
    if isinstance(answer, pyoxigraph.QuerySolutions) and name != "persons":
        assert "article" in {variable.value for variable in answer.variables}


@pytest.mark.parametrize("saved", query.saved(), ids=lambda saved: saved.name)
def test_header(saved: query.SavedQuery) -> None:
    assert saved.title and len(saved.title) < 90
    assert saved.example.startswith(f"kgculture query {saved.name}")
    assert all(parameter.doc for parameter in saved.parameters)
    for name in re.findall(r"-p (\w+)=", saved.example):
        assert name in {parameter.name for parameter in saved.parameters}


@pytest.mark.parametrize("saved", query.saved(), ids=lambda saved: saved.name)
def test_no_names_but_as_defaults(saved: query.SavedQuery) -> None:
    """A query speaks of the vocabulary only: no thing's IRI stands in it, and no string but what levels labels."""
    body = re.sub(r"(?m)^(#|PREFIX).*$", "", saved.text)
    assert "kgr:" not in body and KGR not in body
    assert set(re.findall(r'"([^"]*)"', body)) <= {"", "en", "ru", "1", "2", "3"}
    for term in re.findall(r"\bkgc:(\w+)", body):
        assert term in terms.CLASSES | terms.PROPERTIES | terms.INDIVIDUALS


def test_unstated_cells_stay_unbound() -> None:
    text, params = terms_of("q01")
    rows = {row["article"].value.rpartition("/")[2]: row for row in query.run(store(), text, params)}
    assert rows["south"]["placeName"] is None and rows["south"]["date"].value == "--06-11"
    assert rows["north"]["placeName"].value == "Samarkand"
    assert rows["north"]["quote"].value == "The commission sat in Samarkand."


def test_people_of_one_side_are_no_pair() -> None:
    text, params = terms_of("who-met-whom")
    pairs = {(row["who"].value, row["whom"].value) for row in query.run(store(), text, params)}
    assert pairs == {
        ("Alma Serikova", "Otabek Yuldashev"),
        ("Alma Serikova", "Nargiza Yuldasheva"),
        ("Alma Serikova", "Registan Library"),
    }


def test_dates_bound_by_first_and_last_day() -> None:
    saved = query.load("who-met-whom")
    for since, until, count in (
        ("2024-05", "2024", 8),
        ("2024-05-03", "", 0),
        ("", "2024-05-01", 0),
        ("", "2024-05", 8),
    ):
        given = {"since": since, "until": until}
        assert len({(r["who"], r["whom"]) for r in saved.run(store(), given)}) == count, given


# ------------------------------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("q05", {"ordinal": "first"}, "not a whole number"),
        ("q06", {"sector": "Cinemas"}, "not a term of the vocabulary"),
        ("who-met-whom", {"since": "May"}, "not a date"),
        ("who-met-whom", {"until": "--05-02"}, "not a date"),
        ("q01", {"persn": "Serikova"}, "no parameter 'persn'"),
        ("describe", {}, "needs -p thing="),
    ],
)
def test_wrong_parameters(name: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        query.load(name).terms(store(), given)


def test_unknown_names_get_the_nearest() -> None:
    with pytest.raises(QueryError) as raised:
        query.load("q08").terms(store(), {"person": "Serikowna"})
    assert "Alma Serikova (kgr:serikova-alma)" in str(raised.value.hint)


def test_unknown_saved_query() -> None:
    with pytest.raises(QueryError) as raised:
        query.load("who-met")
    assert "who-met-whom" in str(raised.value.hint)


def test_folder_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# title: Mine\nSELECT ?x WHERE { ?x kgc:met ?y }", encoding="utf-8")
    (tmp_path / "q01.rq").write_text("# title: Another q01\nASK { ?x ?p ?y }", encoding="utf-8")
    assert len(list(query.load("mine", [tmp_path]).run(store()))) == 8
    assert query.load("q01", [tmp_path]).title == "Another q01"
    assert {"mine", "q02"} <= {saved.name for saved in query.saved([tmp_path])}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# title: [\nASK {}", "is not YAML"),
        ("# parameters: [a]\nASK {}", "must map names"),
        ("# parameters:\n#   a: {type: colour, doc: x}\nASK { ?s ?p $a }", "no type 'colour'"),
        ("# title: x\nASK { ?s ?p $a }", "$a stands in the text only"),
        ("# parameters:\n#   a: {type: string, doc: x}\nASK { ?s ?p ?o }", "$a stands among its parameters only"),
    ],
)
def test_bad_headers_name_the_file(text: str, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as raised:
        query.parse("x", text, "folder/x.rq")
    assert "folder/x.rq" in str(raised.value)
