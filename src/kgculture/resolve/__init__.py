"""Resolution: which records of many articles are one thing, a function of the set of articles.

`Index` does it on disk for a set that grows and changes, `resolve` in memory for one that is there at once: by the same code.
"""

from kgculture.resolve.core import resolve
from kgculture.resolve.index import Index
from kgculture.resolve.lookup import Lookup

__all__ = ["Index", "Lookup", "resolve"]
