"""Languages are told apart by data; every sentence of the data's examples is a test."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml

from kgculture import resources
from kgculture.language import detect
from kgculture.language.detect import READ, familiarity, identify, name


def _languages() -> dict[str, Any]:
    path = resources.folder("lexicon") / "shared" / "languages.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))["languages"]
    return data


EXAMPLES = [(code, text) for code, entry in _languages().items() for text in entry["examples"]]


@pytest.mark.parametrize(("code", "text"), EXAMPLES, ids=[f"{c}-{i}" for i, (c, _) in enumerate(EXAMPLES)])
def test_examples(code: str, text: str) -> None:
    assert identify(text) == code
    assert detect(text) == (code if code in READ else None)


def test_every_language_has_examples_and_a_name() -> None:
    for code, entry in _languages().items():
        assert entry["examples"], code
        assert name(code) == entry["name"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "12345 !!",
        "???",
        "文化部长在北京会见了哈萨克斯坦客人。",
        "التقى وزير الثقافة نظيره في باكو",
        "კულტურის მინისტრი შეხვდა ელჩს",
        "Ο υπουργός συναντήθηκε με τον πρέσβη",
        "lorem ipsum dolor sit amet consectetur",
        "qwrtp zxcvb",
    ],
)
def test_no_language_that_is_read(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("In the concert «Мейірімді» and «Қазақ елі» were sung, and the hall rose.", "en"),
        (
            "Зал пел «Қазақ елі», и министр поблагодарил артистов за этот концерт, который открыл Дни культуры в столице.",
            "ru",
        ),
        ("Премьер-министр Laine Jänes сообщила, что договор будет подписан в Таллине.", "ru"),
        ("Көрме ашылды. Exhibition. Оған екі елдің министрлері келді.", "kk"),
        ("Days of Culture of Kazakhstan", "en"),
        ("МИНИСТРЫ КУЛЬТУРЫ ВСТРЕТИЛИСЬ В МОСКВЕ", "ru"),
    ],
)
def test_names_of_other_languages_do_not_mislead(text: str, code: str) -> None:
    assert detect(text) == code


def test_is_a_function_of_the_text_and_fast() -> None:
    text = "Министры двух стран обсудили сотрудничество в области культуры. " * 50_000
    assert detect(text) == "ru"
    begin = time.perf_counter()
    assert {detect(text) for _ in range(50)} == {"ru"}
    assert time.perf_counter() - begin < 5  # 3 MB, fifty times: only a sample is looked at


def test_familiarity_tells_a_wrong_table() -> None:
    text = "Министры культуры двух стран обсудили сотрудничество в Москве и на форуме."
    assert familiarity(text) > 0.2
    assert familiarity(text.encode("cp1251").decode("koi8-r")) < 0.1
    assert familiarity("") == 0
