"""Graphs broken on purpose, each change drawn from a seed: what validation must judge alike however it is done."""

from __future__ import annotations

import random
from collections.abc import Callable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kgculture import terms

XSD, RDF, RDFS = terms.PREFIXES["xsd"], terms.PREFIXES["rdf"], terms.PREFIXES["rdfs"]
TYPE = NamedNode(RDF + "type")
Change = Callable[[random.Random, list[Quad]], None]


def broken(quads: list[Quad], seed: int, changes: int = 4) -> list[Quad]:
    """The graph with some changes; the same for the same seed."""
    chance, found = random.Random(seed), list(quads)
    for _ in range(changes):
        chance.choice(CHANGES)(chance, found)
    return found


def _pick(chance: random.Random, quads: list[Quad], wanted: Callable[[Quad], bool] = lambda q: True) -> int:
    places = [place for place, quad in enumerate(quads) if wanted(quad)]
    return chance.choice(places) if places else 0


def _literal(quad: Quad) -> bool:
    return isinstance(quad.object, Literal)


def _put(quads: list[Quad], place: int, term: object) -> None:
    old = quads[place]
    quads[place] = Quad(old.subject, old.predicate, term, old.graph_name)  # type: ignore[arg-type]


def drop(chance: random.Random, quads: list[Quad]) -> None:
    if len(quads) > 1:
        del quads[_pick(chance, quads)]


def drop_subject(chance: random.Random, quads: list[Quad]) -> None:
    subject = quads[_pick(chance, quads)].subject
    quads[:] = [quad for quad in quads if quad.subject != subject] or quads[:1]


def second_value(chance: random.Random, quads: list[Quad]) -> None:
    one = quads[_pick(chance, quads)]
    alike = [quad for quad in quads if quad.predicate == one.predicate]
    other = chance.choice([quad for quad in quads if quad.predicate.value != one.predicate.value] or alike)
    term = chance.choice(alike).object if chance.random() < 0.7 else other.object
    quads.append(Quad(one.subject, one.predicate, term, one.graph_name))


def another_datatype(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, _literal)
    if _literal(quads[place]):
        kinds = (
            "string",
            "integer",
            "decimal",
            "double",
            "date",
            "gYear",
            "gYearMonth",
            "boolean",
            "dateTime",
            "int",
            "token",
        )
        _put(quads, place, Literal(quads[place].object.value, datatype=NamedNode(XSD + chance.choice(kinds))))  # type: ignore[union-attr]


def another_form(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, lambda q: _literal(q) and q.object.datatype.value.startswith(XSD))  # type: ignore[union-attr]
    texts = ("", "01", "+1", "1.0", "-3", "true", "1", "2023-02-30", "2023-12-31", "2023-1-1", "20231231", "2023-12-31Z", "--12-31",
             "2023-13", "0000", "12345-01-01", "abc", "3.00", "1e3", "NaN", "9" * 40, "2023-12-31T10:00:00")  # fmt: skip
    if _literal(quads[place]):
        _put(quads, place, Literal(chance.choice(texts), datatype=quads[place].object.datatype))  # type: ignore[union-attr]


def another_language(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, lambda q: _literal(q) and bool(q.object.language))  # type: ignore[union-attr]
    old = quads[place].object
    if isinstance(old, Literal):
        tag = chance.choice(["en", "ru", "kk", "EN", "en-GB", "zz", None])
        _put(quads, place, Literal(old.value, language=tag) if tag else Literal(old.value))


def another_text(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, _literal)
    old = quads[place].object
    if isinstance(old, Literal):
        text = chance.choice(
            ["", " ", "\\", "\\d {?value}", "a\nb", "«Қазақстан»", old.value + "\n", old.value[:-1], "😀" + old.value]
        )
        kind = old.datatype.value
        if old.language:
            _put(quads, place, Literal(text, language=old.language))
        elif kind == XSD + "string":
            _put(quads, place, Literal(text))


def literal_for_node(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, lambda q: isinstance(q.object, NamedNode))
    texts = [Literal("x"), Literal("Alma", language="kk"), Literal(3), Literal(True)]
    _put(quads, place, chance.choice(texts))


def node_for_literal(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, _literal)
    _put(
        quads,
        place,
        chance.choice([quads[_pick(chance, quads)].subject, NamedNode("urn:x:nothing"), BlankNode("blank")]),
    )


def another_node(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, lambda q: isinstance(q.object, NamedNode))
    _put(quads, place, quads[_pick(chance, quads, lambda q: isinstance(q.object, NamedNode))].object)


def another_class(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, lambda q: q.predicate == TYPE)
    if quads[place].predicate == TYPE:
        kinds = [NamedNode(terms.kgc(name)) for name in sorted(terms.CLASSES)]
        if chance.random() < 0.5:
            _put(quads, place, chance.choice(kinds))
        else:
            quads.append(Quad(quads[place].subject, TYPE, chance.choice(kinds), quads[place].graph_name))


def another_name(chance: random.Random, quads: list[Quad]) -> None:
    old = quads[_pick(chance, quads)].subject
    names = (
        "https://w3id.org/kgculture/id/a b".replace(" ", "%20"),
        "https://w3id.org/kgculture/id/Ж",
        "urn:x:1",
        "https://example.org/",
    )
    new = BlankNode("named") if chance.random() < 0.2 else NamedNode(chance.choice(names))
    quads[:] = [
        Quad(new if q.subject == old else q.subject, q.predicate, new if q.object == old else q.object, q.graph_name)
        for q in quads
    ]


def swapped(chance: random.Random, quads: list[Quad]) -> None:
    """Start and end, first and last day, offsets: what has an order gets the wrong one."""
    pairs = [
        ("startDate", "endDate"),
        ("earliest", "latest"),
        ("startOffset", "endOffset"),
        ("periodStart", "periodEnd"),
    ]
    first, second = (NamedNode(terms.kgc(name)) for name in chance.choice(pairs))
    other = {first: second, second: first}
    quads[:] = [Quad(q.subject, other.get(q.predicate, q.predicate), q.object, q.graph_name) for q in quads]


def turned(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads, lambda q: isinstance(q.object, NamedNode))
    old = quads[place]
    if isinstance(old.object, NamedNode):
        quads[place] = Quad(old.object, old.predicate, old.subject, old.graph_name)


def another_predicate(chance: random.Random, quads: list[Quad]) -> None:
    place = _pick(chance, quads)
    old, one = quads[place], quads[_pick(chance, quads)]
    quads[place] = Quad(old.subject, one.predicate, old.object, old.graph_name)


def subclass(chance: random.Random, quads: list[Quad]) -> None:
    one, other = (NamedNode(terms.kgc(chance.choice(sorted(terms.CLASSES)))) for _ in range(2))
    quads.append(Quad(one, NamedNode(RDFS + "subClassOf"), other, quads[0].graph_name))


CHANGES: tuple[Change, ...] = (
    drop, drop, drop_subject, second_value, second_value, another_datatype, another_form, another_form, another_language,
    another_text, literal_for_node, node_for_literal, another_node, another_node, another_class, another_name, swapped, turned,
    another_predicate, subclass,
)  # fmt: skip
