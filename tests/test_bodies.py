"""Names of bodies: where they begin and end."""

from __future__ import annotations

import pytest

from kgculture.extract import extract
from kgculture.model import Article


def bodies(text: str, language: str) -> list[str]:
    return sorted(n for o in extract(Article("a", text, language)).organizations for n in o.names)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        (
            "en",
            "The River Art Museum and Kazakh State Museum of Arts lent vases.",
            ["Kazakh State Museum of Arts", "River Art Museum"],
        ),
        ("en", "RIVERNEWS Kazakh Ministry of Culture opened a forum.", ["Ministry of Culture of Kazakhstan"]),
        ("en", "A show opened at the Mus\u00e9e Guimet in Paris.", ["Mus\u00e9e Guimet"]),
        (
            "en",
            "They sang at the Teatro alla Scala and at the Teatro di San Carlo.",
            ["Teatro alla Scala", "Teatro di San Carlo"],
        ),
        ("en", "They sang at the Malm\u00f6 Opera in Sweden.", ["Malm\u00f6 Opera"]),
        ("ru", "В музее Гиме открылась выставка.", ["музей Гиме"]),
        ("ru", "В парижском музее Гиме открылась выставка.", ["музей Гиме"]),
        ("ru", "В музее Прадо открылась выставка. О музее Прадо сняли фильм.", ["музей Прадо"]),
        ("ru", "Выставку готовят вместе с музеем-заповедником «Берель».", ["музей-заповедник «Берель»"]),
        ("ru", "Гости встретились с Большим театром.", ["Большой театр"]),
        ("ru", "Спектакль прошёл в театре драмы имени Лахути.", ["театр драмы имени Лахути"]),
        ("ru", "В театре Иванов показал спектакль.", []),
        ("ru", "В музее Анна Иванова открыла выставку.", []),
    ],
)
def test_a_body_is_cut_where_its_name_ends(code: str, text: str, found: list[str]) -> None:
    assert bodies(text, code) == found


def test_the_city_of_an_adjective() -> None:
    facts = extract(Article("a", "В парижском музее Гиме открылась выставка «Весна».", "ru"))
    (body,) = facts.organizations
    assert body.place == "city-paris"


def test_two_bodies_known_by_names_of_their_own_stay_two() -> None:
    text = (
        "The talks were attended by Deputy Director of the State Opera and Ballet Theater Astana Opera Aizhan Petrova and "
        "Deputy Director of the Astana Ballet Theater Valery Ivanov. The State Hermitage thanked them; the Hermitage is in Russia."
    )
    facts = extract(Article("example", text, "en", "2025-03-10"))
    assert [o.names[0] for o in facts.organizations] == [
        "State Opera and Ballet Theater Astana Opera",
        "Astana Ballet Theater",
        "State Hermitage",
    ]
