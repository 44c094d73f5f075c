"""Surnames that are also names of cities."""

from __future__ import annotations

import pytest

from kgculture.extract import extract
from kgculture.model import Article, LanguageCode


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("en", "Italian Minister of Science Lucia Verona met Minister of Culture of Georgia Nino Beridze in Rome.", "Lucia Verona"),
        ("ru", "Министр науки Италии Роберто Верона встретился в Риме с министром культуры Грузии Нино Беридзе.", "Роберто Верона"),
        ("kk", "Грузияның Мәдениет министрі Нино Беридзе Римде Италияның Ғылым министрі Роберто Веронамен кездесті.", "Роберто Верона"),
    ],
)  # fmt: skip
def test_a_city_after_a_title_and_a_given_name_is_a_surname(language: LanguageCode, text: str, person: str) -> None:
    facts = extract(Article("a", text, language))
    assert {p.names[0] for p in facts.persons} == {person, "Nino Beridze" if language == "en" else "Нино Беридзе"}
    assert [len(m.participants) for m in facts.meetings] == [2]
    assert facts.meetings[0].place == "city-rome"
    assert "city-verona" not in {place.id for place in facts.places}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Министр культуры Грузии Беридзе Верону посетил в мае."),
        (
            "kk",
            "Грузияның Мәдениет министрі Беридзе Верона қаласында Италияның Ғылым министрі Роберто Роккамен кездесті.",
        ),
        ("kk", "Грузияның Мәдениет министрі Беридзе Веронада Италияның Ғылым министрі Роберто Роккамен кездесті."),
    ],
)
def test_elsewhere_it_is_the_city(language: LanguageCode, text: str) -> None:
    names = [name for person in extract(Article("a", text, language)).persons for name in person.names]
    assert not any("Верон" in name for name in names)
