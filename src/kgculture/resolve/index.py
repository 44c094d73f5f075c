"""The index of resolution, and how it grows: layer after layer, each reading only what earlier ones call things.

Layers: body, office, person, tenure, work, meeting, Days of Culture, other event, agreement, proposal. Each does again only what a
change reaches; where a name comes out as before, nothing goes on to the next. Statements never join: see `lookup`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kgculture.errors import DuplicateArticle
from kgculture.resolve import agreements, bodies, events, meetings, offices, proposals, works
from kgculture.resolve.context import Context, is_place
from kgculture.resolve.database import SCHEMA, Database, key_of
from kgculture.resolve.engine import Change, Clusters, Spec
from kgculture.resolve.names import Draft
from kgculture.resolve.offices import Named
from kgculture.resolve.people import People
from kgculture.resolve.reports import draft as report_draft
from kgculture.resolve.reports import pack
from kgculture.resolve.things import Things
from kgculture.resolve.upstream import Upstream

if TYPE_CHECKING:
    import sqlite3

    from kgculture.model import ArticleFacts
    from kgculture.resolve.mentions import Mentions, Told

#: articles of earlier batches that are kept in memory, indexed
_KEPT = 1000
#: on a longer shelf of Days of one guest and host, none that has no date stands beside few others
_FEW = 200
_ENTITIES = ("body", offices.FULL, "person", "leaf")
_POSTS = (*_ENTITIES, offices.BARE, offices.TENURE, "work")


class Index:
    """Says which records of articles are one thing, for a set of articles that grows, shrinks and changes.

    `facts_of` gives the facts of an article that an earlier call put there. The names that come out are a function of the set
    of articles: neither their order nor the steps in which they came leave a trace.
    """

    def __init__(self, connection: sqlite3.Connection, facts_of: Callable[[str], ArticleFacts | None]) -> None:
        self.db = Database(connection)
        self._facts_of = facts_of
        self._things = Things(self.db)
        self._bodies = self._clusters(bodies.SPEC)
        self._people = People(self.db, self._things)
        self._works = self._clusters(works.SPEC)
        self._meetings = self._clusters(meetings.SPEC)
        self._days = self._clusters(events.DAYS_SPEC)
        self._events = self._clusters(events.SPEC)
        self._agreements = self._clusters(agreements.SPEC)
        self._proposals = self._clusters(proposals.SPEC)
        kinds = (offices.FULL, offices.TITLE, offices.TENURE, offices.BARE, offices.BARE_TENURE)
        self._named = {kind: Named(self.db, self._things, kind) for kind in kinds}
        self._active: dict[int, str] = {}
        self._contexts: dict[int, Context | None] = {}
        self._batch: frozenset[int] = frozenset()

    @staticmethod
    def create(connection: sqlite3.Connection) -> None:
        """Makes the tables of an empty index."""
        connection.executescript(SCHEMA)

    def _clusters(self, spec: Spec[Any]) -> Clusters[Any]:
        return Clusters(self.db, spec, lambda: self._things.new(spec.kind))

    # -------------------------------------------------------------------------------------------------------- update

    def update(self, put: Iterable[ArticleFacts], removed: Iterable[str] = ()) -> None:
        """Adds articles or replaces their facts, and removes others.

        Raises DuplicateArticle where two texts claim one identifier, KgcultureError where a fact names what its article does not
        list; the index is then of no more use.
        """
        contexts: dict[str, Context | None] = dict.fromkeys(removed)
        for facts in put:
            known = contexts.get(facts.article.id)
            if known is not None and known.facts != facts:
                raise DuplicateArticle(f"{facts.article.id}: two different articles have this identifier")
            contexts[facts.article.id] = Context.of(facts)
        self._active, self._contexts = {}, {}
        for identifier in sorted(contexts):
            self.db.run("INSERT OR IGNORE INTO source (id) VALUES (?)", (identifier,))
            (number,) = self.db.one("SELECT no FROM source WHERE id = ?", identifier)
            self._active[number] = identifier
            self._contexts[number] = contexts[identifier]
            self.db.touch_source(number, 2)
        self._batch = frozenset(self._active)
        self._layers()
        self._things.settle_aliases()
        for number in self._batch:
            if self._contexts[number] is None:
                self.db.run("DELETE FROM source WHERE no = ?", (number,))
        self._contexts = {}

    def _layers(self) -> None:
        names = self._plain(self._bodies, lambda c, u: bodies.records(c), bodies.draft, ())
        self._offices()
        self._persons(names)
        self._tenures()
        self._plain(self._works, lambda c, u: works.records(c, u.name), works.draft, _ENTITIES)
        self._reports(self._meetings, meetings.records, _POSTS)
        self._reports(
            self._days, lambda c, u: events.records(c, u, lambda e: e.kind == events.DAYS), (*_POSTS, "meeting")
        )
        self._reports(
            self._events,
            lambda c, u: events.records(c, u, lambda e: e.kind != events.DAYS),
            (*_POSTS, "meeting", "days"),
        )
        happenings = (*_POSTS, "meeting", "days", "event")
        self._reports(self._agreements, agreements.records, happenings)
        self._plain(self._proposals, proposals.records, proposals.draft, (*happenings, "agreement"))

    def _each(self) -> Iterator[tuple[int, str, Context | None]]:
        for number, identifier in sorted(self._active.items()):
            if number not in self._contexts:
                if len(self._contexts) > len(self._batch) + _KEPT:
                    for other in self._contexts.keys() - self._batch:
                        del self._contexts[other]
                facts = self._facts_of(identifier)
                self._contexts[number] = Context.of(facts) if facts is not None else None
            yield number, identifier, self._contexts[number]

    def _upstream(self, number: int, kinds: Sequence[str]) -> Upstream:
        return Upstream(self.db, number, kinds)

    # -------------------------------------------------------------------------------------------------------- layers

    def _tell(
        self, mentions: Mentions, told: Callable[[Context, Upstream], Iterable[Told]], kinds: Sequence[str]
    ) -> None:
        mentions.forget_changes()
        for number, identifier, context in self._each():
            records = told(context, self._upstream(number, kinds)) if context is not None else ()
            mentions.tell(number, identifier, records)

    def _plain(
        self,
        clusters: Clusters[Any],
        told: Callable[[Context, Upstream], Iterable[Told]],
        draft: Callable[[Sequence[Any]], Draft],
        kinds: Sequence[str],
        perhaps: Callable[[Change], None] = lambda change: None,
    ) -> set[str]:
        """One layer whose things are groups of units; gives the names that came or went."""
        self._things.forget_changes()
        self._tell(clusters.mentions, told, kinds)
        change = clusters.settle()
        removed = change.old.keys() - change.new.keys()
        for thing in removed:
            self._things.remove(thing)
        dirty = dict(change.new)
        least = clusters.mentions.least - change.gone
        for (thing,) in self.db.among("SELECT thing FROM unit WHERE id IN ({})", least):
            if thing not in dirty:
                dirty[thing] = self.db.column("SELECT id FROM unit WHERE thing = ?", thing)
        for thing, units in dirty.items():
            record = min(row[0] for row in self.db.among("SELECT least FROM unit WHERE id IN ({})", units))
            self._things.describe(thing, draft([clusters.item(u) for u in units]), record)
        self._things.settle(clusters.spec.kind, dirty)
        perhaps(change)
        return self._after([clusters.mentions], [change])

    def _reports(
        self, clusters: Clusters[Any], records: Callable[[Context, Upstream], Iterable[Any]], kinds: Sequence[str]
    ) -> None:
        judge: Any = {"meeting": self._sessions, "days": self._seasons}.get(clusters.spec.kind, lambda change: None)
        self._plain(clusters, lambda c, u: map(pack, records(c, u)), report_draft, kinds, judge)

    def _offices(self) -> None:
        self._things.forget_changes()
        full, title = self._named[offices.FULL], self._named[offices.TITLE]
        self._tell(full.mentions, offices.full, ("body",))
        self._tell(title.mentions, lambda c, u: offices.titles(c), ())
        keys = full.moved().keys() | title.moved().keys()
        before = {key: offices.english(self.db, key) for key in keys}
        full.shelve()
        title.shelve()
        self._retitled = {key for key in keys if offices.english(self.db, key) != before[key]}
        title.mentions.sweep(title.mentions.gone())
        self._after([full.mentions], [full.settle(full.on(self._retitled))])

    def _persons(self, names: set[str]) -> None:
        self._things.forget_changes()
        self._people.forget_changes()
        for number, identifier, context in self._each():
            self._people.tell(number, identifier, context, self._upstream(number, ("body", offices.FULL)))

        def taken(name: str) -> bool:
            return is_place(name) or self._things.find("body", name) is not None

        changes = self._people.settle(taken, names)
        self._after([self._people.full.mentions, self._people.loose.mentions], changes)

    def _tenures(self) -> None:
        """Tenures of offices with a country or body, then offices without, which depend on them, and their tenures."""
        tenure, bare, rest = (self._named[k] for k in (offices.TENURE, offices.BARE, offices.BARE_TENURE))
        self._things.forget_changes()
        self._tell(tenure.mentions, lambda c, u: offices.tenures(c, u, of_full=True), _ENTITIES)
        keys = tenure.shelve()
        self._after([tenure.mentions], [tenure.settle()])
        self._things.forget_changes()
        self._tell(bare.mentions, offices.bare, _ENTITIES)
        bare.shelve()
        self._after([bare.mentions], [bare.settle(bare.on(keys | self._retitled))])
        self._things.forget_changes()
        self._tell(rest.mentions, lambda c, u: offices.tenures(c, u, of_full=False), (*_ENTITIES, offices.BARE))
        rest.shelve()
        self._after([rest.mentions], [rest.settle()])

    # ---------------------------------------------------------------------------------------------- what may be one

    def _sessions(self, change: Change) -> None:
        """Sessions told with countries only: those told with persons that they may be."""
        todo: set[int] = set()
        for unit in change.dirty | change.gone:
            for countries, named in meetings.session(self._meetings.item(unit)):
                if named:
                    todo.update(self._on("meeting", (countries, False)))
                elif unit not in change.gone:
                    todo.add(unit)
        for unit in todo:
            one = self._meetings.item(unit)
            ((countries, _),) = meetings.session(one)
            others = [(u, self._meetings.item(u)) for u in self._on("meeting", (countries, True))]
            self._doubt(unit, meetings.perhaps(one, others), change)

    def _seasons(self, change: Change) -> None:
        """Days without a date: the few others that they may be."""
        seasons = {key for unit in change.dirty | change.gone for key in events.season(self._days.item(unit))}
        for key in seasons:
            units = self._on("days", key)
            items = [(u, self._days.item(u)) for u in units] if len(units) <= _FEW else []
            for unit, one in items:
                self._doubt(unit, events.perhaps(one, items), change)

    def _on(self, kind: str, key: object) -> list[int]:
        return self.db.column("SELECT unit FROM shelf WHERE key = ?", key_of(kind, "look", key))

    def _doubt(self, unit: int, wanted: Iterable[int], change: Change) -> None:
        pairs = {(min(unit, other), max(unit, other)) for other in wanted}
        known = set(self.db.run("SELECT a, b FROM doubt WHERE owner = ?", (unit,)))
        for pair in pairs - known:
            self.db.run("INSERT OR IGNORE INTO doubt VALUES (?, ?, ?)", (*pair, unit))
        for pair in known - pairs:
            self.db.run("DELETE FROM doubt WHERE a = ? AND b = ? AND owner = ?", (*pair, unit))
        change.doubts.update(u for pair in pairs ^ known for u in pair)

    # -------------------------------------------------------------------------------------------------- what follows

    def _after(self, mentions: Sequence[Mentions], changes: Sequence[Change]) -> set[str]:
        """Marks the articles and things that a layer's changes reach; gives the names that came or went."""
        names: set[str] = set()
        renamed: set[int] = set()
        for one in mentions:
            for number in one.stood:
                self.db.touch_source(number, 2)
            for unit in one.counted:
                self._reach(unit, 1)
        for thing, before, now in self._things.changed():
            if before.name != now.name:
                names |= {n for n in (before.name, now.name) if n}
            for unit in self.db.column("SELECT id FROM unit WHERE thing = ?", thing):
                self._reach(unit, 2 if before.name != now.name else 0)
                renamed.add(unit)
        for change in changes:
            for unit, left in change.left.items():
                (new,) = self.db.one("SELECT thing FROM unit WHERE id = ?", unit)
                old_state, new_state = self._things.before(left), self._things.now(new)
                if old_state.name != new_state.name:  # both may be the same as others than before
                    self.db.touch_name(old_state.name)
                    self.db.touch_name(new_state.name)
                if unit in change.gone:
                    continue
                if left is not None and old_state != new_state:
                    self._reach(unit, 2 if old_state.name != new_state.name else 0)
                    renamed.add(unit)
                elif unit in change.rules:
                    self._reach(unit, 1)
            for unit in change.doubts - change.gone:
                self._touch(unit)
        for unit in renamed:
            for a, b in self.db.run(
                "SELECT a, b FROM doubt WHERE a = ?1 UNION SELECT a, b FROM doubt WHERE b = ?1", (unit,)
            ):
                self._touch(b if a == unit else a)
        for one in mentions:
            gone = one.gone()
            for unit in gone:  # who might have been the same as what went
                for a, b in self.db.run("SELECT a, b FROM doubt WHERE a = ?1 OR b = ?1", (unit,)):
                    self._touch(b if a == unit else a)
            one.sweep(gone)
        return names

    def _reach(self, unit: int, level: int) -> None:
        """The articles that mention a unit: level 2, their names changed; 1, the reasons of a merge; 0, what later layers read."""
        for number in self.db.sources_of(unit):
            if level:
                self.db.touch_source(number, level)
            if level != 1 and number not in self._active:
                self._active[number] = self.db.one("SELECT id FROM source WHERE no = ?", number)[0]

    def _touch(self, unit: int) -> None:
        row = self.db.one("SELECT t.name FROM unit u JOIN thing t ON t.id = u.thing WHERE u.id = ?", unit)
        if row is not None:
            self.db.touch_name(row[0])
