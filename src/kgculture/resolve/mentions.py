"""Units of one kind and the records that mention them: what every layer starts from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgculture.resolve.database import content_key, dump

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgculture.resolve.database import Database


@dataclass(frozen=True, slots=True)
class Told:
    """One record of an article: the content of its unit, and values that it adds."""

    ref: str
    content: str
    values: tuple[str, ...] = ()


class Mentions:
    """Keeps the units of a kind. `fresh`, `flipped`, … say what changed since `forget_changes`.

    A unit is there as long as a record mentions it, a value as long as a record of the unit says it.
    """

    def __init__(self, db: Database, kind: str) -> None:
        self.db = db
        self.kind = kind
        self.forget_changes()

    def forget_changes(self) -> None:
        self.fresh: set[int] = set()
        self.emptied: set[int] = set()  # perhaps not for good: look at `n`
        self.flipped: set[int] = set()  # a value came or went
        self.least: set[int] = set()  # the least record is another
        self.counted: set[int] = set()  # one record became several, or the other way round
        self.stood: dict[int, set[int]] = {}  # article -> units that it mentions only now, or no longer

    def tell(self, number: int, identifier: str, told: Iterable[Told]) -> None:
        """Replaces an article's records of this kind."""
        run = self.db.run
        old = {
            ref: (unit, vals)
            for ref, unit, vals in run(
                "SELECT ref, unit, vals FROM mention WHERE source = ? AND kind = ?", (number, self.kind)
            ).fetchall()
        }
        for one in told:
            unit = self._unit(one.content, f"{identifier}\t{one.ref}")
            before = old.pop(one.ref, None)
            if before is not None and before[0] == unit and self._values(before[1]) == sorted(set(one.values)):
                continue
            if before is not None:
                self._leave(number, identifier, one.ref, *before, moving_to=unit)
            self._enter(number, identifier, one, unit, came_from=before[0] if before else None)
        for ref, (unit, vals) in old.items():
            self._leave(number, identifier, ref, unit, vals)

    def _unit(self, content: str, record: str) -> int:
        key = content_key(content)
        row = self.db.one("SELECT id FROM unit WHERE kind = ? AND key = ?", self.kind, key)
        if row is not None:
            return int(row[0])
        made = self.db.run(
            "INSERT INTO unit (kind, key, content, n, least) VALUES (?, ?, ?, 0, ?)", (self.kind, key, content, record)
        ).lastrowid
        assert made is not None
        self.fresh.add(made)
        return made

    def _values(self, vals: str | None) -> list[str]:
        if not vals:
            return []
        return sorted(row[0] for row in self.db.among("SELECT value FROM value WHERE id IN ({})", vals.split(",")))

    def _enter(self, number: int, identifier: str, one: Told, unit: int, came_from: int | None) -> None:
        run = self.db.run
        ids = []
        if one.values:
            known = {value: id_ for id_, value in run("SELECT id, value FROM value WHERE unit = ?", (unit,))}
            for value in sorted(set(one.values)):
                if value in known:
                    ids.append(known[value])
                    run("UPDATE value SET n = n + 1 WHERE id = ?", (known[value],))
                else:
                    ids.append(run("INSERT INTO value (unit, value, n) VALUES (?, ?, 1)", (unit, value)).lastrowid)
                    self.flipped.add(unit)
        run(
            "INSERT OR REPLACE INTO mention VALUES (?, ?, ?, ?, ?)",
            (number, self.kind, one.ref, unit, ",".join(map(str, ids)) or None),
        )
        if came_from == unit:
            return
        record = f"{identifier}\t{one.ref}"
        n, least = self.db.one("SELECT n, least FROM unit WHERE id = ?", unit)
        if n and record < least:
            self.least.add(unit)
        run("UPDATE unit SET n = n + 1, least = ? WHERE id = ?", (min(record, least) if n else record, unit))
        if n == 1:
            self.counted.add(unit)
        self.stood.setdefault(number, set()).add(unit)

    def _leave(
        self, number: int, identifier: str, ref: str, unit: int, vals: str | None, moving_to: int | None = None
    ) -> None:
        run = self.db.run
        for id_ in (vals or "").split(",") if vals else ():
            run("UPDATE value SET n = n - 1 WHERE id = ?", (id_,))
            if run("DELETE FROM value WHERE id = ? AND n = 0", (id_,)).rowcount:
                self.flipped.add(unit)
        if moving_to == unit:
            return
        run("DELETE FROM mention WHERE source = ? AND kind = ? AND ref = ?", (number, self.kind, ref))
        n, least = self.db.one("SELECT n, least FROM unit WHERE id = ?", unit)
        if n == 1:
            self.emptied.add(unit)
        elif least == f"{identifier}\t{ref}":
            row = self.db.one(
                "SELECT s.id, m.ref FROM mention m JOIN source s ON s.no = m.source WHERE m.unit = ? "
                "ORDER BY s.id, m.ref LIMIT 1",
                unit,
            )
            least = f"{row[0]}\t{row[1]}"
            self.least.add(unit)
        run("UPDATE unit SET n = n - 1, least = ? WHERE id = ?", (least, unit))
        if n == 2:
            self.counted.add(unit)
        self.stood.setdefault(number, set()).add(unit)

    def gone(self) -> set[int]:
        """The units that nothing mentions any more; their rows are still there, until `sweep`."""
        return {row[0] for row in self.db.among("SELECT id FROM unit WHERE n = 0 AND id IN ({})", self.emptied)}

    def sweep(self, gone: Iterable[int]) -> None:
        for unit in gone:
            self.db.run("DELETE FROM unit WHERE id = ?", (unit,))
            self.db.run("DELETE FROM doubt WHERE a = ?1 OR b = ?1 OR owner = ?1", (unit,))

    def told(self, unit: int) -> tuple[str, list[list[Any]]]:
        """Content and values of a unit, the values sorted."""
        (content,) = self.db.one("SELECT content FROM unit WHERE id = ?", unit)
        return content, self.values(unit)

    def values(self, unit: int) -> list[list[Any]]:
        return [json.loads(v) for v in sorted(self.db.column("SELECT value FROM value WHERE unit = ?", unit))]


def told(ref: str, content: Any, values: Iterable[Any] = ()) -> Told:
    """A record whose content and values are plain lists."""
    return Told(ref, dump(content), tuple(dump(v) for v in values))
