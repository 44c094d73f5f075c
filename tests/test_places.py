"""Places: the gazetteer and their recognition."""

from __future__ import annotations

from typing import Any

import pytest

from kgculture.extract.document import Sentence
from kgculture.extract.places import PlaceMention, find_places
from kgculture.language.base import tokenize
from kgculture.lexicon import read_yaml
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
