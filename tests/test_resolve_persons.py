"""Persons and offices over articles, languages and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kgculture.resolve import resolve
from resolve_articles import Build

if TYPE_CHECKING:
    from kgculture.model import Resolution

MINISTER = "Minister of Culture"


def both(*builds: Build) -> Resolution:
    return resolve(b.facts for b in builds)


def one(name: str, *more: str, id: str, language: str = "en", **attributes: str) -> Build:
    build = Build(id, language)
    build.person(name, *more, **attributes)
    return build


def people(found: Resolution) -> list[str]:
    return [n for n, t in found.things.items() if t.kind == "person"]


def test_one_person_in_four_forms() -> None:
    found = both(
        one("Аида Балаева", "Балаева", id="a", language="ru", country="KZ"),
        one("Aida Balayeva", "Balayeva", id="b", country="KZ"),
        one("Аида Балаева", id="c", language="kk"),
        one("Balayeva", id="d", country="KZ"),
    )
    assert people(found) == ["balayeva-aida"]
    thing = found.things["balayeva-aida"]
    assert thing.labels == (("en", "Aida Balayeva"), ("kk", "Аида Балаева"), ("ru", "Аида Балаева"))
    assert thing.alt_labels == (("en", "Balayeva"), ("ru", "Балаева"))
    assert thing.aliases == ("balayeva",)
    reasons = {m.because: m.records for m in found.merges if m.thing == "balayeva-aida"}
    assert reasons["person.full-name"] == (("a", "person-1"), ("b", "person-1"), ("c", "person-1"))
    assert reasons["person.surname-one-fit"] == (("a", "person-1"), ("d", "person-1"))


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"),
        ("Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев"),
        ("Adil Karimli", "Адиль Керимли"),
        ("Martina Simkovicova", "Мартина Шимковичова"),
        ("Olga Lyubimova", "Ольга Любимова"),
        ("Mikhail Shvydkoy", "Михаил Швыдкой"),
        ("Aleksandr Avdejev", "Александр Авдеев"),
        ("Hikmet Hajiyev", "Хикмет Гаджиев"),
        ("Jianhua Li", "Цзяньхуа Ли"),
    ],
)
def test_two_scripts_need_no_office(latin: str, cyrillic: str) -> None:
    found = both(one(latin, id="a"), one(cyrillic, id="b", language="ru"))
    assert len(people(found)) == 1
    assert {language for language, _ in found.things[people(found)[0]].labels} == {"en", "ru"}


def test_the_least_latin_form_names_and_the_others_are_aliases() -> None:
    found = both(one("Адиль Керимли", id="a", language="ru", country="AZ"), one("Adil Karimli", id="b", country="AZ"))
    assert found.things["karimli-adil"].aliases == ("kerimli-adil",)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Rachida Dati", "Rashida Dati"), ("Aleksandr Avdejev", "Alexander Avdeyev"), ("Adil Karimli", "Adil Kerimli")],
)
def test_two_spellings_in_one_script_need_a_country(first: str, second: str) -> None:
    assert len(people(both(one(first, id="a", country="FR"), one(second, id="b", country="FR")))) == 1
    assert len(people(both(one(first, id="a"), one(second, id="b")))) == 2
    assert len(people(both(one(first, id="a", country="FR"), one(second, id="b", country="AZ")))) == 2


def guimet(id: str, name: str, title: str, *museum: str) -> Build:
    build = Build(id)
    org = build.org(*museum, kind="Venue", sector="Museum")
    build.tenure(build.person(name), build.office(title, None, org))
    return build


def test_a_slip_of_a_letter_needs_one_body_or_office() -> None:
    a = guimet("a", "Yannick Linz", "President", "Guimet National Museum of Asian Arts", "Guimet")
    b = guimet("b", "Yannick Linck", "Director", "Guimet Museum")
    assert len(people(both(a, b))) == 1
    c = guimet("c", "Yannick Linck", "Director", "Louvre Museum")
    assert len(people(both(a, c))) == 2


def test_both_in_one_article_are_two() -> None:
    build = Build("a")
    build.person("Adil Karimli", country="AZ")
    build.person("Adil Kerimli", country="AZ")
    assert len(people(both(build))) == 2


@pytest.mark.parametrize(
    ("a", "b"), [("Alim Bayel", "Alima Bayel"), ("Dana Amenova", "Diana Amenova"), ("Oleg Ivanov", "Olga Ivanova")]
)
def test_other_given_names_are_other_people(a: str, b: str) -> None:
    assert len(people(both(one(a, id="a", country="KZ"), one(b, id="b", country="KZ")))) == 2


def test_namesakes_of_two_countries_both_get_a_suffix() -> None:
    found = both(
        one("Adil Karimov", id="a", country="KZ"),
        one("Адиль Каримов", id="b", language="ru", country="UZ"),
        one("Adil Karimov", id="c", country="UZ"),
    )
    assert people(found) == ["karimov-adil.kz", "karimov-adil.uz"]
    assert found.name("b", "person-1") == found.name("c", "person-1") == "karimov-adil.uz"
    assert not any("karimov-adil" in t.aliases for t in found.things.values())


def test_a_name_that_fits_two_namesakes_joins_neither() -> None:
    builds = [
        one("Adil Karimov", id="a", country="KZ"),
        one("Adil Karimov", id="b", country="UZ"),
        one("Adil Karimov", id="c"),
    ]
    found = both(*builds)
    assert people(found) == ["karimov-adil.kz", "karimov-adil.uz", "karimov-adil.xx"]
    assert found.maybe_same == (("karimov-adil.kz", "karimov-adil.xx"), ("karimov-adil.uz", "karimov-adil.xx"))
    assert people(both(builds[0], builds[2])) == ["karimov-adil"]


def test_patronymics_tell_apart() -> None:
    found = both(
        one("Pavel Vladimirovich Stepanov", id="a", country="RU"),
        one("Pavel Ivanovich Stepanov", id="b", country="RU"),
        one("Павел Владимирович Степанов", id="c", language="ru"),
    )
    assert people(found) == ["stepanov-pavel.ru.ivanovich", "stepanov-pavel.ru.vladimirovich"]
    assert found.name("a", "person-1") == found.name("c", "person-1")


def test_leaves_join_the_one_that_fits_and_a_later_namesake_undoes_it() -> None:
    full, bare, initial = (
        one("Aida Balayeva", id="a", country="KZ"),
        one("Balayeva", id="b"),
        one("А. Балаева", id="c", language="ru"),
    )
    found = both(full, bare, initial)
    assert people(found) == ["balayeva-aida"]
    assert {m.because for m in found.merges} == {
        "person.surname-one-fit",
        "person.initials-one-fit",
        "office.title-country-body",
    } - {"office.title-country-body"}
    assert found.things["balayeva-aida"].aliases == ("balayeva", "balayeva-a")
    later = both(full, bare, initial, one("Saule Balayeva", id="d", country="KZ"))
    assert people(later) == ["balayeva", "balayeva-aida", "balayeva-saule"]
    assert later.name("c", "person-1") == "balayeva-aida"  # the initial still fits one
    assert ("balayeva", "balayeva-aida") in later.maybe_same


def test_leaves_never_bridge() -> None:
    found = both(
        one("Aida Balayeva", id="a"), one("Aigul Balayeva", id="b"), one("A. Balayeva", id="c"), one("Balayeva", id="d")
    )
    assert {"balayeva-aida", "balayeva-aigul"} < set(people(found))
    assert found.name("a", "person-1") != found.name("b", "person-1")
    assert found.name("c", "person-1") == "balayeva-a"


def test_a_leaf_of_another_country_does_not_join() -> None:
    found = both(one("Aida Balayeva", id="a", country="KZ"), one("Balayeva", id="b", country="RU"))
    assert people(found) == ["balayeva", "balayeva-aida"]


def test_bare_surnames_alone_stay_apart_without_an_office() -> None:
    assert len(people(both(one("Karimov", id="a"), one("Karimov", id="b")))) == 2
    same = both(one("Dati", id="a", office=MINISTER, country="FR"), one("Dati", id="b", office=MINISTER, country="FR"))
    assert people(same) == ["dati"]


def test_creators_are_people_too() -> None:
    found = both(
        one("Tolon Abdykov", id="a", role="creator"), one("Толон Абдыков", id="b", language="ru", role="creator")
    )
    assert people(found) == ["abdykov-tolon"]


def test_order_of_names() -> None:
    found = both(
        one("Сунь Цзячжэн", id="a", language="ru", surname="Сунь", given="Цзячжэн", country="CN"),
        one("Цзячжэн Сунь", id="b", language="ru", surname="Сунь", given="Цзячжэн", country="CN"),
        one("Сунь Цзячжэн", id="c", language="ru", surname="Цзячжэн", given="Сунь", country="CN"),
    )
    assert len(people(found)) == 1


def test_one_office_in_two_languages_and_its_tenure() -> None:
    a, b = Build("a"), Build("b", "ru")
    a.tenure(a.person("Olga Lyubimova"), a.office("Minister of Culture", "RU"))
    b.tenure(b.person("Ольга Любимова"), b.office("министр культуры", "RU", en="Minister of Culture"))
    found = both(a, b)
    office = found.things["office-minister-of-culture-RU"]
    assert office.labels == (("en", "Minister of Culture"), ("ru", "министр культуры"))
    assert office.aliases == ("office-ministr-kultury-RU",)
    assert (
        found.name("a", "tenure-1")
        == found.name("b", "tenure-1")
        == "tenure-lyubimova-olga-minister-of-culture-RU-current"
    )


def test_offices_of_bodies_and_countries_differ() -> None:
    build = Build("a")
    offices = [
        build.office("Director General", None, build.org("Rosconcert", country="RU")),
        build.office("Director General", None, build.org("Visart Film Company", country="RU")),
        build.office("Minister of Culture", "KZ"),
        build.office("Minister of Culture", "RU"),
    ]
    found = both(build)
    assert [found.name("a", o) for o in offices] == [
        "office-director-general-RU-rosconcert",
        "office-director-general-RU-visart-film-company",
        "office-minister-of-culture-KZ",
        "office-minister-of-culture-RU",
    ]


def test_a_native_title_that_another_article_renders_in_english() -> None:
    a, b = Build("a", "ru"), Build("b", "ru")
    a.office("министр культуры", "RU", en="Minister of Culture")
    b.office("Министр культуры", "RU")
    assert both(a, b).name("b", "office-1") == "office-minister-of-culture-RU"


def test_an_office_without_country_is_its_holders() -> None:
    a, b = Build("a"), Build("b")
    a.tenure(a.person("Adil Karimli"), a.office(MINISTER, "AZ"))
    b.tenure(b.person("Adil Karimli"), b.office(MINISTER))
    found = both(a, b)
    assert found.name("b", "office-1") == "office-minister-of-culture-AZ"
    assert found.name("b", "tenure-1") == found.name("a", "tenure-1")
    assert ("office-minister-of-culture-AZ", "office.same-holder") in {(m.thing, m.because) for m in found.merges}


@pytest.mark.parametrize(
    ("initial", "full"),
    [("Ю. Москвин", "Юрий Москвин"), ("Yu. Moskvin", "Yuri Moskvin"), ("Ж. Есимов", "Жанат Есимов")],
)
def test_initials_of_letters_that_fold_to_two(initial: str, full: str) -> None:
    found = both(one(initial, id="a", language="ru"), one(full, id="b", language="ru"))
    assert len(people(found)) == 1
    assert "person.initials-one-fit" in {m.because for m in found.merges}


def test_a_hyphen_or_a_space_in_a_double_name() -> None:
    found = both(
        one("Kassym-Jomart Tokayev", id="a"),
        one("Kassym Jomart Tokayev", id="b", given="Kassym Jomart", patronymic=None),
    )
    assert len(people(found)) == 1


def test_son_of_is_no_part_of_the_surname() -> None:
    found = both(
        one("Salem bin Khalid Al Qassimi", id="a", given="Salem", surname="bin Khalid Al Qassimi", patronymic=None),
        one("Salem Al Qassimi", id="b", given="Salem", surname="Al Qassimi", patronymic=None),
    )
    assert people(found) == ["al-qassimi-salem"]


def test_a_region_contradicts_no_country() -> None:
    assert people(
        both(one("Yannick Linz", id="a", country="region-asia"), one("Yannick Linz", id="b", country="FR"))
    ) == ["linz-yannick"]
