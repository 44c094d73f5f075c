"""Kinds of Russian sentences in which news says who holds an office and who met whom; every sentence is invented."""

from __future__ import annotations

import pytest

from kgculture.extract import extract
from kgculture.language import language
from kgculture.model import Article, ArticleFacts


def facts_of(text: str) -> ArticleFacts:
    return extract(Article("example", text, "ru", "2025-03-10"))


def posts(text: str) -> set[tuple[str, str | None, str | None, str]]:
    """(holder, English title, country, status) of every tenure."""
    facts = facts_of(text)
    names = {p.id: p.names[0] for p in facts.persons}
    offices = {o.id: o for o in facts.offices}
    return {(names[t.holder], offices[t.office].title_en, offices[t.office].country, t.status) for t in facts.tenures}


def meetings(text: str) -> list[tuple[str, frozenset[str]]]:
    """(status, participants) of every meeting."""
    facts = facts_of(text)
    names = {p.id: p.names[0] for p in facts.persons}
    return [(m.status, frozenset(names.get(r, r) for r in m.participants)) for m in facts.meetings]


PAIR = frozenset({"Арам Петросян", "Ираклий Беридзе"})

OFFICES = [
    (
        "Глава Минкультуры Армении Арам Петросян выступил на форуме.",
        ("Арам Петросян", "Minister of Culture", "country-AM", "Current"),
    ),
    (
        "Глава министерства культуры и туризма Индии Раджеш Капур выступил.",
        ("Раджеш Капур", "Minister of Culture and Tourism", "country-IN", "Current"),
    ),
    (
        "Замминистра культуры Грузии Ираклий Беридзе открыл выставку.",
        ("Ираклий Беридзе", "Deputy Minister of Culture", "country-GE", "Current"),
    ),
    (
        "Об этом рассказали первому замминистра культуры Грузии Ираклию Беридзе.",
        ("Ираклий Беридзе", "First Deputy Minister of Culture", "country-GE", "Current"),
    ),
    (
        "Экс-министр культуры Армении Арам Петросян написал книгу.",
        ("Арам Петросян", "Minister of Culture", "country-AM", "Former"),
    ),
    (
        "Врио министра культуры Армении Арам Петросян открыл музей.",
        ("Арам Петросян", "Minister of Culture", "country-AM", "Acting"),
    ),
    (
        "Министр культуры нашей страны Арам Петросян открыл музей.",
        ("Арам Петросян", "Minister of Culture", None, "Current"),
    ),
    (
        "Министр культуры Армении (председатель Совета) Арам Петросян открыл музей.",
        ("Арам Петросян", "Minister of Culture", "country-AM", "Current"),
    ),
    (
        "Министр культуры Армении В. Петросян открыл музей.",
        ("В. Петросян", "Minister of Culture", "country-AM", "Current"),
    ),
    (
        "Арам Петросян назначен министром культуры Армении.",
        ("Арам Петросян", "Minister of Culture", "country-AM", "Current"),
    ),
]


@pytest.mark.parametrize(("text", "post"), OFFICES)
def test_an_office_is_read(text: str, post: tuple[str, str, str | None, str]) -> None:
    assert post in posts(text)


@pytest.mark.parametrize(
    "text",
    [
        "После открытия выставки Арам Петросян уехал.",  # после is no ambassador
        "В заседании участвовали представители ЕврАзЭС.",
        "Выставку оформила компания Bright Lines Studio.",
    ],
)
def test_no_office_where_none_is_said(text: str) -> None:
    assert not posts(text)


def test_a_counterpart_has_the_office_of_the_other() -> None:
    found = posts("Министр культуры Армении Арам Петросян подписал план с коллегой из Грузии Ираклием Беридзе.")
    assert ("Ираклий Беридзе", "Minister of Culture", "country-GE", "Current") in found


def test_ministers_of_two_countries_are_paired_in_order() -> None:
    found = posts("Министры культуры Армении и Грузии Арам Петросян и Ираклий Беридзе открыли выставку.")
    assert {(n, c) for n, _, c, _ in found} == {("Арам Петросян", "country-AM"), ("Ираклий Беридзе", "country-GE")}


def test_an_agency_after_a_title_is_no_person() -> None:
    facts = facts_of("Генеральный директор Росконцерта Андрей Станкевич открыл фестиваль.")
    assert [p.names[0] for p in facts.persons] == ["Андрей Станкевич"]
    assert facts.persons[0].surname == "Станкевич"


