"""Bodies, venues and works over articles, languages and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kgculture.resolve import resolve
from resolve_articles import Build

if TYPE_CHECKING:
    from kgculture.model import Resolution


def body(id: str, *names: str, language: str = "en", **attributes: Any) -> Build:
    build = Build(id, language)
    build.org(*names, **attributes)
    return build


def names(*builds: Build) -> list[str]:
    return [n for n, t in of(*builds).things.items() if t.kind == "organization"]


def of(*builds: Build) -> Resolution:
    return resolve(b.facts for b in builds)


def test_a_shorter_name() -> None:
    a = body("a", "Guimet National Museum of Asian Arts", kind="Venue", sector="Museum", country="FR")
    b = body("b", "Guimet Museum", kind="Venue", sector="Museum")
    found = of(a, b)
    assert names(a, b) == ["guimet-national-museum-of-asian-arts"]
    assert found.things["guimet-national-museum-of-asian-arts"].aliases == ("guimet-museum",)
    assert [m.because for m in found.merges] == ["body.shorter-name"]


def test_a_proper_name_in_two_languages() -> None:
    a = body("a", "State Opera and Ballet Theater Astana Opera", kind="Ensemble", sector="Theatre")
    b = body(
        "b",
        "Казахский национальный театр оперы и балета «Астана Опера»",
        language="ru",
        kind="Ensemble",
        sector="Theatre",
    )
    c = body("c", "Astana Opera", sector="Theatre")
    assert names(a, b, c) == ["state-opera-and-ballet-theater-astana-opera"]
    assert {m.because for m in of(a, b).merges} == {"body.proper-name"}


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("Heydar Aliyev Center", "Центр Гейдара Алиева"),
        ("Bolshoi Theatre of Russia", "Большой театр России"),
        ("National Museum of Kazakhstan", "Национальный музей Республики Казахстан"),
        ("Kazakhfilm", "Казахфильм"),
        ("Shanghai Museum", "Шанхайский музей"),
    ],
)
def test_two_languages(english: str, russian: str) -> None:
    assert len(names(body("a", english), body("b", russian, language="ru"))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("National Museum of Kazakhstan", "National Museum of Mongolia"),
        ("State Opera and Ballet Theater Astana Opera", "Astana Ballet"),
        ("Ministry of Culture of Kazakhstan", "Ministry of Culture and Information of Kazakhstan"),
        ("National Museum", "National Museum"),  # of which country nobody says
        ("Astana Opera", "Estonia Opera"),
        ("Guimet Museum", "Guimet Library"),
    ],
)
def test_these_are_two(first: str, second: str) -> None:
    assert len(names(body("a", first), body("b", second))) == 2


def test_a_short_name_that_fits_two_joins_neither() -> None:
    a = body("a", "Aimanov State Museum", country="KZ")
    b = body("b", "Aimanov Literary Museum", country="UZ")
    c = body("c", "Aimanov Museum")
    assert len(names(a, b, c)) == 3
    assert len(of(a, b, c).maybe_same) == 2


def test_a_key_and_a_country() -> None:
    a = body("a", "Ministry of Culture and Information", key="ministry-of-culture-and-information", country="KZ")
    b = body("b", "МКИ РК", language="ru", key="ministry-of-culture-and-information", country="KZ")
    assert names(a, b) == ["ministry-of-culture-and-information-KZ"]


def test_a_commission_of_two_countries() -> None:
    a = body(
        "a",
        "Subcommittee on Culture and Education between the Republic of Kazakhstan and the Russian Federation",
    )
    b = body(
        "b",
        "Sub-Commission on Culture and Education between the Republic of Kazakhstan and the Russian Federation",
    )
    c = body("c", "Sub-Commission on Culture and Education between Kazakhstan and Azerbaijan")
    assert len(names(a, b)) == 1
    assert len(names(a, b, c)) == 2


def test_two_cities_are_two_venues() -> None:
    a, b = (
        body("a", "Aurora Cinema", kind="Venue", place="@baku"),
        body("b", "Aurora Cinema", kind="Venue", place="@moscow"),
    )
    assert len(names(a, b)) == 2


def test_a_person_does_not_take_the_name_of_a_body() -> None:
    build = body("a", "Saltanat", kind="Ensemble")
    build.person("Saltanat")
    assert of(build).name("a", "person-1") == "saltanat.person"


def test_works_by_title_kind_and_author() -> None:
    a, b, c, d = (Build(i) for i in "abcd")
    a.work("Abai", "Opera")
    b.work("Абай", "Opera")
    c.work("Abai", "Film")
    d.work("Altyn Adam", "AnimatedFilm")
    found = of(a, b, c, d)
    assert found.name("a", "work-1") == found.name("b", "work-1") == "work-abai.opera"
    assert found.name("c", "work-1") == "work-abai.film"
    assert found.name("d", "work-1") == "work-altyn-adam"
    e, f = Build("e"), Build("f")
    e.work("Mother", "Play", (e.person("Anna Berg"),))
    f.work("Mother", "Play", (f.person("Olof Lund"),))
    assert len([n for n in of(e, f).things if n.startswith("work-mother")]) == 2


def test_the_wider_kind_joins_only_where_one_fits() -> None:
    a, b, c = (Build(i) for i in "abc")
    a.work("Abai", "Opera")
    b.work("Abai", "Work")
    c.work("Abai", "Film")
    assert of(a, b).name("a", "work-1") == of(a, b).name("b", "work-1")
    assert len({of(a, b, c).name(i, "work-1") for i in "abc"}) == 3


def test_compound_adjectives() -> None:
    a = body(
        "a",
        "Subcommittee on Culture and Education between the Republic of Kazakhstan and the Russian Federation",
    )
    b = body("b", "казахстанско-российская подкомиссия по культуре и образованию", language="ru")
    assert len(names(a, b)) == 1


def session(id: str, title: str, language: str, sides: tuple[str, str]) -> Build:
    build = Build(id, language)
    who = [build.person(name, country=c) for name, c in zip(("Bakhodir Akhmedov", "Farid Jafarov"), sides, strict=True)]
    build.meeting(*who, session_of=build.org(title), ordinal=2, format="Session")
    return build


def test_a_commission_is_of_the_countries_that_sit_in_it() -> None:
    a = session("a", "Joint Commission on Culture", "en", ("UZ", "AZ"))
    b = session("b", "Совместная комиссия по культуре", "ru", ("UZ", "AZ"))
    c = session("c", "Joint Commission on Culture", "en", ("UZ", "TR"))
    found = of(a, b, c)
    assert found.name("a", "org-1") == found.name("b", "org-1") != found.name("c", "org-1")
    assert found.name("a", "meeting-1") == found.name("b", "meeting-1") != found.name("c", "meeting-1")


def test_embassies_of_two_countries_in_one_another() -> None:
    a, b = body("a", "Embassy of Kazakhstan in France"), body("b", "Посольство Казахстана во Франции", language="ru")
    c = body("c", "Embassy of France in Kazakhstan")
    assert len(names(a, b)) == 1
    assert len(names(a, b, c)) == 2


def test_the_tables_hold_words_only() -> None:
    from kgculture.resolve.fold import table

    data = table("bodies")
    words = [w for sort in ("types", "qualifiers", "countries") for listed in data[sort].values() for w in listed]
    assert all(isinstance(w, str) and w == w.lower() for w in [*words, *data["stop"], *data["directed"]])
    assert len(set(words)) == len(words), "a word means one thing"
