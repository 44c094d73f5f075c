"""Cultural events: Days of Culture by guest, host and season; others by title, works, or venue and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgculture.resolve.context import Context, country_of, places_clash
from kgculture.resolve.fold import slug
from kgculture.resolve.names import report_iri
from kgculture.resolve.reports import (
    Report,
    kebab,
    levelled_title,
    passage_digest,
    spec,
    title_keys,
    titles_alike,
    titles_differ,
)
from kgculture.resolve.times import Span, complete, overlap, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kgculture.model import EventFact, PartialDate, Ref
    from kgculture.resolve.upstream import Upstream

DAYS = "DaysOfCulture"
_ANY = "CulturalEvent"
#: How long an event of a kind may last beyond the day that is stated of it.
_LASTS = {"Exhibition": 365, DAYS: 30, "Festival": 30, "Competition": 30}
#: Days of one guest with one host are a season: what lies so near is the same one.
_SEASON = 30


@dataclass(frozen=True, slots=True)
class EventReport(Report):
    """`start`, `end`: as stated, the year filled in where the article gives it."""

    kind: str
    title: str
    presents: frozenset[Ref]
    place: Ref | None
    venue: str | None
    works: frozenset[str]
    ordinal: int | None
    count: int | None
    start: PartialDate | None
    end: PartialDate | None
    part_of: str | None
    ahead: bool
    people: frozenset[str]

    @property
    def host(self) -> Ref | None:
        return country_of(self.place)


def records(context: Context, upstream: Upstream, wanted: Callable[[EventFact], bool]) -> Iterator[EventReport]:
    """Events of an article in canonical terms; what they are part of is named if an earlier layer decided it."""
    article, name = context.facts.article, upstream.name
    for e in filter(wanted, context.facts.events):
        start, end = complete(e.start, e.end, article.published)
        yield EventReport(
            iri=report_iri(context.id, e.id),
            record=(context.id, e.id),
            span=_span(e, context),
            language=article.language,
            text=passage_digest(context, e),
            label=e.title,
            stem=_stem(e),
            kind=e.kind,
            title=levelled_title(e.title),
            presents=frozenset(e.presents),
            place=e.place,
            venue=name(e.venue) if e.venue else None,
            works=frozenset(name(w) for w in (*e.works, *e.works_by)),
            ordinal=e.ordinal,
            count=None if e.work_count_is_minimum else e.work_count,
            start=start,
            end=end,
            part_of=upstream.known(e.part_of) if e.part_of else None,
            ahead=e.status == "Planned",
            people=frozenset(name(p) for p in (*e.performers, *e.participants)),
        )


def _span(event: EventFact, context: Context) -> Span:
    """The event's own dates; else those of its parts; else what the article's date allows."""
    length, published = _LASTS.get(event.kind, 0), context.facts.article.published
    ahead = event.status == "Planned"
    if event.start or event.end:
        return span(event.start, event.end, published, ahead=ahead, length=length)
    parts = [e for e in context.facts.events if e.part_of == event.id and (e.start or e.end)]
    dated = [span(e.start, e.end, published) for e in parts]
    known = [s for s in dated if s.first is not None and s.last is not None]
    if known:
        return Span(min(s.first for s in known if s.first), max(s.last for s in known if s.last))
    seasons = [s.season for s in dated if s.season]
    if seasons:
        return Span(season=(min(s[0] for s in seasons), max(s[1] for s in seasons)))
    return span(None, None, published, ahead=ahead, length=length)


def _apart(a: PartialDate | None, b: PartialDate | None) -> bool:
    """Whether two stated days differ by more than one."""
    return bool(a and b) and overlap(span(a, None, None), span(b, None, None), 1) is False


def clash(a: EventReport, b: EventReport) -> bool:
    """Whether two Reports cannot tell of one event."""
    if a.kind != b.kind and _ANY not in (a.kind, b.kind):
        return True
    if places_clash(a.place, b.place):
        return True
    if a.presents and b.presents and not (a.presents <= b.presents or b.presents <= a.presents):
        return True
    if a.ordinal is not None and b.ordinal is not None and a.ordinal != b.ordinal:
        return True
    if a.kind == DAYS:
        return overlap(a.span, b.span, _SEASON) is False
    if overlap(a.span, b.span) is False or _apart(a.start, b.start) or _apart(a.end, b.end):
        return True
    if titles_alike(a.title, b.title):
        return False
    if a.title and b.title and a.language == b.language and (a.ordinal is None or a.ordinal != b.ordinal):
        return True
    if a.language == b.language and titles_differ(a.title, b.title):
        return True
    if a.count is not None and b.count is not None and a.count != b.count:
        return True
    return a.venue is not None and b.venue is not None and a.venue != b.venue


def agree_days(a: EventReport, b: EventReport) -> tuple[float, str] | None:
    """Same guest and host, and days that lie in one season. Without any date on one side nothing is said."""
    if not a.presents or a.presents != b.presents or a.host is None or a.host != b.host:
        return None
    near = overlap(a.span, b.span, _SEASON)
    if not near:
        return None
    return 10 + (a.place == b.place) + 2.0 * (a.span == b.span), "days.guest-host-season"


def agree(a: EventReport, b: EventReport) -> tuple[float, str] | None:
    """(score, rule) if the Reports speak for one event; None if not."""
    when = overlap(a.span, b.span)
    announced = a.ahead != b.ahead and not (a.span.stated and b.span.stated)
    same_ordinal = a.ordinal is not None and a.ordinal == b.ordinal
    same_venue = a.venue is not None and a.venue == b.venue
    same_place = a.place is not None and a.place == b.place
    same_day = bool(a.start and a.start == b.start) or bool(a.end and a.end == b.end)
    extra = (
        2.0 * same_venue
        + same_place
        + 2.0 * same_day
        + 2.0 * same_ordinal
        + bool(a.works & b.works)
        + bool(a.people & b.people)
    )
    if titles_alike(a.title, b.title):
        if same_ordinal:
            return 20 + extra, "event.title-ordinal"
        return (15 + extra, "event.title-date") if when else None
    if not when or announced:
        return None
    if a.works & b.works and (same_venue or same_place) and a.kind == b.kind:
        return 12 + extra, "event.works-place-date"
    if same_venue and same_day:
        return 10 + extra, "event.venue-day"
    if same_ordinal and a.kind == b.kind and a.host is not None and a.host == b.host:
        return 9 + extra, "event.ordinal-host-date"
    if a.part_of and a.part_of == b.part_of and a.kind == b.kind and same_day and same_place:
        return 8 + extra, "event.whole-kind-day"
    return None


def keys(report: EventReport) -> Iterator[object]:
    """What one of the rules needs two Reports to share."""
    if report.kind == DAYS:
        yield "days", tuple(sorted(report.presents)), report.host
        return
    yield from title_keys(report.title)
    for work in sorted(report.works):
        yield "work", work
    for month in report.span.months() if report.venue else ():
        yield "venue", report.venue, month
    if report.ordinal is not None:
        yield "ordinal", report.kind, report.ordinal, report.host
    if report.part_of:
        yield "whole", report.part_of, report.kind


def _stem(event: EventFact) -> str:
    """`days-of-culture-kz-in-ru`, `exhibition-` with a few words of the title, else the place."""
    kind = "event" if event.kind == _ANY else kebab(event.kind)
    place = (event.place or "").partition("-")[2].lower()
    if event.kind == DAYS:
        guests = [g.partition("-")[2].lower() for g in sorted(set(event.presents))]
        host = (country_of(event.place) or "").partition("-")[2].lower() or place
        return "-".join([kind, *guests, *(["in", host] if host else [])])
    words = slug(event.title).split("-")[:6] if event.title else [place] if place else []
    return "-".join([kind, *words])


def season(report: EventReport) -> Iterator[tuple[tuple[Ref, ...], Ref]]:
    """Guests and host of Days of Culture."""
    if report.presents and report.host is not None:
        yield tuple(sorted(report.presents)), report.host


def perhaps(one: EventReport, others: Iterable[tuple[int, EventReport]]) -> list[int]:
    """Those that undated Days may be: the only ones, up to three, of the same guest and host."""
    if one.span.known or one.span.season:
        return []
    near = [unit for unit, other in others if other.article != one.article]
    return near if len(near) <= 3 else []


DAYS_SPEC = spec("days", keys, agree_days, clash, EventReport, season)
SPEC = spec("event", keys, agree, clash, EventReport)
