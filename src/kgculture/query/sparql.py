"""Runs SPARQL on a store, with the vocabulary's prefixes declared and parameters bound.

A parameter written `$name` in the text is replaced by its term before the query is parsed: the text that runs is plain SPARQL,
which every engine answers alike, and a constant can be looked up where a joined variable would be scanned. A parameter that
the text writes `?name` is bound by the engine instead, which asks that SELECT projects it.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kgculture.errors import QueryError
from kgculture.query.names import expand
from kgculture.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

XSD = PREFIXES["xsd"]
#: what of a query is not to be looked into: comments, IRIs, strings; and the variables
_TOKENS = re.compile(
    r"""
    (?P<skip> \#[^\n]* | <[^<>"{}|^`\\\s]*>
            | \"\"\"(?:\\.|[^\\])*?\"\"\" | '''(?:\\.|[^\\])*?'''
            | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
    | (?P<sign>[$?])(?P<name>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)


def term(value: Any) -> Any:
    """The RDF term for a Python value: a term as it is; an IRI or CURIE an IRI; date, int, float and bool typed; else a string."""
    from pyoxigraph import BlankNode, Literal, NamedNode

    if isinstance(value, NamedNode | Literal | BlankNode):
        return value
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return Literal(value.isoformat(), datatype=NamedNode(XSD + "date"))
    if isinstance(value, bool | int | float):
        return Literal(value)
    text = str(value)
    iri = expand(text)
    if iri is not None:
        return NamedNode(iri)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Literal(text, datatype=NamedNode(XSD + "date"))
    return Literal(text)


@lru_cache(maxsize=64)
def variables(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names written `$name` and those written `?name`, outside comments, IRIs and strings."""
    found: dict[str, set[str]] = {"$": set(), "?": set()}
    for match in _TOKENS.finditer(text):
        if match["name"]:
            found[match["sign"]].add(match["name"])
    return frozenset(found["$"]), frozenset(found["?"])


def bind(text: str, params: Mapping[str, Any]) -> str:
    """The query with every `$name` of `params` replaced by its term; other variables stay."""
    terms = {name: str(term(value)) for name, value in params.items()}

    def put(match: re.Match[str]) -> str:
        return terms.get(match["name"], match[0]) if match["sign"] == "$" else match[0]

    return _TOKENS.sub(put, text)


def run(store: Any, text: str, params: Mapping[str, Any] | None = None) -> Any:
    """The answer to a SELECT, ASK, CONSTRUCT or DESCRIBE as pyoxigraph gives it.

    `store` is a pyoxigraph.Store; `params` names of variables with their values, see `term`. Raises QueryError for a query
    that does not parse or run, and for a parameter that it has no use for.
    """
    from pyoxigraph import Variable

    given = dict(params or {})
    # most queries have no parameters: then nothing of the text needs to be looked at
    dollars, marks = variables(text) if given else (frozenset(), frozenset())
    for name in given:
        if name not in dollars | marks:
            raise QueryError(
                f"the query has no parameter {name!r}", "its parameters: " + (", ".join(sorted(dollars)) or "none")
            )
    bound = {Variable(name): term(value) for name, value in given.items() if name not in dollars}
    try:
        return store.query(bind(text, given) if given else text, prefixes=PREFIXES, substitutions=bound or None)
    except SyntaxError as error:
        raise QueryError(*_syntax(text, _line(error))) from error
    except (RuntimeError, ValueError, OSError) as error:
        hint = "write it $name to put its value into the text" if "projection" in str(error) else None
        raise QueryError(f"the query does not run: {_line(error)}", hint) from error


def _syntax(text: str, told: str) -> tuple[str, str | None]:
    """The message and hint for a query that does not parse, of what the parser told: the place and what stands there."""
    found = re.search(r"at (\d+):(\d+): expected (?:one of )?(.*)", told)
    if not text.strip():
        return "the query is empty", None
    if found is None:
        return f"the query does not parse: {told}", None
    line, column = int(found[1]), int(found[2])
    place = f"line {line}, column {column}"
    if "Prefix not found" in told:
        used = [
            prefix for prefix in re.findall(r"(?<![\w<\"'])([A-Za-z][\w.-]*):(?!/)", text) if prefix not in PREFIXES
        ]
        which = next((prefix for prefix in used if not re.search(rf"(?i)\bprefix\s+{re.escape(prefix)}:", text)), None)
        if which is not None:
            return f"the prefix {which}: is not declared ({place})", "declared are " + ", ".join(sorted(PREFIXES))
    # the list of all that might stand there is long and names rules of the grammar: what does stand there says more
    rest = text.splitlines()[line - 1 :]
    left = " ".join("\n".join([rest[0][column - 1 :], *rest[1:]]).split()) if rest else ""
    before = rest[0][: column - 1].rpartition(" ")[2] if rest else ""
    near = before + left if left else ""
    what = f"near {near[:40]!r}" if near else "it ends too early"
    return f"the query does not parse at {place}: {what}", None


def _line(error: Exception) -> str:
    return " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
