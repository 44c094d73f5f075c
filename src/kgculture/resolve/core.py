"""Resolution of as many articles as fit in memory: an index from nothing, in one step."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from kgculture.errors import DuplicateArticle
from kgculture.resolve.index import Index
from kgculture.resolve.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgculture.model import ArticleFacts, Resolution


def resolve(facts: Iterable[ArticleFacts]) -> Resolution:
    """Says which records of a set of articles are one thing, and names the things.

    A pure function of the set: neither the order of the articles nor a repeated one changes anything. Gives every local
    ref, fact id and place of every article a canonical name. Raises DuplicateArticle where two texts claim one identifier,
    KgcultureError where a fact names what its article does not list.
    """
    by_id: dict[str, ArticleFacts] = {}
    for one in facts:
        known = by_id.setdefault(one.article.id, one)
        if known is not one and known != one:
            raise DuplicateArticle(f"{one.article.id}: two different articles have this identifier")
    listed = [by_id[i] for i in sorted(by_id)]
    connection = sqlite3.connect(":memory:")
    try:
        Index.create(connection)
        Index(connection, by_id.get).update(listed)
        return Lookup(connection).resolution(listed)
    finally:
        connection.close()
