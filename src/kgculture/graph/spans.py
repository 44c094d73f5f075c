"""`kgc:earliest` and `kgc:latest`: days that compare, derived from dates as precise as the articles are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgculture.model import PartialDate

Days = tuple[str, str]


class Span(NamedTuple):
    """What one Report says of when: the first and last day its start may mean, and its end."""

    start: Days | None
    end: Days | None


def fact_span(start: PartialDate | None, end: PartialDate | None) -> Span | None:
    """The span of a fact's dates; None where no year is known."""
    span = Span(_days(start), _days(end))
    return span if span.start or span.end else None


def combine(spans: Iterable[Span]) -> tuple[str | None, str | None]:
    """The first and the last day of a thing of which several Reports speak.

    Dates that agree narrow one another ("in December", "on the 4th" -> the 4th); dates that contradict widen it.
    """
    spans = list(spans)
    start = _meet([s.start for s in spans if s.start])
    end = _meet([s.end for s in spans if s.end])
    if start is None or end is None:
        return start or end or (None, None)
    if start[0] <= end[1]:
        return start[0], end[1]
    return min(start[0], end[0]), max(start[1], end[1])


def _days(value: PartialDate | None) -> Days | None:
    if value is None or value.earliest is None or value.latest is None:
        return None
    return value.earliest, value.latest


def _meet(days: list[Days]) -> Days | None:
    if not days:
        return None
    low, high = max(d[0] for d in days), min(d[1] for d in days)
    return (low, high) if low <= high else (min(d[0] for d in days), max(d[1] for d in days))
