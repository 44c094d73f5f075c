"""Headline, day and masks of pages in the manner of many outlets, and of the articles that travel with the issue."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kgculture.model import Article
from kgculture.sources import dates, read
from kgculture.sources.decode import Undecodable, clean, decode
from kgculture.sources.layout import Layout, lay_out

SHARED = Path(__file__).resolve().parents[2] / "shared"
ARTICLES = sorted(SHARED.glob("articles/*/*.txt")) if SHARED.is_dir() else []

EN = "The Ruritanian minister of culture met his colleague in Strelsau, and they signed a plan for archives."
EN2 = "The two sides also spoke of films, museums and the training of restorers in both countries."
RU = "Министр культуры Руритании встретился в Штрельзау с коллегой, сообщает пресс-служба ведомства."
RU2 = "Стороны обсудили также кино, музеи и подготовку реставраторов в обеих странах."
KK = "Мәдениет министрі әріптесімен кездесіп, екі елдің ынтымақтастығын талқылады, деп хабарлайды агенттік."
KK2 = "Тараптар кино, мұражай және театр саласындағы жобаларды да сөз етті."


def _visible(text: str, layout: Layout) -> list[str]:
    pieces: list[str] = []
    position = 0
    for mask in layout.masks:
        pieces.append(text[position : mask.start])
        position = max(position, mask.end)
    return [line.strip() for line in "".join([*pieces, text[position:]]).split("\n") if line.strip()]


PAGES = {
    "marker, then text": (f" date 2025-10-11 {EN}\n\n{EN2}\n", None, "2025-10-11", [EN, EN2]),
    "marker, then headline": (
        f" date 2025-10-11 Minister of culture in Strelsau\n\n{EN}\n",
        "Minister of culture in Strelsau",
        "2025-10-11",
        ["Minister of culture in Strelsau", EN],
    ),
    "marker, then page clock": (
        f" date 2025-05-26 26 May. 12:00 (UTC+3 MSK)\n\n{EN}\n\n{EN2}",
        None,
        "2025-05-26",
        [EN, EN2],
    ),
    "marker, date line, byline": (
        f" date 2023-12-01 1 December 2023 10:00 (UTC+04:00)\n\nJane Example\n\n{EN}\n\n{EN2}",
        None,
        "2023-12-01",
        [EN, EN2],
    ),
    "marker that is no day": (f" date 2025-13-45 {EN}\n", None, None, [f"date 2025-13-45 {EN}"]),
    "dateline stays": (
        f"BC, Strelsau, 26.01.2009. {EN}\n\n{EN2}",
        None,
        "2009-01-26",
        [f"BC, Strelsau, 26.01.2009. {EN}", EN2],
    ),
    "dateline with brackets": (
        f"Strelsau [RUR], July 26, 2024 (ANI/WAM): {EN}",
        None,
        "2024-07-26",
        [f"Strelsau [RUR], July 26, 2024 (ANI/WAM): {EN}"],
    ),
    "dateline without a year": (
        f"STRELSAU. December 23. {EN}\n\n{EN2}",
        None,
        None,
        [f"STRELSAU. December 23. {EN}", EN2],
    ),
    "russian dateline": (
        f"ШТРЕЛЬЗАУ, 10 октября 2023 г. /ТАСС/. {RU}",
        None,
        "2023-10-10",
        [f"ШТРЕЛЬЗАУ, 10 октября 2023 г. /ТАСС/. {RU}"],
    ),
    "dateline with a short year and the reporter": (
        f"Штрельзау, 09.10.24. /Анна Примерова-Гор/. {RU}",
        None,
        "2024-10-09",
        [f"Штрельзау, 09.10.24.  {RU}"],
    ),
    "date line above": (
        f"12.08.2009 | Содружество | Версия для печати\n\nМинистр культуры в Штрельзау\n\n{RU}",
        "Министр культуры в Штрельзау",
        "2009-08-12",
        ["Министр культуры в Штрельзау", RU],
    ),
    "date line below": (
        f"Министр культуры в Штрельзау\n\n25 ноября 2024\n\n{RU}\n\n{RU2}",
        "Министр культуры в Штрельзау",
        "2024-11-25",
        ["Министр культуры в Штрельзау", RU, RU2],
    ),
    "clock of the site above, date below": (
        f"— 24 апреля, 2024 —\n\nМинистр культуры в Штрельзау\n\n15.11.2014\n\n{RU}",
        "Министр культуры в Штрельзау",
        "2014-11-15",
        ["Министр культуры в Штрельзау", RU],
    ),
    "update is not publication": (
        f"Обновлено: 26.11.2024 18:00\n\nМинистр культуры в Штрельзау\n\n{RU}",
        "Министр культуры в Штрельзау",
        None,
        ["Министр культуры в Штрельзау", RU],
    ),
    "published and updated": (
        f"Minister of culture in Strelsau\n\nPublished: 10 Jun 2024 - 12:05 am | Last Updated: 11 Jun 2024 - 1:06 am\n\n{EN}",
        "Minister of culture in Strelsau",
        "2024-06-10",
        ["Minister of culture in Strelsau", EN],
    ),
    "weekday is a clock": (
        f"Example News\nWednesday, 24.04.2024, 19:05\nPrint version | Search site\n\nMinister of culture in Strelsau\n\n{EN}",
        "Minister of culture in Strelsau",
        None,
        ["Minister of culture in Strelsau", EN],
    ),
    "two readings": (
        f"Minister of culture in Strelsau\n\n05/06/2024\n\n{EN}",
        "Minister of culture in Strelsau",
        None,
        ["Minister of culture in Strelsau", EN],
    ),
    "one reading": (
        f"Minister of culture in Strelsau\n\n25/06/2024\n\n{EN}",
        "Minister of culture in Strelsau",
        "2024-06-25",
        ["Minister of culture in Strelsau", EN],
    ),
    "two days of one rank": (
        f"Minister of culture in Strelsau\n\n25.06.2024\n26.06.2024\n\n{EN}",
        "Minister of culture in Strelsau",
        None,
        ["Minister of culture in Strelsau", EN],
    ),
    "kazakh date line": (
        f"15 там. 2025 10:59\n23\nЕкі елдің мәдениет министрлері кездесті\n{KK}\n{KK2}",
        "Екі елдің мәдениет министрлері кездесті",
        "2025-08-15",
        ["Екі елдің мәдениет министрлері кездесті", KK, KK2],
    ),
    "kazakh year first": (
        f"2023 жылғы 4 желтоқсан\n\nЕкі елдің мәдениет министрлері кездесті\n\n{KK}",
        "Екі елдің мәдениет министрлері кездесті",
        "2023-12-04",
        ["Екі елдің мәдениет министрлері кездесті", KK],
    ),
    "byline and role": (
        f"Министр культуры в Штрельзау\n\n4163\nАнна Примерова\nспециальный корреспондент\n\n{RU[:-1]}\n\nФото: пресс-служба\n\n{RU2}",
        "Министр культуры в Штрельзау",
        None,
        ["Министр культуры в Штрельзау", RU[:-1], RU2],
    ),
    "byline with date": (
        f"Minister of culture in Strelsau\n\nBy Jane Example in Culture on 7 December 2023\n\nSTRELSAU – {EN}",
        "Minister of culture in Strelsau",
        "2023-12-07",
        ["Minister of culture in Strelsau", f"STRELSAU – {EN}"],
    ),
    "byline with a bare date": (
        f"Minister of culture in Strelsau\n\nJane Example, 7 December 2023\n\n{EN}",
        "Minister of culture in Strelsau",
        "2023-12-07",
        ["Minister of culture in Strelsau", EN],
    ),
    "menu above": (
        "Official site of the ministry of culture\nCulture and museums\nMinisters of the country\n| Home | News\n\nNews\n\n2 Jun 2017\n\n"
        f"Ruritanian minister of culture met colleague in Strelsau\n\n{EN}\n\nArchive\nSu Mo Tu We\n",
        "Ruritanian minister of culture met colleague in Strelsau",
        "2017-06-02",
        ["Ruritanian minister of culture met colleague in Strelsau", EN],
    ),
    "signature": (f"{RU}\n{RU2}\n\nА. Примерова, корр. РурТА.", None, None, [RU, RU2]),
    "biography": (
        f"{EN}\n\n{EN2}\n\nJANE EXAMPLE\nJane Example, a writer and translator, came to the paper in 1999.",
        None,
        None,
        [EN, EN2],
    ),
    "popular to the end": (
        f"{RU}\n\n{RU2}\n\nПопулярное\n\nВсе\nСнег из детских желаний\nНабрал штрафов почти на миллион!\nКаким будет год?",
        None,
        None,
        [RU, RU2],
    ),
    "popular above": (
        f"Популярное\nМинистр культуры в Штрельзау\n\n{RU}\n\n{RU2}",
        "Министр культуры в Штрельзау",
        None,
        ["Министр культуры в Штрельзау", RU, RU2],
    ),
    "read also in the midst": (
        f"{RU}\n\nЧитайте также:\n- Снег идёт\n- Метро открыто\n\n{RU2}\n{RU}",
        None,
        None,
        [RU, RU2, RU],
    ),
    "read also in one line": (f"{KK}\n\nСондай-ақ оқыңыз: Биыл қыс қандай болады?\n\n{KK2}", None, None, [KK, KK2]),
    "navigation above": (
        f"Skip to content\nHome / Culture / 1204 views / 3 comments\n\nMinister of culture in Strelsau\n\n{EN}\n",
        "Minister of culture in Strelsau",
        None,
        ["Minister of culture in Strelsau", EN],
    ),
    "headline twice": (
        f"Министр культуры в Штрельзау\n\nВнешняя политика\n• 19 февраля, 2026\n• 15:47\nМинистр культуры в Штрельзау\n\n{RU}",
        "Министр культуры в Штрельзау",
        "2026-02-19",
        ["Министр культуры в Штрельзау", RU],
    ),
    "subtitle stays": (
        f"Министр культуры в Штрельзау\n\nВедомства обеих стран взаимодействуют, сообщил министр культуры\n\n{RU}",
        "Министр культуры в Штрельзау",
        None,
        ["Министр культуры в Штрельзау", "Ведомства обеих стран взаимодействуют, сообщил министр культуры", RU],
    ),
    "a list stays": (
        f"{EN}\n\nThe programme of the days has these parts for the public:\n- Opera night\n- Film week",
        None,
        None,
        [EN, "The programme of the days has these parts for the public:", "- Opera night", "- Film week"],
    ),
    "subheading stays": (f"{EN}\n\nFilms and museums\n\n{EN2}", None, None, [EN, "Films and museums", EN2]),
    "lone sentence": (EN, None, None, [EN]),
    "lone headline": (
        "Министры культуры встретились в Штрельзау",
        None,
        None,
        ["Министры культуры встретились в Штрельзау"],
    ),
    "only furniture": ("Print\nShare\n4163\n", None, None, []),
}


@pytest.mark.parametrize(("text", "title", "published", "visible"), PAGES.values(), ids=PAGES.keys())
def test_page(text: str, title: str | None, published: str | None, visible: list[str]) -> None:
    layout = lay_out(text)
    assert (layout.title.of(text) if layout.title else None) == title
    assert layout.published == published
    assert _visible(text, layout) == visible


@pytest.mark.parametrize("text", [page[0] for page in PAGES.values()], ids=PAGES.keys())
def test_masks_are_in_order_and_in_the_text(text: str) -> None:
    masks = lay_out(text).masks
    assert list(masks) == sorted(masks)
    assert all(0 <= m.start < m.end <= len(text) for m in masks)
    assert all(a.end <= b.start for a, b in pairwise(masks))


PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        ". ",
        ": ",
        " | ",
        " date 2024-01-02 ",
        "2024",
        "5 May 2024",
        "Фото: ",
        "Read also",
        "Popular",
        EN,
        RU,
        KK,
        "Jane Example",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join))
def test_any_text_has_a_layout(text: str) -> None:
    layout = lay_out(text)
    assert all(0 <= m.start < m.end <= len(text) for m in layout.masks)
    assert all(a.end <= b.start for a, b in pairwise(layout.masks))
    if layout.title:
        title = layout.title
        assert title.of(text).strip()
        assert all(m.end <= title.start or m.start >= title.end for m in layout.masks)
    assert layout == lay_out(text)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=100).map(str.encode)
    | st.text(max_size=100).map(lambda t: t.encode("utf-16"))
)
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except Undecodable as refused:
        assert str(refused)
    else:
        assert clean(text) == text
        text.encode()


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("11:44, 26 December 2019 | GMT +6", "2019-12-26"),
        ("16:49 / 2021-12-02", "2021-12-02"),
        ("2022-09-28T11:18:38.089Z", "2022-09-28"),
        ("21st of November 2024", "2024-11-21"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("4 декабря 2023 года", "2023-12-04"),
        ("29 февраля 2023", None),
        ("29 февраля 2024", "2024-02-29"),
        ("December 23", None),
        ("2024", None),
        ("31.12.1850", None),
        ("1.2.3.2024", None),
    ],
)
def test_whole_dates(line: str, day: str | None) -> None:
    assert next((found.day for found in dates.find(line)), None) == day


@pytest.mark.parametrize(
    "paragraph",
    [
        "On December 4, 2023, the minister came.",
        "In Strelsau, December 4, 2023, ministers met.",
        "December 4, 2023 was the day.",
        "The plan of 26.01.2009. It is old.",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(paragraph: str) -> None:
    assert dates.dateline(paragraph) is None


def test_cost_grows_with_the_text() -> None:
    def page(times: int) -> str:
        return (
            "Министр культуры в Штрельзау\n\n25 ноября 2024\n\n"
            + f"{RU}\n\n{RU2}\n\n" * times
            + "Читайте также\nСнег идёт\n"
        )

    short, long = (min(_time(page(times)) for _ in range(15)) for times in (15, 150))
    assert long < 40 * short  # ten times the text; a square would be a hundred times the cost


def _time(text: str) -> float:
    begin = time.perf_counter()
    lay_out(text)
    return time.perf_counter() - begin


@pytest.mark.skipif(not ARTICLES, reason="the shared articles are not beside this checkout")
@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_shared_articles(path: Path) -> None:
    gold = yaml.safe_load((SHARED / "gold" / path.parent.name / f"{path.stem}.yaml").read_text("utf-8"))
    (article,) = read([path])
    assert isinstance(article, Article)
    assert article.id == gold["id"]
    assert article.language == gold["language"]
    assert article.published == (str(gold["published"]) if gold["published"] else None)
