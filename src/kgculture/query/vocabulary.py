"""The vocabulary as a reader looks it up: classes, properties and values with labels, definitions and neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kgculture.errors import QueryError
from kgculture.query.names import RDF_TYPE, curie, fold
from kgculture.resources import folder
from kgculture.terms import CLASSES, KGC, PREFIXES, PROPERTIES, SUPERCLASSES, SUPERPROPERTIES, TOPIC, VALUES

_RDFS, _SKOS, _SCHEMA = PREFIXES["rdfs"], PREFIXES["skos"], PREFIXES["schema"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One term. `labels` and `definitions` map languages to texts, `relations` names of relations to CURIEs."""

    iri: str
    kind: str
    labels: dict[str, str]
    definitions: dict[str, str]
    relations: dict[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        return curie(self.iri)


@lru_cache(maxsize=1)
def _ontology() -> Any:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    for path in sorted(folder("ontology").glob("*.ttl")):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


def _values(iri: str, predicate: str) -> list[Any]:
    from pyoxigraph import NamedNode

    return [q.object for q in _ontology().quads_for_pattern(NamedNode(iri), NamedNode(predicate), None, None)]


def _subjects(predicate: str, iri: str) -> list[str]:
    from pyoxigraph import NamedNode

    found = _ontology().quads_for_pattern(None, NamedNode(predicate), NamedNode(iri), None)
    return sorted(curie(q.subject.value) for q in found if hasattr(q.subject, "value"))


def _texts(iri: str, *predicates: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for predicate in predicates:
        for value in sorted(_values(iri, predicate), key=str):
            if getattr(value, "language", None):
                found.setdefault(value.language, value.value)
    return found


def _names(iri: str, *predicates: str) -> tuple[str, ...]:
    found = {
        curie(v.value)
        for p in predicates
        for v in _values(iri, p)
        if not hasattr(v, "datatype") and hasattr(v, "value")
    }
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """All terms: classes, then properties, values and topics, each by name."""
    values = {name: kind for kind, found in VALUES.items() for name in found}
    from pyoxigraph import NamedNode

    kinds = [(KGC + name, "class") for name in sorted(CLASSES)]
    kinds += [(KGC + name, "property") for name in sorted(PROPERTIES)]
    # the same name may be a class and a value (Film): one entry then
    kinds += [(KGC + name, f"value of {kind}") for name, kind in sorted(values.items()) if name not in CLASSES]
    concepts = _ontology().quads_for_pattern(None, NamedNode(_SKOS + "inScheme"), None, None)
    kinds += [(iri, "topic") for iri in sorted({q.subject.value for q in concepts}) if iri.startswith(TOPIC)]
    return tuple(_entry(iri, kind) for iri, kind in kinds)


def _entry(iri: str, kind: str) -> Entry:
    name = iri.removeprefix(KGC)
    relations = {
        "narrower than": tuple(f"kgc:{n}" for n in (*SUPERCLASSES.get(name, ()), *SUPERPROPERTIES.get(name, ()))),
        "broader than": (*_subjects(_RDFS + "subClassOf", iri), *_subjects(_RDFS + "subPropertyOf", iri)),
        "broader topic": _names(iri, _SKOS + "broader"),
        "used on": _names(iri, _RDFS + "domain", _SCHEMA + "domainIncludes"),
        "values": (*_names(iri, _RDFS + "range", _SCHEMA + "rangeIncludes"), *_subjects(RDF_TYPE, iri)),
        "inverse": _names(iri, PREFIXES["owl"] + "inverseOf"),
        "properties": tuple(sorted({*_subjects(_RDFS + "domain", iri), *_subjects(_SCHEMA + "domainIncludes", iri)})),
        "value of": tuple(sorted({*_subjects(_RDFS + "range", iri), *_subjects(_SCHEMA + "rangeIncludes", iri)})),
        "see also": _names(iri, _SKOS + "closeMatch", _SKOS + "exactMatch", _SKOS + "relatedMatch"),
    }
    return Entry(
        iri=iri,
        kind=kind,
        labels=_texts(iri, _RDFS + "label", _SKOS + "prefLabel"),
        definitions=_texts(iri, _SKOS + "definition", _RDFS + "comment"),
        relations={name: found for name, found in relations.items() if found},
    )


def look_up(text: str) -> Entry:
    """The term meant by a local name, a CURIE, an IRI or a label in any language. Raises QueryError with those that come near."""
    from difflib import get_close_matches

    wanted = text.strip().strip("<>")
    forms: dict[str, Entry] = {}
    for entry in entries():
        for form in (entry.iri, entry.name, entry.name.partition(":")[2]):
            forms.setdefault(form, entry)
    if wanted in forms:
        return forms[wanted]
    folded: dict[str, Entry] = {}
    for form, entry in forms.items():
        folded.setdefault(fold(form), entry)
    for entry in entries():
        for label in entry.labels.values():
            folded.setdefault(fold(label), entry)
    if (key := fold(wanted)) in folded:
        return folded[key]
    near = list(dict.fromkeys(folded[form].name for form in get_close_matches(key, folded, n=6, cutoff=0.6)))[:3]
    hint = f"did you mean {', '.join(near)}?" if near else "kgculture ref lists all terms"
    raise QueryError(f"{text}: no such term in the vocabulary", hint)
