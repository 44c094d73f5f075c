"""Meetings, events and agreements over articles."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kgculture.model import Passage, Resolution
from kgculture.resolve import resolve
from kgculture.resolve.names import report_digest
from resolve_articles import Build


def of(*builds: Build) -> Resolution:
    return resolve(b.facts for b in builds)


def pair(
    build: Build, a: tuple[str, str] = ("Aida Balayeva", "KZ"), b: tuple[str, str] = ("Olga Lyubimova", "RU")
) -> tuple[str, str]:
    return build.person(a[0], country=a[1]), build.person(b[0], country=b[1])


def met(id: str, published: str | None, language: str = "en", start: str | None = None, **attributes: Any) -> Build:
    build = Build(id, language, published)
    build.meeting(*pair(build), start=start, **attributes)
    return build


def same(a: Build, b: Build, fact: str = "meeting-1") -> bool:
    found = of(a, b)
    return found.name(a.article.id, fact) == found.name(b.article.id, fact)


def test_one_meeting_in_two_outlets_and_its_name() -> None:
    a, b = met("b", "2025-10-11"), met("a", None, start="2025-10-09")
    found = of(a, b)
    name = found.name("a", "meeting-1")
    assert name == found.name("b", "meeting-1") == f"meeting-balayeva-lyubimova-{report_digest('a', 'meeting-1')}"
    assert found.things[name].aliases == (f"meeting-balayeva-lyubimova-{report_digest('b', 'meeting-1')}",)
    assert ("meeting.same-sides-interval", (("a", "meeting-1"), ("b", "meeting-1"))) in {
        (m.because, m.records) for m in found.merges
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"published": "2025-10-11"}, {"published": "2025-11-11"}),  # two months
        ({"published": "2025-10-11"}, {"published": None}),  # one without any date
        ({"published": None}, {"published": None}),
        ({"published": "2025-10-11", "place": "@moscow"}, {"published": "2025-10-11", "place": "@astana"}),
        ({"published": "2025-10-11", "place": "@moscow"}, {"published": "2025-10-11", "place": "KZ"}),
        ({"published": "2025-10-11", "format": "Session"}, {"published": "2025-10-11", "format": "Bilateral"}),
        ({"published": "2025-10-11", "start": "2025-10-09"}, {"published": "2025-10-11", "start": "2025-10-10"}),
        ({"published": "2025-10-11"}, {"published": "2025-10-11", "status": "Planned"}),
    ],
)
def test_two_meetings_of_one_pair(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert not same(met("a", **first), met("b", **second))


def test_a_planned_meeting_is_held_on_the_day() -> None:
    assert same(
        met("a", "2025-10-01", start="2025-10-09", status="Planned"), met("b", "2025-10-10", start="2025-10-09")
    )


def test_two_meetings_of_one_article_stay_two_and_a_third_report_finds_its_own() -> None:
    a = Build("a", published="2025-10-11")
    who = pair(a)
    a.meeting(*who, format="Session")
    a.meeting(*who, format="Bilateral")
    b = met("b", "2025-10-12", format="Bilateral")
    found = of(a, b)
    assert found.name("a", "meeting-1") != found.name("a", "meeting-2") == found.name("b", "meeting-1")


def test_a_report_that_fits_two_meetings_joins_neither() -> None:
    a, b, c = (
        met("a", "2025-10-02", start="2025-10-01"),
        met("b", "2025-10-09", start="2025-10-08"),
        met("c", "2025-10-10"),
    )
    found = of(a, b, c)
    assert len({found.name(i, "meeting-1") for i in "abc"}) == 3
    pairs = {tuple(sorted((found.name("c", "meeting-1"), found.name(i, "meeting-1")))) for i in "ab"}
    assert pairs <= set(found.maybe_same)


def test_names_that_differ_by_a_slip_meet_once() -> None:
    a, b = Build("x-1", "ru", "2026-02-03"), Build("x-2", "ru", "2026-02-03")
    for build, guest, host in ((a, "Эми Карло", "Адыль Керимли"), (b, "Эми Карлон", "Адиль Керимли")):
        envoy = build.person(guest, office="временный поверенный в делах", country="US")
        minister = build.person(host, office="министр культуры", country="AZ")
        build.meeting(envoy, minister, start="2026-02-03" if build is a else None)
    assert same(a, b)


def test_more_sides_named_in_one_article() -> None:
    a, b = met("a", "2025-10-11"), Build("b", published="2025-10-11")
    b.meeting(*pair(b), b.person("Mikhail Shvydkoy", country="RU"))
    assert same(a, b)


def test_sessions_by_body_and_ordinal_without_dates() -> None:
    builds = []
    for id, title in (
        ("a", "Subcommittee on Culture of Kazakhstan and Russia"),
        ("b", "Sub-Commission on Culture of Kazakhstan and Russia"),
    ):
        build = Build(id)
        build.meeting("KZ", "RU", session_of=build.org(title), ordinal=4, format="Session")
        builds.append(build)
    assert same(*builds)
    other = Build("c")
    other.meeting(
        "KZ",
        "RU",
        session_of=other.org("Subcommittee on Culture of Kazakhstan and Russia"),
        ordinal=3,
        format="Session",
    )
    assert not same(builds[0], other)


def test_a_session_of_countries_may_be_that_of_their_ministers() -> None:
    a = Build("a")
    a.meeting(
        "KZ",
        "RU",
        session_of=a.org("Subcommittee on Culture of Kazakhstan and Russia"),
        ordinal=4,
        format="Session",
        place="@moscow",
    )
    b = Build("b", published="2025-10-11")
    who = pair(b)
    b.meeting(*who, format="Session")
    b.meeting(*who, format="Bilateral")
    found = of(a, b)
    assert found.name("a", "meeting-1") != found.name("b", "meeting-1")
    assert found.maybe_same == (tuple(sorted((found.name("a", "meeting-1"), found.name("b", "meeting-1")))),)


def test_the_same_sentence_in_two_undated_articles() -> None:
    text = "Minister Aida Balayeva met Minister Olga Lyubimova at the forum of cultures."
    a, b = (Build(i, text=text) for i in "ab")
    for build in (a, b):
        build.meeting(*pair(build))
    copied = [
        f.__class__(
            **{n: getattr(f, n) for n in f.__slots__}
            | {"meetings": tuple(_with_passage(m, len(text)) for m in f.meetings)}
        )
        for f in (a.facts, b.facts)
    ]
    found = resolve(copied)
    assert found.name("a", "meeting-1") == found.name("b", "meeting-1")


def _with_passage(meeting: Any, end: int) -> Any:
    from dataclasses import replace

    return replace(meeting, passages=(Passage(0, end),))


def days(
    id: str,
    published: str | None = None,
    start: str | None = None,
    end: str | None = None,
    place: str = "@moscow",
    guest: str = "KZ",
    **more: Any,
) -> Build:
    build = Build(id, published=published)
    build.event("DaysOfCulture", start, end, presents=(guest,), place=place, **more)
    return build


def test_days_by_guest_host_and_season() -> None:
    a, b = days("a", end="--11", place="RU"), days("b", "2025-10-11")
    found = of(a, b)
    assert re.fullmatch("days-of-culture-kz-in-ru-[0-9a-f]{8}", found.name("a", "event-1"))
    assert found.name("a", "event-1") == found.name("b", "event-1")
    assert "days.guest-host-season" in {m.because for m in found.merges}


def test_days_are_dated_by_their_parts() -> None:
    a = days("a", place="RU")
    a.event("FilmScreening", "--10-10", "--10-13", part_of="event-1")
    assert same(a, days("b", "2025-10-11"), "event-1")


def test_undated_days_may_be_the_dated_ones() -> None:
    a, b = days("a"), days("b", "2025-10-11")
    assert not same(a, b, "event-1")
    assert len(of(a, b).maybe_same) == 1


@pytest.mark.parametrize(
    "other",
    [
        days("b", "2024-10-11"),
        days("b", "2025-10-11", guest="UZ"),
        days("b", "2025-10-11", place="@baku"),
        days("b", "2025-10-11", place="@kazan"),
        days("b", "2025-05-11"),
    ],
)
def test_other_days(other: Build) -> None:
    assert not same(days("a", "2025-10-15", end="2025-11-10"), other, "event-1")


def test_a_season_that_fits_two_years_joins_neither() -> None:
    a, b, c = days("a", end="--11"), days("b", "2025-10-11"), days("c", "2019-10-11")
    assert len({of(a, b, c).name(i, "event-1") for i in "abc"}) == 3


def test_planned_days_of_a_year() -> None:
    assert same(
        days("a", "2023-12-07", start="2024", status="Planned"),
        days("b", "2023-12-01", start="2024", status="Planned"),
        "event-1",
    )


def exhibition(
    id: str,
    published: str | None = None,
    start: str | None = None,
    end: str | None = None,
    museum: str | None = None,
    **more: Any,
) -> Build:
    build = Build(id, published=published)
    venue = build.org(museum, kind="Venue", sector="Museum") if museum else None
    build.event("Exhibition", start, end, venue=venue, **more)
    return build


def test_an_exhibition_in_three_articles() -> None:
    title = "Kazakhstan: Treasures of the Great Steppe"
    a = exhibition(
        "a", None, "--11-05", "2025-03-24", "Guimet National Museum of Asian Arts", title=title, place="@paris"
    )
    b = exhibition("b", None, None, "2025-03-24", "Guimet Museum")
    c = exhibition(
        "c", "2024-11-06", "2024-11-05", None, "Guimet National Museum of Asian Arts", title=title, place="@paris"
    )
    found = of(a, b, c)
    assert len({found.name(i, "event-1") for i in "abc"}) == 1
    assert found.name("a", "event-1").startswith("exhibition-kazakhstan-treasures-of-the-great-steppe-")
    assert {"event.title-date", "event.venue-day"} <= {m.because for m in found.merges}


def test_other_exhibitions() -> None:
    a = exhibition("a", "2023-12-07", "2023-12-04", museum="Heydar Aliyev Center", work_count=46)
    assert not same(
        a, exhibition("b", "2023-12-07", "2023-12-04", museum="Heydar Aliyev Center", work_count=60), "event-1"
    )
    assert not same(a, exhibition("b", "2023-12-07", "2023-12-04", museum="Tokmok Museum"), "event-1")
    assert not same(
        exhibition("a", "2023-12-07", title="Silk Road"), exhibition("b", "2023-12-07", title="Golden Man"), "event-1"
    )
    assert not same(
        exhibition("a", "2021-12-07", title="Silk Road", start="2021-12-01"),
        exhibition("b", "2023-12-07", title="Silk Road", start="2023-12-01"),
        "event-1",
    )


def test_two_shows_of_one_article_at_one_venue() -> None:
    a = Build("a", published="2023-12-07")
    venue = a.org("Heydar Aliyev Center", kind="Venue")
    a.event("Exhibition", "2023-12-04", venue=venue)
    a.event("Exhibition", "2023-12-04", venue=venue)
    b = exhibition("b", "2023-12-05", "2023-12-04", museum="Heydar Aliyev Center")
    found = of(a, b)
    assert len({found.name("a", "event-1"), found.name("a", "event-2"), found.name("b", "event-1")}) == 3
    assert len(found.maybe_same) == 2


def test_forums_by_ordinal() -> None:
    a, b, c = (Build(i, "ru", "2026-02-03") for i in "abc")
    a.event("Forum", "2026", title="Всемирный форум межкультурного диалога", ordinal=7, place="AZ", status="Planned")
    b.event("Forum", "2026", title="Всемирный форум по межкультурному диалогу", ordinal=7, place="AZ", status="Planned")
    c.event("Forum", "2026", title="Всемирный форум по межкультурному диалогу", ordinal=6, place="AZ", status="Planned")
    assert same(a, b, "event-1")
    assert not same(b, c, "event-1")


def test_a_concert_of_the_same_days() -> None:
    a, b = days("a", "2025-10-11"), days("b", "2025-10-12")
    for build in (a, b):
        build.event("Concert", "2025-10-10", part_of="event-1", place="@moscow")
    assert same(a, b, "event-2")


def test_a_play_by_its_work_and_venue() -> None:
    a, b = Build("a", published="2025-10-11"), Build("b", published="2025-10-14")
    for build in (a, b):
        venue = build.org("Maly Theatre", kind="Venue", sector="Theatre")
        build.event("Performance", "2025-10-13", works=(build.work("Parasat Maidany", "Play"),), venue=venue)
    assert same(a, b, "event-1")


def agreed(
    id: str,
    *parties: str,
    type: str = "Roadmap",
    stage: str = "Signed",
    published: str | None = "2025-10-11",
    **more: Any,
) -> Build:
    build = Build(id, published=published)
    build.agreement(type, stage, *parties, **more)
    return build


def test_agreements_by_type_parties_and_day() -> None:
    a, b = agreed("a", "KZ", "RU"), agreed("b", "RU", "KZ", published="2025-10-13", signed="2025-10-10")
    assert same(a, b, "agreement-1")
    assert re.fullmatch("agreement-roadmap-[0-9a-f]{8}", of(a, b).name("a", "agreement-1"))


@pytest.mark.parametrize(
    "other",
    [
        agreed("b", "KZ", "AZ"),
        agreed("b", "KZ", "RU", type="Memorandum"),
        agreed("b", "KZ", "RU", published="2024-10-11"),
        agreed("b", "KZ", "RU", stage="UnderDiscussion"),
        agreed("b", "KZ", "RU", published=None),
    ],
)
def test_other_agreements(other: Build) -> None:
    assert not same(agreed("a", "KZ", "RU"), other, "agreement-1")


def test_a_programme_of_the_same_years() -> None:
    from resolve_articles import day

    years = {"period_start": day("2009"), "period_end": day("2011")}
    a = agreed("a", "EE", "RU", type="Program", stage="InPreparation", published="2009-01-26", **years)
    b = agreed("b", "EE", "RU", type="Program", stage="Signed", published="2009-02-26", **years)
    assert same(a, b, "agreement-1")
    c = agreed("c", "EE", "RU", type="Program", published="2009-02-26", period_start=day("2012"))
    assert not same(b, c, "agreement-1")


def test_signatories_stand_for_their_countries() -> None:
    a, b = Build("a", published="2024-11-06"), agreed("b", "FR", "KZ", type="Declaration", published="2024-11-05")
    who = pair(a, ("Rachida Dati", "FR"), ("Aida Balayeva", "KZ"))
    a.agreement("Declaration", "Signed", signatories=who, signed="2024-11-04")
    assert same(a, b, "agreement-1")


def test_statements_never_merge_and_proposals_of_one_thing_do() -> None:
    builds = [Build(i, published="2023-12-07") for i in "ab"]
    for build in builds:
        who = build.person("Hikmet Hajiyev", country="AZ")
        build.event("Forum", title="International Media Forum", ordinal=1, place="@baku", status="Planned")
        build.statement(who, "The forum will counter fake information.")
        build.proposal(who, "event-1")
    found = of(*builds)
    assert found.name("a", "statement-1") != found.name("b", "statement-1")
    assert found.name("a", "proposal-1") == found.name("b", "proposal-1")
    assert found.name("a", "proposal-1").startswith("proposal-hajiyev-")
