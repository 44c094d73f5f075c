"""Short cuts that leave out work must leave out no fact; the cost of a text grows with its length and no faster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kgculture import sources
from kgculture.extract import items
from kgculture.extract.document import Document
from kgculture.lexicon import load
from kgculture.model import Article

ARTICLES = Path(__file__).parents[1] / "examples" / "articles"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [a for a in sources.read([str(ARTICLES)]) if isinstance(a, Article)]


@pytest.fixture
def _slow_items(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    items._plain_words.cache_clear()
    monkeypatch.setattr(items, "_plain_word", lambda *_: None)
    yield
    items._plain_words.cache_clear()


def _items(article: Article) -> list[list[items.Item]]:
    document = Document.of(article)
    return [items.items_of(document, s, load(article.language), [], []) for s in document.sentences]


def test_a_word_known_by_itself_is_what_it_is_among_others(
    articles: list[Article], request: pytest.FixtureRequest
) -> None:
    quick = [_items(a) for a in articles]
    request.getfixturevalue("_slow_items")
    assert quick == [_items(a) for a in articles]
    assert sum(len(sentence) for article in quick for sentence in article) > 1000
