"""Meetings: one over outlets, and two where dates, places, formats or ordinals say so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kgculture.resolve.context import Context, places_clash
from kgculture.resolve.names import report_iri
from kgculture.resolve.reports import Report, levelled_title, passage_digest, spec, title_keys, titles_alike
from kgculture.resolve.times import overlap, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kgculture.model import Ref
    from kgculture.resolve.upstream import Upstream

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


def records(context: Context, upstream: Upstream) -> Iterator[MeetingReport]:
    """The meetings of an article in canonical terms."""
    article, name = context.facts.article, upstream.name
    for m in context.facts.meetings:
        heads = dict.fromkeys((*m.chairs, *m.heads_of_side, *m.participants))
        own = {name(r): r for r in reversed(heads)}
        sides = tuple(dict.fromkeys(name(r) for r in heads))
        persons = {s for s in sides if own[s] in context.persons}
        ranked = sorted(sides, key=lambda s: s not in persons)[:2]
        yield MeetingReport(
            iri=report_iri(context.id, m.id),
            record=(context.id, m.id),
            span=span(m.start, m.end, article.published, ahead=m.status == "Planned"),
            language=article.language,
            text=passage_digest(context, m),
            label=m.label,
            # surnames of the first two sides that have names of persons, else countries and bodies
            stem="-".join(["meeting", *sorted(upstream.surname(own[s]) for s in ranked)]),
            sides=sides,
            countries=frozenset(c for s in sides for c in upstream.countries(own[s])),
            named=bool(persons),
            place=m.place,
            venue=name(m.venue) if m.venue else None,
            format=m.format,
            session_of=name(m.session_of) if m.session_of else None,
            ordinal=m.ordinal,
            topics=frozenset(m.topics),
            ahead=m.status == "Planned",
            title=levelled_title(m.label),
        )


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


def session(report: MeetingReport) -> Iterator[tuple[tuple[Ref, ...], bool]]:
    """(countries, whether persons are named) of a session of two countries and more."""
    if len(report.countries) > 1 and (report.format == "Session" or report.session_of):
        yield tuple(sorted(report.countries)), report.named


def perhaps(one: MeetingReport, others: Iterable[tuple[int, MeetingReport]]) -> list[int]:
    """Those that may be the session that a Report tells of, which names only countries or bodies: `others` of the same countries
    name the persons who stand for them. None where they are many."""
    fits = [unit for unit, other in others if _session_fits(one, other)]
    return fits if len(fits) <= 3 else []


def _session_fits(a: MeetingReport, b: MeetingReport) -> bool:
    return (
        a.article != b.article
        and overlap(a.span, b.span) is not False
        and not places_clash(a.place, b.place)
        and (a.ordinal is None or b.ordinal is None or a.ordinal == b.ordinal)
        and (a.session_of is None or b.session_of is None or a.session_of == b.session_of)
    )


SPEC = spec("meeting", keys, agree, clash, MeetingReport, session)
