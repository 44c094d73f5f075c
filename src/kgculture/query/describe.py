"""All that a store knows of one thing, in the groups in which a reader looks for it, and the passages that say so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgculture.query import names
from kgculture.query.display import display, session, specific, standing, subjects, values, when, where, who, words
from kgculture.query.display import offices as offices_held
from kgculture.terms import ARTICLE, KGC, PREFIXES, SUPERCLASSES, SUPERPROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: groups in the order in which they are shown -> what their columns are called
GROUPS: dict[str, dict[str, str]] = {
    "facts": {"note": "property", "what": "value"},
    "offices": {"what": "office", "who": "holder", "note": "status", "date": "as of"},
    "meetings": {"date": "date", "what": "meeting", "who": "with", "place": "place", "note": "as"},
    "agreements": {"date": "signed", "what": "agreement", "who": "parties", "place": "place", "note": "as"},
    "events": {"date": "date", "what": "event", "place": "place", "note": "as"},
    "works": {"what": "work", "note": "as"},
    "statements": {"who": "speaker", "what": "text", "note": "as"},
    "proposals": {"who": "by", "what": "proposal", "note": "as"},
    "related": {"what": "thing", "note": "as"},
}
_GROUP_OF = {
    "Tenure": "offices",
    "Office": "offices",
    "Meeting": "meetings",
    "Agreement": "agreements",
    "CulturalEvent": "events",
    "Work": "works",
    "Statement": "statements",
    "Proposal": "proposals",
}
#: properties that say how it is called; all others are what is said of it
_NAMING = {*names.NAMING, names.SAME_AS, names.RDF_TYPE}
#: what a reader does not ask for: days that are derived, pairs that the meetings give, the way back to what a passage shows
_ASIDE = {
    KGC + name
    for name in ("earliest", "latest", "met", "mentions", "evidence", "reports", "articleText", "textDigest", "mergedInto")
} | {PREFIXES["schema"] + "mentions", PREFIXES["skos"] + "inScheme"}  # fmt: skip
#: facts in this order, then the others by name
_FIRST = (
    *(
        "startDate",
        "endDate",
        "signedOn",
        "period",
        "periodStart",
        "periodEnd",
        "asOf",
        "status",
        "stage",
        "agreementType",
    ),
    *(
        "format",
        "ordinal",
        "sessionOf",
        "partOf",
        "venue",
        "place",
        "country",
        "chair",
        "headOfSide",
        "participant",
        "party",
    ),
    *("signatory", "organizer", "presents", "performer", "speaker", "text", "mode", "holder", "office", "tenureStatus"),
)
_ORDER = {KGC + name: number for number, name in enumerate(_FIRST)}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing known: `what` is said, `who` else takes part, `note` how it is connected; `articles` that say so."""

    what: str
    iri: str | None = None
    date: str = ""
    who: str = ""
    place: str = ""
    note: str = ""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that names the thing or proves it: the article, where it begins, the words; `proof` of a Report of it."""

    article: str
    start: int
    quote: str
    proof: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    iri: str
    label: str
    classes: tuple[str, ...]
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    #: keys of GROUPS -> rows
    groups: dict[str, tuple[Row, ...]]
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class _Link:
    """How another thing is connected with the one described: by which properties, in which articles."""

    properties: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)

    def add(self, name: str, graph: Any) -> None:
        self.properties.add(name)
        if hasattr(graph, "value"):
            self.articles.add(_article(graph))

    @property
    def notes(self) -> list[str]:
        """The properties in words, without those that another one implies."""
        implied = {broader for name in self.properties for broader in SUPERPROPERTIES.get(name, ())}
        return sorted(words(name) for name in self.properties - implied)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted(self.articles))


def _article(graph: Any) -> str:
    return unquote(str(graph.value).removeprefix(ARTICLE))


def describe(store: Any, iri: str) -> Description:
    """What the store knows of the thing that `iri` is; an empty description for one that it does not know."""
    from pyoxigraph import DefaultGraph, NamedNode

    node = NamedNode(iri)
    forms = {
        q.object.value for name in names.NAMING for q in store.quads_for_pattern(node, NamedNode(name), None, None)
    }
    aliases = store.quads_for_pattern(None, NamedNode(names.SAME_AS), node, DefaultGraph())
    rows: dict[str, list[Row]] = {"facts": _facts(store, node)}
    for other, link in _links(store, node).items():
        kinds = names.classes(store, other)
        kinds |= {broader for kind in kinds for broader in SUPERCLASSES.get(kind, ())}
        group = next((_GROUP_OF[kind] for kind in sorted(kinds) if kind in _GROUP_OF), "related")
        rows.setdefault(group, []).append(_row(store, group, iri, other, link))
    for group, found in rows.items():
        if group != "facts":
            found.sort(key=lambda row: (*_day(row.date), row.what, row.who, row.iri or ""))
    return Description(
        iri=iri,
        label=display(store, iri),
        classes=tuple(specific(store, iri)),
        names=tuple(sorted(forms)),
        aliases=tuple(sorted(quad.subject.value for quad in aliases)),
        groups={group: tuple(rows[group]) for group in GROUPS if rows.get(group)},
        passages=tuple(_passages(store, node)),
    )


def _day(date: str) -> tuple[bool, bool, str]:
    """Sorts dates: those of the thing before those of its articles, then none."""
    return not date, date.startswith("reported "), date.removeprefix("until ")


def _facts(store: Any, node: Any) -> list[Row]:
    """What is said of the thing itself, each value once; a property that a narrower one implies is left out."""
    said: dict[tuple[str, str, bool], _Link] = {}
    for quad in store.quads_for_pattern(node, None, None, None):
        predicate = quad.predicate.value
        if predicate not in _NAMING and predicate not in _ASIDE:
            literal = hasattr(quad.object, "datatype")
            said.setdefault((predicate, quad.object.value, literal), _Link()).add("", quad.graph_name)
    implied = {
        (KGC + broader, value)
        for predicate, value, _ in said
        for broader in SUPERPROPERTIES.get(predicate.removeprefix(KGC), ())
    }
    found = []
    for (predicate, value, literal), link in said.items():
        if (predicate, value) not in implied:
            shown = value if literal else _with_office(store, node.value, value)
            order = _ORDER.get(predicate, len(_ORDER)), predicate, () if literal else standing(store, value), shown
            row = Row(shown, None if literal else value, note=words(names.local(predicate)), articles=link.sources)
            found.append((order, row))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _with_office(store: Any, iri: str, value: str) -> str:
    """A person with the offices that the articles of the thing give, and whom they spoke for; anything else by its name."""
    shown = display(store, value)
    if "Person" not in names.classes(store, value):
        return shown
    posts = [display(store, post) for post in offices_held(store, value, _graphs(store, iri))]
    spoke = [node for node in subjects(store, "who", value) if iri in values(store, node, "in")]
    behalf = [name for node in spoke for name in who(store, node, "onBehalfOf")]
    return ", ".join([shown, *posts]) + (f" (for {', '.join(behalf)})" if behalf else "")


def _graphs(store: Any, iri: str) -> list[Any]:
    """The graphs of the articles that report a thing."""
    from pyoxigraph import NamedNode

    found = store.quads_for_pattern(None, NamedNode(KGC + "reports"), NamedNode(iri), None)
    return sorted({quad.graph_name for quad in found}, key=str)


def _links(store: Any, node: Any) -> dict[str, _Link]:
    """The things that refer to this one. One that spoke for it took part in the meeting for it; a person's meetings are told once."""
    found: dict[str, _Link] = {}
    if "Article" in names.classes(store, node.value):
        from pyoxigraph import NamedNode

        for quad in store.quads_for_pattern(None, NamedNode(KGC + "reports"), None, node):
            found.setdefault(quad.object.value, _Link()).add("reports", node)
        return found
    for quad in store.quads_for_pattern(None, None, node, None):
        predicate, subject = quad.predicate.value, quad.subject.value
        if predicate in _ASIDE or predicate in _NAMING or subject.startswith(ARTICLE):
            continue
        name = names.local(predicate)
        if "Participation" not in names.classes(store, subject):
            found.setdefault(subject, _Link()).add(name, quad.graph_name)
        elif name == "onBehalfOf":
            for meeting in values(store, subject, "in"):
                found.setdefault(meeting, _Link()).add(name, quad.graph_name)
    # an office of a body or country is told by those who hold it
    for post in [other for other in found if "Office" in names.classes(store, other)]:
        for tenure in subjects(store, "office", post):
            link = found.setdefault(tenure, _Link())
            link.articles |= {_article(graph) for graph in _graphs(store, tenure)}
        if subjects(store, "office", post):
            del found[post]
    return found


