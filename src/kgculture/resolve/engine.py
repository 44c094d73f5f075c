"""Joins the units of a layer into things, and does again only what a change can reach.

Units stand on shelves, one for each of their keys; each is compared with its near neighbours there. Pairs that may be one are
links; what links hold together is decided as a whole, by `clusters.group`. All of this is a function of the set of units, so
an index that grew in steps is that which one step would have made.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kgculture.resolve.clusters import WINDOW, Grouping, Link, group
from kgculture.resolve.database import dump, key_of
from kgculture.resolve.mentions import Mentions

if TYPE_CHECKING:
    from kgculture.resolve.database import Database

U = TypeVar("U")
#: says whether one article mentions both of two units
Together = Callable[[], bool]
#: items kept in memory between batches
_KEPT = 4_000


@dataclass(frozen=True, slots=True)
class Spec(Generic[U]):
    """What a layer knows of its units.

    `load` makes an item from a unit's content and values, `place` is where it stands on its shelves (bytes that sort, a
    function of the content), `agree` gives (score, rule) for two that speak for being one, `clash` tells that they cannot be.
    `lists`: whether two units that one article mentions may not be one, so that it matters who stands together.
    """

    kind: str
    load: Callable[[str, list[list[Any]]], U]
    keys: Callable[[U], Iterable[object]]
    place: Callable[[U], bytes]
    order: Callable[[U], Any]
    agree: Callable[[U, U], tuple[float, str] | None]
    clash: Callable[[U, U, Together], bool]
    lists: bool = False
    grouping: Callable[[Sequence[U], list[Link], Callable[[int, int], bool]], Grouping] | None = None
    looks: Callable[[U], Iterable[object]] = lambda item: ()  # further shelves, on which others look units up


@dataclass(slots=True)
class Change:
    """What `Clusters.settle` did: things by id with their units before and now, units with the thing that they left."""

    old: dict[int, frozenset[int]] = field(default_factory=dict)
    new: dict[int, list[int]] = field(default_factory=dict)
    left: dict[int, int | None] = field(default_factory=dict)  # unit -> its thing before
    gone: set[int] = field(default_factory=set)  # units
    dirty: set[int] = field(default_factory=set)  # units that are new or say something new
    rules: set[int] = field(default_factory=set)  # units that other rules joined than before
    doubts: set[int] = field(default_factory=set)  # units that may be the same as others than before


class Clusters(Generic[U]):
    """One layer whose units are joined by comparing them."""

    def __init__(self, db: Database, spec: Spec[U], new_thing: Callable[[], int]) -> None:
        self.db = db
        self.spec = spec
        self.mentions = Mentions(db, spec.kind)
        self._new_thing = new_thing
        self._items: dict[int, U] = {}

    # --------------------------------------------------------------------------------------------------------- items

    def item(self, unit: int) -> U:
        """A unit with all that is said of it."""
        found = self._items.get(unit)
        if found is None:
            if len(self._items) > _KEPT:
                self._items.clear()
            found = self._items[unit] = self.spec.load(*self.mentions.told(unit))
        return found

    def together(self, a: int, b: int) -> bool:
        """Whether one article mentions both."""
        counts = dict(self.db.run("SELECT id, n FROM unit WHERE id IN (?, ?)", (a, b)))
        few, many = sorted((a, b), key=lambda u: counts.get(u, 0))
        sql = (
            "SELECT 1 FROM mention x WHERE x.unit = ? AND EXISTS "
            "(SELECT 1 FROM mention y WHERE y.unit = ? AND y.source = x.source) LIMIT 1"
        )
        return self.db.one(sql, few, many) is not None

    def _agree(self, a: int, b: int) -> tuple[float, str] | None:
        found = self.spec.agree(self.item(a), self.item(b))
        return None if found is None or self._clash(a, b) else found

    def _clash(self, a: int, b: int) -> bool:
        return self.spec.clash(self.item(a), self.item(b), lambda: self.together(a, b))

    # -------------------------------------------------------------------------------------------------------- settle

    def settle(self, leave: Iterable[int] = (), enter: Iterable[int] = ()) -> Change:
        """Brings links, groups and things up to what the mentions now say.

        Units of `leave` are no longer to be compared with others (their mentions stay), those of `enter` are again. Units that
        nothing mentions any more are left for `mentions.sweep`.
        """
        m, change = self.mentions, Change()
        change.gone = m.gone()
        out = set(leave)
        dirty = (m.fresh | m.flipped | set(enter) | out) - change.gone
        if self.spec.lists:
            dirty |= self._met() - change.gone
        change.dirty = set(dirty)
        for unit in dirty | change.gone:
            self._items.pop(unit, None)
        affected = self._reshelve(dirty - out, change.gone | out) | dirty
        self._regroup(affected - change.gone - out, change, change.gone | out)
        return change

    def _met(self) -> set[int]:
        """Units that came to stand in one article with another they are compared with, or that no longer do."""
        found: set[int] = set()
        for source, moved in self.mentions.stood.items():
            here = moved | set(
                self.db.column("SELECT unit FROM mention WHERE source = ? AND kind = ?", source, self.spec.kind)
            )
            if len(here) < 2:
                continue
            by_key: dict[object, list[int]] = defaultdict(list)
            rows = self.db.among("SELECT id, shelves, component FROM unit WHERE id IN ({})", here)
            for unit, shelves, component in rows:
                for key in json.loads(shelves)[1] if shelves else ():
                    by_key[key].append(unit)
                if component is not None:
                    by_key["component", component].append(unit)
            for near in by_key.values():
                if len(near) > 1 and not moved.isdisjoint(near):
                    found.update(near)
        return found

    # ------------------------------------------------------------------------------------------------------- shelves

    def _reshelve(self, dirty: set[int], out: set[int]) -> set[int]:
        """Puts dirty units on their shelves, takes others away, compares; gives the units whose links changed."""
        run = self.db.run
        added: dict[int, set[tuple[bytes, int]]] = defaultdict(set)
        removed: dict[int, set[tuple[bytes, int]]] = defaultdict(set)
        affected: set[int] = set()
        for unit in dirty | out:
            (shelves,) = self.db.one("SELECT shelves FROM unit WHERE id = ?", unit)
            old = json.loads(shelves) if shelves else []
            new: list[int] = []
            place = b""
            if unit in dirty:
                item = self.item(unit)
                place = self.spec.place(item)
                new = sorted({key_of(self.spec.kind, k) for k in self.spec.keys(item)})
                looks = sorted({key_of(self.spec.kind, "look", k) for k in self.spec.looks(item)})
            else:
                looks = []
            where = bytes.fromhex(old[0]) if old else place
            for key in old[1] if old else ():
                removed[key].add((where, unit))
            for key in new:
                added[key].add((place, unit))
            for key in set(old[2] if old else ()) ^ set(looks):
                if key in looks:
                    run("INSERT OR IGNORE INTO shelf VALUES (?, ?, ?)", (key, place, unit))
                else:
                    run("DELETE FROM shelf WHERE key = ? AND place = ? AND unit = ?", (key, where, unit))
            run(
                "UPDATE unit SET shelves = ? WHERE id = ?",
                (json.dumps([place.hex(), new, looks]) if unit in dirty else None, unit),
            )
            for a, b in run("SELECT a, b FROM link WHERE a = ?1 UNION ALL SELECT a, b FROM link WHERE b = ?1", (unit,)):
                affected |= {a, b}
            run("DELETE FROM link WHERE a = ?", (unit,))
            run("DELETE FROM link WHERE b = ?", (unit,))
        near: dict[tuple[int, int], int] = defaultdict(int)
        for key in added.keys() | removed.keys():
            self._shelf(key, added[key], removed[key], near)
        for (a, b), count in near.items():
            affected |= self._link(a, b, count, a in dirty or b in dirty)
        return affected - out

    def _shelf(
        self,
        key: int,
        added: set[tuple[bytes, int]],
        removed: set[tuple[bytes, int]],
        near: dict[tuple[int, int], int],
    ) -> None:
        """Counts into `near` the pairs that stand near one another on a shelf now, less those that did."""
        run = self.db.run
        run_many = self.db.connection.executemany
        run_many("DELETE FROM shelf WHERE key = ? AND place = ? AND unit = ?", [(key, *r) for r in removed - added])
        run_many("INSERT OR IGNORE INTO shelf VALUES (?, ?, ?)", [(key, *r) for r in added - removed])
        places = sorted(added | removed)
        low, high = places[0], places[-1]
        before = run(
            "SELECT place, unit FROM shelf WHERE key = ? AND (place, unit) < (?, ?) ORDER BY place DESC, unit DESC LIMIT ?",
            (key, *low, WINDOW),
        ).fetchall()
        between = run(
            "SELECT place, unit FROM shelf WHERE key = ? AND (place, unit) >= (?, ?) AND (place, unit) <= (?, ?) "
            "ORDER BY place, unit",
            (key, *low, *high),
        ).fetchall()
        after = run(
            "SELECT place, unit FROM shelf WHERE key = ? AND (place, unit) > (?, ?) ORDER BY place, unit LIMIT ?",
            (key, *high, WINDOW),
        ).fetchall()
        now = [*reversed(before), *between, *after]
        fresh = {unit for _, unit in added}
        for i, (_, a) in enumerate(now):
            if a in fresh:
                for j in range(max(0, i - WINDOW), min(len(now), i + WINDOW + 1)):
                    b = now[j][1]
                    if j != i and (b not in fresh or i < j):
                        near[min(a, b), max(a, b)] += 1
        if len(now) > WINDOW and added != removed:
            self._shifted(now, added, removed, near)

    @staticmethod
    def _shifted(
        now: list[tuple[bytes, int]],
        added: set[tuple[bytes, int]],
        removed: set[tuple[bytes, int]],
        near: dict[tuple[int, int], int],
    ) -> None:
        """Pairs that themselves did not change, and that what came or went between them moved apart or together."""
        came, went = added - removed, removed - added
        changed = {unit for _, unit in added | removed}
        old = sorted((set(now) - came) | went)
        shift = len(came) + len(went)
        for sign, rows, others in ((1, now, old), (-1, old, now)):
            there = {unit: n for n, (_, unit) in enumerate(others)}
            for i, (_, a) in enumerate(rows):
                if a in changed:
                    continue
                for _, b in rows[i + max(1, WINDOW + 1 - shift) : i + WINDOW + 1]:
                    if b not in changed and there[b] - there[a] > WINDOW:
                        near[min(a, b), max(a, b)] += sign

    def _link(self, a: int, b: int, count: int, dirty: bool) -> set[int]:
        """Makes, keeps or takes away a link; gives its ends if anything changed."""
        if not count:
            return set()
        if not dirty:
            row = self.db.one("SELECT near FROM link WHERE a = ? AND b = ?", a, b)
            if row is not None:
                left = row[0] + count
                if left:
                    self.db.run("UPDATE link SET near = ? WHERE a = ? AND b = ?", (left, a, b))
                    return set()
                self.db.run("DELETE FROM link WHERE a = ? AND b = ?", (a, b))
                return {a, b}
            if count < 0:
                return set()
        found = self._agree(a, b)
        if found is None:
            return set()
        self.db.run("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?)", (a, b, count, *found))
        return {a, b}

    # -------------------------------------------------------------------------------------------------------- groups

    def _regroup(self, affected: set[int], change: Change, out: set[int]) -> None:
        """Decides anew every component of linked units that holds an affected one."""
        for unit in out:
            self._leave_thing(unit, change)
        todo, used = set(affected), set[int]()
        while todo:
            component, links = self._component(todo.pop())
            todo -= component
            members = sorted(component, key=lambda u: self.spec.order(self.item(u)))
            position = {unit: n for n, unit in enumerate(members)}
            ordered = [
                Link(min(position[a], position[b]), max(position[a], position[b]), score, rule)
                for a, b, score, rule in links
            ]
            items = [self.item(unit) for unit in members]

            def apart(a: int, b: int, members: list[int] = members) -> bool:
                return self._clash(members[a], members[b])

            decide = self.spec.grouping or _grouped
            grouping = decide(items, ordered, apart)
            self._keep(members, grouping, change, used)

    def _component(self, start: int) -> tuple[set[int], list[tuple[int, int, float, str]]]:
        found, todo = {start}, [start]
        links: dict[tuple[int, int], tuple[int, int, float, str]] = {}
        while todo:
            unit = todo.pop()
            rows = self.db.run(
                "SELECT a, b, score, rule FROM link WHERE a = ?1 UNION ALL SELECT a, b, score, rule FROM link WHERE b = ?1",
                (unit,),
            )
            for a, b, score, rule in rows.fetchall():
                links[a, b] = (a, b, score, rule)
                other = b if a == unit else a
                if other not in found:
                    found.add(other)
                    todo.append(other)
        return found, list(links.values())

    def _keep(self, members: list[int], grouping: Grouping, change: Change, used: set[int]) -> None:
        run = self.db.run
        rules: dict[int, set[str]] = defaultdict(set)
        for link in grouping.used:
            for p in (link.first, link.second):
                rules[members[p]].add(link.rule)
        least = min(members)
        for positions in grouping.groups:
            units = [members[p] for p in positions]
            for unit in units:
                self._leave_thing(unit, change)
            known = [t for unit in sorted(units) if (t := change.left[unit]) is not None and t not in used]
            thing = known[0] if known else self._new_thing()
            used.add(thing)
            change.new[thing] = units
            for unit in units:
                told = dump(sorted(rules[unit])) if rules[unit] else None
                (before,) = self.db.one("SELECT rules FROM unit WHERE id = ?", unit)
                if before != told:
                    change.rules.add(unit)
                run(
                    "UPDATE unit SET component = ?, thing = ?, rules = ? WHERE id = ?",
                    (least if len(members) > 1 else None, thing, told, unit),
                )
        doubts = {tuple(sorted((members[a], members[b]))) for a, b in grouping.doubtful}
        known_doubts: set[tuple[int, ...]] = set()
        for unit in members:
            known_doubts.update(
                run(
                    "SELECT a, b FROM doubt WHERE a = ?1 AND owner = 0 UNION SELECT a, b FROM doubt WHERE b = ?1 AND owner = 0",
                    (unit,),
                )
            )
        for pair in doubts - known_doubts:
            run("INSERT OR IGNORE INTO doubt VALUES (?, ?, 0)", pair)
        for pair in known_doubts - doubts:
            run("DELETE FROM doubt WHERE a = ? AND b = ? AND owner = 0", pair)
        change.doubts.update(u for pair in doubts ^ known_doubts for u in pair)

    def _leave_thing(self, unit: int, change: Change) -> None:
        if unit in change.left:
            return
        (thing,) = self.db.one("SELECT thing FROM unit WHERE id = ?", unit)
        change.left[unit] = thing
        if thing is not None and thing not in change.old:
            change.old[thing] = frozenset(
                self.db.column("SELECT id FROM unit WHERE thing = ? AND kind = ?", thing, self.spec.kind)
            )
        self.db.run("UPDATE unit SET thing = NULL, component = NULL WHERE id = ?", (unit,))


def _grouped(items: Sequence[Any], links: list[Link], clash: Callable[[int, int], bool]) -> Grouping:
    return group(len(items), links, clash)
