"""Initials and bare surnames: each is hung on the one person whom it fits, and never brings two persons together.

A leaf that fits none or several stays loose: such are one only if surname, initial and an office agree.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kgculture.resolve.database import content_key, dump, key_of
from kgculture.resolve.fold import skeletons
from kgculture.resolve.persons import Signature, Variant, fits, load_signature, signature_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgculture.resolve.database import Database
    from kgculture.resolve.engine import Change, Clusters
    from kgculture.resolve.mentions import Mentions
    from kgculture.resolve.persons import Unit


class Hanging:
    """Decides for leaves where they hang. A leaf's `host` is the thing it hangs on, its `signature` a unit of its own."""

    def __init__(self, db: Database, people: Clusters[Unit], leaves: Mentions) -> None:
        self.db = db
        self.people = people
        self.leaves = leaves
        self._candidates: dict[int, list[int]] = {}
        self.forget_changes()

    def forget_changes(self) -> None:
        self.hung: set[int] = set()  # leaves that hang, and did not hang there before
        self.loose: set[int] = set()  # leaves that are loose, and were not
        self.hosts: set[int] = set()  # persons with other leaves than before
        self.doubts: set[int] = (
            set()
        )  # leaves and full names that may be one, and were not said to be, or the other way round
        self.left: dict[int, int] = {}  # leaf -> the person on whom it hung

    def settle(self, change: Change) -> None:
        """Hangs what must hang elsewhere now that full names changed. The leaves that hang get their thing with `attach`."""
        self._candidates = {}
        for leaf in self.leaves.fresh:
            self._sign(leaf)
        gone = self.leaves.gone()
        sources = {*self.leaves.stood, *self.people.mentions.stood, *self._shaken(change)}
        for source in sources:
            self._judge(source)
        for leaf in gone:
            host, content, signature = self.db.one("SELECT host, content, signature FROM unit WHERE id = ?", leaf)
            if host is not None:
                self._move(leaf, content, host, None)
            self._unsign(signature)

    def attach(self) -> None:
        """Gives leaves the thing that they hang on."""
        for leaf in self.hung:
            content, host = self.db.one("SELECT content, host FROM unit WHERE id = ?", leaf)
            why = dump([rule(load_signature(json.loads(content)[2]))])
            self.db.run("UPDATE unit SET thing = ?, rules = ? WHERE id = ?", (host, why, leaf))

    # --------------------------------------------------------------------------------------------------- signatures

    def _sign(self, leaf: int) -> None:
        plain = json.loads(self.leaves.told(leaf)[0])[2]
        content = dump(plain)
        key = content_key(content)
        row = self.db.one("SELECT id FROM unit WHERE kind = 'signature' AND key = ?", key)
        if row is None:
            number = self.db.run(
                "INSERT INTO unit (kind, key, content, n, least) VALUES ('signature', ?, ?, 0, '')", (key, content)
            ).lastrowid
            for skeleton in skeletons(plain[0]):
                self.db.run("INSERT INTO shelf VALUES (?, x'', ?)", (key_of("signature", skeleton), number))
        else:
            number = row[0]
        self.db.run("UPDATE unit SET n = n + 1 WHERE id = ?", (number,))
        self.db.run("UPDATE unit SET signature = ? WHERE id = ?", (number, leaf))

    def _unsign(self, number: int) -> None:
        content, n = self.db.one("SELECT content, n FROM unit WHERE id = ?", number)
        if n > 1:
            self.db.run("UPDATE unit SET n = n - 1 WHERE id = ?", (number,))
            return
        for skeleton in skeletons(json.loads(content)[0]):
            self.db.run("DELETE FROM shelf WHERE key = ? AND unit = ?", (key_of("signature", skeleton), number))
        self.db.run("DELETE FROM unit WHERE id = ?", (number,))

    def _shaken(self, change: Change) -> set[int]:
        """The articles with leaves that a person who changed fits now, or did."""
        found: set[int] = set()
        for thing in change.old.keys() | change.new.keys():
            old, new = change.old.get(thing, frozenset()), frozenset(change.new.get(thing, ()))
            if old == new:
                continue
            groups = [[self._signature(u) for u in units] for units in (old, new) if units]
            shelves = {key_of("signature", k) for g in groups for s in g for k in skeletons(s.surname)}
            rows = self.db.among(
                "SELECT u.id, u.content FROM shelf s JOIN unit u ON u.id = s.unit WHERE s.key IN ({})", shelves
            )
            for number, content in rows:
                leaf = load_signature(json.loads(content))
                if any(fits(leaf, group) for group in groups):
                    found.update(
                        self.db.column(
                            "SELECT m.source FROM unit u JOIN mention m ON m.unit = u.id WHERE u.signature = ?", number
                        )
                    )
        return found

    def _signature(self, unit: int) -> Signature:
        return load_signature(json.loads(self.people.mentions.told(unit)[0]))

    def _fitting(self, number: int) -> list[int]:
        """The persons that a leaf's signature fits, as things."""
        found = self._candidates.get(number)
        if found is None:
            (content,) = self.db.one("SELECT content FROM unit WHERE id = ?", number)
            leaf = load_signature(json.loads(content))
            shelves = [key_of("person", "look", k) for k in skeletons(leaf.surname)]
            things = {
                row[0]
                for row in self.db.among(
                    "SELECT u.thing FROM shelf s JOIN unit u ON u.id = s.unit WHERE s.key IN ({})", shelves
                )
            }
            found = self._candidates[number] = [
                thing
                for thing in sorted(t for t in things if t is not None)
                if fits(
                    leaf,
                    [
                        load_signature(json.loads(c))
                        for c in self.db.column("SELECT content FROM unit WHERE thing = ? AND kind = 'person'", thing)
                    ],
                )
            ]
        return found

    # ------------------------------------------------------------------------------------------------------- judging

    def _judge(self, source: int) -> None:
        """Decides for all leaves of an article."""
        rows = self.db.run(
            "SELECT u.id, u.content, u.host, u.signature, u.shelves FROM mention m JOIN unit u ON u.id = m.unit "
            "WHERE m.source = ? AND m.kind = 'leaf'",
            (source,),
        ).fetchall()
        if not rows:
            return
        # the article itself keeps a leaf from the persons whom it names in full
        named = set(
            self.db.column(
                "SELECT u.thing FROM mention m JOIN unit u ON u.id = m.unit WHERE m.source = ? AND m.kind = 'person'",
                source,
            )
        )
        taken: set[int] = set()
        for leaf, content, before, number, shelves in sorted(rows, key=lambda row: _order(row[1])):
            found = [thing for thing in self._fitting(number) if thing not in named]
            host = found[0] if len(found) == 1 else None
            if host in taken:  # two bare names of one article cannot both be this person
                host = None
            if host is not None:
                taken.add(host)
            wanted = {self._least(thing) for thing in found} if 1 < len(found) <= 3 else set()
            self._doubt(leaf, wanted)
            if host is None:
                if before is not None or shelves is None:
                    self.loose.add(leaf)
            elif before != host:
                self.hung.add(leaf)
            if before != host:
                self._move(leaf, content, before, host)

    def _move(self, leaf: int, content: str, before: int | None, host: int | None) -> None:
        if before is not None:
            self.left[leaf] = before
            self.db.run("UPDATE unit SET thing = NULL, rules = NULL WHERE id = ?", (leaf,))
        for thing, sign in ((before, -1), (host, 1)):
            if thing is not None:
                self._count(thing, content, sign)
                self.hosts.add(thing)
        self.db.run("UPDATE unit SET host = ? WHERE id = ?", (host, leaf))

    def _least(self, thing: int) -> int:
        return int(self.db.one("SELECT min(id) FROM unit WHERE thing = ? AND kind = 'person'", thing)[0])

    def _doubt(self, leaf: int, wanted: set[int]) -> None:
        known = {b if a == leaf else a for a, b in self.db.run("SELECT a, b FROM doubt WHERE owner = ?", (leaf,))}
        for other in wanted ^ known:
            pair = (min(leaf, other), max(leaf, other), leaf)
            if other in wanted:
                self.db.run("INSERT OR IGNORE INTO doubt VALUES (?, ?, ?)", pair)
            else:
                self.db.run("DELETE FROM doubt WHERE a = ? AND b = ? AND owner = ?", pair)
            self.doubts |= {leaf, other}

    def _count(self, thing: int, content: str, sign: int) -> None:
        """Adds to what the leaves of a person say, or takes away."""
        for value in _values(content):
            row = self.db.one("SELECT id, n FROM value WHERE unit = ? AND value = ?", -thing, value)
            if row is None:
                self.db.run("INSERT INTO value (unit, value, n) VALUES (?, ?, ?)", (-thing, value, sign))
            elif row[1] + sign:
                self.db.run("UPDATE value SET n = ? WHERE id = ?", (row[1] + sign, row[0]))
            else:
                self.db.run("DELETE FROM value WHERE id = ?", (row[0],))


def leaf(article: str, ref: str, signature: Signature, offices: Iterable[str], variant: Variant) -> list[Any]:
    """The content of a leaf's unit, which is its own."""
    return [article, ref, signature_plain(signature), sorted(offices), variant.plain]


def rule(signature: Signature) -> str:
    """Why a leaf hangs where it does."""
    return "person.initials-one-fit" if signature.given else "person.surname-one-fit"


def _order(content: str) -> tuple[Signature, str]:
    plain = json.loads(content)
    return load_signature(plain[2]), plain[1]


def _values(content: str) -> list[str]:
    _, _, signature, _, variant = json.loads(content)
    found = [["v", *variant], ["r", rule(load_signature(signature))], *(["c", c] for c in signature[4])]
    return [dump(v) for v in found]
