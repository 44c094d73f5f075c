"""Whether two names mean one thing: names of persons, of bodies and places, titles of offices. Spellings are data: folding.yaml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    import yaml

    tables: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "folding.yaml").read_text(encoding="utf-8"))
    tables["letters"] = str.maketrans(tables["letters"])
    tables["marks"] = str.maketrans(tables["marks"])
    tables["small"] = frozenset(tables["small"])
    return tables


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Latin, lower case, no diacritics, spelling variants of transliterated names levelled."""
    tables = _tables()
    text = text.lower().translate(tables["letters"]).translate(tables["marks"])
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    for given, kept in tables["spellings"]:
        text = text.replace(given, kept)
    return re.sub(r"(.)\1", r"\1", text)


def alike(one: str, other: str, least: float = 80) -> bool:
    """Whether the words of one are nearly all among those of the other; `least` is of 100."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(fold(one), fold(other)) >= least


def name_alike(one: str, other: str) -> bool:
    """Two forms of a person's name: the surnames agree, and the given names do not contradict."""
    from rapidfuzz import fuzz

    x, y = fold(one).split(), fold(other).split()
    if not x or not y:
        return False
    if len(x) == 1 or len(y) == 1:
        return max(fuzz.ratio(x[-1], t) for t in y) >= 84 or max(fuzz.ratio(y[-1], t) for t in x) >= 84
    return fuzz.token_sort_ratio(" ".join(x), " ".join(y)) >= 80 or (
        fuzz.token_set_ratio(" ".join(x), " ".join(y)) >= 90 and min(len(x), len(y)) >= 2
    )


def title_alike(one: str, other: str) -> bool:
    """Two titles of an office: most of their content words agree ("Minister" is not "Minister of Culture")."""
    x, y = _title_words(one), _title_words(other)
    return bool(x and y) and _shared(x, y)[1] >= 0.6


def body_alike(one: str, other: str) -> bool:
    """One name of a body holds the other, or most words agree (the museums of two countries do not)."""
    x, y = _words(one, digits=True), _words(other, digits=True)
    hit, share = _shared(x, y)
    return bool(hit) and (share >= 0.6 or hit == min(len(x), len(y)) >= 2)


def kind(name: str) -> str:
    """A kind of agreement as it is compared: `Programme` -> `program`."""
    name = re.sub(r"[^a-z]", "", name.lower())
    for given, kept in _tables()["kinds"]:
        name = name.replace(given, kept)
    return name


@lru_cache(maxsize=4096)
def _title_words(title: str) -> frozenset[str]:
    for pattern, kept in _tables()["titles"]:
        title = re.sub(pattern, kept, title)
    return _words(title)


@lru_cache(maxsize=4096)
def _words(text: str, digits: bool = False) -> frozenset[str]:
    found = re.findall(r"[a-z0-9]+" if digits else r"[a-z]+", fold(text))
    small: frozenset[str] = _tables()["small"]
    return frozenset(found) - small


def _shared(x: Iterable[str], y: frozenset[str]) -> tuple[int, float]:
    """How many words of `x` have a like in `y`, and which share that is of all words of both."""
    from rapidfuzz import fuzz

    x = frozenset(x)
    hit = sum(max((fuzz.ratio(t, u) for u in y), default=0) >= 85 for t in x)
    return hit, hit / max(1, len(x) + len(y) - hit)
