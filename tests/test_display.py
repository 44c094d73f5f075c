"""Names of things without a label, composed for the reader; nothing of it is in the graph."""

from __future__ import annotations

import pyoxigraph
import pytest

from kgculture.errors import QueryError
from kgculture.query.describe import Passage, describe, leading
from kgculture.query.display import display, listed, shortened
from kgculture.query.names import resolve
from kgculture.terms import KGR, PREFIXES

GRAPH = """
kgr:serikova-alma a kgc:Person ; rdfs:label "Alma Serikova"@en , "Алма Серикова"@ru .
kgr:yuldashev-otabek a kgc:Person ; rdfs:label "Otabek Yuldashev"@en .
kgr:city-samarkand a kgc:City ; rdfs:label "Samarkand"@en .
kgr:country-UZ a kgc:Country ; rdfs:label "Uzbekistan"@en ; kgc:isoCode "UZ" .
kgr:country-KZ a kgc:Country ; rdfs:label "Kazakhstan"@en ; kgc:isoCode "KZ" .
kgr:steppe-museum a kgc:Organization ; rdfs:label "Steppe Museum"@en .
kgr:m1 a kgc:Meeting ; kgc:participant kgr:serikova-alma , kgr:yuldashev-otabek ; kgc:place kgr:city-samarkand ;
  kgc:startDate "2024-05-02"^^xsd:date , "2024-05"^^xsd:gYearMonth .
kgr:m2 a kgc:Meeting ; kgc:sessionOf kgr:steppe-museum ; kgc:ordinal 4 .
kgr:m3 a kgc:Meeting ; kgc:participant kgr:country-UZ , kgr:steppe-museum , kgr:serikova-alma , kgr:yuldashev-otabek .
kgr:o1 a kgc:Office ; kgc:officeTitle "Minister of Culture"@en ; rdfs:label "Minister of Culture"@en ; kgc:country kgr:country-KZ .
kgr:o2 a kgc:Office ; rdfs:label "Director"@en ; kgc:organization kgr:steppe-museum .
kgr:t1 a kgc:Tenure ; kgc:holder kgr:serikova-alma ; kgc:office kgr:o1 ; kgc:tenureStatus kgc:Former .
kgr:p1 a kgc:Participation ; kgc:who kgr:serikova-alma ; kgc:onBehalfOf kgr:country-KZ ; kgc:in kgr:m1 .
kgr:s1 a kgc:Statement ; kgc:speaker kgr:serikova-alma ; kgc:text "Museums  bring\\nus together"@en .
kgr:a1 a kgc:Agreement ; kgc:agreementType kgc:Memorandum ; kgc:party kgr:country-KZ , kgr:country-UZ ;
  kgc:signedOn "2024-05-02"^^xsd:date .
kgr:e1 a kgc:Exhibition , kgc:CulturalEvent ; kgc:presents kgr:country-KZ ; kgc:endDate "2024-08"^^xsd:gYearMonth .
kgr:w1 a kgc:Film , kgc:Work .
kgr:x1 a kgc:Organization .
"""


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    found = pyoxigraph.Store()
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    found.update(f"{prefixes} INSERT DATA {{ {GRAPH} }}")
    return found


@pytest.mark.parametrize(
    ("thing", "shown"),
    [
        ("serikova-alma", "Alma Serikova"),
        ("m1", "meeting of Alma Serikova and Otabek Yuldashev, Samarkand, 2024-05-02"),
        ("m2", "session 4 of Steppe Museum"),
        ("m3", "meeting of Alma Serikova, Otabek Yuldashev and 2 others"),
        ("o1", "Minister of Culture, KZ"),
        ("o2", "Director, Steppe Museum"),
        ("t1", "Alma Serikova, Minister of Culture, KZ (former)"),
        ("p1", "Alma Serikova for Kazakhstan"),
        ("s1", "Alma Serikova: “Museums bring us together”"),
        ("a1", "memorandum of Kazakhstan and Uzbekistan, 2024-05-02"),
        ("e1", "exhibition of Kazakhstan, until 2024-08"),
        ("w1", "film"),
        ("x1", "x1"),
    ],
)
def test_composed_names(thing: str, shown: str, store: pyoxigraph.Store) -> None:
    assert display(store, KGR + thing) == shown


def test_lists_and_texts_are_cut_where_they_are_long() -> None:
    assert listed(["A"]) == "A" and listed(["A", "B", "A"]) == "A and B"
    assert listed(["A", "B", "C", "D", "E"]) == "A, B and 3 others"
    assert shortened("one two three", 8) == "one two …" and shortened("one") == "one"


def test_things_of_one_name_are_told_apart_by_what_they_are() -> None:
    found = pyoxigraph.Store()
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    found.update(
        f'{prefixes} INSERT DATA {{ kgr:a a kgc:Opera , kgc:Work ; rdfs:label "Abay"@en . kgr:b a kgc:City ; rdfs:label "Abay"@en }}'
    )
    with pytest.raises(QueryError, match="2 things") as raised:
        resolve(found, "Abay", ())
    assert "Abay, opera (kgr:a); Abay, city (kgr:b)" in (raised.value.hint or "")


def test_a_topic_is_a_thing_too() -> None:
    found = pyoxigraph.Store()
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    found.update(
        f'{prefixes} INSERT DATA {{ kgr:topic-museums skos:prefLabel "museums"@en . {GRAPH} kgr:m1 kgc:topic kgr:topic-museums }}'
    )
    told = describe(found, resolve(found, "kgr:topic-museums", ()))
    assert told.label == "museums" and [row.iri for row in told.groups["meetings"]] == [KGR + "m1"]


def test_leading_passages_are_proofs_of_several_articles() -> None:
    passages = [Passage("a", n, f"a{n}", proof=n > 0) for n in range(4)] + [Passage("b", 0, "b0", proof=True)]
    assert [(p.article, p.start) for p in leading(passages, 3)] == [("a", 1), ("a", 2), ("b", 0)]
    assert len(leading(passages, 9)) == 5
