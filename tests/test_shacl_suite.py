"""Cases in the form of the W3C's SHACL test suite: our own, and the suite itself where it is at hand.

`make test` takes the suite from pyshacl's source distribution (scripts/get_shacl_suite.py); KGCULTURE_SHACL_SUITE names another place.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kgculture.validate.constraints import READERS
from kgculture.validate.engine import Judge
from kgculture.validate.paths import UnknownConstruct
from kgculture.validate.sparql import read_select
from shacl_manifest import Case, cases, read, rows

OWN = Path(__file__).resolve().parent / "data" / "shacl"
SUITE = Path(os.environ.get("KGCULTURE_SHACL_SUITE") or Path(sys.prefix) / "shacl-suite")
SH = "http://www.w3.org/ns/shacl#"
#: cases of the suite's Core with shapes that go to pyshacl, and what is not known of them
UNKNOWN = {
    "complex/shacl-shacl": "sh:xone of more than 6 shapes",
    "node/maxExclusive-001": "a value in a form that is not canonical",
    "node/maxInclusive-001": "a value in a form that is not canonical",
    "node/minExclusive-001": "a value in a form that is not canonical",
    "node/qualified-001": "sh:qualifiedMinCount without sh:qualifiedValueShape",
    "path/path-strange-001": "a path that is not well-formed",
    "path/path-strange-002": "a path that is not well-formed",
    "path/path-zeroOrMore-001": "sh:targetNode with a path that may be empty",
    "path/path-zeroOrOne-001": "sh:targetNode with a path that may be empty",
    "property/uniqueLang-002": "sh:uniqueLang outside a property shape, or neither true nor false",
}


def suite(part: str) -> list[Case]:
    folder = SUITE / part
    return cases(folder) if folder.is_dir() else []


def ids(case: Case) -> str:
    return case.name


def key(finding: object) -> tuple[str, ...]:
    names = ("severity", "shape", "component", "focus", "value", "message", "nested")
    path = getattr(finding, "path", None) or ""
    return (*(str(getattr(finding, name)) for name in names), path if ":" in path else "")


def assert_as_pyshacl(case: Case, judge: Judge) -> None:
    """With messages, those that pyshacl makes up as well, and with results below others."""
    quads = case.quads
    assert sorted(map(key, judge.parts([quads])[0])) == sorted(map(key, judge.by_reference(quads)))


@pytest.mark.parametrize("case", cases(OWN), ids=ids)
def test_own_cases(case: Case) -> None:
    judge, expected = case.judge(), case.expected()
    assert judge.unknown == {}
    found = rows(judge.compiled(case.quads), case.quads)
    assert (not found, found) == expected
    assert rows(judge.by_reference(case.quads), case.quads) == found


def test_own_cases_hold_every_construct_that_is_compiled() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in OWN.glob("*.ttl"))
    used = set(re.findall(r"sh:(\w+)", text))
    assert set(READERS) - used == set()
    paths = {"inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"}
    targets = {"targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"}
    assert (paths | targets | {"deactivated", "severity", "message", "ignoredProperties", "flags"}) - used == set()


def test_there_is_a_suite() -> None:
    if not SUITE.is_dir():
        pytest.skip("the W3C's SHACL test suite is not here: scripts/get_shacl_suite.py gets it")
    assert len(suite("core")) >= 98
    assert len(suite("sparql")) >= 20


@pytest.mark.parametrize("case", suite("core"), ids=ids)
def test_core(case: Case) -> None:
    judge, expected = case.judge(), case.expected()
    assert expected is not None
    if case.name in UNKNOWN:
        assert any(UNKNOWN[case.name] in construct for construct in judge.unknown.values())
    else:
        assert judge.unknown == {}
        found = rows(judge.compiled(case.quads), case.quads, read(case.shapes))
        assert (not found, found) == expected
    assert_as_pyshacl(case, judge)


@pytest.mark.parametrize("case", suite("sparql"), ids=ids)
def test_sparql(case: Case) -> None:
    """Most of these are there to be refused; none may be skipped."""
    judge, expected = case.judge(), case.expected()
    if expected is None:
        assert judge.unknown
    elif not judge.unknown:
        found = rows(judge.compiled(case.quads), case.quads, read(case.shapes))
        assert (not found, found) == expected
        assert_as_pyshacl(case, judge)


# ------------------------------------------------------------------------------------------------------ what is refused

PREFIXES = "".join(
    f"@prefix {name}: <{space}> .\n"
    for name, space in {
        "ex": "http://example.org/",
        "sh": SH,
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items()
)
DECLARED = 'ex: a owl:Ontology ; sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .\n'


def judge_of(turtle: str) -> Judge:
    from pyoxigraph import RdfFormat, parse

    return Judge(list(parse((PREFIXES + turtle).encode(), RdfFormat.TURTLE)), {})


@pytest.mark.parametrize(
    ("shape", "construct"),
    [
        ("sh:minCount 7 ; sh:path ex:p", "sh:minCount above 6"),
        ("sh:minCount 1", "sh:minCount outside a property shape"),
        ('sh:pattern "(" ', "sh:pattern that is none"),
        ("sh:expression ex:e", "sh:expression"),
        ("sh:js ex:e", "sh:js"),
        ("sh:target [ a sh:SPARQLTarget ]", "sh:target"),
        ("sh:rule [ ]", "sh:rule"),
        ("sh:reifierShape ex:s", "sh:reifierShape"),
        ("sh:class [ ]", "sh:class that is no IRI"),
        ("sh:datatype xsd:date, xsd:string", "more than one sh:datatype"),
        ("sh:in ( 01 )", "not canonical"),
        ("sh:in ( [ ] )", "a blank node"),
        ("sh:or ()", "an empty list"),
        ("sh:or ex:list", "a list that is not well-formed"),
        ("sh:path [ sh:inversePath ( ex:a ex:b ) ] ; sh:class ex:C", "the inverse of a sequence"),
        ("sh:property [ sh:path ex:p ; sh:foo 1 ]", "sh:foo"),
        ("sh:not [ sh:and ( [ sh:foo 1 ] ) ]", "sh:foo"),
        ("sh:node ex:Shape", "a shape that refers to itself"),
        ("sh:targetNode [ ]", "a blank node as sh:targetNode"),
        ('sh:or ( [ sh:sparql [ sh:select "SELECT $this { ?x ?y $this }" ] ] )', "sh:sparql within sh:or"),
    ],
)
def test_what_is_not_known_is_named_and_goes_to_pyshacl(
    shape: str, construct: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = "ex:Known sh:targetClass ex:T ; sh:class ex:U ; sh:message 'not U' .\n"
    judge = judge_of(f"{known}ex:Shape sh:targetClass ex:T ; {shape} .")
    assert construct in judge.unknown["http://example.org/Shape"]
    assert len(judge.unknown) == 1, "the other shape is compiled all the same"
    asked: list[object] = []
    monkeypatch.setattr(Judge, "by_reference", lambda self, quads, only=None: asked.append(only) or [])
    thing, kind = NamedNode("http://example.org/t"), NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [Quad(thing, kind, NamedNode("http://example.org/T"))]
    assert [f.message for found in judge.parts([quads, quads]) for f in found] == ["not U", "not U"]
    assert asked == [{NamedNode("http://example.org/Shape")}] * 2


@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this WHERE { { SELECT $this WHERE { $this ex:p ?o } } }",
        "SELECT $this WHERE { $this ex:p ?o } GROUP BY $this",
        "SELECT $this (1 AS ?value) WHERE { $this ex:p ?o }",
        "SELECT * WHERE { $this ex:p ?o }",
        "SELECT ?value WHERE { $this ex:p ?value }",
        "SELECT $this ?path WHERE { $this ?path ?o }",
        "SELECT $this WHERE { { $this ex:p ?o } UNION { $this ex:q ?o } }",
        "SELECT $this WHERE { $this ex:p ?o MINUS { $this ex:q ?o } }",
        "SELECT $this WHERE { GRAPH ?g { $this ex:p ?o } }",
        "SELECT $this WHERE { SERVICE ex:s { $this ex:p ?o } }",
        "SELECT $this WHERE { $this $PATH ?o }",
        "SELECT $this WHERE { $this ex:p ?o BIND (1 AS $this) }",
        "SELECT $this WHERE { $this ex:p ?o FILTER (RAND() > 0.5) }",
        "SELECT $this WHERE { $this ex:p ?o FILTER (REGEX(?o, 'x')) }",
        "SELECT $this WHERE { $this unknown:p ?o }",
        "SELECT $this WHERE { $this ex:p }",
        "SELECT $this WHERE { $this ex:p ?_graph }",
        "ASK { $this ex:p ?o }",
    ],
)
def test_queries_that_could_say_something_else_are_refused(select: str) -> None:
    turtle = f'{DECLARED}ex:Shape sh:targetClass ex:T ; sh:sparql [ sh:prefixes ex: ; sh:message "m" ; sh:select """{select}""" ] .'
    assert list(judge_of(turtle).unknown) == ["http://example.org/Shape"]


def test_a_query_is_read_as_it_is_written() -> None:
    judge = judge_of(f'{DECLARED}ex:c sh:prefixes ex: ; sh:select "SELECT $this ?value {{ $this ex:p/ex:q ?value }}" .')
    constraint = read_select(judge.graph, NamedNode("http://example.org/c"), None)
    assert constraint is not None
    assert constraint.text.split() == ["?_this", "<http://example.org/p>", "/", "<http://example.org/q>", "?value"]
    assert constraint.variables == ("value",)
    with pytest.raises(UnknownConstruct):
        read_select(judge.graph, NamedNode("http://example.org/none"), None)


def test_a_constraint_component_of_ones_own_refuses_all() -> None:
    judge = judge_of("ex:C a sh:ConstraintComponent . ex:Shape sh:targetClass ex:T ; sh:class ex:U .")
    assert judge.unknown == {"http://example.org/Shape": "sh:ConstraintComponent"}


def test_order_of_what_has_none_is_left_to_pyshacl() -> None:
    from kgculture.errors import KgcultureError

    judge = judge_of("ex:Shape sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .")
    node, p, q = (NamedNode(f"http://example.org/{name}") for name in "npq")
    with pytest.raises(KgcultureError, match="pyshacl cannot judge this graph"):
        judge.parts([[Quad(node, p, BlankNode()), Quad(node, q, Literal(1))]])
