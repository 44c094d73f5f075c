"""Measures of persons, their offices and their meetings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kgculture.evaluate.alike import alike, fold, name_alike, title_alike
from kgculture.evaluate.assign import align
from kgculture.evaluate.findings import PLANNED, Names, Scored
from kgculture.evaluate.graph import PEOPLE

WHEN_WHERE = "meeting when, where"


def same_date(gold: Any, got: str) -> bool:
    """Whether a date is as precise as gold's and no more; gold may list several."""
    return got in [str(x) for x in (gold if isinstance(gold, list) else [gold])]


def score_persons(scored: Scored) -> None:
    """Pairs persons by their names: `node_of` and `key_of` are what the other measures rest on."""
    g, persons = scored.graph, scored.gold.persons
    nodes, keys = g.of_type(scored.article, *PEOPLE), list(persons)

    def likeness(key: str, node: Any) -> float:
        pairs = [(name, label) for name in persons[key]["names"] for label in g.labels(node)]
        return 1.0 * any(name_alike(*pair) for pair in pairs) + 0.5 * any(fold(n) == fold(x) for n, x in pairs)

    pairs = align(keys, nodes, likeness)
    scored.node_of = {keys[i]: nodes[j] for i, j in pairs}
    scored.key_of = {node: key for key, node in scored.node_of.items()}
    scored.counts["person"].add(len(pairs), len(nodes) - len(pairs), len(keys) - len(pairs))
    for key in keys:
        if key not in scored.node_of:
            scored.missed("person", key, [scored.person(key)])
    for node in nodes:
        if node not in scored.key_of:
            scored.spurious("person", g.name(node), [scored.thing(node)], node)
    for key in keys:
        _offices(scored, key)


def _offices(scored: Scored, key: str) -> None:
    g, article = scored.graph, scored.article
    want = scored.gold.persons[key].get("offices") or []
    have: dict[Any, Any] = {}  # office -> a tenure of it
    former = set()
    node = scored.node_of.get(key)
    for tenure in g.subjects("holder", node, article) if node is not None else ():
        offices = g.values(tenure, "office", article) or g.values(tenure, "office")
        for office in offices:
            have.setdefault(office, tenure)
        if any(status.value.endswith("#Former") for status in g.values(tenure, "tenureStatus")):
            former.update(offices)

    def likeness(gold: dict[str, Any], office: Any) -> float:
        titles = g.english(office, "officeTitle")
        bodies = [label for body in g.values(office, "organization") for label in g.labels(body)]
        titles = [*titles, *(f"{title} {body}" for title in titles for body in bodies), *g.english(office)]
        full = " ".join(part for part in (gold["title"], gold.get("organization")) if part)
        right = any(title_alike(gold["title"], title) or title_alike(full, title) for title in titles)
        if gold.get("country") and gold["country"] not in g.country_codes(office):
            return 0.0
        minister = office not in former and any(v.value == "true" for v in g.values(office, "ministerial"))
        return float(right and minister == bool(gold.get("minister")))

    found = sorted(have, key=str)
    hits = align(want, found, likeness)
    scored.counts["office"].add(len(hits), len(found) - len(hits), len(want) - len(hits))
    for i, office in enumerate(want):
        if i not in {a for a, _ in hits}:
            country = f", {office['country']}" if office.get("country") else ""
            body = f", {office['organization']}" if office.get("organization") else ""
            title: Names = ("office", (office["title"], office.get("organization") or office["title"]))
            scored.missed("office", f"{key}: {office['title']}{body}{country}", [scored.person(key), title])
    for j, office in enumerate(found):
        if j not in {b for _, b in hits}:
            titles = [v.value for v in g.values(office, "officeTitle")]
            holder = scored.thing(node)
            scored.spurious(
                "office", f"{holder[0]}: {g.name(office)}", [holder, ("office", tuple(titles))], have[office]
            )


