"""An article cut into sentences and tokens, its furniture left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kgculture.language import language
from kgculture.language.base import Language, Token
from kgculture.model import Article, Passage


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its tokens. `paragraph` counts blocks of text; the headline has `is_title`."""

    index: int
    span: Passage
    tokens: tuple[Token, ...] = field(repr=False)
    paragraph: int = 0
    is_title: bool = False


#: A line shorter than this is not broken by its width.
_WIDTH = 25


@dataclass(frozen=True, slots=True)
class Document:
    article: Article
    language: Language
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return self.article.text

    @classmethod
    def of(cls, article: Article) -> Document:
        """The document of an article. Raises KeyError where no module knows its language."""
        lang = language(article.language)
        sentences: list[Sentence] = []
        for paragraph, block in enumerate(_blocks(article)):
            title = article.title is not None and block.start >= article.title.start and block.end <= article.title.end
            for span in lang.sentences(article.text, block):
                tokens = tuple(lang.tokens(article.text, span))
                if tokens:
                    sentences.append(Sentence(len(sentences), span, tokens, paragraph, title))
        return cls(article, lang, tuple(sentences))


def _blocks(article: Article) -> Iterator[Passage]:
    """Spans of text between masks and line breaks, without surrounding space."""
    cuts = sorted(article.masks)
    if article.title:
        cuts += [Passage(article.title.start, article.title.start), Passage(article.title.end, article.title.end)]
    position = 0
    for cut in [*sorted(cuts), Passage(len(article.text), len(article.text))]:
        for start, end in _lines(article.text, position, cut.start):
            yield Passage(start, end)
        position = max(position, cut.end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        while stop < end and _goes_on(text, start, stop):  # a line broken by its width
            following = text.find("\n", stop + 1, end)
            stop = end if following < 0 else following
        line = text[start:stop]
        if line.strip():
            yield start + len(line) - len(line.lstrip()), start + len(line.rstrip())
        start = stop + 1


def _goes_on(text: str, start: int, stop: int) -> bool:
    """Whether a sentence goes on over a line break: a word or comma before it, a small letter right after."""
    begun = max(start, text.rfind("\n", start, stop) + 1)
    broken = stop - begun >= _WIDTH and (text[stop - 1].isalpha() or text[stop - 1] == ",")
    return broken and stop + 1 < len(text) and text[stop + 1].islower()
