"""What SPARQL cannot say of single values, said as pyshacl says it: datatypes, order, patterns.

Common forms are decided here; all else is given to rdflib and to pyshacl's own comparison, so that no verdict differs.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from kgculture import terms

if TYPE_CHECKING:
    from kgculture.validate.shapes import Constraint

SPACE = "urn:kgculture:shacl:"
XSD, RDF, RDFS = terms.PREFIXES["xsd"], terms.PREFIXES["rdf"], terms.PREFIXES["rdfs"]
_DATE, _DAY = XSD + "date", re.compile(r"[1-9]\d{3}-\d\d-\d\d", re.A)
_TRUE, _FALSE = Literal(True), Literal(False)
#: forms that any reading of the datatype accepts
_PLAIN = {
    XSD + "string": re.compile(r".*", re.S),
    XSD + "anyURI": re.compile(r"[a-z]+:[\w.~:/?#@!$&'()*+,;=%-]+", re.A),
    XSD + "integer": re.compile(r"-?\d{1,30}"),
    XSD + "decimal": re.compile(r"-?\d{1,30}(\.\d{1,30})?"),
    XSD + "boolean": re.compile(r"true|false"),
    XSD + "gYear": re.compile(r"[1-9]\d{3}"),
    XSD + "gYearMonth": re.compile(r"[1-9]\d{3}-(0[1-9]|1[0-2])"),
    XSD + "gMonthDay": re.compile(r"--(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"),
    XSD + "gMonth": re.compile(r"--(0[1-9]|1[0-2])"),
}
_ORDERS = {
    "MinExclusive": operator.gt,
    "MinInclusive": operator.ge,
    "MaxExclusive": operator.lt,
    "MaxInclusive": operator.le,
    "LessThan": operator.lt,
    "LessThanOrEquals": operator.le,
}


class Functions:
    """The functions that compiled queries call, by IRI. `gave_up` is set when the reference alone can tell, or must raise."""

    def __init__(self) -> None:
        self.gave_up = False
        self._constraints: list[Constraint] = []

    def number(self, constraint: Constraint) -> int:
        """What a query writes for a constraint: its terms reach the function as they stand in the shapes."""
        if constraint not in self._constraints:
            self._constraints.append(constraint)
        return self._constraints.index(constraint)

    def table(self) -> dict[NamedNode, Callable[..., Any]]:
        """For `custom_functions` of a query."""
        return {
            NamedNode(SPACE + name): self._guarded(function)
            for name, function in (
                ("datatype", self._datatype),
                ("range", self._range),
                ("pattern", self._pattern),
                ("less", self._less),
            )
        }

    def _guarded(self, function: Callable[..., bool]) -> Callable[..., Literal]:
        def call(*arguments: Any) -> Literal:
            try:
                return _TRUE if function(*arguments) else _FALSE
            except Exception:  # whatever it is, the reference meets it as well and says what it says
                self.gave_up = True
                return _TRUE

        return call

    def _datatype(self, value: Any, number: Any) -> bool:
        return isinstance(value, Literal) and _has_datatype(value, self._constraints[int(number.value)].terms[0])

    def _range(self, value: Any, number: Any) -> bool:
        constraint = self._constraints[int(number.value)]
        return isinstance(value, Literal) and _in_range(value, constraint.terms[0], constraint.component)

    def _pattern(self, value: Any, number: Any) -> bool:
        constraint = self._constraints[int(number.value)]
        if isinstance(value, BlankNode):
            return False
        return _compiled(constraint.text, constraint.variables).search(value.value) is not None

    def _less(self, value: Any, other: Any, number: Any) -> bool:
        return _less(value, other, self._constraints[int(number.value)].component)


def is_day(literal: Literal) -> bool:
    """Whether a literal is a day of the calendar with a year of four digits, and no time zone."""
    if not _DAY.fullmatch(literal.value):
        return False
    try:
        date.fromisoformat(literal.value)
    except ValueError:
        return False
    return True


@lru_cache(1000)
def _compiled(pattern: str, letters: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(pattern, sum((re.I if letter == "i" else re.M) for letter in letters))


@lru_cache(50_000)
def _has_datatype(literal: Literal, datatype: str) -> bool:
    own = literal.datatype.value
    if own == datatype and (
        is_day(literal) if datatype == _DATE else datatype in _PLAIN and _PLAIN[datatype].fullmatch(literal.value)
    ):
        return True
    if datatype in (RDFS + "Literal", RDFS + "Datatype") or own == datatype:
        return _reference_datatype(literal, datatype)
    return False


def _reference_datatype(literal: Literal, datatype: str) -> bool:
    import rdflib
    from pyshacl.constraints.core.value_constraints import DatatypeConstraintComponent

    from kgculture.validate.convert import rdflib_term

    value, rule = rdflib_term(literal), rdflib.URIRef(datatype)
    if value.datatype == rule:
        if getattr(value, "ill_typed", None) is True:
            return False
    elif rule == rdflib.RDFS.Literal or (rule == rdflib.RDFS.Datatype and value.datatype):
        return True
    elif not (rule == rdflib.XSD.string and value.datatype is None and value.language is None) and not (
        rule == rdflib.RDF.langString and value.language
    ):
        return False
    holds: Any = DatatypeConstraintComponent._assert_actual_datatype
    return bool(holds(None, value, rule))


def _amount(term: Literal) -> Any:
    """A number or a day that compares as such, or None."""
    datatype = term.datatype.value
    if datatype in (XSD + "integer", XSD + "decimal") and _PLAIN[datatype].fullmatch(term.value):
        return Decimal(term.value)
    return None


@lru_cache(50_000)
def _in_range(value: Literal, bound: Literal, component: str) -> bool:
    order = _ORDERS[component]
    one, other = _amount(value), _amount(bound)
    if one is not None and other is not None:
        return bool(order(one, other))
    from pyshacl.rdfutil import compare

    from kgculture.validate.convert import rdflib_term

    left, right = rdflib_term(value), rdflib_term(bound)
    if isinstance(left.value, str) != isinstance(right.value, str):
        return False
    try:
        compared: Any = compare.compare_literal
        return bool(order(compared(left, right), 0))
    except (TypeError, NotImplementedError):
        return False


@lru_cache(50_000)
def _less(value: Any, other: Any, component: str) -> bool:
    order = _ORDERS[component]
    if isinstance(value, Literal) and isinstance(other, Literal):
        one, two = _amount(value), _amount(other)
        if one is not None and two is not None:
            return bool(order(one, two))
        if value.datatype.value == other.datatype.value == _DATE and is_day(value) and is_day(other):
            return bool(order(value.value, other.value))
    if isinstance(value, BlankNode) or isinstance(other, BlankNode):
        raise TypeError("blank nodes have no order")
    left, right = _comparable(value), _comparable(other)
    if isinstance(left, _Text) != isinstance(right, _Text):
        return False
    return bool(order(left, right))


class _Text(str):
    """A text that stands for an IRI or a literal whose value is one."""


def _comparable(term: Any) -> Any:
    from kgculture.validate.convert import rdflib_term

    if isinstance(term, NamedNode):
        return _Text(term.value)
    literal = rdflib_term(term)
    return _Text(literal.value) if isinstance(literal.value, str) else literal
