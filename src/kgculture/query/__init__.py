"""Asks the store: SPARQL with typed parameters, saved queries, and finding things by name."""

from __future__ import annotations

from kgculture.query.run import bind, run
from kgculture.query.saved import Parameter, SavedQuery, load, parse, saved

__all__ = ["Parameter", "SavedQuery", "bind", "load", "parse", "run", "saved"]
