"""SHACL: shapes over one article's graph decide what is withheld; shapes over all articles warn."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from kgculture.errors import InputError
from kgculture.resources import folder
from kgculture.validate.files import default_part, union_part
from kgculture.validate.report import order, read_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pyoxigraph import Quad, Store

    from kgculture.model import Violation

__all__ = [
    "check_article",
    "check_files",
    "check_store",
    "check_union",
    "default_part",
    "order",
    "shapes_digest",
    "union_part",
]


def check_article(quads: Iterable[Quad]) -> list[Violation]:
    """What `shapes/article.ttl` says of one article: its named graph together with its context (`graph.context_quads`).

    Each violation names the article and, where it can be told, the Report that must be withheld for it: the focus itself,
    the Reports of a thing, or those that rest on a passage; one violation per Report. Sorted.
    """
    quads = list(quads)
    return read_report(_run(quads, "article"), quads, "article")


def check_union(quads: Iterable[Quad]) -> list[Violation]:
    """What `shapes/union.ttl` says of the default graph (`default_part`), or of that with Reports and Evidence (`union_part`).

    All are warnings: they never withhold anything.
    """
    quads = list(quads)
    return read_report(_run(quads, "union"), quads, "union")


def check_files(paths: Iterable[Path]) -> list[Violation]:
    """Checks files of RDF (Turtle, TriG, N-Quads, N-Triples, JSON-LD, RDF/XML) against both sets of shapes.

    Named graphs that are articles' are checked one by one, together with the default graph's triples about the nodes that
    they name; the default graph is checked as a whole. Raises InputError for a file that cannot be read or parsed.
    """
    from kgculture.validate.files import read_files

    return check_store(read_files(paths))


def check_store(store: Store, texts: Mapping[str, str] | None = None) -> list[Violation]:
    """The same for a dataset in a pyoxigraph Store. `texts`, by the articles' identifiers, let quotes be compared."""
    from kgculture.validate.files import article_parts

    found: list[Violation] = []
    for part in article_parts(store, texts or {}):
        found += check_article(part)
    found += check_union(union_part(store))
    return sorted(found, key=order)


@cache
def shapes_digest() -> str:
    """SHA-256 of the shapes: a verdict holds as long as they stay as they are."""
    found = hashlib.sha256()
    for path in sorted(folder("shapes").glob("*.ttl")):
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def _shapes(name: str) -> Any:
    import rdflib

    path = folder("shapes") / f"{name}.ttl"
    try:
        return rdflib.Graph("SimpleMemory").parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise InputError(f"{path}: these shapes cannot be read: {error}") from error


def _run(quads: list[Quad], shapes: str) -> Any:
    """The results graph of pyshacl."""
    from pyshacl import validate

    from kgculture.validate.convert import to_rdflib

    _, results, _ = validate(to_rdflib(quads), shacl_graph=_shapes(shapes), inference="none", inplace=True)
    return results
