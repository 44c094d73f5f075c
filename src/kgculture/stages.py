"""The stages that a build calls, which rules and code they are, and small things that reading and extracting need."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kgculture.errors import DuplicateArticle, KgcultureError, ResourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kgculture.model import Article, ArticleFacts, Skipped

#: `articles.jsonl:12`
_RECORD = re.compile(r"^(.+\.\w+):\d+$")


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that a build calls, so that tests can put others in their place.

    `extractor` and `resolver` name the rules and code at work. Facts that another extractor made are stale: `refresh` makes them
    anew. Where the resolver is another than the one that made a store, all is resolved anew.
    """

    read: Callable[..., Iterable[Article | Skipped]]
    extract: Callable[[Article], ArticleFacts]
    extractor: str
    resolver: str


def stages() -> Stages:
    from kgculture import extract, sources

    return Stages(
        sources.read,
        extract.extract,
        f"{extract.VERSION}+{_fingerprint('lexicon', 'language', 'extract')}",
        _fingerprint("lexicon/shared", "resolve", "graph"),  # what a language's lexicon changes is in the facts
    )


def _fingerprint(*packages: str) -> str:
    """A digest of the files of some packages: whoever improves a lexicon gets the better facts at the next build."""
    found = hashlib.sha256()
    root = Path(__file__).parent
    for package in packages:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(f"{path.relative_to(root).as_posix()}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Guarded:
    """Extraction that gives a reason instead of raising: one article never costs the others."""

    extract: Callable[[Article], ArticleFacts]

    def __call__(self, article: Article) -> ArticleFacts | str:
        try:
            return self.extract(article)
        except ResourceError:  # what every article would lack
            raise
        except KgcultureError as error:
            return error.message
        except Exception as error:
            return f"internal error: {type(error).__name__}: {' '.join(str(error).split())}"


def place_of(path: str | None) -> str | None:
    """A place by which two readings of one input compare: absolute, without the number of a record's line in its file."""
    if path is None or path.startswith("-"):
        return path
    return os.path.abspath(_RECORD.sub(r"\1", path))  # noqa: PTH100  (no look at the disk)


def duplicate(identifier: str, one: str | None, other: str | None) -> DuplicateArticle:
    return DuplicateArticle(
        f"{identifier}: two articles have this identifier and other texts: {one or 'standard input'} and "
        f"{other or 'standard input'}",
        "rename one, or take paths for identifiers: --id path",
    )
