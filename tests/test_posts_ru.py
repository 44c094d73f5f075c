"""Kinds of wordings of posts in Russian general news, business, sport and politics; every sentence is invented."""

from __future__ import annotations

import pytest

from kgculture.extract import extract
from kgculture.model import Article

Post = tuple[str, str, str | None, str | None, str]


def posts(text: str) -> set[Post]:
    """(holder, title as worded, body, country, status) of every tenure."""
    facts = extract(Article("example", text, "ru", "2025-03-10"))
    names = {p.id: p.names[0] for p in facts.persons} | {o.id: o.names[0] for o in facts.organizations}
    offices = {o.id: o for o in facts.offices}
    found: set[Post] = set()
    for tenure in facts.tenures:
        office = offices[tenure.office]
        body = names[office.organization] if office.organization else None
        found.add((names[tenure.holder], office.title, body, office.country, tenure.status))
    return found


POSTS: list[tuple[str, Post]] = [
    # callings that are posts at a body
    (
        "Полузащитник футбольного клуба «Маяк» Глеб Осокин забил гол.",
        ("Глеб Осокин", "Полузащитник", "футбольный клуб «Маяк»", None, "Current"),
    ),
    (
        "Корреспондент газеты «Заря» Олег Кречет написал об этом.",
        ("Олег Кречет", "Корреспондент", "газета «Заря»", None, "Current"),
    ),
    ("Экономист ОЭСР Мирон Ланге сообщил о росте цен.", ("Мирон Ланге", "Экономист", "ОЭСР", None, "Current")),
    (
        "Наблюдатель от ОБСЕ Мирон Ланге сообщил о нарушениях.",
        ("Мирон Ланге", "Наблюдатель", "ОБСЕ", None, "Current"),
    ),
    # bare names of bodies
    ("Защитник Торпедо Глеб Осокин ушёл с поля.", ("Глеб Осокин", "Защитник", "Торпедо", None, "Current")),
    ("Глава Роснефти Глеб Осокин ушёл с поста.", ("Глеб Осокин", "Глава", "Роснефть", None, "Current")),
    ("Глава Минздрава Глеб Осокин ушёл с поста.", ("Глеб Осокин", "Глава", "Минздрав", None, "Current")),
    ("Депутат Госдумы Глеб Осокин внёс проект.", ("Глеб Осокин", "Депутат", "Госдума", None, "Current")),
    (
        "Депутат Госдумы от «Новой силы» Глеб Осокин внёс проект.",
        ("Глеб Осокин", "Депутат", "Госдума", None, "Current"),
    ),
    # bodies for or against a cause, described over an adverb
    (
        "Лидер Движения против войны Глеб Осокин призвал к миру.",
        ("Глеб Осокин", "Лидер", "Движение против войны", None, "Current"),
    ),
    # fields in the dative
    (
        "Директор ЮНИСЕФ по полярным полётам Глеб Осокин ответил.",
        ("Глеб Осокин", "Директор по полярным полётам", "ЮНИСЕФ", None, "Current"),
    ),
    # what is led stands in the instrumental
    (
        "Управляющий компанией «Север» Глеб Осокин ответил.",
        ("Глеб Осокин", "Управляющий", "компания «Север»", None, "Current"),
    ),
    # words that say where, between a title and its name
    (
        "Директор компании «Север» в Эстонии и на Кавказе Глеб Осокин ответил.",
        ("Глеб Осокин", "Директор", "компания «Север»", "country-EE", "Current"),
    ),
    # a rank between a title and its name
    ("Глава МЧС генерал Глеб Осокин ответил.", ("Глеб Осокин", "Глава", "МЧС", None, "Current")),
    # another apposition before the title
    (
        "Глеб Осокин, известный защитник природы, глава фонда «Север», ответил.",
        ("Глеб Осокин", "глава", "фонд «Север»", None, "Current"),
    ),
    # appointments
    (
        "Директором завода «Маяк» назначен Глеб Осокин.",
        ("Глеб Осокин", "Директор", "завод «Маяк»", None, "Current"),
    ),
    (
        "Пост министра обороны Эстонии занял Глеб Осокин.",
        ("Глеб Осокин", "министр обороны", None, "country-EE", "Current"),
    ),
    (
        "Глеб Осокин, занимающий пост министра обороны Эстонии, ответил.",
        ("Глеб Осокин", "министр обороны", None, "country-EE", "Current"),
    ),
    (
        "Глеб Осокин был директором завода «Маяк».",
        ("Глеб Осокин", "директор", "завод «Маяк»", None, "Former"),
    ),
    # another's name between a title and its holder
    ("Пресс-секретарь Вострикова Олег Кречет ответил.", ("Олег Кречет", "Пресс-секретарь", None, None, "Current")),
    # a form that is the first night of a play as well
    (
        "Эстонского премьера Глеба Осокина ждут в Риге.",
        ("Глеб Осокин", "премьер", None, "country-EE", "Current"),
    ),
    # names of two words, lands of two words, lands that no gazetteer has
    ("Лидер Зелёной Волны Глеб Осокин ответил.", ("Глеб Осокин", "Лидер", "Зелёная Волна", None, "Current")),
    (
        "Глава Марийской Республики Глеб Осокин ответил.",
        ("Глеб Осокин", "Глава Марийской Республики", None, None, "Current"),
    ),
    ("Губернатор Ламбарии Арнольд Швец ответил.", ("Арнольд Швец", "Губернатор", None, None, "Current")),
    (
        "Корреспондент ИНС Известия Глеб Осокин ответил.",
        ("Глеб Осокин", "Корреспондент", "ИНС Известия", None, "Current"),
    ),
    # the city of a body, an adjective before a quoted name, a body noun and a bare name
    ("Начальник ГУВД Москвы Глеб Осокин ответил.", ("Глеб Осокин", "Начальник", "ГУВД Москвы", None, "Current")),
    (
        "Нападающий таллинского «Маяка» Глеб Осокин забил гол.",
        ("Глеб Осокин", "Нападающий", "Маяк", None, "Current"),
    ),
    (
        "Капитан клуба Тоттен Юнайтед Ошуа Ротмен забил гол.",
        ("Ошуа Ротмен", "Капитан", "клуб Тоттен Юнайтед", None, "Current"),
    ),
    # what stands after the head keeps its case; a people's name with a capital is a surname; so is a calling after a given name
    (
        "Тренер сборной России Глеб Поляков ответил.",
        ("Глеб Поляков", "Тренер", "сборная России", "country-RU", "Current"),
    ),
    ("Глава МЧС Олег Адвокат ответил.", ("Олег Адвокат", "Глава", "МЧС", None, "Current")),
    # a member's body is told and stays in the title
    (
        "Член Общественной палаты Эстонии Глеб Осокин ответил.",
        ("Глеб Осокин", "Член Общественной палаты", "Общественная палата Эстонии", "country-EE", "Current"),
    ),
]


