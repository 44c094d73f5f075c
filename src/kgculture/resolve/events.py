"""Cultural events: Days of Culture by guest, host and season; others by title, works, or venue and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgculture.resolve.context import Context, country_of, places_clash
from kgculture.resolve.fold import slug
from kgculture.resolve.names import Layer, report_iri
from kgculture.resolve.reports import (
    Report,
    Resolve,
    kebab,
    levelled_title,
    merge,
    passage_digest,
    title_keys,
    titles_alike,
    titles_differ,
)
from kgculture.resolve.times import Span, complete, overlap, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kgculture.model import EventFact, PartialDate, Ref

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


def reports(
    contexts: Iterable[Context],
    name: Resolve,
    wanted: Callable[[EventFact], bool],
    whole: Mapping[tuple[str, str], str],
) -> list[EventReport]:
    """Events in canonical terms. `whole`: canonical names of the events and meetings that others may be part of."""
    found = []
    for context in contexts:
        article = context.facts.article
        for e in filter(wanted, context.facts.events):
            start, end = complete(e.start, e.end, article.published)
            found.append(
                EventReport(
                    iri=report_iri(context.id, e.id),
                    record=(context.id, e.id),
                    span=_span(e, context),
                    language=article.language,
                    text=passage_digest(context, e),
                    label=e.title,
                    kind=e.kind,
                    title=levelled_title(e.title),
                    presents=frozenset(e.presents),
                    place=e.place,
                    venue=name(context.id, e.venue) if e.venue else None,
                    works=frozenset(name(context.id, w) for w in (*e.works, *e.works_by)),
                    ordinal=e.ordinal,
                    count=None if e.work_count_is_minimum else e.work_count,
                    start=start,
                    end=end,
                    part_of=whole.get((context.id, e.part_of)) if e.part_of else None,
                    ahead=e.status == "Planned",
                    people=frozenset(name(context.id, p) for p in (*e.performers, *e.participants)),
                )
            )
    return found


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


def keys(report: EventReport) -> Iterable[object]:
    """What one of the rules needs two Reports to share."""
    if report.kind == DAYS:
        yield "days", report.presents, report.host
        return
    yield from title_keys(report.title)
    for work in report.works:
        yield "work", work
    for month in report.span.months() if report.venue else ():
        yield "venue", report.venue, month
    if report.ordinal is not None:
        yield "ordinal", report.kind, report.ordinal, report.host
    if report.part_of:
        yield "whole", report.part_of, report.kind


def stem(report: EventReport) -> str:
    """`days-of-culture-kz-in-ru`, `exhibition-` with a few words of the title, else the place."""
    kind = "event" if report.kind == _ANY else kebab(report.kind)
    place = (report.place or "").partition("-")[2].lower()
    if report.kind == DAYS:
        guests = [g.partition("-")[2].lower() for g in sorted(report.presents)]
        host = (report.host or "").partition("-")[2].lower() or place
        return "-".join([kind, *guests, *(["in", host] if host else [])])
    words = slug(report.label).split("-")[:6] if report.label else [place] if place else []
    return "-".join([kind, *words])


def resolve(contexts: Sequence[Context], name: Resolve, meetings: Mapping[tuple[str, str], str]) -> Layer:
    """The events of all articles: Days of Culture first, then what may be part of them."""
    days = reports(contexts, name, lambda e: e.kind == DAYS, {})
    layer = merge(days, "event", keys, agree_days, clash, stem)
    whole = {**meetings, **{r: d.name for d in layer.drafts.values() for r in d.records}}
    for a, b in perhaps(days):
        layer.doubt(whole[a.record], whole[b.record])
    others = merge(reports(contexts, name, lambda e: e.kind != DAYS, whole), "event", keys, agree, clash, stem)
    layer.drafts.update(others.drafts)
    layer.maybe_same |= others.maybe_same
    return layer


def perhaps(days: Sequence[EventReport]) -> list[tuple[EventReport, EventReport]]:
    """Undated Days that stand beside just one dated Report of the same guest and host."""
    pairs = []
    for one in days:
        if one.span.known or one.span.season or not one.presents or one.host is None:
            continue
        near = [d for d in days if d.presents == one.presents and d.host == one.host and d.article != one.article]
        if 0 < len(near) <= 3:
            pairs += [(one, other) for other in near]
    return pairs