def score_meetings(scored: Scored) -> None:
    """Meetings held, their participants, dates and places; planned ones in a row of their own."""
    g, article, gold = scored.graph, scored.article, scored.gold.meetings
    nodes = g.of_type(article, "Meeting")
    for row, planned in ((PLANNED, True), ("meeting", False)):
        index = [i for i, m in enumerate(gold) if bool(m.get("planned")) == planned]
        have = [m for m in nodes if g.is_planned(m, article) == planned]
        hits = align([gold[i] for i in index], have, lambda want, node: _overlap(scored, want, node))
        scored.counts[row].add(len(hits), len(have) - len(hits), len(index) - len(hits))
        matched = {index[i]: have[j] for i, j in hits}
        for i in index:
            if i not in matched:
                scored.missed(row, _told(gold[i]), _names(scored, gold[i]))
        for node in have:
            if node not in matched.values():
                who = [scored.thing(o) for o in g.values(node, "participant", article)]
                scored.spurious(row, ", ".join(sorted(name for name, _ in who)), who, node)
                if not planned:
                    members = g.values(node, "participant", article)
                    scored.counts["participant"].add(fp=sum(o in g.people for o in members))
        if not planned:
            for i in index:
                _participants(scored, gold[i], matched.get(i))
                _when_where(scored, gold[i], matched.get(i))
            scored.meetings = matched


def _told(gold: dict[str, Any]) -> str:
    parts = [str(gold[key]) for key in ("date", "place") if gold.get(key)]
    who = ", ".join([*gold["participants"], *(gold.get("sides") or [])])
    return who + (f" ({', '.join(parts)})" if parts else "")


def _names(scored: Scored, gold: dict[str, Any]) -> list[Names]:
    return [*map(scored.person, gold["participants"]), *map(scored.party, gold.get("sides") or [])]


def _overlap(scored: Scored, gold: dict[str, Any], node: Any) -> float:
    """How much of a meeting's sides agree: half at least, so that {A, B} is not found by {A, X}."""
    g, article = scored.graph, scored.article
    got = g.values(node, "participant", article)
    people, sides = scored.people(gold["participants"]), gold.get("sides") or []
    right = len(people & set(got))
    right_sides = sum(any(g.party_alike(s, o) for o in got if o not in scored.key_of) for s in sides)
    both = right + right_sides
    if not both:
        return 0.0
    share = both / max(1, len(people) + len(sides) + max(0, len(set(got)) - both))
    if share < 0.5:
        return 0.0
    dated = gold.get("date") and any(same_date(gold["date"], d) for d in g.dates(node, "startDate", article))
    return share + 0.2 * bool(dated)


def _participants(scored: Scored, gold: dict[str, Any], node: Any) -> None:
    g = scored.graph
    want = scored.people(gold["participants"])
    have = {o for o in g.values(node, "participant", scored.article) if o in g.people} if node is not None else set()
    scored.counts["participant"].add(len(want & have), len(have - want), len(want - have))
    if node is None:
        return  # the missed meeting is told already
    for key in gold["participants"]:
        if scored.node_of.get(key, key) not in have:
            scored.missed("participant", f"{key} at: {_told(gold)}", _names(scored, gold))
    for other in sorted(have - want, key=str):
        scored.spurious(
            "participant", f"{g.name(other)} at: {_told(gold)}", [scored.thing(other), *_names(scored, gold)], node
        )


def _when_where(scored: Scored, gold: dict[str, Any], node: Any) -> None:
    g, article, count = scored.graph, scored.article, scored.counts[WHEN_WHERE]
    if node is None:
        count.add(fn=bool(gold.get("date")) + bool(gold.get("place")))
        return
    days = g.dates(node, "startDate", article)
    places = [*g.values(node, "place", article), *g.values(node, "venue", article)]
    around = g.around(places)

    def named(place: Any) -> bool:
        return any(alike(str(place), label, 85) for o in around for label in g.labels(o))

    def dated(day: Any) -> bool:
        return any(same_date(day, d) for d in days)

    checks: tuple[tuple[str, Sequence[Any], Callable[[Any], bool], list[str]], ...] = (
        ("date", days, dated, days),
        ("place", places, named, sorted(map(g.name, places))),
    )
    for field, got, right, shown in checks:
        told = f"{field} of {_told(gold)}: has {', '.join(map(str, shown)) or 'none'}"
        if not gold.get(field):
            count.add(fp=bool(got))
            if got:
                scored.spurious(WHEN_WHERE, told, _names(scored, gold), node)
            continue
        ok = right(gold[field])
        count.add(tp=ok, fn=not ok, fp=bool(got) and not ok)
        if not ok:
            place: list[Names] = [("place", (str(gold["place"]),))] if field == "place" else []
            scored.missed(WHEN_WHERE, told, [*_names(scored, gold), *place])
