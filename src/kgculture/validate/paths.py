"""Property paths of SHACL as paths of SPARQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode

from kgculture import terms

if TYPE_CHECKING:
    from kgculture.validate.shapes import ShapesGraph

#: the reference follows no deeper path, and counts each member of a list as a step
_DEEPEST = 8
_KINDS = {"inversePath": "^", "alternativePath": "|", "zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


class UnknownConstruct(Exception):
    """A construct that is not compiled. The whole shape goes to the reference."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path as SPARQL writes it. `iri` is what a result names: only a predicate has a name."""

    text: str
    iri: str | None
    may_be_empty: bool


def read_path(graph: ShapesGraph, node: Any) -> Path:
    """The path that a node of a shapes graph stands for. Raises UnknownConstruct."""
    part = _part(graph, node, 0)
    return Path(part.text, node.value if isinstance(node, NamedNode) else None, part.may_be_empty)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    may_be_empty: bool = False
    in_sequence: bool = False


def _part(graph: ShapesGraph, node: Any, depth: int) -> _Part:
    if isinstance(node, NamedNode):
        return _Part(f"<{node.value}>")
    if not isinstance(node, BlankNode) or depth > _DEEPEST:
        raise UnknownConstruct("a path that is not well-formed")
    kinds = [kind for kind in _KINDS if graph.objects(node, kind)]
    is_list = bool(graph.objects(node, terms.PREFIXES["rdf"] + "first"))
    if len(kinds) + is_list != 1 or len(graph.predicates(node)) != (2 if is_list else 1):
        raise UnknownConstruct("a path that is not well-formed")
    if is_list:
        parts = _parts(graph, node, depth)
        return _Part(f"({'/'.join(p.text for p in parts)})", all(p.may_be_empty for p in parts), True)
    (kind,) = kinds
    value = graph.one(node, kind)
    if kind == "alternativePath":
        parts = _parts(graph, value, depth)
        empty, sequence = any(p.may_be_empty for p in parts), any(p.in_sequence for p in parts)
        return _Part(f"({'|'.join(p.text for p in parts)})", empty, sequence)
    part = _part(graph, value, depth + 1)
    if kind == "inversePath":
        if part.in_sequence:
            raise UnknownConstruct("the inverse of a sequence")  # the reference does not turn the order round
        return _Part(f"(^{part.text})", part.may_be_empty)
    return _Part(f"({part.text}{_KINDS[kind]})", part.may_be_empty or kind != "oneOrMorePath", part.in_sequence)


def _parts(graph: ShapesGraph, head: Any, depth: int) -> list[_Part]:
    nodes = graph.items(head)
    if len(nodes) < 2 or len(nodes) + depth > _DEEPEST:
        raise UnknownConstruct("a path of fewer than two parts, or of many")
    return [_part(graph, node, depth + place) for place, node in enumerate(nodes, 1)]
