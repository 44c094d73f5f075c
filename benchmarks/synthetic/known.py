"""Compares a built graph with the known facts: what was found, what is in the graph and should not be, who is one node.

    python -m synthetic.known STORE KNOWN [--samples N]

A fact is found if the graph holds it with the persons that stand for its persons, its day and its place; it is one node if all
its articles report the same one. What is in the graph and no known fact is wrong.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgculture.terms import ARTICLE, KGC, KGR

_PREFIXES = (
    f"PREFIX kgc: <{KGC}> PREFIX schema: <https://schema.org/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dcterms: <http://purl.org/dc/terms/> "
)
KINDS = ("meeting", "agreement", "exhibition", "office", "person")
_CLASS = {"meeting": "Meeting", "agreement": "Agreement", "exhibition": "Exhibition"}


@dataclass(slots=True)
class Score:
    """Counts of one kind: `facts` known, `found` of them, `whole` found as one node; `nodes` in the graph, `right` of them.

    `told` counts each article's word for a fact, `read` those that its own Report gives. `samples` are (why, article, what)."""

    facts: int = 0
    found: int = 0
    whole: int = 0
    nodes: int = 0
    right: int = 0
    told: int = 0
    read: int = 0
    samples: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.facts if self.facts else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.nodes if self.nodes else 1.0

    @property
    def by_article(self) -> float:
        return self.read / self.told if self.told else 1.0

    @property
    def one_node(self) -> float:
        return self.whole / self.found if self.found else 1.0


def compare(triples: Any, known: Iterable[str]) -> dict[str, Score]:
    """Scores by kind for a pyoxigraph Store and the lines that the generator wrote."""
    return _Comparison(triples, known).run()


