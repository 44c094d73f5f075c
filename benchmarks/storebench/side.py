"""Ours beside raw pyoxigraph, turn by turn in one process on the same open store: what the bars are about.

    python -m storebench.side TASK.json

For each pair the two take turns, the first to begin changes; told are the medians of both and of the ratios, in processor seconds.
The raw side of a typed accessor is what somebody writes by hand to have the same fields: a SELECT for each group of them.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storebench.engines import _pyoxigraph
from storebench.questions import PREFIXES

Pair = tuple[Callable[[], Any], Callable[[], Any]]


def by_turns(ours: Callable[[], Any], raw: Callable[[], Any], rounds: int) -> dict[str, Any]:
    """Medians of ours, of raw, and of ours over raw. Raises AssertionError where they give different numbers of rows."""
    rows = len(ours()), len(raw())
    assert rows[0] == rows[1], f"ours gives {rows[0]}, raw pyoxigraph {rows[1]}"
    spent: dict[int, list[float]] = {0: [], 1: []}
    # quick ones many times over in one turn, so that the clock's grain does not count
    began = time.process_time()
    raw()
    repeat = max(1, int(0.02 / max(time.process_time() - began, 1e-5)))
    for number in range(rounds):
        for side in (0, 1) if number % 2 else (1, 0):
            began = time.process_time()
            for _ in range(repeat):
                (ours, raw)[side]()
            spent[side].append((time.process_time() - began) / repeat)
    ratios = [a / b for a, b in zip(spent[0], spent[1], strict=True)]
    return {
        "rows": rows[0],
        "ours": statistics.median(spent[0]),
        "raw": statistics.median(spent[1]),
        "ratio": statistics.median(ratios),
    }


# ----------------------------------------------------------------------------------------------------- written by hand

LABEL = 'OPTIONAL { %s rdfs:label %s FILTER(LANG(%s) = "en") }'


def _rows(store: Any, text: str) -> Any:
    for row in store.query(text, prefixes=PREFIXES):
        yield [term and term.value for term in row]


def _label(thing: str, name: str) -> str:
    return LABEL % (thing, name, name)


def raw_meetings(store: Any, pattern: str) -> dict[str, dict[str, Any]]:
    """Meetings with sides, what they spoke for and which posts they held, dates, place, and each article's word with its quote."""
    text = f"SELECT DISTINCT ?m WHERE {{ {pattern} ?m a kgc:Meeting ; kgc:status kgc:Held }}"
    iris = [meeting for (meeting,) in _rows(store, text)]
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(iris), 1000):  # a list of IRIs is answered sooner than the pattern again and again
        found |= _raw_fields(store, f"VALUES ?m {{ {' '.join(f'<{iri}>' for iri in iris[start : start + 1000])} }}")
    return found


