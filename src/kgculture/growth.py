"""What a build writes into the triples: the graphs of the articles that it touched, and what of the default graph depends on them.

The old graph of an article is made again from its old facts and names, so the difference is exact; a triple leaves the default
graph when no article's graph states it any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kgculture import graph as graphs
from kgculture import terms
from kgculture.checking import WHOLE, checked
from kgculture.graph import ArticleGraph, Ledger
from kgculture.model import Resolution
from kgculture.resolve import Lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kgculture._workers import Workers
    from kgculture.model import ArticleFacts
    from kgculture.store import Records, Writer

_NOTHING = DefaultGraph()
#: quads that wait to be loaded
_WAITING = 75_000
_TABLES = """
CREATE TEMP TABLE candidate (triple TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE reason (thing TEXT, rule TEXT, article TEXT, ref TEXT, sign INTEGER NOT NULL,
                          PRIMARY KEY (thing, rule, article, ref)) WITHOUT ROWID;
CREATE TEMP TABLE focus (node TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_OF_NODE = tuple(
    NamedNode(iri)
    for iri in (
        *(terms.kgc(name) for name in ("status", "ministerial", "earliest", "latest", "maybeSame")),
        terms.PREFIXES["rdfs"] + "label",
        terms.PREFIXES["skos"] + "altLabel",
    )
)
_OF_OTHERS = frozenset(NamedNode(terms.kgc(name)) for name in ("holder", "office"))
_REMEMBERED = 100_000
_SAME_AS, _MAYBE = NamedNode(terms.PREFIXES["owl"] + "sameAs"), NamedNode(terms.kgc("maybeSame"))


class Growth:
    """One build's changes.

    `old`: the records that stood, None where all is made from nothing; `verdicts`: those that may know what shapes say of a graph.
    """

    def __init__(
        self,
        writer: Writer,
        old: Records | None,
        verdicts: Records | None,
        pool: Workers,
        progress: Callable[[str, int, int | None], None],
    ) -> None:
        self._writer = writer
        self._records = writer.records
        self._old = old
        self._verdicts = verdicts
        self._pool = pool
        self._progress = progress
        self._db = writer.records.database
        self._db.executescript(_TABLES)
        self._names = Lookup(self._db)
        self._old_names = Lookup(old.database) if old is not None else None
        self._ledger = Ledger(self._db)
        self._waiting: list[Quad] = []
        self._seen: set[str] = set()  # nodes that are known to be in `focus`

    def write(self) -> None:
        """Brings triples, verdicts and what is withheld up to what facts and names now are."""
        self._articles()
        self._reasons()
        self._load()
        self._withdraw()
        self._nodes()
        self._merges()
        self._load()

    def focus(self) -> list[str]:
        """The nodes, by IRI, of which the default graph says something else than before."""
        return [row[0] for row in self._db.execute("SELECT node FROM focus ORDER BY node")]

    def check_union(self) -> None:
        """Asks the shapes over several articles about the nodes of which the default graph says something else than before."""
        from kgculture.neighbours import Neighbours
        from kgculture.validate import check_union

        if self._old is None:
            self._records.put_violations(check_union(self._writer.triples))
            return
        around = Neighbours(self._writer.triples)
        nodes = around.concerned(self.focus())
        for part in around.parts(nodes, list(self._ledger.flipped("met"))):
            for node in part.focus:
                self._records.clear_union(node)
            found = check_union(part.store)
            self._records.put_violations(violation for violation in found if violation.focus in part.focus)

    # ------------------------------------------------------------------------------------------------------- triples

    def _add(self, triples: Iterable[Triple], graph: NamedNode | DefaultGraph = _NOTHING) -> None:
        for t in triples:
            self._waiting.append(Quad(t.subject, t.predicate, t.object, graph))
            if graph == _NOTHING:
                self._focus(t)
        if len(self._waiting) >= _WAITING:
            self._load()

    def _load(self) -> None:
        self._writer.load(self._waiting)
        self._waiting = []

    def _remove(self, triples: Iterable[Triple], graph: NamedNode | DefaultGraph = _NOTHING) -> None:
        for t in triples:
            self._writer.triples.remove(Quad(t.subject, t.predicate, t.object, graph))
            if graph == _NOTHING:
                self._focus(t)

    def _focus(self, triple: Triple) -> None:
        """Whom it concerns that a triple of the default graph came or went: its subject; of a tenure also holder and office."""
        nodes = (triple.subject, triple.object) if triple.predicate in _OF_OTHERS else (triple.subject,)
        for node in nodes:
            iri = str(getattr(node, "value", ""))
            if iri not in self._seen and iri.startswith(terms.KGR):
                if len(self._seen) > _REMEMBERED:
                    self._seen.clear()
                self._seen.add(iri)
                self._db.execute("INSERT OR IGNORE INTO focus VALUES (?)", (iri,))

    def _differ(self, wanted: set[Triple], current: set[Triple]) -> None:
        self._add(wanted - current)
        self._remove(current - wanted)

    # ------------------------------------------------------------------------------------------------------ articles

    def _articles(self) -> None:
        touched = [row[0] for row in self._db.execute("SELECT id FROM touched_source WHERE level = 2 ORDER BY id")]
        there: list[str] = []

        def articles() -> Iterator[tuple[ArticleFacts, Resolution]]:
            for identifier in touched:
                self._records.clear(identifier)
                facts = self._records.facts_of(identifier)
                if facts is None:
                    self._replace(identifier, None)
                else:
                    there.append(identifier)
                    yield facts, self._names.article(facts)

        for number, (graph, found) in enumerate(checked(articles(), self._records, self._verdicts, self._pool)):
            self._progress("check", number + 1, len(touched))
            identifier = there[number]
            self._records.put_violations(found)
            withheld = {WHOLE} if graph is None else graph.withheld
            if withheld:
                self._records.put_withheld(identifier, withheld)
            self._replace(identifier, graph)

    def _replace(self, identifier: str, new: ArticleGraph | None) -> None:
        """Puts an article's graph in the place of the one that it had."""
        old = self._old_graph(identifier)
        iri = graphs.article_iri(identifier)
        before, now = _named(old), _named(new)
        self._remove(before - now, iri)
        self._add(now - before, iri)
        brought, bringing = _brought(old), _brought(new)
        self._add(bringing - brought)
        for triple in brought - bringing:
            line = (serialize([triple], format=RdfFormat.N_TRIPLES) or b"").decode()
            self._db.execute("INSERT OR IGNORE INTO candidate VALUES (?)", (line,))
        self._ledger.count(_sayings(old), _sayings(new))
        self._reason(identifier, _told(old), _told(new))
        if old is not None and old.withheld != (new.withheld if new is not None else {WHOLE}):
            for _, name, _ in self._names.reasons(identifier):  # a Merge may name what is told no more, or again
                self._db.execute("INSERT OR IGNORE INTO touched_name VALUES (?)", (name,))

    def _old_graph(self, identifier: str) -> ArticleGraph | None:
        facts = self._old.facts_of(identifier) if self._old is not None else None
        if facts is None or self._old is None or self._old_names is None:
            return None
        withheld = self._old.withheld(identifier)
        if WHOLE in withheld:
            return None
        return ArticleGraph(facts, Resolution({}, self._old_names.names(facts)), withheld)

    # ------------------------------------------------------------------------------------------------------- reasons

    def _reasons(self) -> None:
        """Articles whose names stay and whose records are joined by other rules than before."""
        for (identifier,) in self._db.execute("SELECT id FROM touched_source WHERE level = 1 ORDER BY id").fetchall():
            told = self._told(identifier)
            self._reason(identifier, told, told)

    def _told(self, identifier: str) -> set[str] | None:
        """The records of an article that are in the graph; None for all."""
        withheld = self._records.withheld(identifier)
        if not withheld:
            return None
        facts = self._records.facts_of(identifier)
        if WHOLE in withheld or facts is None:
            return set()
        return _told(ArticleGraph(facts, Resolution({}, self._names.names(facts)), withheld))

    def _reason(self, identifier: str, told_before: set[str] | None, told: set[str] | None) -> None:
        old = self._old_names.reasons(identifier) if self._old_names is not None else ()
        before = {(t, rule, ref) for ref, t, rule in old if told_before is None or ref in told_before}
        now = {(t, rule, ref) for ref, t, rule in self._names.reasons(identifier) if told is None or ref in told}
        for sign, rows in ((-1, before - now), (1, now - before)):
            for name, rule, ref in rows:
                self._ledger.add(("merge", name, rule), sign)
                self._db.execute("INSERT INTO reason VALUES (?, ?, ?, ?, ?)", (name, rule, identifier, ref, sign))

    # ------------------------------------------------------------------------------------------------- default graph

    def _withdraw(self) -> None:
        """Takes from the default graph what articles stated and none does any more."""
        for (line,) in self._db.execute("SELECT triple FROM candidate ORDER BY triple").fetchall():
            (triple,) = (q.triple for q in parse(line, RdfFormat.N_TRIPLES))
            if not self._is_stated(triple) and not self._is_known(triple):
                self._remove([triple])

    def _is_stated(self, triple: Triple) -> bool:
        found = self._writer.triples.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name != _NOTHING for quad in found)

    def _is_known(self, triple: Triple) -> bool:
        node = str(getattr(triple.subject, "value", ""))
        return any(triple in graphs.known(*source).get(node, ()) for source in self._ledger.sources(node))

    def _nodes(self) -> None:
        for what in ("thing", "status", "ministerial", "span"):
            for key, _ in self._ledger.flipped(what):
                self._db.execute("INSERT OR IGNORE INTO touched_name VALUES (?)", (key,))
        for (name,) in self._db.execute("SELECT name FROM touched_name ORDER BY name").fetchall():
            self._differ(self._wanted(name), self._current(name) if self._old is not None else set())
        for one, other in self._ledger.flipped("met"):
            triple = graphs.met(one, other)
            if self._ledger.number(("met", one, other)):
                self._add([triple])
            else:
                self._remove([triple])
        for node, value in self._ledger.flipped("known"):
            what, _, key = value.partition(" ")
            triples = graphs.known(what, key)[node]
            if self._ledger.number(("known", node, value)):
                self._add(triples)
            else:
                self._remove(t for t in triples if not self._is_known(t) and not self._is_stated(t))

    def _wanted(self, name: str) -> set[Triple]:
        """What the default graph says of a thing that no single article states."""
        if not self._ledger.told(name):
            return set()
        found = set(graphs.decided(name, self._ledger.values(name)))
        record = self._names.thing(name)
        if record is not None:
            found.update(graphs.described(record))
            others = sorted(other for other in self._names.maybe_same(name) if self._ledger.told(other))
            found.update(graphs.doubted(name, others))
        return found

    def _current(self, name: str) -> set[Triple]:
        node, triples = graphs.thing(name), self._writer.triples
        found = {q.triple for p in _OF_NODE for q in triples.quads_for_pattern(node, p, None, _NOTHING)}
        for predicate in (_SAME_AS, _MAYBE):
            found.update(q.triple for q in triples.quads_for_pattern(None, predicate, node, _NOTHING))
        if graphs.is_place(name):  # its labels are known, and not derived
            later = {terms.PREFIXES["rdfs"] + "label", terms.PREFIXES["skos"] + "altLabel"}
            found = {t for t in found if t.predicate.value not in later}
        return found

    # -------------------------------------------------------------------------------------------------------- merges

    def _merges(self) -> None:
        for (name,) in self._db.execute("SELECT name FROM touched_name").fetchall():
            rules = {rule for rule, _ in self._names.special(name)}
            if self._old_names is not None:
                rules |= {rule for rule, _ in self._old_names.special(name)}
            for rule in rules:
                self._db.execute("INSERT OR IGNORE INTO reason VALUES (?, ?, '', '', 0)", (name, rule))
        for name, rule in self._db.execute("SELECT DISTINCT thing, rule FROM reason ORDER BY thing, rule").fetchall():
            self._merge(name, rule)

    def _merge(self, name: str, rule: str) -> None:
        rows = self._db.execute(
            "SELECT article, ref, sign FROM reason WHERE thing = ? AND rule = ? AND sign != 0", (name, rule)
        ).fetchall()
        node = graphs.merge_node(name, rule)
        special = {record for of, record in self._names.special(name) if of == rule and self._tells(*record)}
        count = self._ledger.number(("merge", name, rule))
        stood = self._old is not None and any(self._writer.triples.quads_for_pattern(node, None, None, _NOTHING))
        if count + len(special) < 2:
            if stood:
                self._remove([q.triple for q in self._writer.triples.quads_for_pattern(node, None, None, _NOTHING)])
            return
        if not stood:
            fresh = {(article, ref) for article, ref, sign in rows if sign > 0}
            records = fresh if len(fresh) == count else self._merged(name, rule)
            self._add(graphs.merge_head(name, rule))
            self._add(graphs.merge_record(name, rule, *record) for record in records | special)
            return
        self._add(graphs.merge_record(name, rule, a, ref) for a, ref, sign in rows if sign > 0)
        self._remove([graphs.merge_record(name, rule, a, ref) for a, ref, sign in rows if sign < 0])
        before = set() if self._old_names is None else {r for of, r in self._old_names.special(name) if of == rule}
        merged = NamedNode(terms.kgc("merged"))
        for record in before | special:
            triple = graphs.merge_record(name, rule, *record)
            if record in special:
                self._add([triple])
            elif not self._joined(name, rule, record):
                self._writer.triples.remove(Quad(node, merged, triple.object, _NOTHING))

    def _joined(self, name: str, rule: str, record: tuple[str, str]) -> bool:
        """Whether a record is joined by the rule itself."""
        return any((ref, t, r) == (record[1], name, rule) for ref, t, r in self._names.reasons(record[0]))

    def _merged(self, name: str, rule: str) -> set[tuple[str, str]]:
        return {record for record in self._names.merged(name, rule) if self._tells(*record)}

    def _tells(self, identifier: str, ref: str) -> bool:
        told = self._told(identifier)
        return told is None or ref in told


def _named(graph: ArticleGraph | None) -> set[Triple]:
    return set() if graph is None else graph.stated | graph.provenance


def _brought(graph: ArticleGraph | None) -> set[Triple]:
    return set() if graph is None else graphs.brought(graph)


def _sayings(graph: ArticleGraph | None) -> Iterable[tuple[str, str, str]]:
    return () if graph is None else graphs.sayings(graph)


def _told(graph: ArticleGraph | None) -> set[str]:
    return set() if graph is None else {*graph.scope.refs, *graph.scope.fact_ids}