def test_persons_of_one_given_name_stay_apart() -> None:
    facts = facts_of("Министр культуры Армении Арам Петросян и директор музея Арам Гарунц открыли выставку.")
    assert {p.names[0] for p in facts.persons} == {"Арам Петросян", "Арам Гарунц"}


@pytest.mark.parametrize(
    ("form", "case", "name"),
    [
        (("Баходиром", "Рустамовым"), "i", ("Баходир", "Рустамов")),
        (("Мехметом", "Нури", "Эрсоем"), "i", ("Мехмет", "Нури", "Эрсой")),
        (("Сунь", "Ели"), "n", ("Сунь", "Ели")),
    ],
)
def test_names_come_back_to_the_nominative(form: tuple[str, ...], case: str, name: tuple[str, ...]) -> None:
    assert language("ru").readings(form, case)[0].words == name


def test_an_abbreviation_stays_as_it_is() -> None:
    assert language("ru").nominative("ТЮРКСОЙ") == "ТЮРКСОЙ"


MEETINGS = [
    (
        "Министр культуры Грузии Ираклий Беридзе, прибывший в Ереван на открытие выставки, "
        "встретился с министром культуры Армении Арамом Петросяном.",
        "Held",
    ),
    ("Министр культуры Армении Арам Петросян встречается с министром культуры Грузии Ираклием Беридзе.", "Held"),
    ("План на год обсудили министр культуры Армении Арам Петросян и министр культуры Грузии Ираклий Беридзе.", "Held"),
    ("Министры культуры Армении и Грузии Арам Петросян и Ираклий Беридзе обсудили план.", "Held"),
    (
        "Встреча министра культуры Армении Арама Петросяна с министром культуры Грузии Ираклием Беридзе пройдёт в Ереване.",
        "Planned",
    ),
    ("Министр культуры Армении Арам Петросян принял в Ереване министра культуры Грузии Ираклия Беридзе.", "Held"),
    ("Арам Петросян, министр культуры Армении, провёл переговоры со своим коллегой Ираклием Беридзе.", "Held"),
]


@pytest.mark.parametrize(("text", "status"), MEETINGS)
def test_a_meeting_is_read(text: str, status: str) -> None:
    assert meetings(text) == [(status, PAIR)]


@pytest.mark.parametrize(
    "text",
    [
        "Министр культуры Армении Арам Петросян приняла участие в концерте, как и министр культуры Грузии Ираклий Беридзе.",
        "Министр культуры Армении Арам Петросян посетил концерт оркестра под руководством Ираклия Беридзе.",
        "Министр культуры Армении Арам Петросян рассказал, что в прошлом году сборная встретилась с Ираклием Беридзе.",
        "В октябре министр культуры Армении Арам Петросян проведёт концерт Ираклия Беридзе.",
    ],
)
def test_no_meeting_where_none_is_said(text: str) -> None:
    assert not meetings(text)


def test_who_sat_in_a_session_is_told_after() -> None:
    found = meetings(
        "В Ереване прошло пятое заседание Совета по культурному сотрудничеству. В работе заседания приняли участие министр культуры "
        "Армении Арам Петросян, министр культуры Грузии Ираклий Беридзе."
    )
    assert found == [("Held", PAIR)]


def test_heads_of_two_agencies_chair() -> None:
    facts = facts_of(
        "В Ереване состоялось второе заседание подкомиссии по культурному сотрудничеству между Арменией и Грузией. Мероприятие прошло под "
        "председательством глав двух ведомств – министра культуры Армении Арама Петросяна и министра культуры Грузии Ираклия Беридзе."
    )
    assert len(facts.meetings) == 1
    assert len(facts.meetings[0].chairs) == 2
    assert facts.meetings[0].ordinal == 2


def test_a_post_at_a_body_of_several_countries_is_no_countrys() -> None:
    facts = extract(
        Article(
            "example",
            "Министр культуры Казахстана Ерлан Сатпаев встретился с генеральным директором ЮНЕСКО Анри Мартеном.",
            "ru",
            "2025-03-10",
        )
    )
    (office,) = [o for o in facts.offices if o.organization]
    assert office.country is None


