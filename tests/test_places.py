"""Places: the gazetteer and their recognition."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgculture.extract.document import Sentence
from kgculture.extract.places import PlaceMention, find_places
from kgculture.language.base import tokenize
from kgculture.lexicon import read_yaml
from kgculture.lexicon.places import gazetteer, place_words
from kgculture.model import Passage
from kgculture.resources import folder

LANGUAGES = ("en", "ru", "kk")


def places(text: str, lang: str) -> list[PlaceMention]:
    span = Passage(0, len(text))
    return find_places(Sentence(0, span, tuple(tokenize(text, span))), lang)


def examples() -> list[Any]:
    return [
        pytest.param(lang, e["text"], e["find"], id=f"{lang}: {e['text']}")
        for lang in LANGUAGES
        for e in read_yaml(folder("lexicon") / lang / "places.yaml")["examples"]
    ]


@pytest.mark.parametrize(("lang", "text", "find"), examples())
def test_examples_of_the_lexicon(lang: str, text: str, find: list[str]) -> None:
    assert [m.ref for m in places(text, lang)] == find


@pytest.mark.parametrize(
    ("lang", "text", "find"),
    [
        (
            "en",
            "Kazakhstan’s Minister of Culture visited Türkiye, Turkiye and Turkey",
            ["country-KZ", "country-TR", "country-TR", "country-TR"],
        ),
        (
            "en",
            "Kiev, now Kyiv; Peking, now Beijing; Alma-Ata, now Almaty",
            ["city-kyiv"] * 2 + ["city-beijing"] * 2 + ["city-almaty"] * 2,
        ),
        ("en", "from the United Arab Emirates to Abu Dhabi [UAE]", ["country-AE", "city-abu-dhabi", "country-AE"]),
        (
            "en",
            "St. Petersburg State Institute and Saint Petersburg",
            ["city-saint-petersburg", "city-saint-petersburg"],
        ),
        ("en", "the Cannes Film Festival and the Venice Biennale", ["city-cannes", "city-venice"]),
        ("en", "South Korean artists, a South African choir", ["country-KR", "country-ZA"]),
        ("en", "a US-led, Moscow-born idea", ["country-US", "city-moscow"]),
        ("en", "TBILISI – Georgia and Jordan agreed", ["city-tbilisi"]),
        ("en", "of Georgia and Jordan; Mary and Jordan came", ["country-GE", "country-JO"]),
        ("en", "in Georgia, Jordan and Chad", ["country-GE", "country-JO", "country-TD"]),
        ("en", "in Split, Croatia; Split, Croatia", ["city-split", "country-HR", "city-split", "country-HR"]),
        ("en", "let us polish the china", []),
        ("en", "Michael Jordan and Jack London saw Paris Hilton in Paris", ["city-london", "city-paris", "city-paris"]),
        ("en", "São Paulo and Sao Paulo, Düsseldorf and Dusseldorf", ["city-sao-paulo"] * 2 + ["city-dusseldorf"] * 2),
        ("en", "the Hague, The Hague", ["city-the-hague"]),
        (
            "ru",
            "в Санкт-Петербурге, из Рио-де-Жанейро, под Ростовом-на-Дону",
            ["city-saint-petersburg", "city-rio-de-janeiro", "city-rostov-on-don"],
        ),
        ("ru", "Королевства Саудовская Аравия и Объединенных Арабских Эмиратов", ["country-SA", "country-AE"]),
        ("ru", "с Китайской Народной Республикой, КНР", ["country-CN", "country-CN"]),
        ("ru", "Боснии и Герцеговины и Южной Кореи", ["country-BA", "country-KR"]),
        ("ru", "азербайджано-казахстанский форум", ["country-AZ", "country-KZ"]),
        ("ru", "франко-казахстанский проект", ["country-FR", "country-KZ"]),
        ("ru", "в Карловых Варах и Нью-Йорке", ["city-karlovy-vary", "city-new-york"]),
        (
            "ru",
            "Семей, Шымкентом, Кызылорде, в Усть-Каменогорске",
            ["city-semey", "city-shymkent", "city-kyzylorda", "city-ust-kamenogorsk"],
        ),
        ("ru", "кроме того, чад рассеялся; мир и труд", []),
        ("ru", "театр имени Чайковского и Пушкина", []),
        (
            "ru",
            "в Киргизии и Кыргызстане, Белоруссии и Беларуси",
            ["country-KG", "country-KG", "country-BY", "country-BY"],
        ),
        ("ru", "в Татарстане и в странах Европейского союза", ["region-tatarstan", "region-european-union"]),
        (
            "ru",
            "Узбекистане, таджикским, туркменские, кыргызской",
            ["country-UZ", "country-TJ", "country-TM", "country-KG"],
        ),
        (
            "kk",
            "Өзбекстанның, Қырғызстанға, Түркияда, Қытаймен",
            ["country-UZ", "country-KG", "country-TR", "country-CN"],
        ),
        ("kk", "қазақстандық және ресейлік әртістер, франциялық", ["country-KZ", "country-RU", "country-FR"]),
        ("kk", "Түркістаннан Стамбұлға, Лондонда", ["city-turkistan", "city-istanbul", "city-london"]),
        ("kk", "Қырғыз Республикасының Бішкек қаласында", ["country-KG", "city-bishkek"]),
    ],
)
def test_phrases(lang: str, text: str, find: list[str]) -> None:
    assert [m.ref for m in places(text, lang)] == find


def test_mention_tells_span_form_and_case() -> None:
    text = "встреча в Нижнем Новгороде: российско-казахстанской стороны, РФ"
    city, first, second, short = places(text, "ru")
    assert (city.span.of(text), city.form, city.case, city.last - city.first) == ("Нижнем Новгороде", "name", "l", 1)
    assert (first.span.of(text), second.span.of(text)) == ("российско", "казахстанской")
    assert first.first == second.first == first.last
    assert (second.form, short.form) == ("adjective", "abbreviation")
    assert "g" in second.case


def test_people() -> None:
    assert [m.form for m in places("Kazakhs, Russians and Turks", "en")] == ["people"] * 3
    assert [m.form for m in places("казахстанцы и узбеков", "ru")] == ["people"] * 2


def test_gazetteer_knows_labels_and_countries() -> None:
    gaz = gazetteer()
    assert gaz.labels("country-KZ") == {"en": "Kazakhstan", "ru": "Казахстан", "kk": "Қазақстан"}
    assert gaz.labels("city-astana")["kk"] == "Астана"
    assert "Nur-Sultan" in gaz.alternatives("city-astana")["en"]
    assert gaz.iso("city-baku") == "AZ"
    assert gaz.country_of("city-baku") == "country-AZ"
    assert gaz.country_of("region-central-asia") is None
    assert gaz.kind("country-AZ") == "Country"
    assert gaz.kind("city-baku") == "City"
    assert gaz.kind("region-caucasus") == "Region"
    assert gaz.is_capital("city-astana")
    assert not gaz.is_capital("city-almaty")
    with pytest.raises(KeyError):
        gaz.labels("city-nowhere")


def test_every_country_has_a_name_in_every_language() -> None:
    gaz = gazetteer()
    countries = [ref for ref in gaz if gaz.kind(ref) == "Country"]
    assert len(countries) >= 245
    assert [ref for ref in countries if len(gaz.labels(ref)) < 3] == []


def test_every_place_lies_in_a_country_of_the_gazetteer() -> None:
    gaz = gazetteer()
    assert [ref for ref in gaz if (home := gaz.country_of(ref)) and home not in gaz] == []


def test_words_name_only_places_of_the_gazetteer() -> None:
    gaz = gazetteer()
    for lang in LANGUAGES:
        words = place_words(lang)
        refs = {e.ref for e in words.entries.values()} | set(words.exact.values()) | set(words.prefixes.values())
        refs |= {ref for ref, _ in words.stems.values()}
        assert sorted(ref for ref in refs if ref not in gaz) == []


def test_files_are_small() -> None:
    files = [*folder("lexicon").glob("shared/*.tsv"), *folder("lexicon").glob("*/place_forms.tsv")]
    assert files
    assert all(file.stat().st_size < 1_000_000 for file in files)


def test_a_mark_alone_is_no_word() -> None:
    assert places("\u0300 Baku", "en")[0].ref == "city-baku"


def test_unknown_language() -> None:
    with pytest.raises(KeyError):
        places("Baku", "xx")


# ruff: noqa: SIM905
WORDS = """Almaty region Georgia , Kazakh-Russian – - в Республике Казахстан ҚР Нью- St . Petersburg of US Қытайлық""".split()


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.text(max_size=30), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_mentions_of_known_places(words: list[str], noise: str, lang: str) -> None:
    text = " ".join([*words, noise])
    found = places(text, lang)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(m.ref in gazetteer() and m.span.of(text).strip() and m.first <= m.last for m in found)
