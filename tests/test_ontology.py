"""The ontology says everything in three languages and contradicts itself nowhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib.term
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from kgculture import terms

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
KGC = Namespace(terms.KGC)
KGR = Namespace(terms.KGR)
SCHEMA = Namespace("https://schema.org/")
LANGUAGES = ["en", "kk", "ru"]
EXAMPLE = Namespace("https://example.org/sample/")
DATE_PROPERTIES = [
    "startDate",
    "endDate",
    "signedOn",
    "asOf",
    "period",
    "periodStart",
    "periodEnd",
    "earliest",
    "latest",
]


@cache
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "kgculture.ttl")


@cache
def topics() -> Graph:
    return Graph().parse(ROOT / "ontology" / "topics.ttl")


def local(term: Node) -> str:
    return str(term).removeprefix(terms.KGC)


def kind(*kinds: URIRef) -> list[str]:
    return sorted({local(s) for k in kinds for s in ontology().subjects(RDF.type, k) if str(s).startswith(terms.KGC)})


ALL_TERMS = sorted(terms.CLASSES | terms.PROPERTIES | terms.INDIVIDUALS)


def test_header() -> None:
    graph = ontology()
    (head,) = graph.subjects(RDF.type, OWL.Ontology)
    assert str(head) == terms.KGC.removesuffix("#")
    version = str(graph.value(head, OWL.versionInfo))
    assert str(graph.value(head, OWL.versionIRI)) == f"{head}/{version}"
    assert version == terms.VERSION


@pytest.mark.parametrize("term", ALL_TERMS)
@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_every_term_is_explained_in_three_languages(term: str, predicate: URIRef) -> None:
    literals = list(ontology().objects(KGC[term], predicate))
    assert all(isinstance(value, Literal) and str(value).strip() for value in literals)
    assert sorted(str(getattr(value, "language", "")) for value in literals) == LANGUAGES


def test_labels_tell_terms_of_a_kind_apart() -> None:
    for group in (terms.CLASSES, terms.PROPERTIES):
        for language in LANGUAGES:
            seen: dict[str, str] = {}
            for term in sorted(group):
                for label in ontology().objects(KGC[term], RDFS.label):
                    if getattr(label, "language", None) == language:
                        assert seen.setdefault(str(label), term) == term, f"{label}: {seen[str(label)]} and {term}"


def test_russian_and_kazakh_are_written_in_cyrillic() -> None:
    for term in ALL_TERMS:
        for label in ontology().objects(KGC[term], RDFS.label):
            if getattr(label, "language", None) in ("ru", "kk"):
                bare = str(label).replace("ISO", "")
                assert not any("a" <= letter.lower() <= "z" for letter in bare), f"{term}: {label}"


def test_every_term_used_is_declared() -> None:
    used = {local(t) for triple in ontology() for t in triple if isinstance(t, URIRef) and str(t).startswith(terms.KGC)}
    assert used - set(ALL_TERMS) == set()


@pytest.mark.parametrize("name", sorted(terms.PROPERTIES))
def test_every_property_says_what_it_joins(name: str) -> None:
    graph, prop = ontology(), KGC[name]
    domains = list(graph.objects(prop, RDFS.domain))
    included = list(graph.objects(prop, SCHEMA.domainIncludes))
    assert bool(domains) != bool(included) or name in ("merged", "mergedInto"), (
        "one of rdfs:domain and schema:domainIncludes"
    )
    assert len(domains) <= 1, "two domains would mean both at once"
    assert len(included) != 1 or name == "articleText", "a single class is a domain"
    assert len(list(graph.objects(prop, RDFS.range))) <= 1


@pytest.mark.parametrize("name", DATE_PROPERTIES)
def test_dates_have_no_range(name: str) -> None:
    assert (KGC[name], RDFS.range, None) not in ontology()
    assert set(ontology().objects(KGC[name], SCHEMA.rangeIncludes)) <= {
        XSD.date,
        XSD.gYearMonth,
        XSD.gYear,
        XSD.gMonthDay,
        XSD.gMonth,
    }


def test_characteristics_of_properties() -> None:
    graph = ontology()
    assert (KGC.met, RDF.type, OWL.SymmetricProperty) in graph
    assert (KGC.maybeSame, RDF.type, OWL.SymmetricProperty) in graph
    inverses = {(local(a), local(b)) for a, b in graph.subject_objects(OWL.inverseOf)}
    assert {
        ("reports", "reportedBy"),
        ("holder", "holdsTenure"),
        ("participant", "participatesIn"),
        ("partOf", "hasPart"),
    } <= inverses


@pytest.mark.parametrize(
    "namespace",
    [
        "https://schema.org/",
        "http://xmlns.com/foaf/0.1/",
        "http://www.w3.org/ns/org#",
        "http://www.w3.org/ns/prov#",
        "http://www.w3.org/2004/02/skos/core#",
        "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "http://www.w3.org/2006/time#",
        "http://www.cidoc-crm.org/cidoc-crm/",
    ],
)
def test_aligned_with(namespace: str) -> None:
    links = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, SKOS.closeMatch, SKOS.relatedMatch)
    assert [
        o
        for p in links
        for s, o in ontology().subject_objects(p)
        if str(s).startswith(terms.KGC) and str(o).startswith(namespace)
    ]


# ------------------------------------------------------------------------------------------------------- reasoning


def sample() -> Graph:
    """An instance of every class, with every property between instances of classes that it joins."""
    graph = Graph()
    source = ontology()
    examples: dict[str, URIRef] = {}
    for name in sorted(terms.CLASSES - {"Value"} - set(terms.VALUES)):
        examples[name] = EXAMPLE[f"a-{name}"]
        graph.add((examples[name], RDF.type, KGC[name]))
        for above in terms.SUPERCLASSES.get(name, ()):
            graph.add((examples[name], RDF.type, KGC[above]))
    for name, values in terms.VALUES.items():
        examples[name] = KGC[sorted(values)[0]]
    literals: dict[Node, Literal] = {
        XSD.string: Literal("words"),
        RDF.langString: Literal("words", lang="en"),
        XSD.integer: Literal(4),
        XSD.boolean: Literal(True),
        XSD.decimal: Literal("0.9", datatype=XSD.decimal),
        XSD.double: Literal("0.9", datatype=XSD.double),
        XSD.date: Literal("2023-12-04", datatype=XSD.date),
        XSD.gYearMonth: Literal("2023-12", datatype=XSD.gYearMonth),
        XSD.gYear: Literal("2023", datatype=XSD.gYear),
        XSD.gMonthDay: Literal("--12-04", datatype=XSD.gMonthDay),
        XSD.gMonth: Literal("--12", datatype=XSD.gMonth),
        SKOS.Concept: KGR["topic-cinema"],  # type: ignore[dict-item]
        RDF.Property: KGC.participant,  # type: ignore[dict-item]
    }
    for name in sorted(terms.PROPERTIES):
        subjects = [*source.objects(KGC[name], RDFS.domain), *source.objects(KGC[name], SCHEMA.domainIncludes)]
        objects = [*source.objects(KGC[name], RDFS.range), *source.objects(KGC[name], SCHEMA.rangeIncludes)]
        if not objects:
            objects = [KGC.Person]
        for subject in subjects:
            for value in objects:
                # nobody meets himself
                target = literals.get(value) or (
                    EXAMPLE["another-" + local(value)] if name == "met" else examples[local(value)]
                )
                graph.add((examples[local(subject)], KGC[name], target))
    return graph


def closure(data: Graph) -> Graph:
    owlrl = pytest.importorskip("owlrl")
    graph = Graph()
    graph += ontology()
    graph += topics()
    graph += data
    readings = dict(
        rdflib.term._toPythonMapping
    )  # owlrl leaves its own reading of partial dates behind, for the whole process
    try:
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=False, axiomatic_triples=False).expand(graph)
    finally:
        rdflib.term._toPythonMapping.clear()
        rdflib.term._toPythonMapping.update(readings)
    return graph


def contradictions(graph: Graph) -> list[str]:
    return [str(o) for o in graph.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))]


def disjoint_pairs() -> set[frozenset[URIRef]]:
    pairs: set[frozenset[URIRef]] = set()
    for node in ontology().subjects(RDF.type, OWL.AllDisjointClasses):
        head = ontology().value(node, OWL.members)
        assert isinstance(head, BNode)
        members = [URIRef(str(member)) for member in Collection(ontology(), head)]
        pairs |= {frozenset((a, b)) for a in members for b in members if a != b}
    return pairs


@pytest.fixture(scope="module")
def reasoned() -> Graph:
    return closure(sample())


def test_sample_uses_every_class_and_property() -> None:
    graph = sample()
    types = {local(o) for o in graph.objects(None, RDF.type)}
    assert terms.CLASSES - {"Value"} - set(terms.VALUES) - types == set()
    assert terms.PROPERTIES - {local(p) for p in graph.predicates()} == set()


def test_no_contradiction(reasoned: Graph) -> None:
    assert contradictions(reasoned) == []


def test_nothing_is_of_two_disjoint_classes(reasoned: Graph) -> None:
    pairs = disjoint_pairs()
    assert len(pairs) > 100
    for subject in set(sample().subjects()):
        types = {URIRef(str(t)) for t in reasoned.objects(subject, RDF.type)}
        assert [sorted(map(local, p)) for p in pairs if p <= types] == [], subject


def test_nothing_gets_a_type_that_it_should_not_have(reasoned: Graph) -> None:
    """Domains and ranges add no class of ours to an instance that has its own."""
    for name in sorted(terms.CLASSES - {"Value"} - set(terms.VALUES)):
        got = {local(t) for t in reasoned.objects(EXAMPLE[f"a-{name}"], RDF.type) if str(t).startswith(terms.KGC)}
        allowed = {name, *terms.SUPERCLASSES.get(name, ())}
        assert got <= allowed, f"{name}: {sorted(got - allowed)}"


def test_what_follows(reasoned: Graph) -> None:
    assert (EXAMPLE["another-Person"], KGC.met, EXAMPLE["a-Person"]) in reasoned
    assert (EXAMPLE["a-Meeting"], KGC.participant, EXAMPLE["a-Person"]) in reasoned
    assert (EXAMPLE["a-Person"], KGC.holdsTenure, EXAMPLE["a-Tenure"]) in reasoned
    assert (EXAMPLE["a-AnimatedFilm"], RDF.type, KGC.Work) in reasoned


@pytest.mark.parametrize(
    "triples",
    [
        [(EXAMPLE.x, RDF.type, KGC.Person), (EXAMPLE.x, RDF.type, KGC.City)],
        [(EXAMPLE.x, RDF.type, KGC.Meeting), (EXAMPLE.x, RDF.type, KGC.Exhibition)],
        [(EXAMPLE.x, KGC.holder, EXAMPLE.y), (EXAMPLE.y, RDF.type, KGC.Organization)],
        [(EXAMPLE.x, KGC.met, EXAMPLE.x)],
    ],
    ids=["person-city", "meeting-exhibition", "held by a body", "met oneself"],
)
def test_a_contradiction_is_found(triples: list[tuple[Node, Node, Node]]) -> None:
    data = Graph()
    for triple in triples:
        data.add(triple)
    assert contradictions(closure(data))


# ---------------------------------------------------------------------------------------------------------- topics


@pytest.mark.parametrize("key", sorted(terms.TOPICS))
def test_every_topic_is_labelled_and_placed(key: str) -> None:
    graph, concept = topics(), KGR[f"topic-{key}"]
    labels = list(graph.objects(concept, SKOS.prefLabel))
    assert sorted(str(getattr(label, "language", "")) for label in labels) == LANGUAGES
    (scheme,) = graph.objects(concept, SKOS.inScheme)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    above = list(graph.objects(concept, SKOS.broader))
    assert bool(above) != ((concept, SKOS.topConceptOf, scheme) in graph)
    for step in above:
        assert (step, RDF.type, SKOS.Concept) in graph
        assert concept not in graph.transitive_objects(step, SKOS.broader)


def test_no_label_stands_for_two_topics() -> None:
    seen: dict[tuple[str, str], Node] = {}
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for concept, label in topics().subject_objects(predicate):
            key = (str(label).lower(), str(getattr(label, "language", "")))
            assert seen.setdefault(key, concept) == concept, f"{label} of {concept} and {seen[key]}"
