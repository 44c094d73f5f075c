"""The layer of persons: full names joined, leaves hung on them, and what all of them are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kgculture.resolve import hanging
from kgculture.resolve.engine import Change, Clusters
from kgculture.resolve.mentions import Told, told
from kgculture.resolve.persons import FULL, LOOSE, Variant, draft, records, signature_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from kgculture.resolve.context import Context
    from kgculture.resolve.database import Database
    from kgculture.resolve.things import Things
    from kgculture.resolve.upstream import Upstream


class People:
    """Persons, of whatever names."""

    def __init__(self, db: Database, things: Things) -> None:
        self.db = db
        self.things = things
        self.full = Clusters(db, FULL, lambda: things.new("person"))
        self.loose = Clusters(db, LOOSE, lambda: things.new("person"))
        self.hanging = hanging.Hanging(db, self.full, self.loose.mentions)

    def forget_changes(self) -> None:
        self.full.mentions.forget_changes()
        self.loose.mentions.forget_changes()
        self.hanging.forget_changes()

    def tell(self, number: int, identifier: str, context: Context | None, upstream: Upstream) -> None:
        full: list[Told] = []
        leaves: list[Told] = []
        for ref, signature, offices, variant in records(context, upstream.name) if context is not None else ():
            if signature.is_full:
                values = [["v", *variant.plain], *(["o", office] for office in offices)]
                full.append(told(ref, signature_plain(signature), values))
            else:
                leaves.append(told(ref, hanging.leaf(identifier, ref, signature, offices, variant)))
        self.full.mentions.tell(number, identifier, full)
        self.loose.mentions.tell(number, identifier, leaves)

    def settle(self, taken: Callable[[str], bool], again: set[str]) -> list[Change]:
        """`taken`: names that other kinds of things have; `again`: those of them that are new, or free again."""
        change = self.full.settle()
        self.hanging.settle(change)
        loose = self.loose.settle(self.hanging.hung, self.hanging.loose)
        self.hanging.attach()
        loose.left.update({leaf: thing for leaf, thing in self.hanging.left.items() if leaf not in loose.gone})
        loose.left.update({leaf: None for leaf in self.hanging.hung if leaf not in loose.left})
        loose.doubts |= self.hanging.doubts
        dirty = {*change.new, *loose.new, *self.hanging.hosts}
        for clusters in (self.full, self.loose):
            least = clusters.mentions.least - clusters.mentions.gone()
            dirty.update(row[0] for row in self.db.among("SELECT thing FROM unit WHERE id IN ({})", least))
        removed = (change.old.keys() - change.new.keys()) | (loose.old.keys() - loose.new.keys())
        for thing in removed:
            self.things.remove(thing)
        dirty -= removed
        for thing in dirty:
            self._describe(thing)
        self.things.settle("person", dirty, taken)
        for name in again:
            self.things.rename("person", name, taken)
        return [change, loose]

    def _describe(self, thing: int) -> None:
        rows = self.db.run(
            "SELECT id, kind, least FROM unit WHERE thing = ? AND host IS NULL AND n > 0", (thing,)
        ).fetchall()
        units = [(self.full if kind == FULL.kind else self.loose).item(unit) for unit, kind, _ in rows]
        least = min(row[2] for row in rows)
        values = [json.loads(v) for v in self.db.column("SELECT value FROM value WHERE unit = ?", -thing)]
        self.things.describe(
            thing,
            draft(
                units,
                [Variant.of(v[1:]) for v in values if v[0] == "v"],
                {v[1] for v in values if v[0] == "c"},
                # that leaves mean this person joins them to one record of the full name
                {v[1]: least for v in values if v[0] == "r"},
            ),
            least,
        )
