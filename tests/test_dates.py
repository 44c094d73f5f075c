"""Dates: wordings of the lexicon, years that are not stated, and robustness."""

from __future__ import annotations

from typing import Any

import pytest

from kgculture.extract.dates import DateMention, find_dates
from kgculture.extract.document import Sentence
from kgculture.language.base import tokenize
from kgculture.lexicon import read_yaml
from kgculture.model import Passage
from kgculture.resources import folder

LANGUAGES = ("en", "ru", "kk")
PUBLISHED = "2025-12-04"  # a Thursday: the examples of the lexicon are read against it


def dates(text: str, lang: str, published: str | None = PUBLISHED) -> list[DateMention]:
    span = Passage(0, len(text))
    return find_dates(Sentence(0, span, tuple(tokenize(text, span))), lang, published)


def shown(mention: DateMention) -> str:
    start = mention.start.lexical if mention.start else ""
    end = mention.end.lexical if mention.end else ""
    if not start and not end:
        return f"unknown {mention.kind}"
    single = mention.kind == "point"
    return f"{start if single else f'{start}/{end}'} {mention.kind}"


def examples() -> list[Any]:
    return [
        pytest.param(lang, pattern["id"], text, want, id=f"{pattern['id']}: {text}")
        for lang in LANGUAGES
        for pattern in read_yaml(folder("lexicon") / lang / "dates.yaml")["patterns"]
        for text, want in pattern["examples"].items()
    ]


@pytest.mark.parametrize(("lang", "rule", "text", "want"), examples())
def test_examples_of_the_lexicon(lang: str, rule: str, text: str, want: str) -> None:
    found = dates(text, lang)
    assert "; ".join(map(shown, found)) == want
    if want:
        assert found[0].rule == rule
