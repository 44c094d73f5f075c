"""Measures what it costs to add articles to a store: python scripts/measure_growth.py BASE ADD [--keep FOLDER]

Builds BASE articles with known facts, then adds ADD more; prints seconds of processor and clock by step, peak memory and sizes. Facts are
given, not extracted (`benchmarks/synthetic/stated.py`): what is measured is resolution, shapes and store.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from kgculture import growth, pipeline, resolve, store
from kgculture.model import Article, ArticleFacts

#: (class, method): what is timed
STEPS: tuple[tuple[Any, str], ...] = (
    (store.Writer, "__init__"),
    (resolve.Index, "update"),
    *(
        (growth.Growth, name)
        for name in ("_articles", "_reasons", "_withdraw", "_nodes", "_merges", "_load", "check_union")
    ),
    (store.Writer, "commit"),
)
spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])


def timed(owner: Any, name: str) -> None:
    method = getattr(owner, name)

    def run(*args: Any, **options: Any) -> Any:
        begun = time.process_time(), time.perf_counter()
        try:
            return method(*args, **options)
        finally:
            row = spent[f"{owner.__name__}.{name}"]
            row[0] += time.process_time() - begun[0]
            row[1] += time.perf_counter() - begun[1]

    setattr(owner, name, run)


def stages(facts: Iterable[ArticleFacts]) -> Callable[[], pipeline.Stages]:
    waiting: dict[str, ArticleFacts] = {}

    def read(paths: object, **options: object) -> Iterator[Article]:
        for one in facts:
            waiting[one.article.id] = one
            yield one.article

    return lambda: pipeline.Stages(read, lambda article: waiting.pop(article.id), "known", "measured")


def build(facts: Iterable[ArticleFacts], path: Path, name: str) -> None:
    spent.clear()
    pipeline.stages = stages(facts)  # type: ignore[assignment]
    begun = time.process_time(), time.perf_counter()
    result = pipeline.build(["known"], path)
    processor, clock = time.process_time() - begun[0], time.perf_counter() - begun[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {result.new} articles, {processor:.1f} s of processor, {clock:.1f} s, peak {peak} MB so far")
    for step, (own, wall) in spent.items():
        print(f"    {step:24} {own:8.2f} {wall:8.2f}")
    place = path / "generations" / result.generation
    for part in ("oxigraph", "articles", "records.sqlite"):
        files = (place / part).rglob("*") if (place / part).is_dir() else [place / part]
        print(f"    {part:24} {sum(f.stat().st_size for f in files) / 1e6:8.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("base", type=int)
    parser.add_argument("add", type=int)
    parser.add_argument("--keep", type=Path, help="keep the store of BASE articles here, and use it if it is there")
    given = parser.parse_args()
    from synthetic import stated
    from synthetic.stream import Archive

    for owner, name in STEPS:
        timed(owner, name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        if given.keep and given.keep.is_dir():
            shutil.copytree(given.keep, path)
        elif given.base:
            build(stated.articles(Archive(1), given.base), path, "base")
            if given.keep:
                shutil.copytree(path, given.keep)
        more = list(islice(stated.articles(Archive(1), given.base + given.add), given.base, None))
        build(more, path, "added")


if __name__ == "__main__":
    main()
