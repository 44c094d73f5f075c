"""The day on which an article appeared, where the text itself says so.

Only a whole date counts: day, month and year. A date with a weekday is as a rule the clock in the page's header, one that is
labelled as that of an update says nothing of the day of the article, and `05/06/2024` has two readings: none of them is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from kgculture.sources import furniture

_DIGIT = re.compile(r"\d{4}")
_NOISE = re.compile(r"[\s,.;:|()\[\]/•·—–<>»«@*-]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A whole date in a line; `label` says what stands with it: "published", "updated", "weekday" or ""."""

    day: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    date: re.Pattern[str]
    yearless: re.Pattern[str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    weekday: re.Pattern[str]
    clock: re.Pattern[str]
    label: re.Pattern[str]
    months: dict[str, int]


@cache
def _patterns() -> _Patterns:
    words = furniture.load().dates

    def either(options: tuple[str, ...]) -> str:
        return "|".join(re.escape(o) for o in options)

    month = "|".join(re.escape(m) for m in sorted(words.months, key=lambda m: (-len(m), m)))
    after_day = rf"(?:{either(words.day_words)})?"
    year_word = rf"(?:\s*(?:{either(words.year_words)})(?!\w))?"
    date_ = "|".join(
        (
            r"(?<![\d.])(?P<iso_y>\d{4})[-./](?P<iso_m>\d{1,2})[-./](?P<iso_d>\d{1,2})(?!\d)(?:t\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?",
            r"(?<![\d.])(?P<dot_d>\d{1,2})[.](?P<dot_m>\d{1,2})[.](?P<dot_y>\d{4})(?![\d])" + year_word,
            r"(?<![\d/])(?P<sl_a>\d{1,2})[/-](?P<sl_b>\d{1,2})[/-](?P<sl_y>\d{4})(?![\d])",
            rf"(?<![\d.])(?P<dmy_d>\d{{1,2}}){after_day}[\s-]+(?P<dmy_m>{month})\.?[\s,-]+(?P<dmy_y>\d{{4}})(?!\d){year_word}",
            rf"(?<!\w)(?P<mdy_m>{month})\.?,?\s+(?P<mdy_d>\d{{1,2}}){after_day},?\s+(?P<mdy_y>\d{{4}})(?!\d)",
            rf"(?<!\d)(?P<ydm_y>\d{{4}})(?:\s*(?:{either(words.year_words)})(?!\w),?)?\s+(?P<ydm_d>\d{{1,2}})\s+(?P<ydm_m>{month})(?!\w)",
        )
    )
    return _Patterns(
        re.compile(date_),
        re.compile(rf"(?<![\w.])(?:\d{{1,2}}{after_day}\s+(?:{month})|(?:{month})\.?\s+\d{{1,2}}{after_day})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{either(words.published)})\s*:?\s*$"),
        re.compile(rf"(?<!\w)(?:{either(words.updated)})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{either(words.weekdays)})(?!\w)"),
        re.compile(
            rf"\b(?:(?:{either(words.clock_words)})\s+)?[0-2]?\d[:.][0-5]\d(?::[0-5]\d)?(?:\.\d+)?\s*(?:[ap]\.?m\.?(?!\w))?|"
            rf"\(?\b(?:{either(words.zones)})\b\s*[+-]?\s*\d{{0,2}}(?::?\d\d)?(?:\s*(?:{either(words.zones)})\b)?\)?|"
            rf"(?<!\w)(?:{either(words.clock_words)})(?=\s+\d)"
        ),
        re.compile(rf"(?<!\w)(?:{either(words.updated)}|{either(words.published)})(?!\w)"),
        words.months,
    )


def _day(match: re.Match[str], months: dict[str, int]) -> str | None:
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    kind = next(iter(got)).split("_")[0]
    if kind == "sl":
        first, second = int(got["sl_a"]), int(got["sl_b"])
        if first != second and first <= 12 and second <= 12:
            return None  # day first or month first: the outlet knows, we do not
        year, month, day = int(got["sl_y"]), min(first, second), max(first, second)
    else:
        name = got[f"{kind}_m"]
        year, month, day = int(got[f"{kind}_y"]), months.get(name) or int(name), int(got[f"{kind}_d"])
    if not 1900 <= year <= 2099:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def find(line: str) -> list[Found]:
    """Whole dates of a line in order. Offsets count in `line`, whose lower case must be as long as itself (else nothing is found)."""
    lower = line.lower()
    if len(lower) != len(line) or not _DIGIT.search(line):
        return []
    patterns = _patterns()
    found: list[Found] = []
    begin = 0
    for match in patterns.date.finditer(lower):
        day = _day(match, patterns.months)
        if day is None:
            continue
        before = lower[begin : match.start()].replace("ё", "е")
        if patterns.updated.search(before):
            label = "updated"
        elif patterns.published.search(before):
            label = "published"
        elif patterns.weekday.search(before) or patterns.weekday.match(lower[match.end() :].lstrip(" ,")):
            label = "weekday"
        else:
            label = ""
        found.append(Found(day, match.start(), match.end(), label))
        begin = match.end()
    return found


def rest(line: str) -> str:
    """What is left of a line without its dates, clock times, weekdays and the labels of dates: "" for a mere date line."""
    lower = furniture.norm(line)
    if not any(c.isdigit() for c in lower):
        return lower
    patterns = _patterns()
    left = patterns.date.sub(" ", lower)
    if left == lower:
        left = patterns.yearless.sub(" ", lower) if _patterns().clock.search(lower) else lower
    if left == lower:
        return lower
    left = _patterns().clock.sub(" ", patterns.weekday.sub(" ", left))
    return _NOISE.sub(" ", patterns.label.sub(" ", left)).strip()


def is_date_line(line: str) -> bool:
    """True for a line that holds a whole date, or a day and a clock time, and nothing else."""
    if not any(c.isdigit() for c in line):
        return False
    if not find(line):
        lower = furniture.norm(line)
        if not (_patterns().clock.search(lower) and _patterns().yearless.search(lower)):
            return False
    return not rest(line)


_PLACE_WORD = r"(?:[^\W\d_a-zа-я][\w'’.-]*|\[[^\]\n]{1,20}\]|\([^)\n]{1,30}\))"
#: What stands before the date of a dateline: nothing, or places and agencies, closed by a sign: "BC, Tallinn, ", "ALMATY. ", "Баку, ",
#: and a short word of the date ("Ashgabat, on May, 20th").
_BEFORE = re.compile(
    rf"\s*(?:{_PLACE_WORD}(?:[\s,./—–-]+{_PLACE_WORD}){{0,5}}(?:\s*[,./—–)\]-]\s*(?:[^\W\d_]{{1,2}}\s+)?|\s+(?=\()))?\(?$"
)
#: Years of two digits from here on are of the last century.
_CENTURY = 90
#: What stands after it: a sign that ends the dateline, or the agency.
_AFTER = re.compile(r"\s*(?:[.:—–/(|)]|-\s|,\s*[^\W\d_a-zа-я]{2,}\b)")


#: "Riyadh, " before the date and ", On the margins of" after it; "In Riyadh, September 11, 2023, " dates what is told.
_PLACE_FIRST = re.compile(r"\s*[^\W\d_]{3,}(?:[ -][^\W\d_]+)?,\s*$")
_SENTENCE_AFTER = re.compile(r",\s+[^\W\d_a-zа-я]")
#: A date with a year of two digits, which only a dateline is sure to be: "Bishkek, 26.01.09. /Agency/".
_SHORT = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{2})(?=[\s.]*\.?\s*/|\.\s|\s[–—])")


def dateline(paragraph: str) -> str | None:
    """The whole date of the dateline that a first paragraph begins with ("BC, Tallinn, 26.01.2009. Ten years …"), or None."""
    for found in find(paragraph[:120])[:1]:
        before, after = paragraph[: found.start], paragraph[found.end :]
        ends = _AFTER.match(after) or (_PLACE_FIRST.match(before) and _SENTENCE_AFTER.match(after))
        if not found.label and _BEFORE.match(before) and ends:
            return found.day
    short = _SHORT.search(paragraph[:60])
    if short and short.start() and _BEFORE.match(paragraph[: short.start()]):
        day, month, year = (int(part) for part in short.groups())
        try:
            return date(year + (1900 if year >= _CENTURY else 2000), month, day).isoformat()
        except ValueError:
            return None
    return None
