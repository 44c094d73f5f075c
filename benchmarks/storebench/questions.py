"""The six questions that every engine is asked, and what they are asked about: chosen from the data, the same for all."""

from __future__ import annotations

from typing import Any

PREFIXES = {
    "kgc": "https://w3id.org/kgculture/ontology#",
    "kgr": "https://w3id.org/kgculture/id/",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: name -> (what it asks, text). `%(who)s` and so on are filled in by `fill`.
QUESTIONS: dict[str, tuple[str, str]] = {
    "met": (
        "who met whom in a month, with dates",
        """SELECT ?one ?other ?day WHERE {
  ?m a kgc:Meeting ; kgc:status kgc:Held ; kgc:earliest ?day ; kgc:participant ?a, ?b .
  FILTER(?day >= "%(since)s"^^xsd:date && ?day <= "%(until)s"^^xsd:date && STR(?a) < STR(?b))
  ?a a kgc:Person ; rdfs:label ?one . ?b a kgc:Person ; rdfs:label ?other .
  FILTER(LANG(?one) = "en" && LANG(?other) = "en")
}""",
    ),
    "active": (
        "the ten who met most often",
        """SELECT ?p (COUNT(DISTINCT ?m) AS ?n) WHERE {
  ?m a kgc:Meeting ; kgc:status kgc:Held ; kgc:participant ?p . ?p a kgc:Person .
} GROUP BY ?p ORDER BY DESC(?n) ?p LIMIT 10""",
    ),
    "agreements": (
        "agreements between two countries",
        """SELECT DISTINCT ?g ?type ?day WHERE {
  ?g a kgc:Agreement ; kgc:agreementType ?type ; kgc:signedOn ?day ; kgc:party ?x, ?y .
  ?x kgc:country? <%(one)s> . ?y kgc:country? <%(other)s> .
}""",
    ),
    "everything": (
        "a person with everything",
        """SELECT ?way ?property ?thing WHERE {
  { <%(who)s> ?property ?thing . BIND("has" AS ?way) } UNION { ?thing ?property <%(who)s> . BIND("is of" AS ?way) }
}""",
    ),
    "text": (
        "full text on labels",
        """SELECT ?thing ?label WHERE {
  ?thing rdfs:label|skos:altLabel ?label . FILTER(CONTAINS(LCASE(STR(?label)), "%(word)s"))
}""",
    ),
    "paths": (
        "acquaintances of acquaintances",
        """SELECT ?far (COUNT(DISTINCT ?mid) AS ?ways) WHERE {
  <%(who)s> kgc:met ?mid . ?mid kgc:met ?far .
  FILTER(?far != <%(who)s>) FILTER NOT EXISTS { <%(who)s> kgc:met ?far }
} GROUP BY ?far""",
    ),
}
#: what the bar of joins is about
JOINS = ("met", "active", "agreements", "paths")


def fill(text: str, about: dict[str, str]) -> str:
    return text % about


def about(store: Any) -> dict[str, str]:
    """Whom and what to ask about: who met most often, the two who met most often of these, the busiest pair of countries."""

    def first(text: str) -> list[str]:
        return [term.value for term in next(iter(store.query(text, prefixes=PREFIXES)))]

    meets = "?m a kgc:Meeting ; kgc:participant ?p"
    who = first(f"SELECT ?p {{ {meets} . ?p a kgc:Person }} GROUP BY ?p ORDER BY DESC(COUNT(DISTINCT ?m)) ?p")[0]
    whom = first(
        f"SELECT ?q {{ ?m kgc:participant <{who}>, ?q ; a kgc:Meeting . FILTER(?q != <{who}>) }} "
        "GROUP BY ?q ORDER BY DESC(COUNT(DISTINCT ?m)) ?q"
    )[0]
    pair = (
        "SELECT ?c ?d { ?g a kgc:Agreement ; kgc:party/kgc:country ?c, ?d . FILTER(STR(?c) < STR(?d)) } "
        "GROUP BY ?c ?d ORDER BY DESC(COUNT(DISTINCT ?g)) ?c ?d"
    )
    one, other = first(pair)
    day = first("SELECT ?d { ?m a kgc:Meeting ; kgc:earliest ?d } ORDER BY ?d OFFSET 3 LIMIT 1")[0]
    name = first(f"SELECT ?n {{ <{who}> rdfs:label ?n FILTER(LANG(?n) = 'en') }}")[0]
    until = f"{day[:8]}28"
    return {
        "who": who,
        "whom": whom,
        "name": name,
        "one": one,
        "other": other,
        "since": day,
        "until": until,
        "word": "steppe",
    }