def test_of_two_ministers_under_one_title_each_speaks_for_the_own_country() -> None:
    facts = extract(
        Article(
            "example",
            "Министры культуры Грузии и Латвии Гиви Маисурадзе и Янис Озолс обсудили гастроли театров.",
            "ru",
            "2025-03-10",
        )
    )
    (meeting,) = facts.meetings
    assert [p.on_behalf_of for p in meeting.participations] == ["country-GE", "country-LV"]


def test_the_head_of_the_agency_is_the_minister_told_of() -> None:
    found = meetings(
        "Министр культуры Армении Арам Петросян прибыл в Тбилиси. Затем глава армянского ведомства провёл встречу с министром "
        "культуры Грузии Ираклием Беридзе."
    )
    assert found == [("Held", PAIR)]


def test_a_surname_in_capitals_after_a_title() -> None:
    assert ("Смита Патил", "Ambassador", "country-IN", "Current") in posts("Посол Индии Смита ПАТИЛ открыла выставку.")


def test_a_title_of_two_words_is_in_the_case_of_its_noun() -> None:
    assert ("Такаси Накамура", "Honorary Consul", "country-LV", "Current") in posts(
        "Выступил почётный консул Латвии Такаси Накамура."
    )


def test_a_planned_meeting_is_on_the_coming_day() -> None:
    facts = facts_of(
        "Министр культуры Армении Арам Петросян встретится в четверг с министром культуры Грузии Ираклием Беридзе."
    )
    assert [str(m.start.lexical) for m in facts.meetings if m.start] == ["2025-03-13"]


def test_a_colleague_titled_anew_is_of_the_colleagues_country() -> None:
    text = (
        "В Тбилиси министр культуры Арам Петросян говорил с грузинским коллегой, министром культуры Ираклием Беридзе."
    )
    assert ("Ираклий Беридзе", "Minister of Culture", "country-GE", "Current") in posts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Министр культуры Армении Арам Петросян отменил встречу с министром культуры Грузии Ираклием Беридзе.",
            [("Cancelled", PAIR)],
        ),
        (
            "Состоялся визит вежливости посла Армении Арама Петросяна к министру культуры Грузии Ираклию Беридзе.",
            [("Held", PAIR)],
        ),
        (
            "Депутат Арам Петросян на встрече в Тбилиси с генконсулом Грузии Ираклием Беридзе предложил учредить премию.",
            [("Held", PAIR)],
        ),
        (
            "Министр культуры Армении Арам Петросян провёл ряд встреч: с министром культуры Грузии Ираклием Беридзе и с послом "
            "Индии Раджешем Капуром.",
            [("Held", PAIR), ("Held", frozenset({"Арам Петросян", "Раджеш Капур"}))],
        ),
        (
            "Министр культуры Армении Арам Петросян встретился с министром культуры Грузии Ираклием Беридзе. Участие в беседе "
            "принял также посол Индии Раджеш Капур.",
            [("Held", PAIR | {"Раджеш Капур"})],
        ),
    ],
)
def test_who_met_or_did_not(text: str, expected: list[tuple[str, frozenset[str]]]) -> None:
    assert meetings(text) == expected


def test_the_minister_of_a_land_is_not_the_colleague_of_another() -> None:
    found = meetings(
        "Министр культуры Армении Арам Петросян, прибывший в Тбилиси, встретился с коллегой Ираклием Беридзе. Армянского министра "
        "принял премьер-министр Гиви Маисурадзе."
    )
    assert ("Held", frozenset({"Арам Петросян", "Гиви Маисурадзе"})) in found


def test_the_host_is_not_of_the_only_country_named() -> None:
    found = posts(
        "Министр культуры Армении Арам Петросян прибыл в Тбилиси. Его принял премьер-министр Гиви Маисурадзе."
    )
    assert ("Гиви Маисурадзе", "Prime Minister", None, "Current") in found


def test_a_minister_and_her_colleague_met() -> None:
    text = "Министр культуры Армении Арам Петросян и его грузинский коллега Ираклий Беридзе в понедельник встретились в Тбилиси."
    assert meetings(text) == [("Held", PAIR)]


def test_who_means_to_meet() -> None:
    text = "Министр культуры Армении Арам Петросян намерен посетить Тбилиси и встретиться с министром культуры Ираклием Беридзе."
    assert meetings(text) == [("Planned", PAIR)]
