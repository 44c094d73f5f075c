"""What a generation keeps beside the triples: articles with their facts, verdicts, what was withheld. One SQLite file."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from kgculture.errors import StoreError

# the model and its codec are imported where articles are read or written: a query needs neither
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kgculture.model import Article, ArticleFacts, Violation

T = TypeVar("T")
#: raise it whenever a store written before cannot be read any more
FORMAT = 1

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (id TEXT PRIMARY KEY, path TEXT, digest TEXT NOT NULL, extractor TEXT NOT NULL,
                      article TEXT NOT NULL, facts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE violation (article TEXT, violation TEXT NOT NULL);
CREATE TABLE verdict (digest TEXT PRIMARY KEY, violations TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as the store has it: where it was read from, the digest of what was read, who extracted its facts."""

    id: str
    path: str | None
    digest: str
    extractor: str


class Records:
    """The records of one generation, to read; `create` makes those of a new one, to write."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Records:
        """Raises StoreError for a file that is missing, damaged or of another format."""
        try:
            db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            found = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"{path}: the store is damaged: {error}", "build it anew from the articles") from error
        if found is None or found[0] != str(FORMAT):
            raise StoreError(
                f"{path}: the store has format {found[0] if found else 'none'}, this kgculture reads {FORMAT}",
                "build it anew from the articles",
            )
        return cls(db, path)

    @classmethod
    def create(cls, path: Path) -> Records:
        db = sqlite3.connect(path)
        # nobody reads the file before the whole generation is in place, so no journal is needed
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        db.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
        return cls(db, path)

    def close(self) -> None:
        self._db.commit()
        self._db.close()

    # --------------------------------------------------------------------------------------------------------- read

    def meta(self, key: str) -> str | None:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else None

    def entries(self) -> Iterator[Entry]:
        """All articles by identifier, without their texts."""
        for row in self._db.execute("SELECT id, path, digest, extractor FROM article ORDER BY id"):
            yield Entry(*row)

    def count(self) -> int:
        """How many articles there are."""
        return int(self._db.execute("SELECT count(*) FROM article").fetchone()[0])

    def entry(self, identifier: str) -> Entry | None:
        row = self._db.execute("SELECT id, path, digest, extractor FROM article WHERE id = ?", (identifier,)).fetchone()
        return Entry(*row) if row else None

    def articles(self) -> Iterator[Article]:
        for (text,) in self._db.execute("SELECT article FROM article ORDER BY id"):
            yield self._article(json.loads(text))

    def article(self, identifier: str) -> Article | None:
        row = self._db.execute("SELECT article FROM article WHERE id = ?", (identifier,)).fetchone()
        return self._article(json.loads(row[0])) if row else None

    def _article(self, plain: Any) -> Article:
        from kgculture.model import Article

        return self._load(Article, plain)

    def facts(self) -> Iterator[ArticleFacts]:
        """The facts of all articles, by identifier."""
        for article, facts, extractor in self._db.execute("SELECT article, facts, extractor FROM article ORDER BY id"):
            yield self._facts(article, facts, extractor)

    def facts_of(self, identifier: str) -> ArticleFacts | None:
        row = self._db.execute("SELECT article, facts, extractor FROM article WHERE id = ?", (identifier,)).fetchone()
        return self._facts(*row) if row else None

    def _facts(self, article: str, facts: str, extractor: str) -> ArticleFacts:
        from kgculture.model import ArticleFacts

        plain = {**json.loads(facts), "article": json.loads(article), "extractor": extractor}
        return self._load(ArticleFacts, plain)

    def _load(self, cls: type[T], plain: Any) -> T:
        from kgculture.store.codec import decode

        try:
            return decode(cls, plain)
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(
                f"{self._path}: the store is damaged: {error}", "build it anew from the articles"
            ) from error

    def violations(self) -> Iterator[Violation]:
        """What was withheld, and warnings, in the order in which they were put."""
        for (text,) in self._db.execute("SELECT violation FROM violation ORDER BY rowid"):
            yield self._violation(json.loads(text))

    def _violation(self, plain: Any) -> Violation:
        from kgculture.model import Violation

        return self._load(Violation, plain)

    def verdict(self, key: str) -> tuple[Violation, ...] | None:
        """What the shapes said of a graph with this digest, if they were asked."""
        row = self._db.execute("SELECT violations FROM verdict WHERE digest = ?", (key,)).fetchone()
        return tuple(self._violation(plain) for plain in json.loads(row[0])) if row else None

    # -------------------------------------------------------------------------------------------------------- write

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def put(self, facts: ArticleFacts, path: str | None) -> None:
        """Keeps an article and its facts; what stood under its identifier goes."""
        from kgculture.store.codec import digest, encode, to_json

        told = encode(facts)  # the article is kept once, in a column of its own
        del told["article"]
        told.pop("extractor", None)
        self._db.execute(
            "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?)",
            (facts.article.id, path, digest(facts.article), facts.extractor, to_json(facts.article), to_json(told)),
        )

    def copy(self, old: Records, identifiers: Iterable[str]) -> None:
        """Takes articles over from an older generation as they are."""
        for identifier in identifiers:
            row = old._db.execute("SELECT * FROM article WHERE id = ?", (identifier,)).fetchone()
            self._db.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)", row)

    def put_violations(self, violations: Iterable[Violation]) -> None:
        from kgculture.store.codec import to_json

        rows = ((v.article, to_json(v)) for v in violations)
        self._db.executemany("INSERT INTO violation VALUES (?, ?)", rows)

    def put_verdict(self, key: str, violations: tuple[Violation, ...]) -> None:
        from kgculture.store.codec import to_json

        self._db.execute("INSERT OR REPLACE INTO verdict VALUES (?, ?)", (key, to_json(violations)))
