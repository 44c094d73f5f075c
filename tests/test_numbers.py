"""Cardinal and ordinal numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgculture.extract.document import Sentence
from kgculture.extract.numbers import NumberMention, find_numbers, find_ordinals
from kgculture.language.base import tokenize
from kgculture.lexicon import read_yaml
from kgculture.model import Passage
from kgculture.resources import folder

LANGUAGES = ("en", "ru", "kk")


def sentence(text: str) -> Sentence:
    span = Passage(0, len(text))
    return Sentence(0, span, tuple(tokenize(text, span)))


def shown(number: NumberMention) -> str:
    return f"{number.value} {number.kind} {number.bound}".strip()


def examples() -> list[Any]:
    return [
        pytest.param(lang, e["text"], e["find"], id=f"{lang}: {e['text']}")
        for lang in LANGUAGES
        for e in read_yaml(folder("lexicon") / lang / "numbers.yaml")["examples"]
    ]


@pytest.mark.parametrize(("lang", "text", "find"), examples())
def test_examples_of_the_lexicon(lang: str, text: str, find: list[str]) -> None:
    assert [shown(n) for n in find_numbers(sentence(text), lang)] == find


def test_ordinals_alone() -> None:
    assert [n.value for n in find_ordinals(sentence("the third session saw 46 works and the 5th prize"), "en")] == [
        3,
        5,
    ]


def test_span_covers_the_number_alone() -> None:
    text = "more than two hundred works"
    (number,) = find_numbers(sentence(text), "en")
    assert number.span.of(text) == "two hundred"


def test_unknown_language() -> None:
    with pytest.raises(KeyError):
        find_numbers(sentence("one"), "xx")


# ruff: noqa: SIM905
WORDS = """one hundred and twenty first XX 2 906 - й двадцать тысяч сто пятая жүз a million 999999999999""".split()


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.text(max_size=20), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_numbers(words: list[str], noise: str, lang: str) -> None:
    text = " ".join([*words, noise])
    found = find_numbers(sentence(text), lang)
    assert all(a.last < b.first for a, b in pairwise(found))
    assert all(n.value >= 0 and n.span.of(text) for n in found)
