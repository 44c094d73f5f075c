"""When something may have been: an interval of days, or a season where the year is unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgculture.model import PartialDate

#: News tell of what was at most so many days ago, unless they give a date.
REPORTED_WITHIN = 10
#: What is announced without a date comes within so many days.
ANNOUNCED_WITHIN = 60
_YEAR = 366


@dataclass(frozen=True, slots=True)
class Span:
    """Days by ordinal, both included. `season`: days of a leap year where the year is unknown. `stated`: the text gives a date."""

    first: int | None = None
    last: int | None = None
    season: tuple[int, int] | None = None
    stated: bool = False

    @property
    def known(self) -> bool:
        return self.first is not None and self.last is not None

    def months(self) -> tuple[int, ...]:
        """Months (year * 12 + month) that it touches, at most 14; none where the year is unknown."""
        if self.first is None or self.last is None:
            return ()
        low, high = (d.year * 12 + d.month for d in (_day(self.first), _day(self.last)))
        return tuple(range(low, min(high, low + 13) + 1))


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def overlap(a: Span, b: Span, slack: int = 0) -> bool | None:
    """Whether the two have a day in common (give or take `slack`); None where that cannot be said."""
    if a.first is not None and a.last is not None and b.first is not None and b.last is not None:
        return a.first <= b.last + slack and b.first <= a.last + slack
    if a.season and b.season:
        return None if _seasons_meet(a.season, b.season, slack) else False
    season, full = (a.season, b) if a.season else (b.season, a)
    if season is None or full.first is None or full.last is None:
        return None
    years = range(_day(full.first).year - 1, _day(full.last).year + 2)
    return any(overlap(_in_year(season, year), full, slack) for year in years)


def _seasons_meet(a: tuple[int, int], b: tuple[int, int], slack: int) -> bool:
    return any(a[0] + turn <= b[1] + slack and b[0] <= a[1] + turn + slack for turn in (-_YEAR, 0, _YEAR))


def _in_year(season: tuple[int, int], year: int) -> Span:
    first = date(year, 1, 1).toordinal() - 1
    return Span(first + season[0], first + season[1])


def _filled(value: PartialDate, year: int) -> PartialDate:
    day = 28 if (value.month, value.day) == (2, 29) and year % 4 else value.day
    return replace(value, year=year, day=day)


def _nearest(value: PartialDate, published: date) -> PartialDate:
    def distance(year: int) -> tuple[int, int]:
        filled = _filled(value, year)
        assert filled.earliest and filled.latest  # a year is given
        low, high = date.fromisoformat(filled.earliest), date.fromisoformat(filled.latest)
        return max((low - published).days, (published - high).days, 0), year

    return _filled(value, min(distance(y) for y in range(published.year - 1, published.year + 2))[1])


def complete(
    start: PartialDate | None, end: PartialDate | None, published: str | None
) -> tuple[PartialDate | None, PartialDate | None]:
    """Start and end with the year that the other one, or the article's date, gives them."""
    if start and end and start.year is None and end.year is not None:
        year = end.year - ((start.month or 0) > (end.month or 12))
        start = _filled(start, year)
    if start and end and end.year is None and start.year is not None:
        end = _filled(end, start.year + ((end.month or 12) < (start.month or 0)))
    if published:
        day = date.fromisoformat(published)
        start = _nearest(start, day) if start and start.year is None else start
        end = _nearest(end, day) if end and end.year is None else end
    return start, end


def span(
    start: PartialDate | None, end: PartialDate | None, published: str | None, *, ahead: bool = False, length: int = 0
) -> Span:
    """When a happening may have been. `ahead`: it is announced, not told; `length`: days it may last beyond what is stated."""
    start, end = complete(start, end, published)
    lows, highs = [d.earliest for d in (start, end) if d], [d.latest for d in (start, end) if d]
    if lows and None not in lows:
        first = date.fromisoformat(min(filter(None, lows))).toordinal() - (0 if start else length)
        last = date.fromisoformat(max(filter(None, highs))).toordinal() + (0 if end else length)
        return Span(first, last, stated=True)
    if lows:
        days = [_season(d) for d in (start, end) if d and d.year is None]
        return Span(season=(min(d[0] for d in days), max(d[1] for d in days)), stated=True)
    if published:
        day = date.fromisoformat(published).toordinal()
        if ahead:
            return Span(day, day + ANNOUNCED_WITHIN)
        return Span(day - REPORTED_WITHIN - length, day + length)
    return Span()


def _season(value: PartialDate) -> tuple[int, int]:
    """First and last day of the (leap) year that a date without a year may mean."""
    filled = _filled(value, 2000)
    assert filled.earliest and filled.latest  # a year is given
    first = date(2000, 1, 1).toordinal() - 1
    return date.fromisoformat(filled.earliest).toordinal() - first, date.fromisoformat(
        filled.latest
    ).toordinal() - first
