"""What the predicates of a shape say, as constraints. Each reader gives those of one predicate, or says that it does not know them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from kgculture.validate.paths import UnknownConstruct
from kgculture.validate.shapes import RDF, SH, XSD, Constraint, ShapesGraph, exact, iri
from kgculture.validate.sparql import read_select

if TYPE_CHECKING:
    from collections.abc import Callable

    from kgculture.validate.paths import Path
    from kgculture.validate.shapes import Shape

    Reader = Callable[[ShapesGraph, Any, Path | None], list[Constraint]]

#: how many values a count may ask for: each is one more join
_MOST_COUNTED = 6
#: predicates of SHACL that constrain nothing by themselves
SILENT = frozenset(
    SH + name
    for name in (
        "name", "description", "order", "group", "defaultValue", "message", "severity", "deactivated", "path", "flags",
        "ignoredProperties", "targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf", "qualifiedMinCount",
        "qualifiedMaxCount", "qualifiedValueShapesDisjoint",
    )
)  # fmt: skip
_NODE_KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")


def _classes(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    return [Constraint("Class", (iri(term, "class"),)) for term in graph.objects(node, "class")]


def _datatype(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    return [Constraint("Datatype", (iri(graph.one(node, "datatype"), "datatype"),))]


def _node_kind(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    kind = iri(graph.one(node, "nodeKind"), "nodeKind").removeprefix(SH)
    if kind not in _NODE_KINDS:
        raise UnknownConstruct(f"sh:nodeKind {kind}")
    return [Constraint("NodeKind", text=kind)]


def _count(component: str, name: str) -> Reader:
    def read(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
        if path is None:
            raise UnknownConstruct(f"sh:{name} outside a property shape")
        number = whole_number(graph.one(node, name), name)
        if number > _MOST_COUNTED:
            raise UnknownConstruct(f"sh:{name} above {_MOST_COUNTED}")
        return [Constraint(component, number=number)]

    return read


def _range(component: str, name: str) -> Reader:
    def read(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
        bounds = graph.objects(node, name)
        if not all(isinstance(bound, Literal) for bound in bounds):
            raise UnknownConstruct(f"sh:{name} that is no literal")
        return [Constraint(component, (bound,)) for bound in bounds]

    return read


def _length(component: str, name: str) -> Reader:
    def read(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
        return [Constraint(component, number=whole_number(graph.one(node, name), name))]

    return read


def _pattern(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    flags = graph.one(node, "flags")
    if flags is not None and not isinstance(flags, Literal):
        raise UnknownConstruct("sh:flags that is no literal")
    letters = "" if flags is None else flags.value.lower()
    found = []
    for pattern in graph.objects(node, "pattern"):
        if not isinstance(pattern, Literal):
            raise UnknownConstruct("sh:pattern that is no literal")
        try:
            re.compile(pattern.value)
        except re.error as error:
            raise UnknownConstruct(f"sh:pattern that is none: {error}") from error
        used = "".join(letter for letter in "im" if letter in letters)  # the reference knows no others
        found.append(Constraint("Pattern", text=pattern.value, variables=tuple(used)))
    return found


def _language_in(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    tags = graph.items(graph.one(node, "languageIn"))
    if not all(isinstance(tag, Literal) for tag in tags):
        raise UnknownConstruct("sh:languageIn with what is no literal")
    return [Constraint("LanguageIn", tuple(Literal(tag.value.lower()) for tag in tags))]


def _unique_lang(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    value = graph.one(node, "uniqueLang")
    if path is None or value not in (Literal(True), Literal(False)):
        raise UnknownConstruct("sh:uniqueLang outside a property shape, or neither true nor false")
    return [Constraint("UniqueLang")] if value == Literal(True) else []


def _in(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    return [Constraint("In", tuple(exact(term) for term in graph.items(graph.one(node, "in"))))]


def _has_value(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    return [Constraint("HasValue", (exact(term),)) for term in graph.objects(node, "hasValue")]


def _pair(component: str, name: str) -> Reader:
    def read(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
        if path is None and name.startswith("less"):
            raise UnknownConstruct(f"sh:{name} outside a property shape")
        return [Constraint(component, (iri(term, name),)) for term in graph.objects(node, name)]

    return read


def _listed(component: str, name: str) -> Reader:
    def read(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
        found = []
        for head in graph.objects(node, name):
            members = graph.items(head)
            if component == "Xone" and len(members) > _MOST_COUNTED:
                raise UnknownConstruct(f"sh:xone of more than {_MOST_COUNTED} shapes")
            found.append(Constraint(component, shapes=tuple(_inner(graph, member) for member in members)))
        return found

    return read


def _referred(component: str, name: str) -> Reader:
    def read(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
        found = []
        for term in graph.objects(node, name):
            shape = graph.shape(term)
            if (name == "property" and graph.one(term, "path") is None) or (
                name == "node" and graph.one(term, "path") is not None
            ):
                raise UnknownConstruct(f"sh:{name} with a shape of the other kind")
            if shape is not None:
                found.append(Constraint(component, shapes=(shape,)))
        return found

    return read


def _not(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    return [Constraint("Not", shapes=(_inner(graph, term),)) for term in graph.objects(node, "not")]


def _qualified(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    if path is None:
        raise UnknownConstruct("sh:qualifiedValueShape outside a property shape")
    value = graph.one(node, "qualifiedValueShape")
    shape, siblings = _inner(graph, value), []
    disjoint = graph.one(node, "qualifiedValueShapesDisjoint")
    if disjoint not in (None, Literal(True), Literal(False)):
        raise UnknownConstruct("sh:qualifiedValueShapesDisjoint that is neither true nor false")
    if disjoint == Literal(True):
        others = []
        for triple in graph.triples:
            if triple.predicate.value == SH + "property" and triple.object == node:
                for other in graph.objects(triple.subject, "property"):
                    others += [s for s in graph.objects(other, "qualifiedValueShape") if s != value and s not in others]
        siblings = [_inner(graph, other) for other in others]
    found = []
    for name in ("qualifiedMinCount", "qualifiedMaxCount"):
        bound = graph.one(node, name)
        if bound is not None:
            number = whole_number(bound, name)
            if number > _MOST_COUNTED:
                raise UnknownConstruct(f"sh:{name} above {_MOST_COUNTED}")
            component = name[0].upper() + name[1:]
            found.append(Constraint(component, shapes=(shape,), number=number, siblings=tuple(siblings)))
    if not found:
        raise UnknownConstruct("sh:qualifiedValueShape without a count")
    return found


def _closed(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    value = graph.one(node, "closed")
    if value not in (Literal(True), Literal(False)):
        raise UnknownConstruct("sh:closed that is neither true nor false")
    if value == Literal(False):
        return []
    ignored = graph.one(node, "ignoredProperties")
    named = [] if ignored is None or ignored == NamedNode(RDF + "nil") else graph.items(ignored)
    for term in graph.objects(node, "property"):
        named += [p for p in graph.objects(term, "path") if not isinstance(p, BlankNode)]
    return [Constraint("Closed", tuple(iri(term, "ignoredProperties") for term in named))]


def _sparql(graph: ShapesGraph, node: Any, path: Path | None) -> list[Constraint]:
    return [found for term in graph.objects(node, "sparql") if (found := read_select(graph, term, path)) is not None]


def _inner(graph: ShapesGraph, node: Any) -> Shape:
    """A shape within a constraint. One that is deactivated holds of everything."""
    from kgculture.validate.shapes import Shape

    return graph.shape(node) or Shape(node.value, None, "", (), ())


def whole_number(term: Any, name: str) -> int:
    """Raises UnknownConstruct where a count or length is no whole number from 0."""
    if not isinstance(term, Literal) or term.datatype.value != XSD + "integer" or not re.fullmatch(r"\d+", term.value):
        raise UnknownConstruct(f"sh:{name} that is no whole number")
    return int(term.value)


READERS: dict[str, Reader] = {
    "class": _classes,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minCount": _count("MinCount", "minCount"),
    "maxCount": _count("MaxCount", "maxCount"),
    "minExclusive": _range("MinExclusive", "minExclusive"),
    "minInclusive": _range("MinInclusive", "minInclusive"),
    "maxExclusive": _range("MaxExclusive", "maxExclusive"),
    "maxInclusive": _range("MaxInclusive", "maxInclusive"),
    "minLength": _length("MinLength", "minLength"),
    "maxLength": _length("MaxLength", "maxLength"),
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "in": _in,
    "hasValue": _has_value,
    "equals": _pair("Equals", "equals"),
    "disjoint": _pair("Disjoint", "disjoint"),
    "lessThan": _pair("LessThan", "lessThan"),
    "lessThanOrEquals": _pair("LessThanOrEquals", "lessThanOrEquals"),
    "and": _listed("And", "and"),
    "or": _listed("Or", "or"),
    "xone": _listed("Xone", "xone"),
    "not": _not,
    "node": _referred("Node", "node"),
    "property": _referred("Property", "property"),
    "qualifiedValueShape": _qualified,
    "closed": _closed,
    "sparql": _sparql,
}
