"""The year of a date that does not say it, from the day of publication and the tense of the sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from kgculture.model import PartialDate

Basis = Literal["stated", "relative", "inferred-year"]
Tense = Literal["past", "future"]

#: how many days nearer one year must be than the next before it is taken for the year of a date without one
CLEARLY_NEARER = 90
#: how many days late a report of what is to come may be
_LATE = 10


def infer_year(partial: PartialDate, published: date | None, tense: Tense | None = None) -> tuple[PartialDate, Basis]:
    """A date without year, with the year that the day of publication and the tense give it; as it was where they leave a doubt.

    Without tense it is the nearest such date, if that is nearer than the next by `CLEARLY_NEARER` days.
    """
    if published is None or partial.year is not None:
        return partial, "stated"
    years = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            years.append(replace(partial, year=year))
        except ValueError:
            continue  # 29 February
    if tense == "past":
        years = [y for y in years if (y.earliest or "") <= published.isoformat()][-1:]
    elif tense == "future":
        lately = (
            published - timedelta(days=_LATE)
        ).isoformat()  # reports may come late: "will be held on May 3" on May 4
        years = [y for y in years if (y.latest or "") >= lately][:1]
    ranked = sorted((_distance(y, published), y.year or 0) for y in years)
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < CLEARLY_NEARER):
        return partial, "stated"
    return replace(partial, year=ranked[0][1]), "inferred-year"


def _distance(partial: PartialDate, day: date) -> int:
    """Days from a day to the nearest day that the date may mean."""
    earliest, latest = date.fromisoformat(partial.earliest or ""), date.fromisoformat(partial.latest or "")
    if earliest <= day <= latest:
        return 0
    return min(abs((earliest - day).days), abs((latest - day).days))
