"""An article's facts by rules of the lexicon: a pure function of the article. No store, no network, no clock."""

from __future__ import annotations

from kgculture.model import Article, ArticleFacts

#: Changes whenever rules or code may give other facts for the same text; a store reads articles again where it differs.
VERSION = "1"


def extract(article: Article) -> ArticleFacts:
    """All that an article states. An article in a language without rules gives no facts, only the article."""
    from kgculture.language import MODULES

    if article.language not in MODULES:
        return ArticleFacts(article, extractor=VERSION)
    from kgculture.extract.assemble import assemble
    from kgculture.extract.context import build_context
    from kgculture.extract.document import Document
    from kgculture.extract.mentions import read_mentions
    from kgculture.lexicon import load

    return assemble(build_context(read_mentions(Document.of(article), load(article.language))), VERSION)
