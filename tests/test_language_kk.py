"""Kazakh: sentences, cases, personal names in all cases, nominatives of phrases."""

# ruff: noqa: E501 - a name and its six cases stay on one line

from __future__ import annotations

import pytest

from kgculture.language import language
from kgculture.model import Passage

KK = language("kk")

#: nominative, genitive, dative, accusative, ablative, instrumental; written out, so that the table owes nothing to the code
DECLENSIONS = """
Аида Балаева|Аида Балаеваның|Аида Балаеваға|Аида Балаеваны|Аида Балаевадан|Аида Балаевамен
Агалар Атамогланов|Агалар Атамоглановтың|Агалар Атамоглановқа|Агалар Атамоглановты|Агалар Атамоглановтан|Агалар Атамоглановпен
Адил Кәрімли|Адил Кәрімлидің|Адил Кәрімлиге|Адил Кәрімлиді|Адил Кәрімлиден|Адил Кәрімлимен
Қасым-Жомарт Тоқаев|Қасым-Жомарт Тоқаевтың|Қасым-Жомарт Тоқаевқа|Қасым-Жомарт Тоқаевты|Қасым-Жомарт Тоқаевтан|Қасым-Жомарт Тоқаевпен
Ольга Любимова|Ольга Любимованың|Ольга Любимоваға|Ольга Любимованы|Ольга Любимовадан|Ольга Любимовамен
Рашида Дати|Рашида Датидің|Рашида Датиге|Рашида Датиді|Рашида Датиден|Рашида Датимен
Арыстанбек Мұхамедиұлы|Арыстанбек Мұхамедиұлының|Арыстанбек Мұхамедиұлына|Арыстанбек Мұхамедиұлын|Арыстанбек Мұхамедиұлынан|Арыстанбек Мұхамедиұлымен
Владимир Мединский|Владимир Мединскийдің|Владимир Мединскийге|Владимир Мединскийді|Владимир Мединскийден|Владимир Мединскиймен
Сұлтан Раев|Сұлтан Раевтың|Сұлтан Раевқа|Сұлтан Раевты|Сұлтан Раевтан|Сұлтан Раевпен
Хакан Фидан|Хакан Фиданның|Хакан Фиданға|Хакан Фиданды|Хакан Фиданнан|Хакан Фиданмен
Виктор Орбан|Виктор Орбанның|Виктор Орбанға|Виктор Орбанды|Виктор Орбаннан|Виктор Орбанмен
Мехмет Нури Эрсой|Мехмет Нури Эрсойдың|Мехмет Нури Эрсойға|Мехмет Нури Эрсойды|Мехмет Нури Эрсойдан|Мехмет Нури Эрсоймен
Асхат Раздықұлы Оралов|Асхат Раздықұлы Ораловтың|Асхат Раздықұлы Ораловқа|Асхат Раздықұлы Ораловты|Асхат Раздықұлы Ораловтан|Асхат Раздықұлы Ораловпен
Мирас Қожан|Мирас Қожанның|Мирас Қожанға|Мирас Қожанды|Мирас Қожаннан|Мирас Қожанмен
Еламан Төлепберген|Еламан Төлепбергеннің|Еламан Төлепбергенге|Еламан Төлепбергенді|Еламан Төлепбергеннен|Еламан Төлепбергенмен
Нұрғиса Дәуешов|Нұрғиса Дәуешовтің|Нұрғиса Дәуешовке|Нұрғиса Дәуешовті|Нұрғиса Дәуешовтен|Нұрғиса Дәуешовпен
Умида Тешабаева|Умида Тешабаеваның|Умида Тешабаеваға|Умида Тешабаеваны|Умида Тешабаевадан|Умида Тешабаевамен
Ғазиза Құдайберген|Ғазиза Құдайбергеннің|Ғазиза Құдайбергенге|Ғазиза Құдайбергенді|Ғазиза Құдайбергеннен|Ғазиза Құдайбергенмен
Ласло Чорба|Ласло Чорбаның|Ласло Чорбаға|Ласло Чорбаны|Ласло Чорбадан|Ласло Чорбамен
Янош Немеш|Янош Немештің|Янош Немешке|Янош Немешті|Янош Немештен|Янош Немешпен
""".strip().splitlines()
CASES = "ngda_i"


