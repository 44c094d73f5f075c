"""Cultural events: every rule's examples, and what belongs together over several sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kgculture.extract import extract
from kgculture.extract.context import Context, build_context
from kgculture.extract.document import Document
from kgculture.extract.event_drafts import EventDraft, fill_year, same_title
from kgculture.extract.event_rules import event_matches
from kgculture.extract.events import EventFrame
from kgculture.extract.frames import Rule, rules
from kgculture.extract.mentions import read_mentions
from kgculture.lexicon import load
from kgculture.model import Article, ArticleFacts, EventFact, PartialDate

LANGUAGES = ("en", "ru")


def article(text: str, language: str = "en", published: str | None = None) -> Article:
    return Article("a", text, language, published=published)  # type: ignore[arg-type]


def facts(text: str, language: str = "en", published: str | None = None) -> ArticleFacts:
    return extract(article(text, language, published))


def events(text: str, language: str = "en", published: str | None = None) -> tuple[EventFact, ...]:
    return facts(text, language, published).events


def one(text: str, language: str = "en", published: str | None = None) -> EventFact:
    found = events(text, language, published)
    assert len(found) == 1, found
    return found[0]


def context_of(text: str, language: str) -> Context:
    return build_context(read_mentions(Document.of(article(text, language)), load(language)))


def sentences(key: str) -> list[Any]:
    return [
        pytest.param(rule, text, code, id=f"{rule.id}-{n}")
        for code in LANGUAGES
        for rule in rules(code, "events")
        for n, text in enumerate(rule.get(key, ()))
    ]


@pytest.mark.parametrize(("rule", "text", "code"), sentences("examples"))
def test_rule_finds_its_examples(rule: Rule, text: str, code: str) -> None:
    frame = EventFrame(context_of(text, code))
    drafts = frame.read()
    if rule.get("event") == "noun":
        assert drafts if rule.get("refers") else rule.get("kind") in {d.kind for d in drafts}
        return
    assert any(list(event_matches(s, (rule,))) for s in frame.skeletons), [s.text for s in frame.skeletons]
    assert drafts or rule.get("silent")  # a silent rule adds to what another one tells
    status = rule.get("status")
    if status and status != "Whole":  # that of what it is part of
        assert status in {d.status for d in drafts}


@pytest.mark.parametrize(("rule", "text", "code"), sentences("counter"))
def test_rule_leaves_its_counter_examples(rule: Rule, text: str, code: str) -> None:
    assert not events(text, code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_founding_rule_has_an_example(code: str) -> None:
    bare = [
        r.id
        for r in rules(code, "events")
        if r.get("event", "happens") == "happens" and not r.get("silent") and not r.get("examples")
    ]
    assert not bare


@pytest.mark.parametrize("code", LANGUAGES)
def test_rule_ids_are_unique(code: str) -> None:
    ids = [r.id for r in rules(code, "events")]
    assert len(ids) == len(set(ids))


# ---------------------------------------------------------------------------------------------------- one event, one fact


def test_tellings_of_an_exhibition_are_one() -> None:
    event = one(
        'An exhibition titled "Light of the Steppe" opened at the Tretyakov Gallery in Moscow on May 5, 2024. '
        "The exhibition, organized by the National Museum of Kazakhstan, features more than 60 paintings. "
        "The event will run until June 30, 2024."
    )
    assert (event.kind, event.title, event.status) == ("Exhibition", "Light of the Steppe", "Held")
    assert event.place == "city-moscow"
    assert event.venue is not None and event.organizers
    assert (event.start, event.end) == (PartialDate(2024, 5, 5), PartialDate(2024, 6, 30))
    assert (event.work_count, event.work_count_is_minimum) == (60, True)
    assert len(event.passages) == 3


def test_two_exhibitions_of_one_sentence_stay_two() -> None:
    found = events(
        "The Days of Culture of Kazakhstan in Azerbaijan included an exhibition of fine arts "
        "and an exposition of 46 artworks of young artists in Baku."
    )
    assert [e.kind for e in found].count("Exhibition") == 2
    assert {e.work_count for e in found if e.kind == "Exhibition"} == {None, 46}


def test_untitled_event_has_no_title() -> None:
    assert one("An exhibition of Kazakh artists was opened in Paris.").title is None


def test_exhibition_of_another_title_is_another() -> None:
    found = events('The exhibition "Silk" opened in Paris. The exhibition "Gold of the Nomads" was opened in Rome.')
    assert {(e.title, e.place) for e in found} == {("Silk", "city-paris"), ("Gold of the Nomads", "city-rome")}


def test_days_of_culture_say_whose_and_where() -> None:
    found = events(
        "The Days of Culture of Kazakhstan in Russia kicked off in Moscow. "
        "In 2024, it is planned to hold the Days of Culture of Russia in Kazakhstan."
    )
    assert [(e.presents, e.place, e.status) for e in found] == [
        (("country-KZ",), "city-moscow", "Held"),
        (("country-RU",), "country-KZ", "Planned"),
    ]
    assert found[1].start == PartialDate(2024)


def test_part_of_days_of_culture() -> None:
    found = events(
        "As part of the Days of Culture of Kazakhstan in Russia, an exhibition of paintings was opened in Moscow."
    )
    days = next(e for e in found if e.kind == "DaysOfCulture")
    assert next(e for e in found if e.kind == "Exhibition").part_of == days.id


def test_films_of_a_list() -> None:
    text = (
        "From 10 to 13 May 2024, the Zarya cinema will screen several Kazakh films, including Road of Winds, Hey, Riders!, "
        "Winter 1942, as well as the animated film Little Fox."
    )
    found = facts(text)
    assert [(w.title, w.kind) for w in found.works] == [
        ("Road of Winds", "Film"),
        ("Hey, Riders!", "Film"),
        ("Winter 1942", "Film"),
        ("Little Fox", "AnimatedFilm"),
    ]
    event = found.events[0]
    assert (event.start, event.end) == (PartialDate(2024, 5, 10), PartialDate(2024, 5, 13))
    assert len(event.works) == 4
    assert all(text[m.start : m.end] for w in found.works for m in w.mentions)


def test_groups_of_a_concert() -> None:
    found = facts(
        "A gala concert was held in Baku. The concert was performed by music groups, such as Saltanat, IL Canto, T&Y."
    )
    names = {o.id: o for o in found.organizations}
    assert [names[r].names[0] for r in found.events[0].performers] == ["Saltanat", "IL Canto", "T&Y"]
    assert {names[r].kind for r in found.events[0].performers} == {"Ensemble"}


def test_meeting_within_a_forum() -> None:
    found = facts(
        "На полях X форума объединенных культур прошла встреча министра культуры РК Аиды Балаевой "
        "с министром культуры РФ Ольгой Любимовой.",
        "ru",
    )
    assert [(e.kind, e.title, e.ordinal) for e in found.events] == [("Forum", "X форум объединенных культур", 10)]
    assert [m.part_of for m in found.meetings] == [found.events[0].id]


def test_guest_performance_to_come() -> None:
    event = one(
        "Он подчеркнул важность предстоящих гастролей театра «Астана Опера» "
        "в Большом театре России, где покажут оперу «Абай».",
        "ru",
    )
    assert (event.kind, event.title, event.status) == ("Performance", "Абай", "Planned")
    assert event.venue and event.performers and event.venue not in event.performers


def test_title_inside_a_quotation() -> None:
    event = one("В Ташкенте 25 июля 2025 года пройдет «Фестиваль дружбы».", "ru")
    assert (event.kind, event.title, event.place) == ("Festival", "Фестиваль дружбы", "city-tashkent")


def test_name_of_a_forum_ends_before_the_country() -> None:
    event = one("Седьмой Всемирный форум межкультурного диалога Азербайджан примет в 2026 году.", "ru", "2026-02-03")
    assert (event.title, event.place, event.ordinal) == (
        "Седьмой Всемирный форум межкультурного диалога",
        "country-AZ",
        7,
    )


def test_name_before_a_noun_in_small_letters() -> None:
    assert one("The Sharq Taronalari festival was opened in Samarkand.").title == "Sharq Taronalari"


def test_held_in_two_cities_is_held_in_neither_alone() -> None:
    event = one("В сентябре 2022 года в Астрахани и Казани прошли Дни культуры Казахстана.", "ru")
    assert event.place is None


@pytest.mark.parametrize(
    "text",
    [
        "The ministers discussed participation in international festivals.",
        "The museum has a large exhibition hall and a concert hall.",
        "Exhibitions, lectures and workshops are what museums live for.",
    ],
)
def test_topics_are_no_events(text: str) -> None:
    assert not events(text)


def test_every_argument_is_named_in_the_passages() -> None:
    found = facts(
        "The Days of Culture of Kazakhstan in Russia kicked off in Moscow. "
        "The Poklonka cinema will screen Kazakh films on May 10, 2024. "
        "A delegation led by Minister Dana Serikova took part in the opening of the exhibition "
        "of Kazakh art at the Tretyakov Gallery."
    )
    where = {
        x.id: x.mentions for group in (found.persons, found.organizations, found.places, found.works) for x in group
    }  # type: ignore[attr-defined]
    assert len(found.events) == 3
    for event in found.events:
        refs = [*event.presents, *event.participants, *event.works, *(r for r in (event.place, event.venue) if r)]
        for ref in refs:
            assert any(p.start <= m.start and m.end <= p.end for m in where[ref] for p in event.passages), (event, ref)


# --------------------------------------------------------------------------------------------------------------- small parts


def test_year_of_one_day_goes_for_the_other() -> None:
    draft = EventDraft("Exhibition", start=PartialDate(None, 11, 5), end=PartialDate(2025, 3, 24))
    fill_year(draft)
    assert draft.start == PartialDate(2024, 11, 5)
    draft = EventDraft("Exhibition", start=PartialDate(2024, 2, 29), end=PartialDate(None, 3, 1))
    fill_year(draft)
    assert draft.end == PartialDate(2024, 3, 1)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Сокровища степи", "Сокровищ степи", True),
        ("Treasures of the Steppe", "Kazakhstan: Treasures of the Steppe", True),
        ("Silk", "Gold of the Nomads", False),
        ("", "Silk", False),
    ],
)
def test_same_title(a: str, b: str, same: bool) -> None:
    assert same_title(a, b) is same


def test_articles_of_the_specification() -> None:
    folder = Path(__file__).resolve().parents[2] / "shared" / "articles" / "seeds"
    if not folder.is_dir():
        pytest.skip("no shared articles beside the checkout")
    from kgculture.sources import read

    kinds = {a.id: sorted(e.kind for e in extract(a).events) for a in read([str(folder)]) if isinstance(a, Article)}
    assert kinds["seed-001"] == ["DaysOfCulture", "Forum"]
    assert kinds["seed-003"] == ["Forum", "Performance"]
    assert kinds["seed-004"] == ["Concert", "DaysOfCulture", "DaysOfCulture", "Exhibition", "Exhibition", "Forum"]


def test_an_opera_with_a_title_is_a_work() -> None:
    event = one('The opera "Lakeside" will be performed at the Tartu Opera on June 15, 2026.')
    assert (event.kind, event.title, event.status) == ("Performance", "Lakeside", "Planned")


def test_titles_without_quotation_marks() -> None:
    event = one("An exhibition titled Treasures of the Delta was opened at the National Museum in Hanoi.")
    assert event.title == "Treasures of the Delta"
    event = one("An exhibition opens in Tartu on Friday, under the name Salt and Silk: Omani Photography 1900–1950.")
    assert event.title == "Salt and Silk: Omani Photography 1900–1950"
    assert one("An exhibition named after the poet was opened in Hanoi.").title is None
    assert one("An exhibition called Friday a success was opened in Hanoi.").title is None


def test_the_opening_concert_is_not_the_last() -> None:
    text = (
        "Days of Culture of Armenia in Italy opened in Turin on May 14, 2024. The opening concert featured soloists of the Yerevan Opera. "
        "A concert of young musicians in Verona will close the Days on May 20."
    )
    days, first, last = events(text, published="2024-05-17")
    assert (days.kind, days.end and days.end.lexical) == ("DaysOfCulture", "2024-05-20")
    assert (first.status, first.place, last.status, last.place) == ("Held", "city-turin", "Planned", "city-verona")
    assert last.part_of == days.id


def test_what_opens_later_is_planned() -> None:
    text = "The Hungarian Film Festival opens in Tartu on July 10."
    event = one(text, published="2024-06-10")
    assert (event.status, event.start and event.start.lexical) == ("Planned", "2024-07-10")
    assert one("Завтра в Баку открывается выставка ковров.", "ru", published="2024-06-10").status == "Planned"
    event = one(text, published="2024-07-12")
    assert (event.status, event.start and event.start.lexical) == ("Held", "2024-07-10")


def test_films_shown_at_a_festival_are_no_event_of_their_own() -> None:
    text = "The Amber Film Festival opened in Tartu on June 1, 2024. Some 300 films will be shown until June 9."
    event = one(text, published="2024-06-02")
    assert (event.kind, event.end and event.end.lexical) == ("Festival", "2024-06-09")


def test_venue_and_city_joined_by_a_comma() -> None:
    event = one('The minister inaugurated an exhibition titled "Salt and Silk" at the National Museum, New Delhi.')
    assert (event.place, event.venue is not None) == ("city-new-delhi", True)


def test_two_plays_are_two_performances() -> None:
    text = (
        "Первой совместной работой театров станет «Буря»; премьера состоится в Риге осенью 2026 года. "
        "Вечером того же дня гости сыграли в Белграде «Чайку»."
    )
    first, second = events(text, "ru", published="2025-10-14")
    assert (first.title, first.status, first.place) == ("Буря", "Planned", "city-riga")
    assert (second.status, second.place) == ("Held", "city-belgrade")


def test_to_play_at_a_festival_is_no_concert() -> None:
    assert one("Ансамбль «Янтарь» выступил на фестивале «Волна».", "ru").kind == "Festival"
    event = one("Ансамбль «Янтарь» выступит на фестивале «Волна».", "ru")
    assert (event.kind, event.status) == ("Festival", "Planned")
