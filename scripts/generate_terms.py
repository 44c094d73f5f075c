"""Writes src/kgculture/terms.py from ontology/*.ttl. Run it after each change to the ontology; a test compares.

python scripts/generate_terms.py            write the file
python scripts/generate_terms.py --check    write nothing; exit code 1 if the file is not up to date
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph, URIRef

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "kgculture" / "terms.py"
KGC = "https://w3id.org/kgculture/ontology#"
KGR = "https://w3id.org/kgculture/id/"

HEAD = '''\
"""The terms of the ontology as plain strings. GENERATED from ontology/*.ttl by scripts/generate_terms.py; do not edit.

Names are local names of `https://w3id.org/kgculture/ontology#`; `kgc("Meeting")` gives the IRI and refuses a name that
the ontology does not declare. `SUPERCLASSES` and `SUPERPROPERTIES` are transitive and hold terms of this ontology only.
"""

from __future__ import annotations

'''

FOOT = '''

def kgc(local: str) -> str:
    """The IRI of a term of the ontology, from its local name. Raises KeyError for a name that is not declared."""
    if local in CLASSES or local in PROPERTIES or local in INDIVIDUALS:
        return KGC + local
    raise KeyError(f"the ontology declares no kgc:{local}")


def topic(key: str) -> str:
    """The IRI of a concept of the topic scheme, from its key ("cinema"). Raises KeyError for an unknown key."""
    if key in TOPICS:
        return TOPIC + key
    raise KeyError(f"the topic scheme has no concept {key}")
'''


def load() -> Graph:
    """The ontology and the topic scheme as one rdflib graph, with the prefixes of the files and no others."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        graph.parse(path)
    return graph


def _locals(iris: Iterable[object]) -> list[str]:
    return sorted(str(iri).removeprefix(KGC) for iri in set(iris) if str(iri).startswith(KGC))


def _members(names: Iterable[str], indent: str = "") -> str:
    """A frozenset as ruff formats it."""
    lines = "".join(f'{indent}        "{name}",\n' for name in sorted(names))
    return f"frozenset(\n{indent}    {{\n{lines}{indent}    }}\n{indent})"


def _frozenset(name: str, members: Iterable[str]) -> str:
    return f"{name}: frozenset[str] = {_members(members)}\n"


def _supers(graph: Graph, name: str, terms: Iterable[str], predicate: URIRef) -> str:
    lines = ""
    for term in terms:
        above = [t for t in _locals(graph.transitive_objects(_iri(term), predicate)) if t != term]
        if above:
            inside = ", ".join(f'"{t}"' for t in above)
            lines += f'    "{term}": ({inside},),\n' if len(above) == 1 else f'    "{term}": ({inside}),\n'
    return f"{name}: dict[str, tuple[str, ...]] = {{\n{lines}}}\n"


def generate() -> str:
    """The whole text of terms.py."""
    from rdflib import OWL, RDF, RDFS, SKOS, URIRef

    graph = load()
    classes = _locals(graph.subjects(RDF.type, OWL.Class))
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = _locals(s for kind in kinds for s in graph.subjects(RDF.type, kind))
    # A value may be a class as well (kgc:Film), so it is known by the class of values it belongs to.
    values = [c for c in classes if KGC + "Value" in map(str, graph.transitive_objects(_iri(c), RDFS.subClassOf))]
    individuals = _locals(s for value in values for s in graph.subjects(RDF.type, _iri(value)))
    topics = [str(s).removeprefix(KGR + "topic-") for s in graph.subjects(RDF.type, SKOS.Concept)]
    version = graph.value(URIRef(KGC.removesuffix("#")), OWL.versionInfo)
    by_value = {v: _locals(graph.subjects(RDF.type, _iri(v))) for v in values if v != "Value"}
    lines = [
        f'VERSION = "{version}"',
        f'KGC = "{KGC}"',
        f'KGR = "{KGR}"',
        'ARTICLE = "https://w3id.org/kgculture/article/"',
        'ALL_GRAPH = "https://w3id.org/kgculture/graph/all"',
        'TOPIC = KGR + "topic-"',
        "",
        "PREFIXES: dict[str, str] = {",
        *(f'    "{prefix}": "{iri}",' for prefix, iri in sorted(graph.namespaces())),
        "}",
        "",
    ]
    body = "\n".join(lines) + "\n"
    body += "\n".join(
        [
            _frozenset("CLASSES", classes),
            _frozenset("PROPERTIES", properties),
            "#: values such as Held, Roadmap, Bilateral\n" + _frozenset("INDIVIDUALS", individuals),
            "#: the values by their class: TenureStatus, AgreementType, Sector ...\n"
            "VALUES: dict[str, frozenset[str]] = {\n"
            + "".join(f'    "{value}": {_members(names, "    ")},\n' for value, names in by_value.items())
            + "}\n",
            _supers(graph, "SUPERCLASSES", classes, RDFS.subClassOf),
            _supers(graph, "SUPERPROPERTIES", properties, RDFS.subPropertyOf),
            "#: keys of the concepts of ontology/topics.ttl\n" + _frozenset("TOPICS", topics),
        ]
    )
    return HEAD + body + FOOT


def _iri(local: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(KGC + local)


def main(arguments: list[str]) -> int:
    text = generate()
    if "--check" in arguments:
        return int(not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
