"""Resolution: which records of many articles are one thing. `resolve` is a pure function of the set of articles."""

from kgculture.resolve.core import resolve

__all__ = ["resolve"]
