"""Languages by code. A language is one module here and one folder in `kgculture/lexicon/`."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from kgculture.language.base import Language
from kgculture.language.detect import detect as detect

#: code -> module; the module has a function `load() -> Language`
MODULES = {"en": "english", "ru": "russian", "kk": "kazakh"}


@cache
def language(code: str) -> Language:
    """The language of that code. Raises KeyError for one that we do not know."""
    loaded: Language = import_module(f"kgculture.language.{MODULES[code]}").load()
    return loaded
