"""Asks the store: SPARQL with typed parameters, saved queries, and finding things by name.

run(store, text, params)    the answer to a query; see `query.sparql`
saved(), load(name)         the saved queries; see `query.stored`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgculture.query.sparql import bind, run
    from kgculture.query.stored import Parameter, SavedQuery, load, parse, saved

#: name -> module; imported when first asked for, so that finding a name does not cost what running a query costs
_PLACES = {
    **dict.fromkeys(("bind", "run"), "kgculture.query.sparql"),
    **dict.fromkeys(("Parameter", "SavedQuery", "load", "parse", "saved"), "kgculture.query.stored"),
}

__all__ = ["Parameter", "SavedQuery", "bind", "load", "parse", "run", "saved"]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'kgculture.query' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)
