"""What an index says: names of an article's records, things with labels and aliases, reasons for merges."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from kgculture.model import Merge, Resolution, Thing, ThingKind
from kgculture.resolve.context import Context, is_place
from kgculture.resolve.database import Database
from kgculture.resolve.names import Draft, Form, Record, report_digest, tag
from kgculture.resolve.things import Things
from kgculture.resolve.upstream import Upstream

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from kgculture.model import ArticleFacts

#: the rule by which several records of one unit are one; units of other kinds are always told by a rule of their own
SEVERAL = {"person": "person.full-name", "body": "body.same-name", "work": "work.same-title"}
KINDS: dict[str, ThingKind] = {"body": "organization", "days": "event"}
_SPEAKERS = ("body", "person", "leaf")


class Lookup:
    """Reads an index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = Database(connection)
        self._things = Things(self.db)

    def names(self, facts: ArticleFacts) -> dict[Record, str]:
        """The canonical name of every record and place of an article that the index holds."""
        identifier = facts.article.id
        row = self.db.one("SELECT no FROM source WHERE id = ?", identifier)
        if row is None:
            return {}
        rows = self.db.run(
            "SELECT m.ref, t.name FROM mention m JOIN unit u ON u.id = m.unit JOIN thing t ON t.id = u.thing "
            "WHERE m.source = ?",
            row,
        )
        found: dict[Record, str] = {(identifier, ref): name for ref, name in rows}
        for place in {p.id for p in facts.places} | {ref for _, ref in Context.of(facts).refs() if is_place(ref)}:
            found[identifier, place] = place
        if facts.statements:
            upstream = Upstream(self.db, row[0], _SPEAKERS)
            for s in facts.statements:  # who says so is part of what it is: statements never join
                found[identifier, s.id] = f"statement-{upstream.surname(s.speaker)}-{report_digest(identifier, s.id)}"
        return found

    def article(self, facts: ArticleFacts) -> Resolution:
        """What the index says of one article's records, with labels as this article words them: no other article changes it but by
        a name."""
        names = self.names(facts)
        language, identifier = facts.article.language, facts.article.id
        worded: list[tuple[str, tuple[str, ...]]] = [
            *((p.id, p.names) for p in facts.persons),
            *((o.id, o.names) for o in facts.organizations),
            *((o.id, tuple(t for t in (o.title_en, o.title) if t)) for o in facts.offices),
            *((w.id, (w.title,)) for w in facts.works),
            *((m.id, (m.label,)) for m in facts.meetings if m.label),
            *((a.id, (a.label,)) for a in facts.agreements if a.label),
            *((e.id, (e.title,)) for e in facts.events if e.title),
        ]
        drafts: dict[str, Draft] = {}
        for ref, texts in worded:
            name = names.get((identifier, ref))
            if name is not None:
                forms = [Form((position,), text, tag(text, language)) for position, text in enumerate(texts)]
                drafts.setdefault(name, Draft(name)).forms.extend(forms)
        things = {}
        for name, draft in drafts.items():
            labels, others = draft.labels()
            things[name] = Thing(name, "person", tuple(labels), tuple(others))  # nobody looks at the kind
        return Resolution(things, names)

    def reasons(self, identifier: str) -> Iterator[tuple[str, str, str]]:
        """(ref, thing, rule) of the records of an article that a rule joins with others."""
        rows = self.db.run(
            "SELECT m.ref, t.name, u.rules, u.n, u.kind FROM source s JOIN mention m ON m.source = s.no "
            "JOIN unit u ON u.id = m.unit JOIN thing t ON t.id = u.thing WHERE s.id = ?",
            (identifier,),
        )
        for ref, name, rules, n, kind in rows:
            for rule in {*json.loads(rules or "[]"), *([SEVERAL[kind]] if n > 1 and kind in SEVERAL else ())}:
                yield ref, name, rule

    def merged(self, thing: str, rule: str) -> set[Record]:
        """The records that a rule joined to a thing."""
        found: set[Record] = set()
        for number in self._ids(thing):
            units = self.db.run("SELECT id, rules, n, kind FROM unit WHERE thing = ?", (number,)).fetchall()
            for unit, rules, n, kind in units:
                if rule in json.loads(rules or "[]") or (n > 1 and SEVERAL.get(kind) == rule):
                    found.update(
                        self.db.run(
                            "SELECT s.id, m.ref FROM mention m JOIN source s ON s.no = m.source WHERE m.unit = ?",
                            (unit,),
                        )
                    )
        return found | {record for of, record in self.special(thing) if of == rule}

    def special(self, thing: str) -> list[tuple[str, Record]]:
        """(rule, record): what the merges of a thing name besides the records that a rule joined."""
        found = []
        for number in self._ids(thing):
            (info,) = self.db.one("SELECT info FROM thing WHERE id = ?", number)
            for rule, record in json.loads(info).get("special", {}).items():
                article, _, ref = record.partition("\t")
                found.append((rule, (article, ref)))
        return found

    def _ids(self, name: str) -> list[int]:
        return self.db.column("SELECT id FROM thing WHERE name = ?", name)

    def thing(self, name: str) -> Thing | None:
        """What is known of a thing besides its facts; None for a name that no index gave."""
        row = self.db.one("SELECT id, kind, info FROM thing WHERE name = ? ORDER BY id", name)
        if row is None:
            return None
        info = json.loads(row[2])
        return Thing(
            name, KINDS.get(row[1], row[1]), _pairs(info["labels"]), _pairs(info["others"]), self.aliases(name)
        )

    def aliases(self, name: str) -> tuple[str, ...]:
        return tuple(sorted({alias for number in self._ids(name) for alias in self._things.aliases(number)}))

    def maybe_same(self, name: str) -> set[str]:
        """The names of things that may be the same as this one."""
        rows = (
            row
            for number in self._ids(name)
            for row in self.db.run(
                "SELECT t.name FROM unit u JOIN doubt d ON d.a = u.id JOIN unit o ON o.id = d.b JOIN thing t ON t.id = o.thing "
                "WHERE u.thing = ?1 UNION "
                "SELECT t.name FROM unit u JOIN doubt d ON d.b = u.id JOIN unit o ON o.id = d.a JOIN thing t ON t.id = o.thing "
                "WHERE u.thing = ?1",
                (number,),
            )
        )
        return {row[0] for row in rows} - {name}

    # ------------------------------------------------------------------------------------------------- all in memory

    def resolution(self, all_facts: Sequence[ArticleFacts]) -> Resolution:
        """All that the index says, for as many articles as fit in memory."""
        canonical: dict[Record, str] = {}
        merged: dict[tuple[str, str], set[Record]] = defaultdict(set)
        kinds: dict[str, ThingKind] = {}
        for facts in all_facts:
            identifier = facts.article.id
            names = self.names(facts)
            canonical.update(names)
            kinds.update({name: "place" for name in names.values() if is_place(name)})
            kinds.update({names[identifier, s.id]: "statement" for s in facts.statements})
            for ref, thing, rule in self.reasons(identifier):
                merged[thing, rule].add((identifier, ref))
        things = {name: Thing(name, kind) for name, kind in kinds.items()}
        for name in self.db.column("SELECT name FROM thing"):
            found = self.thing(name)
            assert found is not None
            things[name] = found
            for rule, record in self.special(name):
                merged[name, rule].add(record)
        merges = [Merge(t, tuple(sorted(r)), rule) for (t, rule), r in merged.items() if len(r) > 1]
        pairs = {tuple(sorted((name, other))) for name in things for other in self.maybe_same(name)}
        return Resolution(
            {n: things[n] for n in sorted(things)},
            {r: canonical[r] for r in sorted(canonical)},
            tuple(sorted(merges, key=lambda m: (m.thing, m.because, m.records))),
            tuple(sorted((a, b) for a, b in pairs)),
        )


def _pairs(listed: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((language, text) for language, text in listed)
