"""The day that a sentence takes from an earlier one: "the same day", "earlier in the day", "the day before", "on the first day"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from kgculture.extract.context import Context
from kgculture.extract.dates import DateMention
from kgculture.extract.frames import place_in
from kgculture.extract.skeleton import Skeleton
from kgculture.lexicon import Lexicon, alternatives
from kgculture.model import PartialDate, Ref


def referred_day(context: Context, skeleton: Skeleton) -> PartialDate | None:
    """The day that the words of a sentence refer to; None where they refer to none, or to one that no sentence states."""
    if _says(context, skeleton, "same_day"):
        return _told_before(context, skeleton)
    if _says(context, skeleton, "day_before"):
        told = _told_before(context, skeleton) or _reported(context, skeleton)
        return _shifted(told, -1)
    if _says(context, skeleton, "day_after"):
        return _shifted(_told_before(context, skeleton), 1)
    if _says(context, skeleton, "first_day"):
        return next(
            (m.start for m in _before(context, skeleton) if m.kind == "range" and m.start and m.start.day), None
        )
    return None


def referred_place(context: Context, skeleton: Skeleton) -> Ref | None:
    """The place of the sentence whose day or venue a sentence refers to ("earlier in the day", "at the same venue")."""
    same_venue = _says(context, skeleton, "same_venue")
    if not same_venue and not _says(context, skeleton, "same_day"):
        return None
    for earlier in reversed(context.skeletons[: skeleton.index]):
        dated = any(_is_day(u.value) for u in earlier.of_kind("D"))
        if dated or same_venue:
            if not any(_is_day(u.value) and not u.value.dateline for u in earlier.of_kind("D")) and not same_venue:
                continue
            told = place_in(context, earlier)
            cities = {r for u in earlier.of_kind("L") for r in u.refs}
            return told or (cities.pop() if same_venue and len(cities) == 1 else None)
    return None


def _says(context: Context, skeleton: Skeleton, setting: str) -> bool:
    return bool(_phrases(context.lexicon, setting).search(skeleton.text))


@cache
def _phrases(lexicon: Lexicon, setting: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^ ])(?:{alternatives(tuple(lexicon.settings.get(setting, ())))}) ")


def _before(context: Context, skeleton: Skeleton) -> Iterator[DateMention]:
    """Dates that date something in the sentences before, latest first."""
    for earlier in reversed(context.skeletons[: skeleton.index]):
        for unit in reversed(list(earlier.of_kind("D"))):
            if not unit.value.dateline:
                yield unit.value


def _is_day(mention: DateMention) -> bool:
    return mention.kind == "point" and mention.start is not None and mention.start.day is not None


def _told_before(context: Context, skeleton: Skeleton) -> PartialDate | None:
    """The latest day that an earlier sentence states and that is not yet to come when the article is written."""
    published = context.doc.article.published
    for mention in _before(context, skeleton):
        if mention.start and _is_day(mention):
            day = _calendar(mention.start)
            if published is None or day is None or day.isoformat() <= published[:10]:
                return mention.start
    return None


def _reported(context: Context, skeleton: Skeleton) -> PartialDate | None:
    """The day of the report, where the sentences before state no other: "the museum said Thursday. … the day before"."""
    for earlier in reversed(context.skeletons[max(0, skeleton.index - 2) : skeleton.index]):
        for unit in reversed(list(earlier.of_kind("D"))):
            if _is_day(unit.value):
                found: PartialDate = unit.value.start
                return found
    return None


def _calendar(day: PartialDate) -> date | None:
    if day.year is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day)


def _shifted(day: PartialDate | None, days: int) -> PartialDate | None:
    known = _calendar(day) if day else None
    if known is None:
        return None
    moved = known + timedelta(days=days)
    return PartialDate(moved.year, moved.month, moved.day)
