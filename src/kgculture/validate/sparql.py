"""sh:sparql: queries that can run for all focus nodes at once and say the same on every engine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, Store

from kgculture import terms
from kgculture.validate.paths import UnknownConstruct
from kgculture.validate.shapes import SH, Constraint, messages

if TYPE_CHECKING:
    from kgculture.validate.paths import Path
    from kgculture.validate.shapes import ShapesGraph

#: all words that a query may hold: with these, one query for all focus nodes gives what a query for each of them would
_WORDS = frozenset(
    ("SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "BIND", "AS", "NOT", "EXISTS", "IF", "BOUND", "STR", "LANG", "DATATYPE",
     "STRLEN", "SUBSTR", "UCASE", "LCASE", "STRSTARTS", "STRENDS", "CONTAINS", "STRBEFORE", "STRAFTER", "CONCAT", "ISIRI",
     "ISLITERAL", "SAMETERM", "A", "TRUE", "FALSE")
)  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*) | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*') | (?P<iri><[^<>"{}|^`\\\s]*>)
    | (?P<variable>[?$]\w+) | (?P<name>[A-Za-z][\w.-]*)?:(?P<local>[\w.-]*\w)? | (?P<tag>@[A-Za-z-]+)
    | (?P<number>\d+(?:\.\d+)?) | (?P<word>[A-Za-z]\w*) | (?P<sign>\^\^|&&|\|\||!=|<=|>=|[{}().;,=<>!+\-*/|^])""",
    re.VERBOSE,
)
_PREFIXES = {name: terms.PREFIXES[name] for name in ("rdf", "rdfs", "owl")}
#: how a compiled query calls the focus node; names that begin so are the compiler's
THIS = "?_this"


def read_select(graph: ShapesGraph, node: Any, path: Path | None) -> Constraint | None:
    """A constraint whose `text` is the inside of the query's WHERE, with THIS for $this; None if it is deactivated.

    Raises UnknownConstruct for a query that says, or could say, something else when it runs for many focus nodes together.
    """
    off = graph.one(node, "deactivated")
    if off not in (None, Literal(True), Literal(False)):
        raise UnknownConstruct("sh:deactivated that is neither true nor false")
    select = graph.one(node, "select")
    if not isinstance(select, Literal):
        raise UnknownConstruct("sh:sparql without sh:select")
    known = {SH + name for name in ("select", "message", "prefixes", "deactivated", "severity")}
    known.add(terms.PREFIXES["rdf"] + "type")
    if not known.issuperset(graph.predicates(node)):
        raise UnknownConstruct("sh:sparql with more than sh:select")
    body, projected = _inside(select.value, _prefixes(graph, node))
    return (
        None
        if off == Literal(True)
        else Constraint("SPARQL", text=body, variables=projected, messages=messages(graph, node))
    )


def _prefixes(graph: ShapesGraph, node: Any) -> dict[str, str]:
    found: dict[str, set[str]] = {name: {space} for name, space in _PREFIXES.items()}
    ontologies = graph.instances(terms.PREFIXES["owl"] + "Ontology")
    for source in graph.objects(node, "prefixes"):
        declared = graph.objects(source, "declare")
        if not declared or source not in ontologies:  # then the reference takes those of all ontologies
            declared += [one for ontology in ontologies for one in graph.objects(ontology, "declare")]
        for one in declared:
            prefix, space = graph.one(one, "prefix"), graph.one(one, "namespace")
            if not isinstance(prefix, Literal) or not isinstance(space, Literal):
                raise UnknownConstruct("sh:declare that is not well-formed")
            found.setdefault(prefix.value, set()).add(space.value)
    if any(len(spaces) > 1 for spaces in found.values()):
        raise UnknownConstruct("a prefix that is declared twice")
    return {name: space for name, spaces in found.items() for space in spaces}


def _inside(text: str, prefixes: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """The inside of the braces, prefixes written out, and the variables that are selected."""
    tokens = [token for token in _tokens(text, prefixes) if token]
    words = [token.upper() for token in tokens]
    where = tokens.index("{") if "{" in tokens else len(tokens)
    head = [word for word in words[1:where] if word not in ("DISTINCT", "WHERE")]
    if not words or words[0] != "SELECT" or words.count("SELECT") > 1 or words.count("WHERE") > 1:
        raise UnknownConstruct("sh:select that is no plain SELECT")
    projected = tuple(token[1:] for token in tokens[1:where] if token.startswith("?"))
    if len(projected) != len(head) or "_this" not in projected or {"path", "failure"} & set(projected):
        raise UnknownConstruct("sh:select that does not give $this, or more than variables")
    inside = tokens[where + 1 : -1]
    if tokens[-1:] != ["}"] or not _groups(inside):
        raise UnknownConstruct("sh:select with groups that cannot be told apart")
    body = "".join(token if token == "(" else f" {token}" for token in inside)  # Oxigraph wants none before CONCAT's
    try:
        Store().query(f"SELECT * WHERE {{ ?_this ?_p ?_o . {body} }}")
    except (SyntaxError, ValueError) as error:
        raise UnknownConstruct(f"sh:select that is no SPARQL: {error}") from error
    return body, tuple(name for name in projected if name != "_this")


def _tokens(text: str, prefixes: dict[str, str]) -> list[str]:
    found, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise UnknownConstruct(f"sh:select with {text[place : place + 20].split()[0]}")
        place = match.end()
        token, kind = match.group(), match.lastgroup
        if kind == "space":
            continue
        if kind == "variable":
            token = "?" + token[1:]
            if token.startswith("?_") or token in ("?PATH", "?shapesGraph", "?currentShape"):
                raise UnknownConstruct(f"sh:select with {token}")
            token = THIS if token == "?this" else token
        elif kind == "word" and token.upper() not in _WORDS:
            raise UnknownConstruct(f"sh:select with {token}")
        elif kind in ("name", "local") or token == ":":
            prefix, _, local = token.partition(":")
            if prefix not in prefixes:
                raise UnknownConstruct(f"sh:select with the prefix {prefix}:, which is not declared")
            token = f"<{prefixes[prefix]}{local}>"
        found.append(token)
    return found


def _groups(tokens: list[str]) -> bool:
    """Whether all braces are those of OPTIONAL, at the top, and of EXISTS with nothing but triples and filters inside."""
    depth: list[str] = []
    words = [token.upper() for token in tokens]
    for place, word in enumerate(words):
        if word == "{":
            before = words[place - 1] if place else ""
            if before not in ("OPTIONAL", "EXISTS") or (before == "OPTIONAL" and depth):
                return False
            depth.append(before)
        elif word == "}":
            if not depth:
                return False
            depth.pop()
        elif word in ("BIND", "AS") and depth:
            return False
        elif word == THIS.upper() and place and words[place - 1] == "AS":
            return False
    return not depth
