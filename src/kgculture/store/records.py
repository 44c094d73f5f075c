"""What a generation keeps beside the triples: articles with their facts, verdicts, what was withheld.

One SQLite file, which each generation has for itself, and the articles in segments, which generations share.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from kgculture.errors import StoreError
from kgculture.store.segments import Segments

# the model and its codec are imported where articles are read or written: a query needs neither
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kgculture.model import Article, ArticleFacts, Violation

T = TypeVar("T")
#: raise it whenever a store written before cannot be read any more
FORMAT = 2

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (id TEXT PRIMARY KEY, path TEXT, digest TEXT NOT NULL, extractor TEXT NOT NULL,
                      segment INTEGER NOT NULL, start INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE violation (article TEXT, focus TEXT NOT NULL, violation TEXT NOT NULL);
CREATE INDEX violation_article ON violation (article);
CREATE INDEX violation_focus ON violation (focus) WHERE article IS NULL;
CREATE TABLE verdict (article TEXT, digest TEXT, violations TEXT NOT NULL, PRIMARY KEY (article, digest)) WITHOUT ROWID;
CREATE TABLE withheld (article TEXT PRIMARY KEY, refs TEXT NOT NULL) WITHOUT ROWID;
"""
_UPGRADE = "bring it up to date: kgculture build --refresh --store DIR"
_ANEW = "build it anew from the articles"


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as the store has it: where it was read from, the digest of what was read, who extracted its facts."""

    id: str
    path: str | None
    digest: str
    extractor: str


class Records:
    """The records of one generation, to read; `create` and `grow` make those of a new one, to write."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.database = connection
        self._db = connection
        self._path = path
        self._segments = Segments(path.parent / "articles")

    @classmethod
    def open(cls, path: Path) -> Records:
        """Raises StoreError for a file that is missing, damaged or of another format."""
        try:
            db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            found = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"{path}: the store is damaged: {error}", _ANEW) from error
        if found is None or found[0] != str(FORMAT):
            raise StoreError(
                f"{path}: the store has format {found[0] if found else 'none'}, this kgculture reads {FORMAT}",
                _UPGRADE if found and found[0].isdigit() and int(found[0]) < FORMAT else _ANEW,
            )
        return cls(db, path)

    @classmethod
    def create(cls, path: Path) -> Records:
        """Empty records in a new folder."""
        (path.parent / "articles").mkdir()
        db = _writable(path)
        db.executescript(_SCHEMA)
        db.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
        return cls(db, path)

    @classmethod
    def grow(cls, path: Path, old: Path) -> Records:
        """Records that begin as those of an older generation, which stays as it is. Articles are shared, the tables copied."""
        (path.parent / "articles").mkdir()
        shutil.copyfile(old, path)
        made = cls(_writable(path), path)
        made._segments.share(old.parent / "articles")
        return made

    def close(self) -> None:
        self._db.commit()
        self._db.close()
        self._segments.close()

    # --------------------------------------------------------------------------------------------------------- read

    def meta(self, key: str) -> str | None:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else None

    def entries(self) -> Iterator[Entry]:
        """All articles by identifier, without their texts."""
        for row in self._db.execute("SELECT id, path, digest, extractor FROM article ORDER BY id"):
            yield Entry(*row)

    def stale(self, extractor: str) -> Iterator[Entry]:
        """The articles whose facts another extractor made."""
        for row in self._db.execute(
            "SELECT id, path, digest, extractor FROM article WHERE extractor != ? ORDER BY id", (extractor,)
        ):
            yield Entry(*row)

    def count(self) -> int:
        """How many articles there are."""
        return int(self._db.execute("SELECT count(*) FROM article").fetchone()[0])

    def entry(self, identifier: str) -> Entry | None:
        row = self._db.execute("SELECT id, path, digest, extractor FROM article WHERE id = ?", (identifier,)).fetchone()
        return Entry(*row) if row else None

    def articles(self) -> Iterator[Article]:
        for extractor, *span in self._db.execute("SELECT extractor, segment, start, size FROM article ORDER BY id"):
            yield self._read(span, extractor).article

    def article(self, identifier: str) -> Article | None:
        facts = self.facts_of(identifier)
        return facts.article if facts is not None else None

    def facts(self) -> Iterator[ArticleFacts]:
        """The facts of all articles, by identifier."""
        for extractor, *span in self._db.execute("SELECT extractor, segment, start, size FROM article ORDER BY id"):
            yield self._read(span, extractor)

    def facts_of(self, identifier: str) -> ArticleFacts | None:
        row = self._db.execute(
            "SELECT extractor, segment, start, size FROM article WHERE id = ?", (identifier,)
        ).fetchone()
        return self._read(row[1:], row[0]) if row else None

    def _read(self, span: Sequence[int], extractor: str) -> ArticleFacts:
        from kgculture.model import ArticleFacts

        try:
            plain = json.loads(self._segments.read((span[0], span[1], span[2])))
        except (OSError, ValueError, zlib.error) as error:
            raise StoreError(f"{self._path}: the store is damaged: {error}", _ANEW) from error
        return self._load(ArticleFacts, {**plain, "extractor": extractor})

    def _load(self, cls: type[T], plain: Any) -> T:
        from kgculture.store.codec import decode

        try:
            return decode(cls, plain)
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{self._path}: the store is damaged: {error}", _ANEW) from error

    def violations(self) -> Iterator[Violation]:
        """What was withheld, and warnings, sorted by what they say."""
        from kgculture.model import Violation

        names = tuple(Violation.__dataclass_fields__)
        found = (self._violation(json.loads(text)) for (text,) in self._db.execute("SELECT violation FROM violation"))
        yield from sorted(found, key=lambda v: tuple(str(getattr(v, name) or "") for name in names))

    def _violation(self, plain: Any) -> Violation:
        from kgculture.model import Violation

        return self._load(Violation, plain)

    def verdict(self, article: str, key: str) -> tuple[Violation, ...] | None:
        """What the shapes said of an article's graph with this digest, if they were asked."""
        row = self._db.execute(
            "SELECT violations FROM verdict WHERE article = ? AND digest = ?", (article, key)
        ).fetchone()
        return tuple(self._violation(plain) for plain in json.loads(row[0])) if row else None

    def withheld(self, article: str) -> frozenset[str]:
        """What of an article is not in the graph: ids of facts, references of entities, "" for all of it."""
        row = self._db.execute("SELECT refs FROM withheld WHERE article = ?", (article,)).fetchone()
        return frozenset(json.loads(row[0])) if row else frozenset()

    # -------------------------------------------------------------------------------------------------------- write

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def put(self, facts: ArticleFacts, path: str | None) -> None:
        """Keeps an article and its facts; what stood under its identifier goes."""
        from kgculture.store.codec import digest, encode, to_json

        told = encode(facts)
        told.pop("extractor", None)  # in a column of its own, by which stale articles are found
        span = self._segments.write(to_json(told))
        self._db.execute(
            "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?)",
            (facts.article.id, path, digest(facts.article), facts.extractor, *span),
        )

    def remove(self, identifier: str) -> None:
        """Forgets an article, and what was withheld or said of it."""
        self._db.execute("DELETE FROM article WHERE id = ?", (identifier,))
        self.clear(identifier)

    def take(self, old: Records) -> None:
        """Takes over all articles of an older generation as they are."""
        self._segments.share(old._path.parent / "articles")
        rows = old._db.execute("SELECT * FROM article")
        self._db.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def mark(self, identifier: str, extractor: str) -> None:
        """The facts of an article are also what another extractor makes."""
        self._db.execute("UPDATE article SET extractor = ? WHERE id = ?", (extractor, identifier))

    def tidy(self) -> None:
        """Takes small segments, and those of which little is in use, together with the new one."""
        sizes = self._segments.sizes()
        used = dict(self._db.execute("SELECT segment, sum(size) FROM article GROUP BY segment"))
        new = self._segments.newest()
        taken = {n for n, size in sizes.items() if n != new and 2 * used.get(n, 0) < size}
        mass = (sizes[new] if new is not None else 0) + sum(used.get(n, 0) for n in taken)
        for number in sorted((n for n in sizes if n not in taken and n != new), key=lambda n: sizes[n]):
            if sizes[number] > mass:
                break
            taken.add(number)
            mass += sizes[number]
        for number in sorted(taken):
            rows = self._db.execute("SELECT id, start, size FROM article WHERE segment = ?", (number,)).fetchall()
            for identifier, start, size in rows:
                span = self._segments.write_raw(self._segments.raw((number, start, size)))
                self._db.execute(
                    "UPDATE article SET segment = ?, start = ?, size = ? WHERE id = ?", (*span, identifier)
                )
            self._segments.remove(number)

    def clear(self, article: str) -> None:
        """Forgets what was withheld and said of an article, verdicts too."""
        for table in ("violation", "verdict", "withheld"):
            self._db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))

    def clear_union(self, focus: str) -> None:
        """Forgets what shapes over several articles said of a node."""
        self._db.execute("DELETE FROM violation WHERE article IS NULL AND focus = ?", (focus,))

    def put_violations(self, violations: Iterable[Violation]) -> None:
        from kgculture.store.codec import to_json

        rows = ((v.article, v.focus, to_json(v)) for v in violations)
        self._db.executemany("INSERT INTO violation VALUES (?, ?, ?)", rows)

    def put_verdict(self, article: str, key: str, violations: tuple[Violation, ...]) -> None:
        from kgculture.store.codec import to_json

        self._db.execute("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?)", (article, key, to_json(violations)))

    def put_withheld(self, article: str, refs: Iterable[str]) -> None:
        self._db.execute("INSERT OR REPLACE INTO withheld VALUES (?, ?)", (article, json.dumps(sorted(refs))))


def _writable(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    # nobody reads the file before the whole generation is in place, so no journal is needed
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;")
    return db
