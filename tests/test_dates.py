"""Dates: wordings of the lexicon, years that are not stated, and robustness."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgculture.extract.dates import DateMention, find_dates, with_tense
from kgculture.extract.document import Sentence
from kgculture.extract.years import infer_year
from kgculture.language.base import tokenize
from kgculture.lexicon import read_yaml
from kgculture.model import PartialDate, Passage
from kgculture.resources import folder

LANGUAGES = ("en", "ru", "kk")
PUBLISHED = "2025-12-04"  # a Thursday: the examples of the lexicon are read against it


def dates(text: str, lang: str, published: str | None = PUBLISHED) -> list[DateMention]:
    span = Passage(0, len(text))
    return find_dates(Sentence(0, span, tuple(tokenize(text, span))), lang, published)


def shown(mention: DateMention) -> str:
    start = mention.start.lexical if mention.start else ""
    end = mention.end.lexical if mention.end else ""
    if not start and not end:
        return f"unknown {mention.kind}"
    single = mention.kind == "point"
    return f"{start if single else f'{start}/{end}'} {mention.kind}"


def examples() -> list[Any]:
    return [
        pytest.param(lang, pattern["id"], text, want, id=f"{pattern['id']}: {text}")
        for lang in LANGUAGES
        for pattern in read_yaml(folder("lexicon") / lang / "dates.yaml")["patterns"]
        for text, want in pattern["examples"].items()
    ]


@pytest.mark.parametrize(("lang", "rule", "text", "want"), examples())
def test_examples_of_the_lexicon(lang: str, rule: str, text: str, want: str) -> None:
    found = dates(text, lang)
    assert "; ".join(map(shown, found)) == want
    if want:
        assert found[0].rule == rule


@pytest.mark.parametrize(
    ("lang", "text", "published", "want"),
    [
        ("en", "hosted in Baku and ended on Dec. 5.", "2023-12-07", ["2023-12-05 point"]),
        ("en", "on Dec. 28", "2024-01-03", ["2023-12-28 point"]),
        ("en", "on January 5", "2023-12-30", ["2024-01-05 point"]),
        ("en", "in November", "2023-12-07", ["2023-11 point"]),
        ("en", "On October 14, the first meeting", None, ["--10-14 point"]),
        ("en", "From 10 to 13 October", None, ["--10-10/--10-13 range"]),
        ("en", "run until November 23", None, ["/--11-23 until"]),
        ("en", "on Monday", None, ["unknown point"]),
        ("en", "today and last year", None, ["unknown point", "unknown point"]),
        ("en", "in February last year", None, ["--02 point"]),
        ("en", "in February last year", "2009-01-26", ["2008-02 point"]),
        ("en", "On Monday the wait is over", "2009-01-26", ["2009-01-26 point"]),
        ("en", "from 28 December to 3 January", "2024-01-02", ["2023-12-28/2024-01-03 range"]),
        ("en", "on February 29", "2024-03-01", ["2024-02-29 point"]),
        ("en", "on February 30, 2024", "2024-03-01", []),
        ("en", "in 2024 and in 2025, on May 5, 2026", None, ["2024 point", "2025 point", "2026-05-05 point"]),
        ("en", "the 175th anniversary, 46 works, 34 years, EXPO-2017, 90+1, 1204 views", None, []),
        ("en", "they may 5 times sun themselves", "2024-03-01", []),
        ("ru", "с 10 по 13 октября, до 23 ноября", None, ["--10-10/--10-13 range", "/--11-23 until"]),
        ("ru", "3 февраля", "2026-02-03", ["2026-02-03 point"]),
        ("ru", "c 10 по 13 oктября 2024 года", None, ["2024-10-10/2024-10-13 range"]),
        ("ru", "27 ноября 2003 года, 80-летие, 2 906 просмотров", None, ["2003-11-27 point"]),
        ("ru", "на 2009–2011 годы и в 2020-2021 гг.", None, ["2009/2011 period", "2020/2021 period"]),
        ("ru", "31 июня", "2026-02-03", []),
        ("ru", "вчера, сегодня и завтра", "2024-03-01", ["2024-02-29 point", "2024-03-01 point", "2024-03-02 point"]),
        ("ru", "в прошлом месяце", "2024-01-15", ["2023-12 point"]),
        ("kk", "2 желтоқсанда басталып, 5 желтоқсанға дейін", "2023-12-01", ["2023-12-02 point", "/2023-12-05 until"]),
        ("kk", "12 қазаннан 17 қазанға дейін", None, ["--10-12/--10-17 range"]),
        ("kk", "Келер жылы, 2024 жылы", "2023-12-01", ["2024 point", "2024 point"]),
        ("kk", "5 мамыр күні, 46 туынды", "2023-05-07", ["2023-05-05 point"]),
    ],
)
def test_phrases(lang: str, text: str, published: str | None, want: list[str]) -> None:
    assert [shown(m) for m in dates(text, lang, published)] == want


def test_span_is_the_wording() -> None:
    text = "It opened on Oct. 14, 2024, in Baku."
    (mention,) = dates(text, "en")
    assert mention.span.of(text) == "on Oct. 14, 2024"
    assert (mention.first, mention.last) == (2, 7)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("on May 5, 2024", "stated"),
        ("on December 5", "inferred-year"),
        ("yesterday", "relative"),
        ("on May 10", "stated"),
    ],
)
def test_basis(text: str, basis: str) -> None:
    assert [m.basis for m in dates(text, "en")] == [basis]


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("in March", "2025-03", "2026-03"),
        ("on May 10", "2025-05-10", "2026-05-10"),
        ("on Monday", "2025-12-01", "2025-12-08"),
        ("on December 4", "2025-12-04", "2025-12-04"),
        ("in March 2024", "2024-03", "2024-03"),
        ("yesterday", "2025-12-03", "2025-12-03"),
        ("next Monday", "2025-12-08", "2025-12-08"),
    ],
)
def test_tense_settles_year_and_day(text: str, past: str, future: str) -> None:
    (mention,) = dates(text, "en")
    told, announced = with_tense(mention, PUBLISHED, "past"), with_tense(mention, PUBLISHED, "future")
    assert told.start
    assert announced.start
    assert (told.start.lexical, announced.start.lexical) == (past, future)


def test_tense_without_publication_changes_nothing() -> None:
    (mention,) = dates("in March", "en", None)
    assert with_tense(mention, None, "past") == mention


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("ALMATY. December 23.", True),
        ("December 23.", True),
        ("Abu Dhabi [UAE], July 26 (ANI/WAM): Three", True),
        ("BC, Tallinn, 26.01.2009.", True),
        ("On December 3 the forum opened", False),
        ("The Days opened in Baku on December 3.", False),
        ("December 3 saw the opening", False),
    ],
)
def test_datelines(text: str, dateline: bool) -> None:
    assert [m.dateline for m in dates(text, "en")] == [dateline]


def test_doubtful_year_stays_open() -> None:
    assert infer_year(PartialDate(None, 5, 10), date(2025, 12, 4)) == (PartialDate(None, 5, 10), "stated")


def test_unknown_language() -> None:
    with pytest.raises(KeyError):
        dates("today", "xx")


PIECES = [
    "from",
    "10",
    "to",
    "13",
    "October",
    ",",
    "2024",
    "until",
    "-",
    "31",
    "June",
    "last",
    "year",
    "on",
    "Monday",
    "с",
    "по",
    "мая",
    "г",
    ".",
]
PIECES += [
    "29",
    "February",
    "February",
    "26.01.2009",
    "99.99.2009",
    "0",
    "жылы",
    "қазанға",
    "дейін",
    "next",
    "в",
    "прошлом",
    "году",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.text(max_size=20),
    st.sampled_from(LANGUAGES),
    st.none() | st.dates(date(1950, 1, 1), date(2050, 1, 1)).map(date.isoformat),
)
@settings(max_examples=200, deadline=None)
def test_any_text_gives_ordered_dates(pieces: list[str], noise: str, lang: str, published: str | None) -> None:
    text = " ".join([*pieces, noise])
    found = dates(text, lang, published)
    assert all(a.last < b.first for a, b in pairwise(found))
    for mention in found:
        assert mention.span.of(text).strip()
        with_tense(mention, published, "past")
        with_tense(mention, published, "future")
        if mention.start and mention.end and mention.start.earliest and mention.end.latest:
            assert mention.start.earliest <= mention.end.latest
