"""A shapes graph read into constraints that can be compiled. What is not known is named, never skipped."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kgculture import terms
from kgculture.validate.paths import Path, UnknownConstruct, read_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

SH, RDF, RDFS, XSD = (terms.PREFIXES[name] for name in ("sh", "rdf", "rdfs", "xsd"))


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape. What its arguments are depends on the component (its name without `ConstraintComponent`)."""

    component: str
    terms: tuple[Any, ...] = ()
    shapes: tuple[Shape, ...] = ()
    number: int = 0
    text: str = ""
    siblings: tuple[Shape, ...] = ()
    messages: tuple[tuple[str, str | None], ...] = ()
    variables: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        return f"{SH}{self.component}ConstraintComponent"


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or with a path a property shape."""

    node: str
    path: Path | None
    severity: str
    messages: tuple[tuple[str, str | None], ...]
    constraints: tuple[Constraint, ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """The nodes that a shape looks at: given ones, instances of classes, subjects and objects of predicates."""

    nodes: tuple[Any, ...]
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]


class ShapesGraph:
    """The triples of a shapes graph by subject and predicate, and the shapes among them."""

    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        self.triples = list(triples)
        self._of: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for triple in self.triples:
            values = self._of[triple.subject][triple.predicate.value]
            if triple.object not in values:
                values.append(triple.object)
        self._read: dict[Any, Shape | None] = {}
        self._reading: set[Any] = set()

    def objects(self, node: Any, *names: str) -> list[Any]:
        """The values of predicates (in the SHACL namespace where they are no IRIs)."""
        of = self._of.get(node, {})
        return [value for name in names for value in of.get(name if ":" in name else SH + name, ())]

    def one(self, node: Any, name: str) -> Any:
        """The only value, or None. Raises UnknownConstruct where there are more: the reference says what is wrong."""
        values = self.objects(node, name)
        if len(values) > 1:
            raise UnknownConstruct(f"more than one sh:{name}")
        return values[0] if values else None

    def items(self, head: Any) -> list[Any]:
        """The members of a list that is well-formed and not empty. Raises UnknownConstruct."""
        found: list[Any] = []
        seen = set()
        while head != NamedNode(RDF + "nil"):
            first, rest = self.objects(head, RDF + "first"), self.objects(head, RDF + "rest")
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise UnknownConstruct("a list that is not well-formed")
            seen.add(head)
            found += first
            head = rest[0]
        if not found:
            raise UnknownConstruct("an empty list")
        return found

    def predicates(self, node: Any) -> list[str]:
        return list(self._of.get(node, ()))

    def instances(self, kind: str) -> list[Any]:
        """The nodes of an rdf:type."""
        return [node for node, of in self._of.items() if NamedNode(kind) in of.get(RDF + "type", ())]

    def classes(self) -> set[Any]:
        """rdfs:Class and what stands right below it: a shape of such a type targets its own instances."""
        top = NamedNode(RDFS + "Class")
        return {top, *(node for node, of in self._of.items() if top in of.get(RDFS + "subClassOf", ()))}

    def oddity(self) -> str | None:
        """Why no shape of this graph can be compiled, or None: constraint components of its own give any predicate a meaning."""
        kinds = {str(getattr(kind, "value", "")) for of in self._of.values() for kind in of.get(RDF + "type", ())}
        if SH + "ConstraintComponent" in kinds or any(SH + "parameter" in of for of in self._of.values()):
            return "sh:ConstraintComponent"
        return None

    def roots(self) -> list[Any]:
        """The nodes that are shapes with targets."""
        classes, found = self.classes(), []
        for node, of in self._of.items():
            targeted = any(SH + name in of for name in _TARGETS)
            if targeted or (classes.intersection(of.get(RDF + "type", ())) and self._is_shape(node)):
                found.append(node)
        return found

    def _is_shape(self, node: Any) -> bool:
        kinds = self.objects(node, RDF + "type")
        if NamedNode(SH + "NodeShape") in kinds or NamedNode(SH + "PropertyShape") in kinds:
            return True
        if self.objects(node, "property", "node"):
            return True
        expected = {SH + name for name in ("property", "node", "not", "qualifiedValueShape")}
        for of in self._of.values():
            if any(node in of.get(name, ()) for name in expected):
                return True
            for name in ("and", "or", "xone"):
                for head in of.get(SH + name, ()):
                    if node in self.items(head):
                        return True
        return False

    def targets(self, node: Any) -> Targets:
        """Raises UnknownConstruct for a blank node as a target: no query can name it."""
        nodes = self.objects(node, "targetNode")
        if any(isinstance(term, BlankNode) for term in nodes):
            raise UnknownConstruct("a blank node as sh:targetNode")
        classes = [iri(term, "targetClass") for term in self.objects(node, "targetClass")]
        if self.classes().intersection(self.objects(node, RDF + "type")):
            classes.append(iri(node, "a class"))
        return Targets(
            tuple(exact(term) for term in nodes),
            tuple(classes),
            tuple(iri(term, "targetSubjectsOf") for term in self.objects(node, "targetSubjectsOf")),
            tuple(iri(term, "targetObjectsOf") for term in self.objects(node, "targetObjectsOf")),
        )

    def shape(self, node: Any) -> Shape | None:
        """The shape; None if it is deactivated. Raises UnknownConstruct that names what is not known of it or within it."""
        if node not in self._read:
            if node in self._reading:
                raise UnknownConstruct("a shape that refers to itself")
            self._reading.add(node)
            try:
                self._read[node] = self._shape(node)
            finally:
                self._reading.discard(node)
        return self._read[node]

    def _shape(self, node: Any) -> Shape | None:
        from kgculture.validate.constraints import READERS, SILENT

        if isinstance(node, Literal):
            raise UnknownConstruct("a literal as a shape")
        kinds = self.objects(node, RDF + "type")
        path = self.one(node, "path")
        if (NamedNode(SH + "NodeShape") in kinds and path is not None) or (
            NamedNode(SH + "PropertyShape") in kinds and (path is None or NamedNode(SH + "NodeShape") in kinds)
        ):
            raise UnknownConstruct("a shape that is not well-formed")
        off = self.one(node, "deactivated")
        if off is not None:
            if off not in (Literal(True), Literal(False)):
                raise UnknownConstruct("sh:deactivated that is neither true nor false")
            if off == Literal(True):
                return None
        severity = self.one(node, "severity")
        if severity is not None and not isinstance(severity, NamedNode):
            raise UnknownConstruct("sh:severity that is no IRI")
        read = None if path is None else read_path(self, path)
        constraints: list[Constraint] = []
        for predicate in self.predicates(node):
            if not predicate.startswith(SH) or predicate in SILENT:
                continue
            reader = READERS.get(predicate.removeprefix(SH))
            if reader is None:
                raise UnknownConstruct(f"sh:{predicate.removeprefix(SH)}")
            constraints += reader(self, node, read)
        if self.objects(node, "ignoredProperties") and not self.objects(node, "closed"):
            raise UnknownConstruct("sh:ignoredProperties without sh:closed")
        counts = self.objects(node, "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint")
        if counts and not self.objects(node, "qualifiedValueShape"):
            raise UnknownConstruct("sh:qualifiedMinCount without sh:qualifiedValueShape")
        return Shape(
            node.value, read, severity.value if severity else SH + "Violation", messages(self, node), tuple(constraints)
        )


_TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")


def without_targets(graph: ShapesGraph, nodes: set[Any]) -> list[Any]:
    """The triples of a shapes graph in which some shapes have no targets any more: what is left for the reference to judge."""
    dropped, classes = {SH + name for name in _TARGETS}, graph.classes()
    return [
        t
        for t in graph.triples
        if not (
            t.subject in nodes
            and (t.predicate.value in dropped or (t.predicate.value == RDF + "type" and t.object in classes))
        )
    ]


def messages(graph: ShapesGraph, node: Any) -> tuple[tuple[str, str | None], ...]:
    """(text, language) of each sh:message."""
    found = graph.objects(node, "message")
    if not all(isinstance(term, Literal) for term in found):
        raise UnknownConstruct("sh:message that is no literal")
    return tuple((term.value, term.language) for term in found)


def iri(term: Any, name: str) -> str:
    """The IRI that a term is. Raises UnknownConstruct."""
    if not isinstance(term, NamedNode):
        raise UnknownConstruct(f"sh:{name} that is no IRI")
    return str(term.value)


def exact(term: Any) -> Any:
    """A term that can stand in a query. Raises UnknownConstruct: for blank nodes, and literals that the store writes another way."""
    if isinstance(term, BlankNode):
        raise UnknownConstruct("a blank node as a value")
    if isinstance(term, Literal) and not kept(term):
        raise UnknownConstruct(f"a value in a form that is not canonical: {term}")
    return term


#: numbers, truth values and dates as all write and read them
_COMMON = re.compile(
    r"(integer):(0|-?[1-9]\d{0,14})|(boolean):(true|false)|(decimal):-?(0|[1-9]\d{0,8})\.\d{0,8}[1-9]"
    r"|(date):[1-9]\d{3}-((0[13578]|1[02])-31|(0[13-9]|1[0-2])-(29|30)|(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8]))"
    r"|(gYear):[1-9]\d{3}|(gYearMonth):[1-9]\d{3}-(0[1-9]|1[0-2])|(gMonthDay):--(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"
    r"|(gMonth):--(0[1-9]|1[0-2])",
    re.ASCII,
)
_TEXTS = (XSD + "string", RDF + "langString")


@lru_cache(50_000)
def plain(literal: Literal) -> bool:
    """Whether a literal is a text, or a number, truth value or date in its common form."""
    datatype = literal.datatype.value
    if datatype in _TEXTS:
        return True
    return datatype.startswith(XSD) and _COMMON.fullmatch(f"{datatype[len(XSD) :]}:{literal.value}") is not None


def kept(literal: Literal) -> bool:
    """Whether a store gives a literal back as it was written: `1.0` comes back as `1`, and that is another term."""
    return plain(literal) or _kept(literal)


@lru_cache(10_000)
def _kept(literal: Literal) -> bool:
    store, node = Store(), NamedNode(RDF + "value")
    store.add(Quad(node, node, literal))
    return any(quad.object == literal for quad in store)
