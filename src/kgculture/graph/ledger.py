"""How many articles say what of a thing, so that what nobody says any more can go from the default graph, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kgculture.graph.default import known
from kgculture.graph.scope import is_place

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from kgculture.graph.default import Saying

SCHEMA = """
CREATE TABLE said (what TEXT, key TEXT, value TEXT, n INTEGER NOT NULL, PRIMARY KEY (what, key, value)) WITHOUT ROWID;
"""
_FLIPPED = """
CREATE TEMP TABLE IF NOT EXISTS flipped (what TEXT, key TEXT, value TEXT, PRIMARY KEY (what, key, value)) WITHOUT ROWID;
"""


class Ledger:
    """Counts sayings. `flipped` are those that came or went since the tables were opened.

    Of "known" the key is the IRI of a place or topic, the value what article speak of it or of what lies in it. Of "merge" the key is
    a thing, the value a rule.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        connection.executescript(_FLIPPED)

    @staticmethod
    def create(connection: sqlite3.Connection) -> None:
        connection.executescript(SCHEMA)

    def count(self, before: Iterable[Saying], now: Iterable[Saying]) -> None:
        """An article says something else than before."""
        old, new = set(before), set(now)
        for saying in old - new:
            self.add(saying, -1)
        for saying in new - old:
            self.add(saying, 1)

    def add(self, saying: Saying, number: int) -> None:
        (n,) = self._db.execute(
            "INSERT INTO said VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n RETURNING n",
            (*saying, number),
        ).fetchone()
        if n == 0:
            self._db.execute("DELETE FROM said WHERE what = ? AND key = ? AND value = ?", saying)
        if (n == 0) != (n - number == 0):
            self._db.execute("INSERT OR IGNORE INTO flipped VALUES (?, ?, ?)", saying)
            self._spread(saying, 1 if n else -1)

    def _spread(self, saying: Saying, sign: int) -> None:
        """A place or topic that articles begin to speak of brings what is known of it, and of what it lies in."""
        what, key, _ = saying
        if what == "topic" or (what == "thing" and is_place(key)):
            for node in known(what, key):
                self.add(("known", node, f"{what} {key}"), sign)

    def number(self, saying: Saying) -> int:
        row = self._db.execute("SELECT n FROM said WHERE what = ? AND key = ? AND value = ?", saying).fetchone()
        return int(row[0]) if row else 0

    def values(self, key: str) -> dict[str, list[str]]:
        """All that is said of a thing by which something is decided."""
        found: dict[str, list[str]] = defaultdict(list)
        for what in ("status", "ministerial", "span"):
            for (value,) in self._db.execute("SELECT value FROM said WHERE what = ? AND key = ?", (what, key)):
                found[what].append(value)
        return found

    def told(self, name: str) -> bool:
        """Whether an article speaks of a thing."""
        return self.number(("thing", name, "")) > 0

    def sources(self, node: str) -> list[tuple[str, str]]:
        """(what, key) by which something is known of a place or topic."""
        rows = self._db.execute("SELECT value FROM said WHERE what = 'known' AND key = ?", (node,))
        return [(what, key) for (value,) in rows for what, _, key in [value.partition(" ")]]

    def flipped(self, what: str) -> Iterator[tuple[str, str]]:
        """(key, value) of the sayings that came or went, perhaps to come back."""
        yield from self._db.execute(
            "SELECT key, value FROM flipped WHERE what = ? ORDER BY key, value", (what,)
        ).fetchall()
