"""An index of names beside the triples, so that a name is found without reading all names: one SQLite file per generation.

    labels.fill(path, triples)              writes the index of all names of a store
    with labels.writing(path) as index:     or keeps one up to date
        index.put([(iri, form), ...]); index.drop([iri, ...])
    labels.Labels.open(path)                reads it; None where there is none, and `query.names` then reads all names itself

What is kept is the folded form of each name (`names.fold`) and its words. A wish is matched word by word: the word itself, the beginning
of a word, the inside of one; the words of all names together are few, so even the last needs no more than a millisecond or two.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

#: the index as a file of a generation
FILE = "labels.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS name (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (iri, folded));
CREATE TABLE IF NOT EXISTS word (word TEXT PRIMARY KEY, names INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS word_name (word TEXT NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (word, name)) WITHOUT ROWID;
"""
_CHUNK = 5000


class Labels:
    """The index. `lookup` and `all` read it, `put` and `drop` change it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def open(cls, path: Path) -> Labels | None:
        """None where there is no index, or one that cannot be read: names are then found without it."""
        if not path.is_file():
            return None
        try:
            db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            db.execute("SELECT 1 FROM word LIMIT 1").fetchone()
        except sqlite3.Error:
            return None
        return cls(db)

    def close(self) -> None:
        self._db.close()

    # --------------------------------------------------------------------------------------------------------- read

    def lookup(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(IRI, folded form) of all names in which each of these folded words stands, if only as a part of a word."""
        parts = [part for word in words for part in (word, word + "\U0010ffff", word, len(word))]
        one = (
            "SELECT name FROM word_name WHERE word IN (SELECT word FROM word WHERE word >= ? AND word < ? "
            "UNION SELECT word FROM word WHERE instr(word, ?) > 0 AND ? > 2)"
        )
        ids = " INTERSECT ".join([one] * len(words))
        yield from self._db.execute(f"SELECT iri, folded FROM name WHERE id IN ({ids})", parts)

    def all(self) -> Iterator[tuple[str, str]]:
        """(IRI, folded form) of all names."""
        yield from self._db.execute("SELECT iri, folded FROM name")

    # -------------------------------------------------------------------------------------------------------- write

    def put(self, rows: Iterable[tuple[str, str]]) -> None:
        """Adds names as (IRI, form as written); one that is there already stays."""
        from kgculture.query.names import fold

        todo = iter(rows)
        while chunk := list(islice(todo, _CHUNK)):
            for iri, form in chunk:
                folded = fold(form)
                added = self._db.execute("INSERT OR IGNORE INTO name (iri, folded) VALUES (?, ?)", (iri, folded))
                if not added.rowcount:
                    continue
                words = sorted(set(folded.split()))
                counted = "INSERT INTO word VALUES (?, 1) ON CONFLICT (word) DO UPDATE SET names = names + 1"
                self._db.executemany(counted, ((word,) for word in words))
                pairs = ((word, added.lastrowid) for word in words)
                self._db.executemany("INSERT INTO word_name VALUES (?, ?)", pairs)

    def drop(self, iris: Iterable[str]) -> None:
        """Removes all names of things."""
        for iri in iris:
            for number, folded in self._db.execute("SELECT id, folded FROM name WHERE iri = ?", (iri,)).fetchall():
                words = [(word,) for word in sorted(set(folded.split()))]
                self._db.executemany(
                    "DELETE FROM word_name WHERE word = ? AND name = ?", ((w, number) for (w,) in words)
                )
                self._db.executemany("UPDATE word SET names = names - 1 WHERE word = ?", words)
                self._db.executemany("DELETE FROM word WHERE word = ? AND names = 0", words)
            self._db.execute("DELETE FROM name WHERE iri = ?", (iri,))


@contextmanager
def writing(path: Path) -> Iterator[Labels]:
    """The index at `path` to change, made where there is none; what was changed is kept if nothing is raised."""
    db = sqlite3.connect(path)
    try:
        # nobody reads the file before the whole generation is in place
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        yield Labels(db)
        db.commit()
    finally:
        db.close()


def fill(path: Path, triples: Any) -> None:
    """Writes the index of all names that the default graph of a pyoxigraph Store gives."""
    from kgculture.query.names import forms

    with writing(path) as index:
        index.put(forms(triples))
