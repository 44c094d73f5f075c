"""Names as a person reads them: labels, and for things without one a name composed of what is known of them.

Composed names are for display only; the graph never holds them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgculture.query import names
from kgculture.terms import ARTICLE, KGC, KGR, SUPERCLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: names that a composed name lists before it counts the rest, and letters of a text that it quotes
LISTED, QUOTED = 3, 60


def values(store: Any, subject: str, local: str, graph: Any = None) -> list[str]:
    """The values of kgc:`local` in the default graph, or the graph given; sorted."""
    from pyoxigraph import DefaultGraph, NamedNode

    pattern = (NamedNode(subject), NamedNode(KGC + local), None)
    return sorted({str(q.object.value) for q in store.quads_for_pattern(*pattern, graph or DefaultGraph())})


def subjects(store: Any, local: str, value: str, graph: Any = None) -> list[str]:
    """The things that have `value` as kgc:`local` in the default graph, or the graph given; sorted."""
    from pyoxigraph import DefaultGraph, NamedNode

    pattern = (None, NamedNode(KGC + local), NamedNode(value))
    return sorted({str(q.subject.value) for q in store.quads_for_pattern(*pattern, graph or DefaultGraph())})


def specific(store: Any, iri: str) -> list[str]:
    """Local names of the classes of a thing, without those that others of them are narrower than."""
    found = names.classes(store, iri)
    general = {broader for name in found for broader in SUPERCLASSES.get(name, ())}
    return sorted(found - general)


def words(name: str) -> str:
    """A local name of the vocabulary as words: `DaysOfCulture` -> `days of culture`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def listed(parts: Sequence[str], most: int = LISTED) -> str:
    """`A`, `A and B`, `A, B and C`, `A, B and 4 others`."""
    parts = list(dict.fromkeys(parts))
    if len(parts) > most:
        parts = [*parts[: most - 1], f"{len(parts) - most + 1} others"]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def shortened(text: str, most: int = QUOTED) -> str:
    """The text in one line, cut after a word where it is longer than `most`."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def display(store: Any, iri: str) -> str:
    """How a thing or term is shown: its label; for one without a label what it is, whose, where and when."""
    if iri.startswith(KGC):
        return iri.removeprefix(KGC)
    if iri.startswith(ARTICLE):
        return unquote(iri.removeprefix(ARTICLE))
    if not iri.startswith(KGR):
        return names.curie(iri)
    kinds = specific(store, iri)
    if "Office" in kinds:
        return office(store, iri)
    label = names.label(store, iri)
    if label != names.local(iri) or not kinds:
        return label
    for kind in kinds:
        compose = _COMPOSE.get(kind) or next((_COMPOSE[s] for s in SUPERCLASSES.get(kind, ()) if s in _COMPOSE), None)
        if compose is not None and (composed := compose(store, iri, kind)):
            return composed
    return label


def office(store: Any, iri: str) -> str:
    """A post with the body or, without one, the country that it belongs to: `Minister of Culture, AZ`."""
    title = names.label(store, iri)
    for body in values(store, iri, "organization"):
        label = names.label(store, body)
        return title if label in title else f"{title}, {label}"
    for country in values(store, iri, "country"):
        code = values(store, country, "isoCode")
        return f"{title}, {code[0] if code else names.label(store, country)}"
    return title


def offices(store: Any, person: str, graphs: Iterable[Any]) -> list[str]:
    """IRIs of the offices that the articles of these graphs say a person holds, not held before or later."""
    found: dict[str, str] = {}
    for graph in graphs:
        for tenure in subjects(store, "holder", person, graph):
            if {KGC + "Current", KGC + "Acting"} & set(values(store, tenure, "tenureStatus", graph)):
                for post in values(store, tenure, "office", graph):
                    found[tenure] = post
    return list(dict.fromkeys(post for _, post in sorted(found.items())))


def when(store: Any, iri: str) -> str:
    """The most precise date of a thing, its last day after a dash; empty where none is stated."""
    best = [
        max(found, key=lambda d: (not d.startswith("-"), len(d), d))
        for local in ("startDate", "signedOn", "endDate")
        if (found := values(store, iri, local))
    ]
    if len(best) > 1:
        return best[0] if best[0] == best[1] else f"{best[0]} – {best[1]}"
    # an end without a beginning must not look like one
    alone = not values(store, iri, "startDate") and not values(store, iri, "signedOn")
    return ("until " if alone else "") + best[0] if best else ""


def where(store: Any, iri: str) -> list[str]:
    """Venues and places of a thing."""
    return list(dict.fromkeys(names.label(store, node) for x in ("venue", "place") for node in values(store, iri, x)))


def who(store: Any, iri: str, *properties: str) -> list[str]:
    """Names of those that a thing has under any of the properties; persons before bodies, and these before countries."""
    found = {node for local in properties for node in values(store, iri, local)}
    return [display(store, node) for node in sorted(found, key=lambda node: standing(store, node))]


def standing(store: Any, iri: str) -> tuple[int, str, str]:
    """The order in which those who take part are named."""
    kinds = names.classes(store, iri)
    order = ("Minister", "Person", "Organization", "Country")
    place = next((number for number, kind in enumerate(order) if kind in kinds), len(order))
    return max(place, 1), names.label(store, iri), iri


# ---------------------------------------------------------------------------------------------- names of the unlabelled


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def session(store: Any, iri: str) -> str:
    """`session 4 of the Sub-Commission …` for a meeting of a body that its articles name, else empty."""
    for body in values(store, iri, "sessionOf"):
        number = values(store, iri, "ordinal")
        return f"session {number[0] + ' ' if number else ''}of {names.label(store, body)}"
    return ""


def _meeting(store: Any, iri: str, kind: str) -> str:
    what = session(store, iri) or f"meeting of {listed(who(store, iri, 'participant'))}"
    return _joined(what, *where(store, iri)[:1], when(store, iri))


def _tenure(store: Any, iri: str, kind: str) -> str:
    status = "".join(
        f" ({words(s.removeprefix(KGC))})" for s in values(store, iri, "tenureStatus") if s != KGC + "Current"
    )
    return _joined(listed(who(store, iri, "holder")), *who(store, iri, "office")) + status


def _participation(store: Any, iri: str, kind: str) -> str:
    for_whom = who(store, iri, "onBehalfOf")
    return listed(who(store, iri, "who")) + (f" for {listed(for_whom)}" if for_whom else "")


def _statement(store: Any, iri: str, kind: str) -> str:
    text = next((shortened(text) for text in values(store, iri, "text")), "")
    return f"{listed(who(store, iri, 'speaker'))}: “{text}”"


def _proposal(store: Any, iri: str, kind: str) -> str:
    what = listed(who(store, iri, "proposes"))
    return f"proposal of {listed(who(store, iri, 'proposer'))}" + (f": {what}" if what else "")


def _agreement(store: Any, iri: str, kind: str) -> str:
    sides = listed(who(store, iri, "party") or who(store, iri, "signatory"))
    what = next((words(t.removeprefix(KGC)) for t in values(store, iri, "agreementType")), "agreement")
    return _joined(what + (f" of {sides}" if sides else ""), when(store, iri))


def _event(store: Any, iri: str, kind: str) -> str:
    shown = listed(who(store, iri, "presents") or who(store, iri, "worksBy"))
    return _joined(words(kind) + (f" of {shown}" if shown else ""), *where(store, iri)[:1], when(store, iri))


def _work(store: Any, iri: str, kind: str) -> str:
    source = listed(who(store, iri, "basedOnWorksBy"))
    return words(kind) + (f" after works by {source}" if source else "")


def _merge(store: Any, iri: str, kind: str) -> str:
    return f"merge into {listed(who(store, iri, 'mergedInto'))}"


_COMPOSE: dict[str, Callable[[Any, str, str], str]] = {
    "Meeting": _meeting,
    "Tenure": _tenure,
    "Participation": _participation,
    "Statement": _statement,
    "Proposal": _proposal,
    "Agreement": _agreement,
    "CulturalEvent": _event,
    "Work": _work,
    "Merge": _merge,
}
