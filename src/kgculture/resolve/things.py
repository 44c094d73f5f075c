"""Things by name: what units that are one are called, in a way that depends on all things and on no order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgculture.resolve.context import is_place
from kgculture.resolve.database import dump
from kgculture.resolve.names import Draft, distinct

if TYPE_CHECKING:
    from kgculture.resolve.database import Database


@dataclass(frozen=True, slots=True)
class State:
    """What later layers read of a thing."""

    name: str | None
    surname: str | None
    countries: tuple[str, ...]


NOTHING = State(None, None, ())


class Things:
    """Reads and writes things; remembers what they were since `forget_changes`."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._aliases: set[str] = set()  # whose claimants may have to give them up, or may have them now
        self.forget_changes()

    def forget_changes(self) -> None:
        self._before: dict[int, tuple[str, str] | None] = {}  # thing -> (name, info); None for a new one
        self._forms: set[str] = set()
        self._names: set[str] = set()  # wanted by things that changed or went
        self._answering: set[int] = set()  # things that claim other aliases than before
        self.removed: set[int] = set()

    def new(self, kind: str) -> int:
        made = self.db.run("INSERT INTO thing (kind, info) VALUES (?, '{}')", (kind,)).lastrowid
        assert made is not None
        self._before[made] = None
        return made

    def find(self, kind: str, name: str) -> int | None:
        row = self.db.one("SELECT id FROM thing WHERE kind = ? AND name = ?", kind, name)
        return int(row[0]) if row else None

    def _remember(self, thing: int) -> None:
        if thing not in self._before:
            row = self.db.one("SELECT name, info FROM thing WHERE id = ?", thing)
            self._before[thing] = tuple(row) if row else None

    # ------------------------------------------------------------------------------------------------------ describe

    def describe(self, thing: int, draft: Draft, least: str) -> None:
        """Sets what is said of a thing; its name follows with `settle`."""
        self._remember(thing)
        labels, others = draft.labels()
        info = {
            "labels": labels,
            "others": others,
            "best": draft.name,
            "answers": sorted(draft.answers),
            "suffixes": draft.suffixes,
            "surname": draft.surname,
            "countries": sorted(draft.countries),
            "special": draft.special,
        }
        self._rows("answer", "form", thing, set(draft.answers), self._forms)
        if self._rows("alias", "alias", thing, draft.aliases, self._aliases):
            self._answering.add(thing)
        self.db.run("UPDATE thing SET info = ?, least = ? WHERE id = ?", (dump(info), least, thing))

    def remove(self, thing: int) -> None:
        self._remember(thing)
        self._rows("answer", "form", thing, set(), self._forms)
        self._rows("alias", "alias", thing, set(), self._aliases)
        row = self.db.one("SELECT name, wanted FROM thing WHERE id = ?", thing)
        if row is not None:
            self._names |= {n for n in row[1:] if n}
            self._aliases |= {n for n in row[:1] if n}
        self.db.run("DELETE FROM thing WHERE id = ?", (thing,))
        self.removed.add(thing)

    def _rows(self, table: str, column: str, thing: int, wanted: set[str], changed: set[str]) -> bool:
        fresh = self._before[thing] is None
        known = set() if fresh else set(self.db.column(f"SELECT {column} FROM {table} WHERE thing = ?", thing))
        for text in wanted - known:
            self.db.run(f"INSERT INTO {table} VALUES (?, ?)", (text, thing))
        for text in known - wanted:
            self.db.run(f"DELETE FROM {table} WHERE {column} = ? AND thing = ?", (text, thing))
        changed |= wanted ^ known
        return wanted != known

    # -------------------------------------------------------------------------------------------------------- naming

    def call(self, thing: int, name: str) -> None:
        """Gives a thing a name that is its own by what it is, as offices and tenures have."""
        (before,) = self.db.one("SELECT name FROM thing WHERE id = ?", thing)
        if before != name:
            self._remember(thing)
            self._aliases |= {n for n in (before, name) if n}
            self.db.run("UPDATE thing SET name = ?1, wanted = ?1 WHERE id = ?2", (name, thing))

    def settle(self, kind: str, things: Iterable[int], taken: Callable[[str], bool] = lambda name: False) -> None:
        """Names the given things, and those whose names change with theirs."""
        todo = set(things) - self.removed
        for form in self._forms:
            todo.update(self.db.column("SELECT thing FROM answer WHERE form = ?", form))
        names = set(self._names)
        for thing in todo:
            row = self.db.one("SELECT wanted, info FROM thing WHERE id = ?", thing)
            info = json.loads(row[1])
            shared = [form for form in info["answers"] if self._is_shared(form)]
            wanted = min(shared) if shared else info["best"]
            if wanted != row[0]:
                self.db.run("UPDATE thing SET wanted = ? WHERE id = ?", (wanted, thing))
            names |= {n for n in (row[0], wanted) if n}
        for name in names:
            self.rename(kind, name, taken)

    def _is_shared(self, form: str) -> bool:
        return len(self.db.column("SELECT thing FROM answer WHERE form = ? LIMIT 2", form)) > 1

    def rename(self, kind: str, wanted: str, taken: Callable[[str], bool] = lambda name: False) -> None:
        """Tells apart the things of a kind that want one name."""
        rows = self.db.run(
            "SELECT id, name, info, least FROM thing WHERE wanted = ? AND kind = ? ORDER BY least", (wanted, kind)
        ).fetchall()
        if not rows:
            return
        suffixes = [tuple(json.loads(row[2])["suffixes"]) for row in rows] if len(rows) > 1 else [()]
        least: list[Any] = [tuple(row[3].split("\t")) for row in rows]
        for row, name in zip(rows, distinct(wanted, suffixes, least, kind, taken(wanted)), strict=True):
            if row[1] != name:
                self._remember(row[0])
                self._aliases |= {n for n in (row[1], name) if n}
                self.db.run("UPDATE thing SET name = ? WHERE id = ?", (name, row[0]))

    # ------------------------------------------------------------------------------------------------------- changes

    def before(self, thing: int | None) -> State:
        """What a thing was."""
        if thing is None:
            return NOTHING
        if thing not in self._before:
            return self.now(thing)
        row = self._before[thing]
        return _state(*row) if row else NOTHING

    def now(self, thing: int | None) -> State:
        row = self.db.one("SELECT name, info FROM thing WHERE id = ?", thing)
        return _state(*row) if row else NOTHING

    def changed(self) -> list[tuple[int, State, State]]:
        """Things that later layers see otherwise than before; touches the names of those that must be described anew."""
        found = []
        for thing, row in self._before.items():
            now = self.db.one("SELECT name, info FROM thing WHERE id = ?", thing)
            if row == (tuple(now) if now else None) and thing not in self._answering:
                continue
            for one in (row, now):
                if one is not None:
                    self.db.touch_name(one[0])
            before, after = _state(*row) if row else NOTHING, _state(*now) if now else NOTHING
            if before != after:
                found.append((thing, before, after))
        return found

    def settle_aliases(self) -> None:
        """Touches the things whose right to an alias may have changed."""
        for row in self.db.among(
            "SELECT t.name FROM alias a JOIN thing t ON t.id = a.thing WHERE a.alias IN ({})", self._aliases
        ):
            self.db.touch_name(row[0])
        self._aliases = set()

    def aliases(self, thing: int) -> list[str]:
        """The aliases that stand for this thing and no other, sorted."""
        rows = self.db.run(
            "SELECT a.alias FROM alias a WHERE a.thing = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM thing t WHERE t.name = a.alias) "
            "AND NOT EXISTS (SELECT 1 FROM alias o WHERE o.alias = a.alias AND o.thing != ?1)",
            (thing,),
        )
        return sorted(alias for (alias,) in rows if not is_place(alias))


def _state(name: str | None, info: str) -> State:
    told = json.loads(info)
    return State(name, told.get("surname"), tuple(told.get("countries", ())))
