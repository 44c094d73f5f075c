"""The index of resolution: SQLite tables that hold, layer by layer, which records are one unit, and which units one thing.

source    articles, by number
unit      what nothing tells apart: a spelling of a person's name, a body as described, one Report; `n` mentions of it
mention   record (article, ref) -> unit, with the values that the record adds to the unit
value     what the mentions of a unit say of it besides: offices, forms of a name; with how many say so
shelf     units by key, in an order that depends on their content: only what stands near on a shelf is compared
link      pairs of units that may be one, with score and rule
doubt     pairs of units that might be one and are not joined
thing     what units that are one make: its name, and what was said of it
answer    full forms of names that things answer to: where two do, both are namesakes
alias     names that a thing claims besides its own
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

SCHEMA = """
CREATE TABLE source (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE unit (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key BLOB NOT NULL, content TEXT NOT NULL, n INTEGER NOT NULL,
                   least TEXT NOT NULL, shelves BLOB, component INTEGER, thing INTEGER, rules TEXT, signature INTEGER, host INTEGER,
                   UNIQUE (kind, key));
CREATE INDEX unit_thing ON unit (thing);
CREATE INDEX unit_signature ON unit (signature) WHERE signature IS NOT NULL;
CREATE INDEX unit_host ON unit (host) WHERE host IS NOT NULL;
CREATE TABLE mention (source INTEGER, kind TEXT, ref TEXT, unit INTEGER NOT NULL, vals TEXT,
                      PRIMARY KEY (source, kind, ref)) WITHOUT ROWID;
CREATE INDEX mention_unit ON mention (unit);
CREATE TABLE value (id INTEGER PRIMARY KEY, unit INTEGER NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL);
CREATE INDEX value_unit ON value (unit);
CREATE TABLE shelf (key INTEGER, place BLOB, unit INTEGER, PRIMARY KEY (key, place, unit)) WITHOUT ROWID;
CREATE TABLE link (a INTEGER, b INTEGER, near INTEGER NOT NULL, score REAL NOT NULL, rule TEXT NOT NULL,
                   PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX link_b ON link (b);
CREATE TABLE doubt (a INTEGER, b INTEGER, owner INTEGER, PRIMARY KEY (a, b, owner)) WITHOUT ROWID;
CREATE INDEX doubt_b ON doubt (b);
CREATE INDEX doubt_owner ON doubt (owner) WHERE owner != 0;
CREATE TABLE thing (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, name TEXT, wanted TEXT, least TEXT, info TEXT NOT NULL);
CREATE INDEX thing_name ON thing (name);
CREATE INDEX thing_wanted ON thing (wanted, kind);
CREATE TABLE answer (form TEXT, thing INTEGER, PRIMARY KEY (form, thing)) WITHOUT ROWID;
CREATE INDEX answer_thing ON answer (thing);
CREATE TABLE alias (alias TEXT, thing INTEGER, PRIMARY KEY (alias, thing)) WITHOUT ROWID;
CREATE INDEX alias_thing ON alias (thing);
"""
#: what changed since the index was opened: articles whose names changed (2) or only reasons for merges (1); names of things
TOUCHED = """
CREATE TEMP TABLE IF NOT EXISTS touched_source (id TEXT PRIMARY KEY, level INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS touched_name (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""
#: an SQL statement takes so many parameters at most
_MANY = 500


def dump(value: Any) -> str:
    """One line of JSON, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def key_of(*parts: object) -> int:
    """A shelf's key as a number of 64 bits."""
    found = hashlib.blake2b(repr(parts).encode(), digest_size=8).digest()
    return int.from_bytes(found, "big", signed=True)


def content_key(content: str) -> bytes:
    return hashlib.blake2b(content.encode(), digest_size=12).digest()


class Database:
    """The connection, and what several layers do with it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.run = connection.execute
        connection.executescript(TOUCHED)

    def one(self, sql: str, *parameters: Any) -> Any:
        """The first row, or None."""
        return self.run(sql, parameters).fetchone()

    def column(self, sql: str, *parameters: Any) -> list[Any]:
        return [row[0] for row in self.run(sql, parameters)]

    def among(self, sql: str, items: Iterable[Any], *parameters: Any) -> Iterator[Any]:
        """Rows of a query whose `{}` stands for a list of items."""
        listed = list(items)
        for start in range(0, len(listed), _MANY):
            part = listed[start : start + _MANY]
            yield from self.run(sql.format(",".join("?" * len(part))), (*parameters, *part)).fetchall()

    # ------------------------------------------------------------------------------------------------ what changed

    def touch_source(self, number: int, level: int) -> None:
        self.run(
            "INSERT INTO touched_source SELECT id, ?2 FROM source WHERE no = ?1 "
            "ON CONFLICT DO UPDATE SET level = max(level, excluded.level)",
            (number, level),
        )

    def touch_name(self, name: str | None) -> None:
        if name:
            self.run("INSERT OR IGNORE INTO touched_name VALUES (?)", (name,))

    def sources_of(self, unit: int) -> list[int]:
        """The numbers of the articles that mention a unit."""
        return self.column("SELECT DISTINCT source FROM mention WHERE unit = ?", unit)
