"""Finds dates in a sentence. The wordings are data (`lexicon/<language>/dates.yaml`); this is a small interpreter of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kgculture.extract.date_wordings import NUMERIC, YEARS, DateWordings, Element, Kind, Pattern, date_wordings
from kgculture.extract.years import Basis, Tense, infer_year
from kgculture.model import PartialDate, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kgculture.extract.document import Sentence
    from kgculture.language.base import Token

#: letters of a preposition, which begins no dateline
_SHORT = 2
_DATELINE_ENDS = frozenset("(:–—-./|")


@dataclass(frozen=True, slots=True)
class DateMention:
    """Where a sentence states a date. `first` and `last` are indexes of tokens, both inclusive.

    `start` is the day of a point and the first of a range; `until` has an `end` alone; both are None where the wording says
    nothing precise ("last week") or needs a day of publication that is unknown. `basis`: `inferred-year` where the year is not
    stated and was taken from the day of publication. `dateline`: it dates the article, not what it tells.
    """

    span: Passage
    first: int
    last: int
    start: PartialDate | None
    end: PartialDate | None
    kind: Kind
    basis: Basis
    rule: str
    dateline: bool = False
    parts: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    direction: str = field(default="", repr=False)


def find_dates(sentence: Sentence, lang: str, published: str | None) -> list[DateMention]:
    """All dates that the sentence states, in order, read against the day of publication (ISO 8601).

    The longest wording wins. Raises KeyError for a language without `dates.yaml`.
    """
    data = date_wordings(lang)
    tokens = sentence.tokens
    keys = [data.keys[token.lower] for token in tokens]
    parts = [data.parts_at[key] and _parts_at(data, keys, at) for at, key in enumerate(keys)]
    if not any(parts):
        return []
    day = date.fromisoformat(published) if published else None
    found: list[DateMention] = []
    near = _nearest_parts(data, parts)
    position = 0
    while position < len(tokens):
        if near[position] > data.lead:
            position += 1  # no day, month or year is near enough for a date to begin here
            continue
        key, ahead = keys[position], position + near[position]
        begins, follows = key if key in data.by_word else "", keys[ahead] if keys[ahead] in data.words else ""
        candidates = data.possible[begins, near[position], parts[ahead], follows]
        mention = _longest(data, tokens, keys, position, candidates, day) if candidates else None
        if mention is None:
            position += 1
            continue
        found.append(replace(mention, dateline=_is_dateline(mention, tokens)))
        position = mention.last + 1
    return found


def with_tense(mention: DateMention, published: str | None, tense: Tense) -> DateMention:
    """The same mention, its year or day chosen as the tense of the sentence demands: "in March" in December, said of the future."""
    if mention.basis == "stated" and all(d is None or d.year for d in (mention.start, mention.end)):
        return mention
    day = date.fromisoformat(published) if published else None
    read = _read(dict(mention.parts), mention.kind, mention.direction, day, tense)
    return replace(mention, start=read[0], end=read[1], basis=read[2]) if read else mention


# -------------------------------------------------------------------------------------------------------- patterns


def _parts_at(data: DateWordings, keys: Sequence[str], at: int) -> tuple[str, ...]:
    """Parts of a date that may begin at a token, those of several words only where all of them stand there."""
    parts = data.parts_at[keys[at]]
    if keys[at] not in data.begun:
        return parts
    following = keys[at + 1] if at + 1 < len(keys) else ""
    phrases = (*data.begun[keys[at]].get("", ()), *data.begun[keys[at]].get(following, ()))
    stand = {part for part, words in phrases if tuple(keys[at : at + len(words)]) == words}
    return tuple(part for part in parts if part not in data.phrases or part in stand)


def _nearest_parts(data: DateWordings, parts: Sequence[tuple[str, ...]]) -> list[int]:
    """For each token how far the next one is that may begin a part of a date; more than any pattern is long where there is none."""
    far = len(parts) + data.lead + 1
    near = [0] * len(parts)
    for at in range(len(parts) - 1, -1, -1):
        far = 0 if parts[at] else far + 1
        near[at] = far
    return near


def _longest(
    data: DateWordings,
    tokens: Sequence[Token],
    keys: Sequence[str],
    at: int,
    candidates: Iterable[Pattern],
    published: date | None,
) -> DateMention | None:
    matches: list[tuple[int, int, Pattern, dict[str, int]]] = []
    for pattern in candidates:
        for end, parts in _match(data, pattern.elements, tokens, keys, at):
            if end > at and parts:
                matches.append((-end, data.order[pattern.id], pattern, parts))
                break
    for negative, _, pattern, parts in sorted(matches, key=lambda m: m[:2]):
        last = -negative - 1
        while last > at and (tokens[last].text == "," or (tokens[last].text == "." and len(tokens[last - 1].text) > 2)):
            last -= 1
        if (
            tokens[last].text.isdigit()
            and "month" not in parts
            and last + 1 < len(keys)
            and keys[last + 1] in data.not_after_year
        ):
            continue
        read = _read(parts, pattern.kind, pattern.direction, published, None)
        if read is not None:
            span = Passage(tokens[at].start, tokens[last].end)
            return DateMention(
                span,
                at,
                last,
                *read[:2],
                pattern.kind,
                read[2],
                pattern.id,
                False,
                tuple(parts.items()),
                pattern.direction,
            )
    return None


def _match(
    data: DateWordings, elements: Sequence[Element], tokens: Sequence[Token], keys: Sequence[str], at: int
) -> Iterator[tuple[int, dict[str, int]]]:
    """Ways in which the elements fit from a token on: (index after the last token, parts), greedy ones first."""
    if not elements:
        yield at, {}
        return
    element, rest = elements[0], elements[1:]
    if at < len(keys):
        if element.part:
            for end, value in _part(data, element.part.rstrip("2"), tokens, keys, at):
                for last, parts in _match(data, rest, tokens, keys, end):
                    yield last, {element.part: value, **parts}
        elif keys[at] in element.words:
            yield from _match(data, rest, tokens, keys, at + 1)
    if element.optional:
        yield from _match(data, rest, tokens, keys, at)


def _part(
    data: DateWordings, part: str, tokens: Sequence[Token], keys: Sequence[str], at: int
) -> Iterator[tuple[int, int]]:
    """Ways to read a part of a date at a token: (index after it, its value)."""
    key = keys[at]
    if part in data.phrases:
        for words, value in data.phrases[part]:
            if tuple(keys[at : at + len(words)]) == words:
                yield at + len(words), value
                return
    elif part in ("month", "weekday"):
        number = (data.months if part == "month" else data.weekdays).get(key)
        if number is not None and (tokens[at].is_capital or key not in data.capital_only):
            yield at + 1, number
    elif part == "numeric":
        if match := NUMERIC.fullmatch(key):
            day, month, year = (int(g) for g in (match.groups()[:3] if match[1] else reversed(match.groups()[3:])))
            yield at + 1, year * 10_000 + month * 100 + day
    elif key.isdigit():
        value, length = int(key), len(key)
        word = part == "yearword"
        fits = (
            (length == 4 and value in YEARS)
            if part in ("year", "yearword")
            else (length <= 2 and 1 <= value <= (12 if part == "monthnumber" else 31))
        )
        if fits:
            for suffix in data.suffixes.get("year" if word else part, ()):
                if tuple(keys[at + 1 : at + 1 + len(suffix)]) == suffix:
                    yield at + 1 + len(suffix), value
            if not word:
                yield at + 1, value


def _is_dateline(mention: DateMention, tokens: Sequence[Token]) -> bool:
    """ "ALMATY, December 23 –": only names before it, and a sign after."""
    if mention.kind != "point" or mention.start is None or mention.start.day is None or mention.basis == "relative":
        return False
    before = tokens[: mention.first]
    if any(t.is_word and not t.is_capital for t in before) or len(before) > 8:
        return False
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    named = any(t.is_word for t in before)
    if after is None or mention.last + 2 == len(tokens):
        return named or mention.first == 0  # nothing but a date
    if after.text == "," and named and before[-1].text == "," and len(before[0].text) > _SHORT:
        return tokens[mention.last + 2].is_capital  # "Riyadh, September 11, 2023, On the margins of …"
    return named and after.text in _DATELINE_ENDS


# --------------------------------------------------------------------------------------------------------- reading


def _read(
    parts: dict[str, int], kind: Kind, direction: str, published: date | None, tense: Tense | None
) -> tuple[PartialDate | None, PartialDate | None, Basis] | None:
    """(start, end, basis) of the parts of a date; None where there is no such day."""
    try:
        if kind in ("range", "period"):
            return _range(parts, published, tense)
        found, basis = _point(parts, direction, published, tense)
    except (ValueError, OverflowError):
        return None
    return (None, found, basis) if kind == "until" else (found, None, basis)


def _point(
    parts: dict[str, int], direction: str, published: date | None, tense: Tense | None
) -> tuple[PartialDate | None, Basis]:
    if "numeric" in parts:
        number = parts["numeric"]
        return PartialDate(number // 10_000, number // 100 % 100, number % 100), "stated"
    month, day = parts.get("month", parts.get("monthnumber")), parts.get("day")
    year = parts.get("year", parts.get("yearword"))
    if "ryear" in parts:
        if published is not None:
            return PartialDate(published.year + parts["ryear"], month, day), "relative"
        return (PartialDate(None, month, day) if month else None), "relative"
    if year is not None:
        return PartialDate(year, month, day), "stated"
    if month is not None:
        return infer_year(PartialDate(None, month, day), published, tense)
    if published is None or "vague" in parts:
        return None, "relative"
    if "rmonth" in parts:
        months = published.year * 12 + published.month - 1 + parts["rmonth"]
        return PartialDate(months // 12, months % 12 + 1), "relative"
    if "rday" in parts:
        return _exact(published + timedelta(days=parts["rday"])), "relative"
    ahead = (parts["weekday"] - published.isoweekday()) % 7
    if direction == "next":
        ahead = ahead or 7
    elif tense != "future" and ahead:
        ahead -= 7
    return _exact(published + timedelta(days=ahead)), "relative"


def _range(
    parts: dict[str, int], published: date | None, tense: Tense | None
) -> tuple[PartialDate | None, PartialDate | None, Basis]:
    first = parts.get("month", parts.get("month2")), parts.get("day")
    second = parts.get("month2", parts.get("month")), parts.get("day2")
    year, year2 = parts.get("year"), parts.get("year2")
    over = (first[0] or 0, first[1] or 0) > (second[0] or 0, second[1] or 0)  # from December into January
    basis: Basis = "stated"
    if year is None and year2 is None:
        if first[0] is None:
            raise ValueError("a range needs months or years")
        start, basis = infer_year(PartialDate(None, *first), published, tense)
        year = start.year
    if year is None and year2 is not None:
        year = year2 - over
    elif year2 is None and year is not None:
        year2 = year + over
    begin, end = PartialDate(year, *first), PartialDate(year2, *second)
    if begin.earliest and end.latest and begin.earliest > end.latest:
        raise ValueError("a range that ends before it begins")
    return begin, end, basis


def _exact(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
