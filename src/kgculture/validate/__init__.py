"""SHACL: shapes over one article's graph decide what is withheld; shapes over all articles warn."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from kgculture.resources import folder
from kgculture.validate.files import default_part, union_part
from kgculture.validate.report import order, read_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode, Quad, Store

    from kgculture.model import Violation
    from kgculture.validate.engine import Judge

__all__ = [
    "check_article",
    "check_articles",
    "check_files",
    "check_store",
    "check_union",
    "check_with",
    "default_part",
    "order",
    "read_shapes",
    "shapes_digest",
    "union_part",
]


def check_article(quads: Iterable[Quad]) -> list[Violation]:
    """What `shapes/article.ttl` says of one article: its named graph together with its context (`graph.context_quads`).

    Each violation names the article and, where it can be told, the Report that must be withheld for it: the focus itself,
    the Reports of a thing, or those that rest on a passage; one violation per Report. Sorted.
    """
    return check_articles([quads])[0]


def check_articles(parts: Iterable[Iterable[Quad]]) -> list[list[Violation]]:
    """The same for several articles, each with what is said of it. Together they take much less time than one by one."""
    listed = [list(part) for part in parts]
    found = _judge("article").parts(listed)
    return [read_findings(one, part, "article") for one, part in zip(found, listed, strict=True)]


def check_union(quads: Iterable[Quad] | Store, only: Iterable[NamedNode] | None = None) -> list[Violation]:
    """What `shapes/union.ttl` says of quads (`union_part`), or of the default graph of a store, where it is.

    All are warnings: they never withhold anything. `only`, with a store, are the nodes to be looked at: those that changed, and
    those that see the change (a shape reads a node's own triples, those that lead to it, and what these lead to).
    """
    from pyoxigraph import Store

    judge = _judge("union")
    if isinstance(quads, Store):
        return read_findings(judge.store(quads, only=only), (), "union")
    return read_findings(judge.parts([quads])[0], (), "union")


def check_files(paths: Iterable[Path]) -> list[Violation]:
    """Checks files of RDF (Turtle, TriG, N-Quads, N-Triples, JSON-LD, RDF/XML) against both sets of shapes.

    Named graphs that are articles' are checked one by one, together with the default graph's triples about the nodes that
    they name; the default graph is checked as a whole. Raises InputError for a file that cannot be read or parsed.
    """
    from kgculture.validate.files import read_files

    return check_store(read_files(paths))


def check_store(store: Store, texts: Mapping[str, str] | None = None) -> list[Violation]:
    """The same for a dataset in a pyoxigraph Store. `texts`, by the articles' identifiers, let quotes be compared."""
    from itertools import islice

    from kgculture.validate.files import article_parts

    found: list[Violation] = []
    parts = article_parts(store, texts or {})
    while batch := list(islice(parts, 32)):
        for one in check_articles(batch):
            found += one
    found += check_union(union_part(store))
    return sorted(found, key=order)


def check_with(shapes: Path, store: Store) -> list[Violation]:
    """What other shapes, in a file, say of a dataset: of all its graphs as one. Sorted.

    Shapes with a construct that is not compiled go to pyshacl. Raises InputError for a file that cannot be read, KgcultureError
    where pyshacl fails on the shapes or the data.
    """
    return read_findings(read_shapes(shapes).parts([store])[0], (), "own")


@cache
def shapes_digest() -> str:
    """SHA-256 of the shapes: a verdict holds as long as they stay as they are."""
    found = hashlib.sha256()
    for path in sorted(folder("shapes").glob("*.ttl")):
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def _judge(name: str) -> Judge:
    return read_shapes(folder("shapes") / f"{name}.ttl")


def read_shapes(path: Path) -> Judge:
    """The shapes in a file (Turtle or another format of RDF). Raises InputError that names a file which cannot be read."""
    from kgculture.validate.engine import Judge
    from kgculture.validate.files import parse_file

    triples, prefixes = parse_file(path)
    return Judge(triples, prefixes)
