"""Articles of a store in an older format, from which one of this format is made."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from kgculture.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgculture.model import ArticleFacts
    from kgculture.store.folder import Folder

#: in format 1 articles and facts stood in the table of articles
_FIRST = "1"


def upgraded(folder: Folder) -> Iterator[tuple[ArticleFacts, str | None]] | None:
    """(facts, path) of the articles of the current generation, if it is in an older format that can be read; else None."""
    path = folder.at(folder.current() or "") / "records.sqlite"
    if not path.is_file():
        return None
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        row = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except sqlite3.Error:
        row = None
    if row is None or row[0] != _FIRST:
        db.close()
        return None
    return _first(db)


def _first(db: sqlite3.Connection) -> Iterator[tuple[ArticleFacts, str | None]]:
    from kgculture.model import ArticleFacts
    from kgculture.store.codec import decode

    try:
        for path, extractor, article, facts in db.execute(
            "SELECT path, extractor, article, facts FROM article ORDER BY id"
        ):
            yield (
                decode(ArticleFacts, {**json.loads(facts), "article": json.loads(article), "extractor": extractor}),
                path,
            )
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"the store is damaged: {error}", "build it anew from the articles") from error
    finally:
        db.close()