@pytest.mark.parametrize(("text", "post"), POSTS)
def test_a_post_is_read_with_its_body(text: str, post: Post) -> None:
    assert post in posts(text)


def test_each_of_two_titles_goes_to_its_body() -> None:
    text = "В беседе с корреспондентом «Зари» лидер Союза рыбаков Глеб Осокин ответил."
    assert posts(text) == {("Глеб Осокин", "лидер", "Союз рыбаков", None, "Current")}


def test_a_president_without_a_country_has_that_of_the_post_named_elsewhere() -> None:
    text = "Президента Эстонии ждали в Риге и в Киеве. Президент Осокин прибыл. Переговоры с Латвией и Украиной продолжатся."
    assert {(name, country) for name, _, _, country, _ in posts(text)} == {("Осокин", "country-EE")}


@pytest.mark.parametrize(
    "text",
    [
        "Защитник Глеб Осокин ушёл с поля.",  # whose is not said
        "Профессор Глеб Осокин прочёл лекцию.",
        "На выставке фотографий Национального музея выступил Глеб Осокин.",  # photographs are no photographer
        "Основатель компании «Север» Глеб Осокин ответил.",  # not held, but done
        "Совладелец компании «Север» Глеб Осокин ответил.",
        "Лидер оппозиции Глеб Осокин ответил.",
        "Представители Гринпис провели проверку.",
        "Режиссёр Глеб Осокин снял фильм.",
        "Премьера Глеба Осокина прошла с успехом.",
        "Казахстанская премьера Глеба Осокина прошла с успехом.",
    ],
)
def test_no_post_without_a_body_or_where_none_is_held(text: str) -> None:
    assert not posts(text)


def test_a_surname_in_the_genitive_is_whom_one_serves() -> None:
    text = "Премьер-министр Эстонии Глеб Востриков ответил. Бывший помощник Вострикова уехал."
    assert {title for _, title, _, _, _ in posts(text)} == {"Премьер-министр"}


def test_a_representative_of_unnamed_forces_is_no_other_countrys() -> None:
    text = (
        "Представитель Эстонии уехал. Представитель войск Глеб Осокин ответил. Латвия, Литва и Эстония следят за этим."
    )
    assert {country for _, _, _, country, _ in posts(text)} == {None}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Договор подписан Малым театром и Русским музеем.", {"Малый театр", "Русский музей"}),
        (
            "Договор о гастролях между «Малым театром» и «Большим театром Эстонии» подписан вчера.",
            {"Малый театр", "Большой театр Эстонии"},
        ),
    ],
)
def test_bodies_come_back_to_the_nominative(text: str, names: set[str]) -> None:
    facts = extract(Article("example", text, "ru", "2025-03-10"))
    assert {o.names[0] for o in facts.organizations} == names