def _raw_fields(store: Any, held: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    dated = (
        f"SELECT ?m ?day ?first ?last ?place ?name ?format ?topic ?about WHERE {{ {held} OPTIONAL {{ ?m kgc:startDate ?day }} "
        "OPTIONAL { ?m kgc:earliest ?first } OPTIONAL { ?m kgc:latest ?last } "
        f"OPTIONAL {{ ?m kgc:place ?place {_label('?place', '?name')} }} OPTIONAL {{ ?m kgc:format ?format }} "
        f"OPTIONAL {{ ?m kgc:topic ?topic {_label('?topic', '?about').replace('rdfs:label', 'skos:prefLabel')} }} }}"
    )
    for meeting, *fields in _rows(store, dated):
        one = found.setdefault(meeting, {"fields": set(), "who": {}, "posts": defaultdict(set), "told": {}})
        one["fields"].add(tuple(fields))
    sides = (
        f"SELECT ?m ?who ?name ?b ?land WHERE {{ {held} ?m kgc:participant ?who . {_label('?who', '?name')} "
        f"OPTIONAL {{ ?x kgc:in ?m ; kgc:who ?who ; kgc:onBehalfOf ?b . {_label('?b', '?land')} }} }}"
    )
    for meeting, who, name, _, land in _rows(store, sides):
        found[meeting]["who"].setdefault(who, {"name": name, "for": set()})["for"].add(land)
    posts = (
        f"SELECT DISTINCT ?m ?who ?o ?title ?code WHERE {{ {held} ?m kgc:participant ?who . GRAPH ?g {{ ?r kgc:reports ?m . "
        "?t kgc:holder ?who ; kgc:office ?o ; kgc:tenureStatus ?s . FILTER(?s IN (kgc:Current, kgc:Acting)) } "
        'OPTIONAL { ?o kgc:officeTitle ?title FILTER(LANG(?title) = "en") } OPTIONAL { ?o kgc:country/kgc:isoCode ?code } }'
    )
    for meeting, who, _, title, code in _rows(store, posts):
        found[meeting]["posts"][who].add((title, code))
    told = (
        f"SELECT ?m ?r ?id ?headline ?day ?url ?rule ?sure ?start ?quote WHERE {{ {held} GRAPH ?g {{ ?r kgc:reports ?m ; kgc:rule ?rule ; "
        "kgc:confidence ?sure ; kgc:evidence ?e . ?e kgc:startOffset ?start ; kgc:quote ?quote } "
        "?g dcterms:identifier ?id OPTIONAL { ?g schema:headline ?headline } OPTIONAL { ?g schema:datePublished ?day } "
        "OPTIONAL { ?g schema:url ?url } }"
    )
    for meeting, report, *fields in _rows(store, told):
        found[meeting]["told"].setdefault(report, []).append(fields)
    return found


def raw_short(store: Any, pattern: str) -> set[tuple[Any, ...]]:
    """Who, when and where alone."""
    text = (
        f"SELECT ?m ?name ?day ?where WHERE {{ ?m a kgc:Meeting ; kgc:status kgc:Held . {pattern} ?m kgc:participant ?p . "
        f"{_label('?p', '?name')} OPTIONAL {{ ?m kgc:startDate ?day }} "
        f"OPTIONAL {{ ?m kgc:place ?place {_label('?place', '?where')} }} }}"
    )
    return {row[0] for row in _rows(store, text)}


def raw_persons(store: Any) -> dict[str, dict[str, set[Any]]]:
    """Persons with names, posts and articles."""
    found: dict[str, dict[str, set[Any]]] = {}
    for person, name in _rows(store, "SELECT ?p ?n WHERE { ?p a kgc:Person ; rdfs:label|skos:altLabel ?n }"):
        found.setdefault(person, defaultdict(set))["names"].add(name)
    posts = (
        "SELECT ?p ?o ?title WHERE { ?p a kgc:Person . ?t kgc:holder ?p ; kgc:office ?o . ?o kgc:officeTitle ?title }"
    )
    for person, _, title in _rows(store, posts):
        found[person]["posts"].add(title)
    named = "SELECT ?p ?id WHERE { ?p a kgc:Person . ?a schema:mentions ?p ; dcterms:identifier ?id }"
    for person, article in _rows(store, named):
        found[person]["articles"].add(article)
    return found


# ------------------------------------------------------------------------------------------------------------- the pairs


def pairs(graph: Any, questions: dict[str, str], about: dict[str, str]) -> dict[str, dict[str, Pair]]:
    store = graph.store.triples
    raw = _pyoxigraph(store)
    asked: dict[str, Pair] = {
        name: ((lambda text=text: list(graph.query(text))), (lambda text=text: raw(text)))  # type: ignore[misc]
        for name, text in questions.items()
    }
    who, whom = about["who"], about["whom"]
    one, two = f"?m kgc:participant <{who}> .", f"?m kgc:participant <{who}>, <{whom}> ."
    month = f'?m kgc:latest ?l ; kgc:earliest ?e . FILTER(?l >= "{about["since"]}"^^xsd:date && ?e <= "{about["until"]}"^^xsd:date)'
    days = {"since": about["since"], "until": about["until"]}
    typed: dict[str, Pair] = {
        "meetings(person)": (lambda: graph.meetings(who), lambda: raw_meetings(store, one)),
        "meetings(one, other)": (lambda: graph.meetings(who, whom), lambda: raw_meetings(store, two)),
        "meetings(since, until)": (lambda: graph.meetings(**days), lambda: raw_meetings(store, month)),
        "meetings()": (graph.meetings, lambda: raw_meetings(store, "")),
        "persons()": (graph.persons, lambda: raw_persons(store)),
    }
    short: dict[str, Pair] = {
        "meetings(person), raw without quotes and posts": (lambda: graph.meetings(who), lambda: raw_short(store, one))
    }
    return {"query": asked, "typed": typed, "short": short}


def main() -> None:
    import kgculture

    task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with kgculture.open(task["store"]) as graph:
        found = {
            group: {name: by_turns(*pair, task["rounds"]) for name, pair in several.items()}
            for group, several in pairs(graph, task["questions"], task["about"]).items()
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
