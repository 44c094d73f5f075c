"""Measures of agreements, exhibitions and other cultural events, and of their arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kgculture.evaluate.alike import kind
from kgculture.evaluate.assign import align
from kgculture.evaluate.findings import Names, Scored
from kgculture.evaluate.persons import same_date

#: classes of cultural events other than exhibitions; how gold calls those that are not called by their class
EVENTS = ("DaysOfCulture", "Concert", "FilmScreening", "Performance", "Festival", "Forum", "Competition")
GOLD_KINDS = {"days_of_culture": "DaysOfCulture", "screening": "FilmScreening"}


def score_agreements(scored: Scored) -> None:
    g, article, gold = scored.graph, scored.article, scored.gold.agreements
    have = g.of_type(article, "Agreement")

    def likeness(want: dict[str, Any], node: Any) -> float:
        got = [*g.values(node, "party", article), *g.values(node, "signatory", article)]
        same = kind(want["type"]) in g.kinds(node, article)
        right = sum(any(g.party_alike(party, o) for o in got) for party in want.get("parties") or [])
        right += sum(scored.node_of.get(key) in got for key in want.get("signatories") or [])
        status = g.is_planned(node, article) == (want.get("status") == "planned")
        return same + right + 0.25 * status if same or right else 0.0

    hits = align(gold, have, likeness)
    scored.counts["agreement"].add(len(hits), len(have) - len(hits), len(gold) - len(hits))
    for i, want in enumerate(gold):
        if i not in {a for a, _ in hits}:
            parties, signers = want.get("parties") or [], want.get("signatories") or []
            scored.counts["agreement arguments"].add(fn=2 + len(parties) + len(signers))
            scored.missed("agreement", _told(want), _names(scored, want))
    for j, node in enumerate(have):
        if j not in {b for _, b in hits}:
            parties = [scored.thing(o) for o in g.values(node, "party", article)]
            types = ", ".join(sorted(g.kinds(node, article)))
            scored.spurious(
                "agreement", f"{types} of {', '.join(sorted(p for p, _ in parties)) or 'nobody'}", parties, node
            )
    for i, j in hits:
        _agreement(scored, gold[i], have[j])


def _told(want: dict[str, Any]) -> str:
    parties = ", ".join(map(str, want.get("parties") or [])) or "nobody"
    return f"{want['type']} of {parties} ({want.get('status') or 'signed'})"


def _names(scored: Scored, want: dict[str, Any]) -> list[Names]:
    found: list[Names] = [(want["type"], (want["type"],))]
    return [*found, *map(scored.party, want.get("parties") or []), *map(scored.person, want.get("signatories") or [])]


def _agreement(scored: Scored, want: dict[str, Any], node: Any) -> None:
    g, article, row = scored.graph, scored.article, "agreement arguments"
    count, told, names = scored.counts[row], _told(want), _names(scored, want)
    status = g.is_planned(node, article) == (want.get("status") == "planned")
    for field, right in (("status", status), ("type", kind(want["type"]) in g.kinds(node, article))):
        count.add(tp=right, fp=not right, fn=not right)
        if not right:
            scored.spurious(row, f"{field} of {told}", names, node)
    signers, got = scored.people(want.get("signatories") or []), set(g.values(node, "signatory", article))
    count.add(len(signers & got), len(got - signers), len(signers - got))
    for one in sorted(signers - got, key=str):
        scored.missed(row, f"signatory {scored.key_of.get(one, one)} of {told}", names)
    for one in sorted(got - signers, key=str):
        scored.spurious(row, f"signatory {g.name(one)} of {told}", [scored.thing(one), *names], node)
    parties, nodes = want.get("parties") or [], sorted(g.values(node, "party", article), key=str)
    pairs = align(parties, nodes, lambda party, o: float(g.party_alike(party, o)))
    count.add(len(pairs), len(nodes) - len(pairs), len(parties) - len(pairs))
    for i, party in enumerate(parties):
        if i not in {a for a, _ in pairs}:
            scored.missed(row, f"party {party} of {told}", names)
    for j, one in enumerate(nodes):
        if j not in {b for _, b in pairs}:
            scored.spurious(row, f"party {g.name(one)} of {told}", [scored.thing(one), *names], node)


def score_events(scored: Scored) -> None:
    exhibitions = [{**e, "type": "exhibition"} for e in scored.gold.exhibitions]
    _events(scored, "exhibition", ("Exhibition",), exhibitions)
    _events(scored, "event", EVENTS, [e for e in scored.gold.events if e["type"] != "other"])


#: (argument, right, wrong, missing)
Argument = tuple[str, int, int, int]


def _arguments(scored: Scored, row: str, want: dict[str, Any], node: Any) -> list[Argument]:
    g, article = scored.graph, scored.article
    venues, places = g.values(node, "venue", article), g.values(node, "place", article)
    around = g.around([*places, *venues])
    starts, ends = (g.dates(node, prop, article) for prop in ("startDate", "endDate"))
    found: list[Argument] = []
    checks: tuple[tuple[str, Sequence[Any], Callable[[Any], bool]], ...] = (
        ("title", [], lambda title: g.called(title, [node], 75)),
        ("venue", venues, lambda venue: g.called(venue, venues, 75)),
        ("city", places, lambda city: g.called(city, around, 85)),
        ("start", starts, lambda day: any(same_date(day, d) for d in starts)),
        ("end", ends, lambda day: any(same_date(day, d) for d in ends)),
    )
    for field, got, right in checks:
        if field == "venue" and row == "event":
            continue  # not annotated for other events
        if want.get(field):
            ok = right(want[field])
            # a title is never only wrong: an event without the title that gold has lacks it
            found.append((field, int(ok), int(not ok and bool(got)), int(not ok)))
        elif got:
            found.append((field, 0, 1, 0))
    ok = g.is_planned(node, article) == bool(want.get("planned"))
    return [*found, ("status", int(ok), int(not ok), int(not ok))]


def _events(scored: Scored, row: str, classes: tuple[str, ...], gold: list[dict[str, Any]]) -> None:
    g, article = scored.graph, scored.article
    have = g.of_type(article, *classes)
    fields = ("title", "venue", "city", "start", "end") if row == "exhibition" else ("title", "city", "start", "end")

    def likeness(want: dict[str, Any], node: Any) -> float:
        cls = GOLD_KINDS.get(want["type"], str(want["type"]).title())
        if node not in g.of_type(article, cls):
            return 0.0
        found = _arguments(scored, row, want, node)
        facts = sum(tp for field, tp, _, _ in found if field != "status")
        named = {field for field, *_ in found} - {"status"}
        bare = not any(want.get(x) for x in ("title", "venue", "city", "start", "end"))
        lands = [o for p in ("place", "country", "venue") for o in g.values(node, p, article)]
        country = bool(want.get("country")) and any(want["country"] in g.country_codes(o) for o in lands)
        return facts + 0.5 * country + 0.1 * (bare or not named) + 0.01 * (bool(facts) or country)

    hits = align(gold, have, likeness)
    scored.counts[row].add(len(hits), len(have) - len(hits), len(gold) - len(hits))
    for i, want in enumerate(gold):
        if i not in {a for a, _ in hits}:
            scored.counts[f"{row} arguments"].add(fn=1 + sum(bool(want.get(field)) for field in fields))
            scored.missed(row, _said(want), _event_names(want))
    for j, node in enumerate(have):
        if j not in {b for _, b in hits}:
            around = [scored.thing(o) for p in ("venue", "place") for o in g.values(node, p, article)]
            scored.spurious(row, g.name(node), [scored.thing(node), *around], node)
    for i, j in hits:
        for field, tp, fp, fn in _arguments(scored, row, gold[i], have[j]):
            scored.counts[f"{row} arguments"].add(tp, fp, fn)
            if fp or fn:
                tell = scored.missed if fn else scored.spurious
                wanted = f": {gold[i][field]}" if gold[i].get(field) else ""
                tell(f"{row} arguments", f"{field} of {_said(gold[i])}{wanted}", _event_names(gold[i]))


def _said(want: dict[str, Any]) -> str:
    parts = [str(want[field]) for field in ("type", "title", "venue", "city") if want.get(field)]
    return ", ".join(parts)


def _event_names(want: dict[str, Any]) -> list[Names]:
    return [(field, (str(want[field]),)) for field in ("title", "venue", "city") if want.get(field)]
