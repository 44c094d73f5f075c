"""Makes a store of synthetic articles through the pipeline and tells how long each stage took: python -m storebench.make STORE COUNT FACE

FACE `articles` extracts the facts from the texts, `stated` takes them as known (see `synthetic.stated`). One JSON line.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from synthetic import stated
from synthetic.stream import Archive

SEED = 1


class Clock:
    """Processor seconds by stage; what the shapes take is counted apart from the stage in which they are asked."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._stage, self._since = "start", time.process_time()

    def begin(self, stage: str) -> str:
        """Ends the stage under way and begins another; gives the one that ended."""
        now, before = time.process_time(), self._stage
        self.spent[before] = self.spent.get(before, 0.0) + now - self._since
        self._stage, self._since = stage, now
        return before

    def progress(self, stage: str, done: int, total: int | None) -> None:
        name = {"check": "graph and load"}.get(stage, stage)
        if self._stage != name:
            self.begin(name)

    def apart(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def timed(*args: Any) -> Any:
            before = self.begin(stage)
            try:
                return function(*args)
            finally:
                self.begin(before)

        return timed


def make(store: str, count: int, face: str) -> dict[str, Any]:
    from kgculture import pipeline, validate
    from kgculture.model import Article, ArticleFacts

    clock = Clock()
    plain, known = pipeline.stages(), {}

    def read(paths: Any, **ignored: Any) -> Iterator[Article]:
        for facts in stated.articles(Archive(SEED), count):
            if face == "stated":
                known[facts.article.id] = facts
            yield facts.article

    def told(article: Article) -> ArticleFacts:
        found: ArticleFacts = known.pop(article.id)
        return found

    stages = dataclasses.replace(plain, read=read, extract=told if face == "stated" else plain.extract)
    pipeline.stages = lambda: stages
    validate.check_articles = clock.apart(validate.check_articles, "shapes")
    validate.check_union = clock.apart(validate.check_union, "shapes")
    began = time.perf_counter()
    result = pipeline.build(["synthetic"], store, progress=clock.progress)
    wall = time.perf_counter() - began
    clock.begin("end")
    from kgculture.store import Store

    with Store.open(store) as opened:
        triples = len(opened.triples)
    return {
        "articles": result.read,
        "skipped": len(result.skipped),
        "withheld": len(result.withheld),
        "triples": triples,
        "wall": wall,
        "stages": {stage: seconds for stage, seconds in clock.spent.items() if stage not in ("start", "end")},
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    print(json.dumps(make(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
