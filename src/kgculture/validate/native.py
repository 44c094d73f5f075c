"""What SPARQL itself can tell of a value for sure, so that most values need no call of a function.

Each expression is true only where the function says true as well; where it is false or an error, the function decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kgculture.validate.shapes import XSD

if TYPE_CHECKING:
    from kgculture.validate.shapes import Constraint

_NUMBERS = (XSD + "integer", XSD + "decimal")
_YEARS = {"date": 10, "gYearMonth": 7, "gYear": 4}
#: patterns that mean the same in any dialect: plain characters, classes of such, anchors, groups, alternatives, quantifiers
_PORTABLE = re.compile(
    r"\^?(?:[\w :/#@=,;%&!<>~-]|\\\.|\.|\((?!\?)|\)|\||\[\^?(?:[\w.:/#?~@]|\w-\w)+-?\]|[*+?](?![*+?])|\{\d+(?:,\d*)?\}(?![*+?]))*\$?",
    re.ASCII,
)
_ORDERS = {"MinExclusive": ">", "MinInclusive": ">=", "MaxExclusive": "<", "MaxInclusive": "<="}
_PAIRS = {"LessThan": "<", "LessThanOrEquals": "<="}


def sure(constraint: Constraint, value: str, other: str = "") -> str:
    """An expression that is true where a value surely keeps a constraint; "" where SPARQL cannot tell."""
    if constraint.component == "Datatype":
        found = _datatype(constraint.terms[0], value)
    elif constraint.component == "Pattern":
        found = _pattern(constraint, value)
    elif constraint.component in _ORDERS:
        found = _range(constraint, value)
    else:
        found = _pair(_PAIRS[constraint.component], value, other)
    return f"COALESCE({found}, false)" if found else ""


def _datatype(datatype: str, value: str) -> str:
    own = f"DATATYPE({value}) = <{datatype}>"
    name = datatype.removeprefix(XSD)
    if not datatype.startswith(XSD):
        return ""
    if name == "string":
        return own
    if name == "boolean":
        return f"{own} && ({value} = true || {value} = false)"
    if datatype in _NUMBERS:
        return f"{own} && {value} - {value} = 0"  # an error where it is no number
    if name in _YEARS:
        return f"{own} && YEAR({value}) > 999 && STRLEN(STR({value})) = {_YEARS[name]}"
    return ""


def _pattern(constraint: Constraint, value: str) -> str:
    if constraint.variables or not _PORTABLE.fullmatch(constraint.text):
        return ""
    return f"!isBLANK({value}) && REGEX(STR({value}), {Literal(constraint.text)})"


def _range(constraint: Constraint, value: str) -> str:
    bound = constraint.terms[0]
    if bound.datatype.value not in _NUMBERS or not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", bound.value):
        return ""
    kinds = " || ".join(f"DATATYPE({value}) = <{kind}>" for kind in _NUMBERS)
    return f"({kinds}) && {value} {_ORDERS[constraint.component]} {bound}"


def _pair(order: str, value: str, other: str) -> str:
    kinds = [f"DATATYPE({one}) = <{XSD}integer>" for one in (value, other)]
    days = [f"DATATYPE({one}) = <{XSD}date> && STRLEN(STR({one})) = 10" for one in (value, other)]
    return f"(({' && '.join(kinds)}) || ({' && '.join(days)})) && {value} {order} {other}"