def _row(store: Any, group: str, iri: str, other: str, link: _Link) -> Row:
    """How another thing is told in the description of this one."""
    me = display(store, iri)

    def others(*properties: str) -> str:
        return "; ".join(name for name in who(store, other, *properties) if name != me)

    ground = {"City", "Country", "Region", "Venue"} & names.classes(store, iri)
    told = [{"on behalf of": "represented"}.get(name, name) for name in link.notes if name != "reports"]
    note = "; ".join(told if told not in (["place"], ["venue"]) or "Country" in ground else [])
    status = [
        words(s.removeprefix(KGC)) for s in values(store, other, "status") if s not in (KGC + "Held", KGC + "Signed")
    ]
    date, place = (
        when(store, other) or _reported(store, other),
        "; ".join(name for name in where(store, other) if name != me),
    )
    if group == "offices":
        if "Office" in names.classes(store, other):
            return Row(display(store, other), other, articles=link.sources)
        posts = "; ".join(name for name in who(store, other, "office") if name != me)
        state = "; ".join(words(s.removeprefix(KGC)) for s in values(store, other, "tenureStatus"))
        return Row(
            posts, other, _span(values(store, other, "asOf")), others("holder"), note=state, articles=link.sources
        )
    if group == "meetings":
        note = "; ".join([*(n for n in note.split("; ") if n not in ("participant", "")), *status])
        what = session(store, other) or _kind(store, other, "format") or "meeting"
        return Row(what, other, date, others("participant"), place, note, link.sources)
    if group == "agreements":
        stages = [words(s.removeprefix(KGC)) for s in values(store, other, "stage") if s != KGC + "Signed"]
        what = _kind(store, other, "agreementType") if display(store, other) != names.label(store, other) else ""
        note = "; ".join(part for part in (note, *stages) if part)
        return Row(what or display(store, other), other, date, others("party", "signatory"), place, note, link.sources)
    if group == "statements":
        text = " / ".join(" ".join(text.split()) for text in values(store, other, "text"))
        note = "; ".join(name for name in link.notes if name not in ("speaker", "reports"))
        return Row(text, other, who=others("speaker"), note=note, articles=link.sources)
    if group == "proposals":
        what = "; ".join(who(store, other, "proposes", "supporter"))
        return Row(what, other, who=others("proposer"), note=note, articles=link.sources)
    if group == "events":
        note = "; ".join(part for part in (note, *status) if part)
        what = display(store, other)
        kinds = ", ".join(words(kind) for kind in specific(store, other))
        shows = "; ".join(who(store, other, "presents", "worksBy"))
        labelled = what == names.label(store, other)
        what = f"{what} ({kinds})" if labelled else kinds + (f" of {shows}" if shows else "")
        return Row(what, other, date, place=place, note=note, articles=link.sources)
    return Row(display(store, other), other, date, place=place, note=note, articles=link.sources)


