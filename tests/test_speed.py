"""Short cuts that leave out work must leave out no fact; the cost of a text grows with its length and no faster."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kgculture import sources
from kgculture.extract import extract, items, word_classes
from kgculture.extract.context import build_context
from kgculture.extract.document import Document
from kgculture.extract.documents import with_documents
from kgculture.extract.events import EventFrame
from kgculture.extract.frames import rules
from kgculture.extract.mentions import read_mentions
from kgculture.extract.skeleton import Skeleton
from kgculture.lexicon import load
from kgculture.model import Article, LanguageCode

ARTICLES = Path(__file__).parents[1] / "examples" / "articles"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [a for a in sources.read([str(ARTICLES)]) if isinstance(a, Article)]


@pytest.fixture
def _slow_items(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    word_classes.plain_words.cache_clear()
    monkeypatch.setattr(word_classes, "_plain_word", lambda *_: None)
    yield
    word_classes.plain_words.cache_clear()


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


def _skeletons(article: Article) -> list[Skeleton]:
    """The sentences of an article in the forms in which the frames see them."""
    context = build_context(read_mentions(Document.of(article), load(article.language)))
    frame = EventFrame(context)
    frame.read()
    told = [with_documents(s, article.language, article.text) for s in context.skeletons]
    return [*context.skeletons, *frame.skeletons, *(s for s in told if s)]


def test_no_pattern_holds_in_a_sentence_that_lacks_what_it_demands(articles: list[Article]) -> None:
    held = 0
    for article in articles:
        skeletons = _skeletons(article)
        for frame in load(article.language).rules:
            for rule in rules(article.language, frame):
                for skeleton in skeletons:
                    bits = rule.sieve.bits(skeleton.text)
                    for pattern, wanted in (
                        *zip(rule.patterns, rule.wanted, strict=True),
                        *zip(rule.unless, rule.barring, strict=True),
                    ):
                        if pattern.search(skeleton.text):
                            held += 1
                            assert bits & wanted == wanted, (rule.id, pattern.pattern, skeleton.text)
    assert held > 500


#: characters of a short text, and how much more each may cost in a long one, counted in lines of code that run: a count is the same
#: however busy the machine is, and what grows with the square of the length would be as many times as much as the text is longer
SHORT, MORE = 60_000, 2


@pytest.mark.parametrize(("language", "length"), [("en", 1_000_000), ("ru", 200_000), ("kk", 200_000)])
def test_cost_is_linear_in_the_length_of_a_text(articles: list[Article], language: LanguageCode, length: int) -> None:
    paragraphs = [p for a in articles if a.language == language for p in a.text.split("\n") if p.strip()]

    def lines_per_character(length: int) -> float:
        parts = list(islice(cycle(paragraphs), length * len(paragraphs) // sum(len(p) + 2 for p in paragraphs)))
        article = Article("long", "\n\n".join(parts), language, "2024-01-01")
        lines = _lines_run(lambda: extract(article))
        return lines / len(article.text)

    extract(Article("words", "\n\n".join(paragraphs), language, "2024-01-01"))  # what is kept of words is kept
    short, long = lines_per_character(SHORT), lines_per_character(length)
    assert long < MORE * short, (short, long)


def _lines_run(run: Callable[[], object]) -> int:
    """How many lines of Python code run, those of a loop each time."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count
