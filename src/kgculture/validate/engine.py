"""Data judged by shapes: by compiled queries where all of a shape is known, by pyshacl where not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Variable

from kgculture.validate.compiler import GRAPH, ROOT, Detail, Program, Root
from kgculture.validate.report import Finding, filled, worded
from kgculture.validate.shapes import RDFS, ShapesGraph, kept, plain, without_targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Triple

_SUBCLASS = RDFS + "subClassOf"
#: up to so many nodes that break a shape are asked one by one what it is; for more, the whole data are
_FEW = 40
#: so many nodes are named in one query
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class _Place:
    """Where queries look: the default graph of a store, or all its named graphs, one for each part of a batch.

    `only` stands before each pattern: it may say which nodes alone are looked at.
    """

    store: Store
    named: bool
    only: str = ""


class Judge:
    """The shapes of one shapes graph, compiled once; gives for data what pyshacl would report of them."""

    def __init__(self, triples: Iterable[Triple | Quad], prefixes: Mapping[str, str]) -> None:
        self.graph = ShapesGraph(triples)
        self._prefixes = dict(prefixes)
        self._programs: dict[Any, Program] = {}
        self._references: dict[frozenset[Any], Any] = {}

    @property
    def unknown(self) -> dict[str, str]:
        """The shapes that go to pyshacl, each with the construct that is not compiled."""
        return {node.value: construct for node, construct in self._program({}).refused.items()}

    def parts(self, parts: Sequence[Iterable[Quad]]) -> list[list[Finding]]:
        """The findings of each of several graphs. A graph is all quads of a part, whatever graph they name."""
        listed = [list(part) for part in parts]
        looks = [look(part) for part in listed]
        found: list[list[Finding]] = [[] for _ in listed]
        batches = self._program({}).batches
        together = [n for n, at in enumerate(looks) if at.kept and not at.hierarchy and batches]
        if len(together) > 1:
            batch = self._together([listed[n] for n in together], [looks[n].names for n in together])
            for number, findings in zip(together, batch, strict=True):
                found[number] = self._completed(self._program({}), findings, listed[number], looks[number].tame)
        for number, at in enumerate(looks):
            if not at.kept:
                found[number] = self.by_reference(listed[number])  # a store would change its terms
            elif len(together) <= 1 or number not in together:
                found[number] = self.store(_stored(listed[number]), tame=at.tame)
        return found

    def store(self, store: Store, *, tame: bool = True, only: Iterable[NamedNode] | None = None) -> list[Finding]:
        """The findings of a store's default graph, which is queried where it is. `tame`: see `Look`.

        `only` are the nodes to be looked at as targets: the cost is then that of those nodes. Where pyshacl must judge a shape,
        its findings are those of all nodes.
        """
        below = _subclasses(store)
        if below is None:
            return self.by_reference(store.quads_for_pattern(None, None, None, DefaultGraph()))
        program = self._program(below)
        program.functions.gave_up = False
        if only is None:
            findings = self._run(program, _Place(store, named=False))[None]
        else:
            findings = []
            nodes = iter(only)
            while chunk := list(islice(nodes, _CHUNK)):
                values = f"VALUES {ROOT} {{ {' '.join(map(str, chunk))} }}"
                findings += self._run(program, _Place(store, named=False, only=values))[None]
        if program.functions.gave_up:
            return self.by_reference(store.quads_for_pattern(None, None, None, DefaultGraph()))
        return self._completed(program, findings, store.quads_for_pattern(None, None, None, DefaultGraph()), tame)

    def _completed(self, program: Program, findings: list[Finding], quads: Iterable[Quad], tame: bool) -> list[Finding]:
        """With the findings of pyshacl for shapes that are not compiled, or that have no messages, or whose queries meet terms
        that engines treat differently."""
        rest = set(program.refused) | {f.root for f in findings if f.message is None}
        if not tame:
            rest |= {root.node for root in program.roots if root.queries}
        if not rest:
            return findings
        return [f for f in findings if f.root not in rest] + self.by_reference(quads, rest)

    def compiled(self, quads: Iterable[Quad]) -> list[Finding]:
        """What the compiled shapes alone find in a graph, without messages that pyshacl would make up: for tests."""
        store = _stored(quads)
        return self._run(self._program(_subclasses(store) or {}), _Place(store, named=False))[None]

    def by_reference(self, quads: Iterable[Quad], only: Iterable[Any] | None = None) -> list[Finding]:
        """What pyshacl says of a graph: of all shapes, or of some with targets."""
        from kgculture.validate.reference import findings, shapes_graph

        chosen = frozenset(self.graph.roots() if only is None else only)
        if chosen not in self._references:
            others = set(self.graph.roots()) - chosen
            self._references[chosen] = shapes_graph(without_targets(self.graph, others), self._prefixes)
        return findings(quads, self._references[chosen])

    # ------------------------------------------------------------------------------------------------------- compiled

    def _program(self, subclasses: Mapping[str, frozenset[str]]) -> Program:
        key = frozenset(subclasses.items())
        if key not in self._programs:
            if len(self._programs) > 8:  # hierarchies of classes that come with data of all kinds
                self._programs.clear()
            self._programs[key] = Program(self.graph, subclasses)
        return self._programs[key]

    def _together(self, parts: list[list[Quad]], names: list[frozenset[Any]]) -> list[list[Finding]]:
        program, store, graphs = self._program({}), Store(), []
        for number, (part, named) in enumerate(zip(parts, names, strict=True)):
            graph = next(iter(named)) if len(named) == 1 else None
            if isinstance(graph, NamedNode) and graph.value not in graphs:
                store.extend(part)
            else:
                graph = NamedNode(f"urn:kgculture:part:{number}")
                store.extend([Quad(q.subject, q.predicate, q.object, graph) for q in part])
            graphs.append(graph.value)
        program.functions.gave_up = False
        of = self._run(program, _Place(store, named=True))
        if program.functions.gave_up:  # nobody knows for which of them
            return [self.store(_stored(part)) for part in parts]
        return [of.get(graph, []) for graph in graphs]

    def _run(self, program: Program, place: _Place) -> dict[str | None, list[Finding]]:
        """The findings by graph. Those of the default graph are under None, which is always there."""
        found: dict[str | None, list[Finding]] = defaultdict(list, {None: []})
        functions = program.functions.table()

        def collect(root: Root, detail: Detail) -> None:
            for row in _rows(place.store, _full(root, detail, place), functions):
                found[row[GRAPH[1:]].value if place.named else None].append(_finding(root, detail, row))

        for root in program.roots:
            for detail in root.queries:
                collect(root, detail)
            if root.screen is None:
                for detail in root.details:
                    collect(root, detail)
                continue
            text = _where(place, f"{root.target} FILTER (!{root.screen})", [ROOT])
            broken = [
                (row[GRAPH[1:]] if place.named else None, row[ROOT[1:]]) for row in _rows(place.store, text, functions)
            ]
            for detail in root.details if broken else ():
                if len(broken) > _FEW:
                    collect(root, detail)
                    continue
                text = f"SELECT DISTINCT {' '.join(_selected(detail, ROOT))} WHERE {{ {detail.body} }}"
                for graph, focus in broken:
                    asked = {"substitutions": {Variable(ROOT[1:]): focus}, "default_graph": graph or DefaultGraph()}
                    for row in _rows(place.store, text, functions, **asked):
                        found[graph.value if graph is not None else None].append(_finding(root, detail, row))
        return found


def _rows(store: Store, text: str, functions: dict[NamedNode, Callable[..., Any]], **options: Any) -> Iterator[Any]:
    rows: Any = store.query(text, custom_functions=functions, **options)
    return iter(rows)


def _full(root: Root, detail: Detail, place: _Place) -> str:
    # in braces: a target may be a UNION, and what follows it must be joined with all of it
    return _where(place, detail.body if detail.led else f"{{ {root.target} }} {detail.body}", _selected(detail))


def _where(place: _Place, pattern: str, names: Sequence[str]) -> str:
    if place.named:
        return f"SELECT DISTINCT {GRAPH} {' '.join(names)} WHERE {{ GRAPH {GRAPH} {{ {place.only} {pattern} }} }}"
    return f"SELECT DISTINCT {' '.join(names)} WHERE {{ {place.only} {pattern} }}"


def _selected(detail: Detail, *more: str) -> list[str]:
    names: list[str | None] = [*more, detail.focus, detail.value, detail.path]
    if detail.constraint.component == "SPARQL":
        names += [f"?{name}" for name in detail.constraint.variables]
    return list(dict.fromkeys(name for name in names if name))


def _finding(root: Root, detail: Detail, row: Any) -> Finding:
    shape, c = detail.shape, detail.constraint
    focus = row[detail.focus[1:]]
    path = shape.path.iri if shape.path is not None else None
    if detail.path is not None:
        path = row[detail.path[1:]].value
    if c.component == "SPARQL":
        values = {name: row[name] for name in c.variables if row[name] is not None}
        value = values.pop("value", focus if shape.path is None else None)
        message: str | None = filled(c.messages, shape.messages, values, focus, value)
    else:
        value = row[detail.value[1:]] if detail.value is not None else None
        message = worded(shape.messages)
    return Finding(
        severity=shape.severity,
        shape=shape.node,
        component=c.iri,
        focus=focus.value,
        path=path,
        value=None if value is None else value.value,
        message=message,
        nested=detail.nested,
        root=root.node,
    )


def _subclasses(store: Store) -> dict[str, frozenset[str]] | None:
    """For each class, all classes below it in the default graph; None where one has no IRI."""
    below: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, NamedNode(_SUBCLASS), None, DefaultGraph()):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
            return None
        below[quad.object.value].add(quad.subject.value)
    found = {}
    for name in below:
        reached, ahead = set(), [name]
        while ahead:
            for one in below.get(ahead.pop(), ()):
                if one not in reached:
                    reached.add(one)
                    ahead.append(one)
        found[name] = frozenset(reached)
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """What matters of a graph's terms. `kept`: a store gives each literal back as it is. `hierarchy`: it has subclasses. `names`
    are those of the graphs that the quads are in.

    `tame`: there are no blank nodes, and numbers and dates only in their common forms. Queries of sh:sparql say the same of
    such on any engine; of a number of forty digits, or of the text of a blank node, they do not.
    """

    kept: bool
    tame: bool
    hierarchy: bool
    names: frozenset[Any]


def look(quads: Iterable[Quad]) -> Look:
    all_kept, tame, hierarchy, names = True, True, False, set()
    for quad in quads:
        names.add(quad.graph_name)
        term = quad.object
        if isinstance(term, Literal):
            if not plain(term):
                tame = False
                all_kept = all_kept and kept(term)
        elif isinstance(term, BlankNode):
            tame = False
        if isinstance(quad.subject, BlankNode):
            tame = False
        if quad.predicate.value == _SUBCLASS:
            hierarchy = True
    return Look(all_kept, tame, hierarchy, frozenset(names))


def _stored(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend([Quad(q.subject, q.predicate, q.object) for q in quads])
    return store
