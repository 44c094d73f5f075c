"""Meetings: one over outlets, and two where dates, places, formats or ordinals say so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kgculture.resolve.context import Context, country_of, is_place, places_clash
from kgculture.resolve.names import Layer, Record, report_iri
from kgculture.resolve.reports import Report, Resolve, levelled_title, merge, passage_digest, title_keys, titles_alike
from kgculture.resolve.times import overlap, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kgculture.model import Ref
    from kgculture.resolve.people import People

_REMOTE = frozenset({"Telephone", "Video"})


@dataclass(frozen=True, slots=True)
class MeetingReport(Report):
    """`sides`: canonical participants, heads of sides first; `countries`: whom they stand for."""

    sides: tuple[str, ...]
    countries: frozenset[Ref]
    named: bool  # at least one person among the sides
    place: Ref | None
    venue: str | None
    format: str | None
    session_of: str | None
    ordinal: int | None
    topics: frozenset[str]
    ahead: bool
    title: str


def reports(
    contexts: Iterable[Context], name: Resolve, people: People, body_countries: Mapping[str, Ref]
) -> list[MeetingReport]:
    """The meetings of all articles in canonical terms."""
    found = []
    for context in contexts:
        article = context.facts.article
        for m in context.facts.meetings:
            heads = dict.fromkeys((*m.chairs, *m.heads_of_side, *m.participants))
            sides = tuple(dict.fromkeys(name(context.id, r) for r in heads))
            countries = frozenset(c for s in sides for c in _countries(s, people, body_countries))
            found.append(
                MeetingReport(
                    iri=report_iri(context.id, m.id),
                    record=(context.id, m.id),
                    span=span(m.start, m.end, article.published, ahead=m.status == "Planned"),
                    language=article.language,
                    text=passage_digest(context, m),
                    label=m.label,
                    sides=sides,
                    countries=countries,
                    named=any(s in people.drafts for s in sides),
                    place=m.place,
                    venue=name(context.id, m.venue) if m.venue else None,
                    format=m.format,
                    session_of=name(context.id, m.session_of) if m.session_of else None,
                    ordinal=m.ordinal,
                    topics=frozenset(m.topics),
                    ahead=m.status == "Planned",
                    title=levelled_title(m.label),
                )
            )
    return found


def _countries(side: str, people: People, body_countries: Mapping[str, Ref]) -> Iterable[Ref]:
    if is_place(side):
        country = country_of(side)
        return (country,) if country else ()
    if side in people.countries:
        return people.countries[side]
    return (body_countries[side],) if side in body_countries else ()


def keys(report: MeetingReport) -> Iterable[object]:
    """Month and pair of sides, commission and ordinal, proper name."""
    for a, b in combinations(sorted(report.sides[:4]), 2):
        for month in report.span.months():
            yield a, b, month
    if report.session_of and report.ordinal is not None:
        yield "session", report.session_of, report.ordinal
    yield from title_keys(report.title)


def clash(a: MeetingReport, b: MeetingReport) -> bool:
    """Whether two Reports cannot tell of one meeting."""
    if overlap(a.span, b.span) is False or places_clash(a.place, b.place):
        return True
    if a.ordinal is not None and b.ordinal is not None and a.ordinal != b.ordinal:
        return True
    if a.session_of and b.session_of and a.session_of != b.session_of:
        return True
    if a.format and b.format and a.format != b.format and not (a.format in _REMOTE and b.format in _REMOTE):
        return True
    one, other = set(a.sides), set(b.sides)
    if one <= other or other <= one:
        return False
    # a commission's session, or a summit by name, may be told with other people each time
    return not (a.ordinal is not None and a.ordinal == b.ordinal) and not titles_alike(a.title, b.title)


def agree(a: MeetingReport, b: MeetingReport) -> tuple[float, str] | None:
    """(score, rule) if the Reports speak for one meeting; None if not."""
    when = overlap(a.span, b.span)
    same_ordinal = a.ordinal is not None and a.ordinal == b.ordinal
    together = set(a.sides) & set(b.sides)
    extra = (
        2.0 * (a.span == b.span and a.span.stated)
        + 3.0 * (a.session_of is not None and a.session_of == b.session_of)
        + 3.0 * same_ordinal
        + 2.0 * (a.format is not None and a.format == b.format)
        + 1.0 * (a.place is not None and a.place == b.place)
        + 1.0 * (a.venue is not None and a.venue == b.venue)
        + 1.0 * (set(a.sides) == set(b.sides))
        + 0.5 * bool(a.topics & b.topics)
    )
    if same_ordinal and a.session_of and a.session_of == b.session_of:
        return 20 + extra, "meeting.same-body-ordinal"
    if titles_alike(a.title, b.title) and (same_ordinal or when):
        return 15 + extra, "meeting.same-name"
    if (
        when
        and len(together) > 1
        and (a.ahead == b.ahead or (a.span.stated and b.span.stated))
        and a.span.known
        and b.span.known
    ):
        return 10 + extra, "meeting.same-sides-interval"
    return None


def stem(report: MeetingReport, people: People) -> str:
    """`meeting-a-b`: surnames of the first two sides that have names of persons, else countries and bodies."""
    ranked = sorted(report.sides, key=lambda s: s not in people.drafts)[:2]
    words = sorted(people.surnames.get(s, s.removeprefix("country-").lower()) for s in ranked)
    return "-".join(["meeting", *words])


def resolve(contexts: Sequence[Context], name: Resolve, people: People, body_countries: Mapping[str, Ref]) -> Layer:
    """The meetings of all articles."""
    every = reports(contexts, name, people, body_countries)
    layer = merge(every, "meeting", keys, agree, clash, lambda r: stem(r, people))
    owner: dict[Record, str] = {r: d.name for d in layer.drafts.values() for r in d.records}
    for a, b in perhaps(every):
        layer.doubt(owner[a], owner[b])
    return layer


def perhaps(every: Sequence[MeetingReport]) -> list[tuple[Record, Record]]:
    """Pairs that may be one session: one names only countries or bodies, the other the persons who stand for them."""
    shelves: dict[tuple[frozenset[Ref], bool], list[MeetingReport]] = defaultdict(list)
    for report in sorted(every, key=lambda r: r.iri):
        if len(report.countries) > 1 and (report.format == "Session" or report.session_of):
            shelves[report.countries, report.named].append(report)
    pairs = []
    for (countries, named), unnamed in sorted(shelves.items(), key=lambda s: (sorted(s[0][0]), s[0][1])):
        if named:
            continue
        for one in unnamed:
            fits = [other for other in shelves.get((countries, True), ()) if _session_fits(one, other)]
            if len(fits) <= 3:
                pairs += [(one.record, other.record) for other in fits]
    return pairs


def _session_fits(a: MeetingReport, b: MeetingReport) -> bool:
    return (
        a.article != b.article
        and overlap(a.span, b.span) is not False
        and not places_clash(a.place, b.place)
        and (a.ordinal is None or b.ordinal is None or a.ordinal == b.ordinal)
        and (a.session_of is None or b.session_of is None or a.session_of == b.session_of)
    )