def _reported(store: Any, iri: str) -> str:
    """For what is dated nowhere: when the first of its articles was published."""
    from pyoxigraph import DefaultGraph, NamedNode

    published = NamedNode(PREFIXES["schema"] + "datePublished")
    days = [
        q.object.value for a in _graphs(store, iri) for q in store.quads_for_pattern(a, published, None, DefaultGraph())
    ]
    return f"reported {min(days)}" if days else ""


def _kind(store: Any, iri: str, local: str) -> str:
    return "; ".join(words(value.removeprefix(KGC)) for value in values(store, iri, local))


def _span(days: list[str]) -> str:
    """One day, or the first and the last."""
    return "" if not days else days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}"


def _passages(store: Any, node: Any) -> Iterator[Passage]:
    """The passages behind a thing's Reports and those that name it, in the order of the articles and their texts."""
    from pyoxigraph import NamedNode

    proofs = set()
    for report in store.quads_for_pattern(None, NamedNode(KGC + "reports"), node, None):
        for quad in store.quads_for_pattern(report.subject, NamedNode(KGC + "evidence"), None, report.graph_name):
            proofs.add((quad.object, quad.graph_name))
    found = {(q.subject, q.graph_name) for q in store.quads_for_pattern(None, NamedNode(KGC + "mentions"), node, None)}
    passages = []
    for passage, graph in found | proofs:
        quotes = store.quads_for_pattern(passage, NamedNode(KGC + "quote"), None, graph)
        starts = [
            int(q.object.value) for q in store.quads_for_pattern(passage, NamedNode(KGC + "startOffset"), None, graph)
        ]
        article = _article(graph) if hasattr(graph, "value") else ""
        told = (passage, graph) in proofs
        passages += [Passage(article, min(starts, default=0), q.object.value, told) for q in quotes]
    yield from sorted(passages, key=lambda p: (p.article, p.start, p.quote))


def leading(passages: Iterable[Passage], most: int) -> list[Passage]:
    """At most so many passages: proofs before mentions, one of each article before a second of any."""
    told: dict[str, int] = {}
    ranked = []
    for number, passage in enumerate(sorted(passages, key=lambda p: not p.proof)):
        told[passage.article] = told.get(passage.article, 0) + 1
        ranked.append((not passage.proof, told[passage.article], number, passage))
    chosen = [passage for *_, passage in sorted(ranked, key=lambda r: r[:3])[:most]]
    return sorted(chosen, key=lambda p: (p.article, p.start, p.quote))


def triples(store: Any, iri: str) -> Iterator[Any]:
    """The triples that a description rests on: those about the thing and to it, its Reports and passages."""
    from pyoxigraph import NamedNode

    node = NamedNode(iri)
    yield from (quad.triple for quad in store.quads_for_pattern(node, None, None, None))
    around = set()
    for quad in store.quads_for_pattern(None, None, node, None):
        yield quad.triple
        if quad.subject.value.startswith(ARTICLE) and "#" in quad.subject.value:
            around.add(quad.subject)
    for subject in sorted(around, key=str):
        for quad in store.quads_for_pattern(subject, None, None, None):
            yield quad.triple
            if quad.predicate.value == KGC + "evidence":
                yield from (q.triple for q in store.quads_for_pattern(quad.object, None, None, None))