@pytest.mark.parametrize("row", DECLENSIONS, ids=lambda row: row.split("|")[0])
def test_a_name_is_read_in_every_case(row: str) -> None:
    forms = row.split("|")
    for case, form in zip(CASES, forms, strict=True):
        readings = KK.readings(form.split())
        best = " ".join(readings[0].words)
        if case == "_":  # the ablative, which no rule needs: the right reading is among the first two
            assert forms[0] in {" ".join(r.words) for r in readings[:2]}, form
            continue
        assert best == forms[0], form
        assert readings[0].case == case, form


@pytest.mark.parametrize(
    "name", ["Аида", "Ирина", "Салтанат", "Сұлтан", "Ольга", "Динара", "Светлана", "Татьяна", "Ержан", "Құдайберген"]
)
def test_a_given_name_that_ends_like_a_case_stays(name: str) -> None:
    assert KK.readings([name])[0].words == (name,)


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ("Агалар Рагим-оглу Атамогланов", ("given", "patronymic", "surname")),
        ("Абульфас Мурсал оглы Караев", ("given", "patronymic", "patronymic", "surname")),
        ("Ә. Қастеев", ("initial", "surname")),
        ("Ли Цзямэн", ("surname", "given")),
        ("Ю Ин Чхон", ("surname", "given", "given")),
        ("Абдулрахман бин Хамад Әл Тани", ("given", "particle", "given", "particle", "surname")),
    ],
)
def test_parts_of_a_name(words: str, roles: tuple[str, ...]) -> None:
    assert KK.readings(words.split())[0].roles == roles


@pytest.mark.parametrize(
    ("phrase", "nominative"),
    [
        ("Ұлттық музейінде", "Ұлттық музейі"),
        ("Ұлттық музейде", "Ұлттық музей"),
        ("Абай атындағы опера және балет театрының", "Абай атындағы опера және балет театры"),
        ("Третьяков галереясына", "Третьяков галереясы"),
        ("Қазақстанның мәдениет күндерін", "Қазақстанның мәдениет күндері"),
        ("Мәдениет және ақпарат министрлігімен", "Мәдениет және ақпарат министрлігі"),
        ("Гейдар Әлиев орталығындағы", "Гейдар Әлиев орталығы"),
        ("Ұлттық академиялық кітапхана", "Ұлттық академиялық кітапхана"),
        ("ЮНЕСКО-ның", "ЮНЕСКО"),
    ],
)
def test_a_phrase_loses_the_ending_of_its_head_alone(phrase: str, nominative: str) -> None:
    assert KK.nominative(phrase) == nominative


@pytest.mark.parametrize(
    ("word", "case"),
    [("театрының", "g"), ("театрға", "d"), ("театрына", "d"), ("театрын", "a"), ("театрда", "l"), ("театрында", "l"), ("театрмен", "i"), ("театры", "n"),
     ("театрдан", ""), ("алтын", "n"), ("үшін", "n"), ("Аида", "n"), ("Балаеваның", "g")],
)  # fmt: skip
def test_cases_of_words(word: str, case: str) -> None:
    assert KK.cases(word) == case


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Балаева", "name"),
        ("Тоқаевқа", "name"),
        ("Экиджи", "unknown"),
        ("ұлттық", "adjective"),
        ("Кездесуге", "other"),
        ("Көрменің", "other"),
        ("БАҚ-пен", "other"),
        ("министр", "other"),
    ],
)
def test_classes_of_words(word: str, kind: str) -> None:
    assert KK.word_class(word) == kind


def test_sentences_end_where_they_should() -> None:
    text = "Кездесу 2024 ж. 5 мамырда өтті. Оған Ә. Қастеев атындағы музей директоры т.б. қатысты.\nКөрме ашылды."
    found = [p.of(text) for p in KK.sentences(text, Passage(0, len(text)))]
    assert found == [
        "Кездесу 2024 ж. 5 мамырда өтті.",
        "Оған Ә. Қастеев атындағы музей директоры т.б. қатысты.",
        "Көрме ашылды.",
    ]


def test_no_words_no_readings() -> None:
    assert KK.readings([]) == []
    assert KK.readings(["а", "б", "в", "г", "д", "е"]) == []
    assert KK.cases("") == ""
    assert KK.nominative("") == ""
