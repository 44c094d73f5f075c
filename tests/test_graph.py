"""Facts and a resolution become quads as the vocabulary says."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

import facts
from kgculture import terms
from kgculture.graph import article_quads, default_quads
from kgculture.graph.spans import Span, combine, fact_span
from kgculture.model import ArticleFacts, MeetingFact, PartialDate, Participation, Passage, PersonFact

KGR = terms.KGR
ARTICLE = "https://w3id.org/kgculture/article/"


def store(quads: list[Quad]) -> Store:
    made = Store()
    made.extend(quads)
    return made


def graph_of(*all_facts: ArticleFacts, withheld: frozenset[tuple[str, str]] = frozenset()) -> Store:
    resolution = facts.resolution(*all_facts)
    quads = default_quads(all_facts, resolution, withheld)
    for each in all_facts:
        quads += article_quads(each, resolution, withheld)
    return store(quads)


def ask(made: Store, where: str) -> bool:
    return bool(made.query(f"ASK {{ {where} }}", prefixes=terms.PREFIXES))


def values(made: Store, text: str) -> list[str]:
    found = []
    for row in made.query(f"SELECT ?x WHERE {{ {text} }}", prefixes=terms.PREFIXES):
        term = row["x"]
        found.append(str(term.value).removeprefix(KGR).removeprefix(terms.KGC))
    return sorted(found)


BAKU, MOSCOW = f"<{ARTICLE}baku>", f"<{ARTICLE}moscow>"
MEETING = "kgr:meeting-alizade-serikova"


@pytest.fixture(scope="module")
def made() -> Store:
    return graph_of(facts.baku(), facts.moscow(), facts.plan())


def test_named_graph_says_who_says_so(made: Store) -> None:
    assert values(made, f"GRAPH ?x {{ {MEETING} kgc:participant kgr:alizade-rashad }}") == [
        ARTICLE + name for name in ("baku", "moscow", "plan")
    ]


def test_superclasses_and_superproperties_are_stated(made: Store) -> None:
    assert values(made, f"GRAPH {BAKU} {{ kgr:red-sand a ?x }}") == ["Film", "Work"]
    assert ask(made, f"GRAPH {BAKU} {{ {MEETING} kgc:chair ?p ; kgc:participant ?p }}")
    assert ask(made, f"GRAPH {BAKU} {{ ?e a kgc:Exhibition, kgc:CulturalEvent }}")


def test_minister_is_who_now_holds_a_ministers_office_in_that_article(made: Store) -> None:
    assert values(made, f"GRAPH {BAKU} {{ ?x a kgc:Minister }}") == ["alizade-rashad", "serikova-aigul"]
    assert values(made, f"GRAPH {MOSCOW} {{ ?x a kgc:Minister }}") == []
    former = facts.baku()
    former = replace(former, tenures=tuple(replace(t, status="Former") for t in former.tenures))
    assert values(graph_of(former), "?x a kgc:Minister") == []


def test_reports_and_evidence(made: Store) -> None:
    assert ask(
        made,
        f"""GRAPH {BAKU} {{ <{ARTICLE}baku#meeting-1> a kgc:Report ; kgc:reports {MEETING} ; kgc:rule "en.meeting.met" ;
        kgc:confidence 0.9 ; kgc:startDate "2023-12-04"^^xsd:date ; kgc:place kgr:city-baku ; kgc:status kgc:Held ;
        kgc:evidence ?e . ?e a kgc:Evidence ; kgc:article {BAKU} ; kgc:startOffset 23 ; kgc:endOffset 138 }}""",
    )
    quotes = values(made, f"GRAPH {BAKU} {{ <{ARTICLE}baku#char=23,138> kgc:quote ?x }}")
    assert quotes == [facts.BAKU[23:138]]
    assert not ask(made, "?r a kgc:Report")
    assert not ask(made, "?r a kgc:Evidence")


def test_evidence_together_mentions_every_argument(made: Store) -> None:
    participants = values(made, f"GRAPH {BAKU} {{ {MEETING} kgc:participant ?x }}")
    mentioned = values(made, f"GRAPH {BAKU} {{ <{ARTICLE}baku#meeting-1> kgc:evidence/kgc:mentions ?x }}")
    assert set(participants) <= set(mentioned)
    assert "office-minister-of-culture-KZ" in mentioned


def test_supports_names_what_rests_on_the_passage(made: Store) -> None:
    first = values(made, f"GRAPH {BAKU} {{ <{ARTICLE}baku#char=23,138> kgc:supports ?x }}")
    last = values(made, f"GRAPH {BAKU} {{ <{ARTICLE}baku#char=377,451> kgc:supports ?x }}")
    assert {"startDate", "participant", "place", "status"} <= {x.rpartition("#")[2] for x in first}
    assert "startDate" not in {x.rpartition("#")[2] for x in last}


def test_default_graph_holds_every_fact_once(made: Store) -> None:
    rows = list(made.query(f"SELECT * WHERE {{ {MEETING} kgc:participant ?p }}", prefixes=terms.PREFIXES))
    assert len(rows) == 3
    derived = {terms.kgc(p) for p in ("earliest", "latest", "status", "ministerial")}
    for quad in made:
        if isinstance(quad.graph_name, DefaultGraph) or quad.predicate.value in derived:
            continue
        subject = quad.subject.value  # type: ignore[union-attr]
        inside = subject.startswith(quad.graph_name.value + "#")  # type: ignore[union-attr]
        there = Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) in made
        assert there != inside, quad


def test_one_status_and_narrowed_days(made: Store) -> None:
    assert values(made, f"{MEETING} kgc:status ?x") == ["Held"]
    assert values(made, f"GRAPH <{ARTICLE}plan> {{ {MEETING} kgc:status ?x }}") == ["Planned"]
    assert values(made, f"{MEETING} kgc:startDate ?x") == ["2023-12", "2023-12-04"]
    assert values(made, f"{MEETING} kgc:earliest ?x") == ["2023-12-04"]
    assert values(made, f"{MEETING} kgc:latest ?x") == ["2023-12-04"]
    assert values(made, f"GRAPH {MOSCOW} {{ {MEETING} kgc:latest ?x }}") == ["2023-12-31"]


def test_status_of_a_meeting_only_planned() -> None:
    planned = graph_of(facts.plan())
    assert values(planned, f"{MEETING} kgc:status ?x") == ["Planned"]
    assert not ask(planned, "?a kgc:met ?b")


@pytest.mark.parametrize(
    ("statuses", "one"),
    [
        (("Planned", "Cancelled"), "Cancelled"),
        (("Planned", "Denied"), "Denied"),
        (("Cancelled", "Held"), "Held"),
    ],
)
def test_status_over_articles(statuses: tuple[str, ...], one: str) -> None:
    articles = [facts.plan(f"plan-{n}") for n in range(len(statuses))]
    changed = [
        replace(a, meetings=tuple(replace(m, status=s) for m in a.meetings))  # type: ignore[arg-type]
        for a, s in zip(articles, statuses, strict=True)
    ]
    assert values(graph_of(*changed), f"{MEETING} kgc:status ?x") == [one]


def test_met_in_both_directions_and_not_on_one_side(made: Store) -> None:
    assert values(made, "kgr:serikova-aigul kgc:met ?x") == ["alizade-rashad", "nabiyeva-leyla"]
    assert values(made, "kgr:alizade-rashad kgc:met ?x") == ["serikova-aigul"]


def test_a_country_at_the_table_did_not_meet_its_own_people() -> None:
    whole = facts.baku()
    meeting = replace(whole.meetings[0], participants=("person-1", "person-2", "country-KZ"), passages=())
    made = graph_of(replace(whole, meetings=(meeting,)))
    assert values(made, "kgr:country-KZ kgc:met ?x") == ["alizade-rashad"]
    # the definition holds on the graph as it stands: the country is on the side that it is
    assert ask(made, "?p kgc:who kgr:country-KZ ; kgc:onBehalfOf kgr:country-KZ")


def test_labels_one_per_language_aliases_places(made: Store) -> None:
    rows = made.query(
        "SELECT ?s ?l (COUNT(*) AS ?n) WHERE { ?s rdfs:label ?x BIND(LANG(?x) AS ?l) } GROUP BY ?s ?l",
        prefixes=terms.PREFIXES,
    )
    assert all(row["n"].value == "1" for row in rows)
    assert ask(made, 'kgr:serikova-aigul rdfs:label "Айгуль Серикова"@ru, "Aigul Serikova"@en')
    assert ask(made, "kgr:serikova-aigul-alias owl:sameAs kgr:serikova-aigul")
    assert ask(made, 'kgr:city-baku kgc:country kgr:country-AZ ; rdfs:label "Баку"@ru')
    assert ask(made, 'kgr:country-AZ kgc:isoCode "AZ" ; a kgc:Country, kgc:Place ; rdfs:label "Azerbaijan"@en')
    assert ask(made, "kgr:topic-museums a skos:Concept ; rdfs:label ?l")


def test_metadata_and_merge(made: Store) -> None:
    assert ask(
        made,
        f"""{BAKU} a kgc:Article ; dcterms:identifier "baku" ; schema:headline "Ministers meet in Baku"@en ; schema:inLanguage "en" ;
        schema:datePublished "2023-12-05"^^xsd:date ; schema:url ?u ; schema:publisher "News" ; kgc:textDigest ?d ;
        schema:mentions kgr:serikova-aigul, {MEETING}""",
    )
    assert ask(
        made,
        f'?m a kgc:Merge ; kgc:mergedInto {MEETING} ; kgc:because "meeting.same-pair" ; kgc:merged <{ARTICLE}moscow#meeting-1>',
    )


def test_no_blank_nodes_and_only_our_terms(made: Store) -> None:
    for quad in made:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        if quad.predicate.value.startswith(terms.KGC):
            assert quad.predicate.value.removeprefix(terms.KGC) in terms.PROPERTIES


def test_a_function_of_the_set_of_articles() -> None:
    whole = [facts.baku(), facts.moscow(), facts.plan()]
    every = {tuple(map(str, default_quads(o, facts.resolution(*o)))) for o in itertools.permutations(whole)}
    assert len(every) == 1


def test_withheld_reports_go_with_what_only_they_state() -> None:
    made = graph_of(facts.baku(), withheld=frozenset({("baku", "event-1")}))
    assert not ask(made, "?w a kgc:Work")
    assert not ask(made, "kgr:gobustan-hall ?p ?o")
    assert ask(made, "kgr:serikova-aigul a kgc:Person")
    assert ask(made, "kgr:city-baku a kgc:City")  # the meeting is there too


def test_what_needs_a_withheld_fact_goes_with_it() -> None:
    made = graph_of(facts.baku(), withheld=frozenset({("baku", "event-2")}))
    assert not ask(made, "?p a kgc:Proposal")
    made = graph_of(facts.baku(), withheld=frozenset({("baku", "meeting-1")}))
    assert ask(made, "?a a kgc:Agreement")
    assert not ask(made, "?a kgc:discussedAt ?m")


def test_a_withheld_entity_takes_its_facts_along() -> None:
    made = graph_of(facts.baku(), withheld=frozenset({("baku", "office-1")}))
    assert values(made, "?x a kgc:Minister") == ["alizade-rashad"]
    assert ask(made, f"{MEETING} kgc:participant kgr:serikova-aigul")


def test_a_withheld_article_leaves_nothing() -> None:
    made = graph_of(facts.baku(), facts.moscow(), withheld=frozenset({("baku", "")}))
    assert not ask(made, f"{BAKU} ?p ?o")
    assert not ask(made, "?m a kgc:Merge")
    assert ask(made, f"{MEETING} a kgc:Meeting")


def test_creator_and_venue_by_use() -> None:
    whole = facts.baku()
    event = replace(whole.events[0], works_by=("person-3",), venue="org-1")
    made = graph_of(replace(whole, events=(event, whole.events[1])))
    assert values(made, "kgr:nabiyeva-leyla a ?x") == ["Creator", "Person"]
    assert "Venue" in values(made, "kgr:national-museum a ?x")


def test_identifiers_are_percent_encoded() -> None:
    made = graph_of(facts.plan("a b/ы#1"))
    assert ask(made, f'<{ARTICLE}a%20b%2F%D1%8B%231> dcterms:identifier "a b/ы#1"')


def test_an_unresolved_record_is_named() -> None:
    with pytest.raises(KeyError, match="person-1 of article plan"):
        article_quads(facts.plan(), facts.resolution())


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (PartialDate(2023, 12, 4), None, ("2023-12-04", "2023-12-04")),
        (PartialDate(2023, 2), None, ("2023-02-01", "2023-02-28")),
        (PartialDate(2023, 2, 3), PartialDate(2023), ("2023-02-03", "2023-12-31")),
        (None, PartialDate(2023, 2, 3), ("2023-02-03", "2023-02-03")),
        (PartialDate(None, 10, 14), None, (None, None)),
        (PartialDate(None, 10, 14), PartialDate(2023, 10, 20), ("2023-10-20", "2023-10-20")),
    ],
)
def test_days_of_one_report(
    start: PartialDate | None, end: PartialDate | None, days: tuple[str | None, str | None]
) -> None:
    span = fact_span(start, end)
    assert combine([span] if span else []) == days


def test_days_of_several_reports() -> None:
    december, fourth, fifth = (("2023-12-01", "2023-12-31"), ("2023-12-04", "2023-12-04"), ("2023-12-05", "2023-12-05"))
    assert combine([Span(december, None), Span(fourth, None)]) == fourth
    assert combine([Span(fourth, None), Span(fifth, None)]) == ("2023-12-04", "2023-12-05")
    assert combine([Span(fourth, None), Span(None, fifth)]) == ("2023-12-04", "2023-12-05")


def test_a_meeting_of_one_person_under_two_names_is_not_met() -> None:
    text = "Aigul Serikova met Aigul Serikova."
    article = replace(facts.plan().article, text=text, title=None)
    people = tuple(PersonFact(f"person-{n}", ("Aigul Serikova",), "Serikova", "Aigul") for n in (1, 2))
    meeting = MeetingFact(
        id="meeting-1",
        rule="r",
        passages=(Passage(0, len(text)),),
        participants=("person-1", "person-2"),
        participations=(Participation("person-1"),),
    )
    assert not ask(graph_of(ArticleFacts(article, persons=people, meetings=(meeting,))), "?a kgc:met ?b")
