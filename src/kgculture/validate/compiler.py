"""Constraints as SPARQL: for each shape with targets one query that finds nodes which break it, and queries that say how."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations, count
from typing import TYPE_CHECKING, Any

from kgculture.validate.native import sure
from kgculture.validate.paths import UnknownConstruct
from kgculture.validate.shapes import RDF, RDFS, Constraint, Shape, ShapesGraph, Targets
from kgculture.validate.sparql import THIS
from kgculture.validate.values import SPACE, Functions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: the variable of a node that a target leads to, and of the graph that it is in
ROOT, GRAPH = "?_root", "?_graph"
_TYPE = f"<{RDF}type>"
_FIRST = re.compile(rf"\s*{re.escape(ROOT)} (\(\^)?<([^>]+)>(?(1)\)) (?=[?<\"])")


@dataclass(frozen=True, slots=True)
class Detail:
    """A query for one constraint: `body` after the target; `focus`, `value` and `path` are variables, where there are any.

    `led` says that the body's first triple leads only to nodes that are targets, so that the target itself may be left out.
    """

    shape: Shape
    constraint: Constraint
    body: str
    focus: str
    value: str | None = None
    path: str | None = None
    nested: bool = False
    led: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """A shape with targets. `screen` holds of the nodes that conform to all but `queries`, the constraints of sh:sparql.

    It is None where there are none but these, or where each of `details` finds its nodes without the target.
    """

    node: Any
    targets: Targets
    target: str
    screen: str | None
    details: tuple[Detail, ...]
    queries: tuple[Detail, ...]


class Program:
    """The shapes of a graph as queries. `refused` names for each shape that is not compiled what is not known of it.

    `subclasses` gives for a class all classes below it in the data: membership is looked up, not followed again and again.
    """

    def __init__(self, graph: ShapesGraph, subclasses: Mapping[str, frozenset[str]] | None = None) -> None:
        self.functions = Functions()
        self.roots: list[Root] = []
        self.refused: dict[Any, str] = {}
        self._subclasses = subclasses or {}
        self._fresh = count(1)
        oddity = graph.oddity()
        for node in graph.roots():
            try:
                if oddity is not None:
                    raise UnknownConstruct(oddity)
                root = self._root(graph, node)
            except UnknownConstruct as unknown:
                self.refused[node] = str(unknown)
                continue
            if root is not None:
                self.roots.append(root)
        self.batches = not any(root.targets.nodes for root in self.roots)

    def _root(self, graph: ShapesGraph, node: Any) -> Root | None:
        shape, targets = graph.shape(node), graph.targets(node)
        if shape is None:
            return None
        details = tuple(replace(d, led=_led(d.body, targets)) for d in self._details(shape, ROOT, "", False))
        if targets.nodes and any(s.path is not None and s.path.may_be_empty for s in _all(shape)):
            # a path of no steps from a node that the data do not hold is lost in a query
            raise UnknownConstruct("sh:targetNode with a path that may be empty")
        queries = tuple(detail for detail in details if detail.constraint.component == "SPARQL")
        screened = tuple(detail for detail in details if detail not in queries)
        # a node that has several values, or is the target in several ways, would be looked at again for each of them
        direct = all(detail.led for detail in screened)
        screen = None if direct else self.conforms(shape, ROOT)
        return Root(node, targets, self._target(targets), screen, screened, queries)

    def _target(self, targets: Targets) -> str:
        parts = [f"VALUES {ROOT} {{ {' '.join(str(node) for node in targets.nodes)} }}"] if targets.nodes else []
        for name in targets.classes:
            parts += [f"{ROOT} {_TYPE} <{one}> ." for one in sorted(self._below(name))]
        parts += [f"{ROOT} <{name}> {self._new()} ." for name in targets.subjects_of]
        parts += [f"{self._new()} <{name}> {ROOT} ." for name in targets.objects_of]
        return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)

    def _below(self, name: str) -> frozenset[str]:
        return self._subclasses.get(name, frozenset()) | {name}

    def _new(self) -> str:
        return f"?_{next(self._fresh)}"

    # ---------------------------------------------------------------------------------------------------- conditions

    def conforms(self, shape: Shape, focus: str) -> str:
        """An expression that is true or false, never an error: whether a node conforms. sh:sparql is left out: see `_details`."""
        values = [c for c in shape.constraints if c.component in _OF_VALUES]
        wholes = [c for c in shape.constraints if c.component in _OF_ALL]
        parts = [getattr(self, _OF_ALL[c.component])(c, shape, focus) for c in wholes]
        if values and shape.path is None:
            parts += [self.holds(c, focus, focus) for c in values]
        elif values:
            value = self._new()
            held = _and([self.holds(c, focus, value) for c in values])
            parts.append(f"NOT EXISTS {{ {self._step(shape, focus, value)} FILTER (!{held}) }}")
        return _and(parts)

    def holds(self, constraint: Constraint, focus: str, value: str) -> str:
        """The same for one value node and a constraint that looks at each alone."""
        expression: str = getattr(self, _OF_VALUES[constraint.component])(constraint, focus, value)
        return f"({expression})"

    def _step(self, shape: Shape, focus: str, value: str) -> str:
        assert shape.path is not None
        return f"{focus} {shape.path.text} {value} ."

    def _class(self, c: Constraint, focus: str, value: str) -> str:
        names = sorted(self._below(c.terms[0]))
        if len(names) == 1:
            return f"EXISTS {{ {value} {_TYPE} <{names[0]}> }}"
        kind = self._new()
        return f"EXISTS {{ {value} {_TYPE} {kind} FILTER ({kind} IN ({', '.join(f'<{n}>' for n in names)})) }}"

    def _datatype(self, c: Constraint, focus: str, value: str) -> str:
        if c.terms[0] == RDF + "langString":
            return f'COALESCE(LANG({value}) != "", false)'
        return self._call("datatype", c, value)

    def _node_kind(self, c: Constraint, focus: str, value: str) -> str:
        names = [("IRI", "isIRI"), ("BlankNode", "isBLANK"), ("Literal", "isLITERAL")]
        return " || ".join(f"{function}({value})" for name, function in names if name in c.text)

    def _range(self, c: Constraint, focus: str, value: str) -> str:
        return self._call("range", c, value)

    def _pattern(self, c: Constraint, focus: str, value: str) -> str:
        return self._call("pattern", c, value)

    def _call(self, name: str, c: Constraint, *arguments: str) -> str:
        called = f"<{SPACE}{name}>({', '.join(arguments)}, {self.functions.number(c)})"
        native = sure(c, *arguments)
        return f"{native} || {called}" if native else called

    def _min_length(self, c: Constraint, focus: str, value: str) -> str:
        return f"COALESCE(STRLEN(STR({value})) >= {c.number}, false)" if c.number else "true"

    def _max_length(self, c: Constraint, focus: str, value: str) -> str:
        return f"COALESCE(STRLEN(STR({value})) <= {c.number}, false)"

    def _language_in(self, c: Constraint, focus: str, value: str) -> str:
        tags = [term.value for term in c.terms]
        if "*" in tags:
            return f'COALESCE(LANG({value}) != "", false)'
        listed = ", ".join(str(term) for term in c.terms)
        tag = f"LCASE(LANG({value}))"
        return f'COALESCE(LANG({value}) != "" && ({tag} IN ({listed}) || STRBEFORE(CONCAT({tag}, "-"), "-") IN ({listed})), false)'

    def _in(self, c: Constraint, focus: str, value: str) -> str:
        return " || ".join(f"sameTerm({value}, {term})" for term in c.terms)

    def _and(self, c: Constraint, focus: str, value: str) -> str:
        return _and([self.conforms(shape, value) for shape in c.shapes])

    def _or(self, c: Constraint, focus: str, value: str) -> str:
        return " || ".join(self.conforms(shape, value) for shape in c.shapes)

    def _not(self, c: Constraint, focus: str, value: str) -> str:
        return f"!{self.conforms(c.shapes[0], value)}"

    def _xone(self, c: Constraint, focus: str, value: str) -> str:
        held = [self.conforms(shape, value) for shape in c.shapes]
        ways = [_and([part if i == one else f"(!{part})" for i, part in enumerate(held)]) for one in range(len(held))]
        return " || ".join(ways)

    def _conforming(self, c: Constraint, focus: str, value: str) -> str:
        return self.conforms(c.shapes[0], value)

    def _disjoint(self, c: Constraint, focus: str, value: str) -> str:
        return f"NOT EXISTS {{ {focus} <{c.terms[0]}> {value} }}"

    def _less(self, c: Constraint, focus: str, value: str) -> str:
        other = self._new()
        return f"NOT EXISTS {{ {focus} <{c.terms[0]}> {other} FILTER (!({self._call('less', c, value, other)})) }}"

    def _closed(self, c: Constraint, focus: str, value: str) -> str:
        path, found = self._new(), self._new()
        return f"NOT EXISTS {{ {value} {path} {found} FILTER ({self._foreign(c, path, found)}) }}"

    def _foreign(self, c: Constraint, path: str, found: str) -> str:
        allowed = f"{path} NOT IN ({', '.join(f'<{name}>' for name in sorted(c.terms))}) && " if c.terms else ""
        return f"{allowed}!(sameTerm({path}, {_TYPE}) && sameTerm({found}, <{RDFS}Resource>))"

    # ------------------------------------------------------------------------- conditions on all value nodes together

    def _at_least(self, shape: Shape, focus: str, number: int, held: Callable[[str], str] | None = None) -> str:
        return f"EXISTS {{ {self._several(shape, focus, number, held)} }}" if number else "true"

    def _several(self, shape: Shape, focus: str, number: int, held: Callable[[str], str] | None = None) -> str:
        """A pattern of so many different value nodes."""
        names = [self._new() for _ in range(number)]
        steps = [self._step(shape, focus, name) + (f" FILTER ({held(name)})" if held else "") for name in names]
        differ = [f"!sameTerm({one}, {other})" for one, other in combinations(names, 2)]
        last = f" FILTER ({' && '.join(differ)})" if differ else ""
        return " ".join(steps) + last

    def _too_many(self, c: Constraint, shape: Shape, focus: str) -> str:
        """The pattern of what breaks sh:maxCount or sh:uniqueLang."""
        if c.component == "MaxCount":
            return self._several(shape, focus, c.number + 1)
        one, other = self._new(), self._new()
        same = f'LANG({one}) != "" && LCASE(LANG({one})) = LCASE(LANG({other})) && !sameTerm({one}, {other})'
        return f"{self._step(shape, focus, one)} {self._step(shape, focus, other)} FILTER ({same})"

    def _min_count(self, c: Constraint, shape: Shape, focus: str) -> str:
        return self._at_least(shape, focus, c.number)

    def _max_count(self, c: Constraint, shape: Shape, focus: str) -> str:
        return f"(!{self._at_least(shape, focus, c.number + 1)})"

    def _counted(self, c: Constraint) -> Callable[[str], str]:
        def held(value: str) -> str:
            siblings = [f"(!{self.conforms(sibling, value)})" for sibling in c.siblings]
            return _and([self.conforms(c.shapes[0], value), *siblings])

        return held

    def _qualified_min(self, c: Constraint, shape: Shape, focus: str) -> str:
        return self._at_least(shape, focus, c.number, self._counted(c))

    def _qualified_max(self, c: Constraint, shape: Shape, focus: str) -> str:
        return f"(!{self._at_least(shape, focus, c.number + 1, self._counted(c))})"

    def _unique_lang(self, c: Constraint, shape: Shape, focus: str) -> str:
        return f"NOT EXISTS {{ {self._too_many(c, shape, focus)} }}"

    def _has_value(self, c: Constraint, shape: Shape, focus: str) -> str:
        if shape.path is None:
            return f"sameTerm({focus}, {c.terms[0]})"
        return f"EXISTS {{ {self._step(shape, focus, str(c.terms[0]))} }}"

    def _equals(self, c: Constraint, shape: Shape, focus: str) -> str:
        return _and([condition for condition, _, _ in self._equal(c, shape, focus)])

    def _equal(self, c: Constraint, shape: Shape, focus: str) -> list[tuple[str, str, str]]:
        """Two conditions: no value is missing, none is too many; each with the pattern that breaks it and its variable."""
        predicate, value, other = c.terms[0], self._new(), self._new()
        pair, paired = f"{focus} <{predicate}> {value} .", f"{focus} <{predicate}> {other} ."
        if shape.path is None:
            itself = f"EXISTS {{ {focus} <{predicate}> {focus} }}"
            more = f"{paired} FILTER (!sameTerm({other}, {focus}))"
            return [(itself, f"FILTER (!({itself}))", focus), (f"NOT EXISTS {{ {more} }}", more, other)]
        missing = f"{self._step(shape, focus, value)} FILTER NOT EXISTS {{ {pair} }}"
        more = f"{paired} FILTER NOT EXISTS {{ {self._step(shape, focus, other)} }}"
        return [(f"NOT EXISTS {{ {missing} }}", missing, value), (f"NOT EXISTS {{ {more} }}", more, other)]

    # --------------------------------------------------------------------------------------------------------- details

    def _details(self, shape: Shape, focus: str, before: str, nested: bool) -> Iterator[Detail]:
        """Queries for what the reference reports of a shape: also of those that sh:property and sh:node lead to."""
        _refuse_inner_sparql(shape)
        for c in shape.constraints:
            if c.component == "SPARQL":
                yield Detail(shape, c, f"{before} {c.text.replace(THIS, focus)}", focus, nested=nested)
                continue
            if c.component in ("Closed", "Equals"):
                yield from self._with_values(c, shape, focus, before, nested)
                continue
            if c.component in ("MaxCount", "UniqueLang"):
                yield Detail(shape, c, f"{before} {self._too_many(c, shape, focus)}", focus, nested=nested)
                continue
            if c.component in _OF_ALL:
                held = getattr(self, _OF_ALL[c.component])(c, shape, focus)
                yield Detail(shape, c, f"{before} FILTER (!({held}))", focus, nested=nested)
                continue
            value = focus if shape.path is None else self._new()
            step = "" if shape.path is None else self._step(shape, focus, value)
            if c.component != "Property":
                body = f"{before} {step} FILTER (!{self.holds(c, focus, value)})"
                yield Detail(shape, c, body, focus, value, nested=nested)
            if c.component in ("Property", "Node"):
                inner = self._details(c.shapes[0], value, f"{before} {step}", nested or c.component == "Node")
                yield from inner

    def _with_values(self, c: Constraint, shape: Shape, focus: str, before: str, nested: bool) -> Iterator[Detail]:
        if c.component == "Equals":
            for _, broken, value in self._equal(c, shape, focus):
                yield Detail(shape, c, f"{before} {broken}", focus, value, nested=nested)
            return
        value = focus if shape.path is None else self._new()
        step = "" if shape.path is None else self._step(shape, focus, value)
        path, found = self._new(), self._new()
        body = f"{before} {step} {value} {path} {found} . FILTER ({self._foreign(c, path, found)})"
        yield Detail(shape, c, body, focus, found, path, nested=nested)


_OF_VALUES = {
    "Class": "_class", "Datatype": "_datatype", "NodeKind": "_node_kind", "MinExclusive": "_range", "MinInclusive": "_range",
    "MaxExclusive": "_range", "MaxInclusive": "_range", "Pattern": "_pattern", "MinLength": "_min_length",
    "MaxLength": "_max_length", "LanguageIn": "_language_in", "In": "_in", "And": "_and", "Or": "_or", "Not": "_not",
    "Xone": "_xone", "Node": "_conforming", "Property": "_conforming", "Disjoint": "_disjoint", "LessThan": "_less",
    "LessThanOrEquals": "_less", "Closed": "_closed",
}  # fmt: skip
_OF_ALL = {
    "MinCount": "_min_count", "MaxCount": "_max_count", "UniqueLang": "_unique_lang", "HasValue": "_has_value",
    "Equals": "_equals", "QualifiedMinCount": "_qualified_min", "QualifiedMaxCount": "_qualified_max",
}  # fmt: skip


def _led(body: str, targets: Targets) -> bool:
    """Whether a body begins with a triple of a node with one of the predicates that make a node a target."""
    first = _FIRST.match(body)
    return first is not None and first[2] in (targets.objects_of if first[1] else targets.subjects_of)


def _and(parts: list[str]) -> str:
    return f"({' && '.join(parts)})" if parts else "(true)"


def _all(shape: Shape) -> Iterator[Shape]:
    yield shape
    for c in shape.constraints:
        for inner in (*c.shapes, *c.siblings):
            yield from _all(inner)


def _has_sparql(shape: Shape) -> bool:
    return any(c.component == "SPARQL" for inner in _all(shape) for c in inner.constraints)


def _refuse_inner_sparql(shape: Shape) -> None:
    """Queries are run for what is reported; a shape whose conformance alone counts is an expression, and holds none."""
    for c in shape.constraints:
        if c.component not in ("Property", "SPARQL") and any(_has_sparql(s) for s in (*c.shapes, *c.siblings)):
            raise UnknownConstruct(f"sh:sparql within sh:{c.component[0].lower()}{c.component[1:]}")