class _Comparison:
    def __init__(self, triples: Any, known: Iterable[str]) -> None:
        self.triples = triples
        self.scores = {kind: Score() for kind in KINDS}
        self.persons: dict[str, dict[str, Any]] = {}
        self.cast: dict[str, list[str]] = {}
        self.facts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in known:
            if not line.strip():
                continue
            record = json.loads(line)
            if record["kind"] == "person":
                self.persons[record["id"]] = record
            elif record["kind"] == "article":
                self.cast[record["id"]] = record["who"]
            else:
                self.facts[record["kind"]].append(record)
        self.node_of: dict[str, str] = {}
        self.persons_of: dict[str, set[str]] = defaultdict(set)

    def run(self) -> dict[str, Score]:
        self._persons()
        self._offices()
        for kind in _CLASS:
            self._kind(kind)
        return self.scores

    def _rows(self, query: str) -> Iterator[tuple[str, ...]]:
        for row in self.triples.query(_PREFIXES + query):
            yield tuple("" if term is None else term.value for term in row)

    # ----------------------------------------------------------------------------------------------------------- persons

    def _persons(self) -> None:
        """Which node stands for whom: one that an article names by a form of the name of someone in that article."""
        forms: dict[str, set[str]] = defaultdict(set)
        for iri, form in self._rows("SELECT ?p ?f { ?p a kgc:Person ; rdfs:label|skos:altLabel ?f }"):
            forms[iri].add(form.casefold())
        named: dict[str, set[str]] = defaultdict(set)
        for article, iri in self._rows(
            "SELECT ?id ?p { ?a schema:mentions ?p ; dcterms:identifier ?id . ?p a kgc:Person }"
        ):
            named[article].add(iri)
        score = self.scores["person"]
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for article, who in self.cast.items():
            for person in who:
                score.told += 1
                names = {name.casefold() for name in self.persons[person]["names"].values()}
                fits = [iri for iri in named.get(article, ()) if forms[iri] & names]
                if fits:
                    score.read += 1
                    votes[person].update(fits)
                else:
                    score.samples.append(("missed", article, self.persons[person]["names"][article[:2]]))
        for person, nodes in votes.items():
            self.node_of[person] = min(nodes, key=lambda iri: (-nodes[iri], iri))
            for iri in nodes:
                self.persons_of[iri].add(person)
            if len(nodes) > 1:
                score.samples.append(("several nodes", "", f"{self.persons[person]['names']['en']}: {sorted(nodes)}"))
        score.facts = len({person for who in self.cast.values() for person in who})
        score.found = len(votes)
        score.whole = sum(len(nodes) == 1 for nodes in votes.values())
        score.nodes = len(forms)
        score.right = sum(len(self.persons_of[iri]) == 1 for iri in forms)
        for iri in sorted(forms):
            if len(self.persons_of[iri]) != 1:
                score.samples.append(("wrong", "", f"{iri.removeprefix(KGR)}: {sorted(self.persons_of[iri])}"))

    def _who(self, iris: Iterable[str]) -> frozenset[str]:
        return frozenset(p for iri in iris for p in (sorted(self.persons_of.get(iri, ())) or ["?" + iri]))

    # ----------------------------------------------------------------------------------------------------------- offices

    def _offices(self) -> None:
        score = self.scores["office"]
        held: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
        query = (
            "SELECT ?p ?t ?c ?m { ?x kgc:holder ?p ; kgc:office ?o ; kgc:tenureStatus kgc:Current . ?o kgc:officeTitle ?t . "
            "FILTER(LANG(?t) = 'en') OPTIONAL { ?o kgc:country ?c } OPTIONAL { ?o kgc:ministerial ?m } }"
        )
        for iri, title, country, ministerial in self._rows(query):
            held[iri].add((title, country.removeprefix(f"{KGR}country-"), ministerial))
        for person in sorted({person for who in self.cast.values() for person in who}):
            record = self.persons[person]
            score.facts += 1
            told = held.get(self.node_of.get(person, ""), set())
            if any(self._fits(office, record) for office in told):
                score.found += 1
                score.whole += 1
            else:
                score.samples.append(
                    ("missed", "", f"{record['names']['en']}, {record['post']}, {record['land']}: {told}")
                )
        for iri, offices in sorted(held.items()):
            for office in sorted(offices):
                score.nodes += 1
                if any(self._fits(office, self.persons[person]) for person in self.persons_of.get(iri, ())):
                    score.right += 1
                else:
                    score.samples.append(("wrong", "", f"{iri.removeprefix(KGR)}: {office}"))

    @staticmethod
    def _fits(office: tuple[str, str, str], record: dict[str, Any]) -> bool:
        title, country, ministerial = office
        post = record["post"]
        # where an ambassador serves may be part of the title
        return (
            title.partition(" to ")[0] == post["en"]
            and country in (record["land"], "")
            and (ministerial == "true") == bool(post["ministerial"])
        )

    # ------------------------------------------------------------------------------------------------- what happened

    def _nodes(self, kind: str) -> dict[str, dict[str, set[str]]]:
        """iri -> what the default graph says of it, by short names of properties; and the articles that report it."""
        found: dict[str, dict[str, set[str]]] = {}
        for iri, prop, value in self._rows(f"SELECT ?n ?p ?o {{ ?n a kgc:{_CLASS[kind]} ; ?p ?o }}"):
            about = found.setdefault(iri, defaultdict(set))
            about[prop.removeprefix(KGC).rpartition("#")[2]].add(value.removeprefix(KGR).removeprefix(KGC))
        reported = f"SELECT ?n ?g {{ ?n a kgc:{_CLASS[kind]} GRAPH ?g {{ ?r kgc:reports ?n }} }}"
        for iri, graph in self._rows(reported):
            found[iri]["articles"].add(graph.removeprefix(ARTICLE))
        return found

    def _kind(self, kind: str) -> None:
        score, nodes = self.scores[kind], self._nodes(kind)
        lands = self._lands() if kind == "agreement" else {}
        by_article: dict[str, set[str]] = defaultdict(set)
        for iri, about in nodes.items():
            for article in about["articles"]:
                by_article[article].add(iri)
        right: set[str] = set()
        for fact in self.facts[kind]:
            score.facts += 1
            hits: set[str] = set()
            for article in fact["articles"]:
                score.told += 1
                fits = {iri for iri in by_article.get(article, ()) if self._same(fact, nodes[iri], lands)}
                score.read += bool(fits)
                hits |= fits
                if not fits:
                    near = [dict(nodes[iri]) for iri in by_article.get(article, ())]
                    score.samples.append(("missed", article, f"{fact['id']} {near}"))
            score.found += bool(hits)
            score.whole += len(hits) == 1
            right |= hits
        score.nodes, score.right = len(nodes), len(right & nodes.keys())
        for iri in sorted(nodes.keys() - right):
            articles = sorted(nodes[iri]["articles"])
            score.samples.append(("wrong", articles[0] if articles else "", iri.removeprefix(KGR)))

    def _lands(self) -> dict[str, str]:
        """The country of each body, by local names."""
        query = "SELECT ?x ?c { ?x a kgc:Organization ; kgc:country ?c }"
        return {iri.removeprefix(KGR): c.removeprefix(f"{KGR}country-") for iri, c in self._rows(query)}

    def _same(self, fact: dict[str, Any], about: dict[str, set[str]], lands: dict[str, str]) -> bool:
        day = fact["day"]
        place = fact.get("place")
        if place is not None and place not in about["place"]:
            return False
        if fact["kind"] == "meeting":
            who = self._who(KGR + name for name in about["participant"])
            return set(fact["who"]) == who and day in about["startDate"] and "Held" in about["status"]
        if fact["kind"] == "agreement":
            sides = {lands.get(p, p.removeprefix("country-")) for p in about["party"]}
            who = self._who(KGR + name for name in about["signatory"])
            return (
                fact["type"] in about["agreementType"]
                and sides == set(fact["sides"])
                and day in about["signedOn"]
                and set(fact.get("who", ())) <= who
            )
        names = {name.casefold() for name in fact["titles"].values()}
        told = {name.casefold() for name in about["label"] | about["altLabel"]}
        return bool(names & told) and day in about["startDate"]


def table(scores: dict[str, Score]) -> list[str]:
    """The scores as lines of a Markdown table."""
    lines = [
        "| | known | found | one node | told by an article, read from it | in the graph | right |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind, s in scores.items():
        lines.append(
            f"| {kind} | {s.facts:,} | {s.recall:.4f} | {s.one_node:.4f} | {s.by_article:.4f} | {s.nodes:,} | {s.precision:.4f} |"
        )
    return lines


def main() -> None:
    from kgculture.store import Store

    parser = argparse.ArgumentParser(prog="synthetic.known", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("store")
    parser.add_argument("known", type=Path)
    parser.add_argument("--samples", type=int, default=0, help="how many misses of each kind to show")
    given = parser.parse_args()
    with Store.open(given.store) as store, given.known.open(encoding="utf-8") as known:
        scores = compare(store.triples, known)
        print("\n".join(table(scores)))
        texts = {article.id: article.text for article in store.records.articles()} if given.samples else {}
    for kind, score in scores.items():
        for why, article, what in score.samples[: given.samples]:
            print(f"{kind} {why} {article} {what} | {' '.join(texts.get(article, '').split())[:400]}")


if __name__ == "__main__":
    main()
