"""English: sentences, parts of names, phrases."""

from __future__ import annotations

import pytest

from kgculture.language import language
from kgculture.model import Passage

EN = language("en")


def sentences(text: str) -> list[str]:
    return [passage.of(text) for passage in EN.sentences(text, Passage(0, len(text)))]


@pytest.mark.parametrize(
    "parts",
    [
        ["Dr. Rachel Smith met Mr. Karimli on Nov. 5 in St. Petersburg.", "They talked."],
        ["The film “Stop, Night!” Kazakhfilm presented won.", "No. 3 was a play."],
        ["M. I. Rudomina Library opened.", "Entry is free!"],
        ["He flew to the U.S. embassy.", "He works for the U.S.", "The ministers met."],
        ["“We are glad,” she said.", "“Come again.”", "All agreed."],
        ["“We are glad.", "We will work together,” said the minister."],
        ["Was it held?", "Yes.", "It cost 3.5 million."],
        [
            "It was signed on Dec. 4 by the companies Alfa Ltd. and Beta Inc. in Astana.",
            "The talks began at 5 p.m.",
            "The end.",
        ],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_line_break_always_ends_a_sentence() -> None:
    assert sentences("Headline without a stop\nText of\r\nthe news. ") == [
        "Headline without a stop",
        "Text of",
        "the news.",
    ]


@pytest.mark.parametrize(
    ("name", "words", "roles", "gender"),
    [
        ("Aida Balayeva", "Aida Balayeva", "given surname", "f"),
        ("Dr. Rachel Smith", "Rachel Smith", "given surname", "f"),
        ("H.E. Mr. Adil Karimli 's", "Adil Karimli", "given surname", "m"),
        (
            "Sheikh Mansour bin Zayed Al Nahyan",
            "Mansour bin Zayed Al Nahyan",
            "given particle surname particle surname",
            "",
        ),
        ("Ludwig van Beethoven", "Ludwig van Beethoven", "given particle surname", ""),
        ("Jose de la Cruz", "Jose de la Cruz", "given particle particle surname", "m"),
        ("Xi Jinping", "Xi Jinping", "surname given", ""),
        ("Sun Jiazheng", "Sun Jiazheng", "surname given", ""),
        ("Kim Jong Un", "Kim Jong Un", "surname given given", ""),
        ("Kim Robert", "Kim Robert", "given surname", ""),
        ("Mikhail Yefimovich Shvydkoy", "Mikhail Yefimovich Shvydkoy", "given patronymic surname", "m"),
        ("M. I. Rudomina", "M. I. Rudomina", "initial initial surname", "f"),
        ("John F. Kennedy", "John F. Kennedy", "given initial surname", "m"),
        ("Ivanov V. I.", "Ivanov V. I.", "surname initial initial", ""),
        ("Polad Bulbul oglu", "Polad Bulbul oglu", "given surname surname", "m"),
        ("Abulfas Mursal oglu Garayev", "Abulfas Mursal oglu Garayev", "given patronymic patronymic surname", "m"),
        ("Kassym-Jomart Tokayev’s", "Kassym-Jomart Tokayev", "given surname", "m"),
        ("AIDA BALAYEVA", "Aida Balayeva", "given surname", "f"),
        ("Karimli", "Karimli", "surname", ""),
        ("Olga", "Olga", "given", "f"),
    ],
)
def test_names(name: str, words: str, roles: str, gender: str) -> None:
    best = EN.readings(name.split())[0]
    assert " ".join(best.words) == words
    assert " ".join(best.roles) == roles
    assert best.gender == gender


def test_an_eastern_name_keeps_the_western_reading_as_second() -> None:
    assert [r.roles for r in EN.readings(["Xi", "Jinping"])] == [("surname", "given"), ("given", "surname")]


def test_titles_alone_are_no_name() -> None:
    assert EN.readings(["Mr.", "Dr."]) == []
    assert EN.readings([]) == []


def test_base_forms_and_cases() -> None:
    assert EN.base_forms("Balayeva's") == {"balayeva's", "balayeva"}
    assert EN.base_forms("Smith") == {"smith"}
    assert EN.cases("Smith") == ""


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the Ministry of Culture", "Ministry of Culture"),
        ("The National Museum’s", "National Museum"),
        ("Thessaloniki Film Festival", "Thessaloniki Film Festival"),
        ("Days of Culture", "Days of Culture"),
        ("the", "the"),
    ],
)
def test_nominative(phrase: str, expected: str) -> None:
    assert EN.nominative(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("ministers of culture", "minister of culture"),
        ("the deputy prime ministers", "deputy prime minister"),
        ("secretaries of state", "secretary of state"),
        ("Culture Ministers", "Culture Minister"),
        ("spokeswomen for the ministry", "spokeswoman for the ministry"),
        ("minister of foreign affairs", "minister of foreign affairs"),
        ("princess of Spain", "princess of Spain"),
    ],
)
def test_singular(phrase: str, expected: str) -> None:
    assert EN.singular(phrase) == expected  # type: ignore[attr-defined]
