"""A build whose articles are the invented ones of `facts`: run by the tests, also as a program that can be killed.

python build_facts.py STORE COUNT [WORKERS]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import facts
from kgculture import pipeline
from kgculture.model import Article, ArticleFacts, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KINDS = {"baku": facts.baku, "moscow": facts.moscow, "plan": facts.plan, "broken": facts.broken}


def article(name: str) -> Article:
    """The article of a name such as `baku-3`; `#` and what follows makes another text of it."""
    identifier, _, version = name.partition("#")
    made = KINDS[identifier.split("-")[0]](identifier).article
    return replace(made, text=made.text + f"Version {version}.\n") if version else made


def read(paths: Iterable[str | Path], *, ids: str = "stem", stdin: object = None) -> Iterable[Article | Skipped]:
    """Each path is the name of an invented article; `empty` is skipped."""
    for path in paths:
        yield Skipped("empty", "no text") if str(path) == "empty" else article(str(path))


def extract(article: Article) -> ArticleFacts:
    if article.id.endswith("-raises"):
        raise ZeroDivisionError("a rule divides by nothing")
    return replace(KINDS[article.id.split("-")[0]](article.id), article=article)


def stages(extractor: str = "1") -> pipeline.Stages:
    return pipeline.Stages(read, extract, extractor, "test")


if __name__ == "__main__":
    pipeline.stages = stages
    count = int(sys.argv[2])
    names = [f"{kind}-{n}" for n in range(count) for kind in ("baku", "moscow", "plan")]
    pipeline.build(names, sys.argv[1], workers=int(sys.argv[3]) if len(sys.argv) > 3 else 1)
