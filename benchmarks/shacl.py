"""What validation costs in a build, compiled and by pyshacl, on the same graphs, and whether both say the same.

    python benchmarks/shacl.py [PATH…]          default: examples/articles tests/heldout/articles

Builds a store from the articles three times in one process, takes the last two, and times what judges: processor seconds, so that
other work on the machine weighs less. Then pyshacl judges the very graphs that the build had judged.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kgculture import pipeline, validate
from kgculture.validate.report import read_findings

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = (ROOT / "examples" / "articles", ROOT / "tests" / "heldout" / "articles")


class Timed:
    """Calls through, adding up the processor time; keeps what the last build had judged."""

    def __init__(self, name: str) -> None:
        self.function = getattr(validate, name)
        self.seconds = 0.0
        self.given: list[Any] = []
        setattr(validate, name, self)

    def __call__(self, argument: Any) -> Any:
        given = list(argument)
        self.given.append(given)
        began = time.process_time()
        try:
            return self.function(argument if hasattr(argument, "query") else given)  # a store is queried where it is
        finally:
            self.seconds += time.process_time() - began


def main(paths: list[Path]) -> int:
    articles, union = Timed("check_articles"), Timed("check_union")
    builds, judging = [], []
    for _ in range(3):
        for timed in (articles, union):
            timed.seconds, timed.given = 0.0, []
        with tempfile.TemporaryDirectory() as place:
            began = time.process_time()
            result = pipeline.build(paths, Path(place) / "store", ids="path")
            builds.append(time.process_time() - began)
        judging.append((articles.seconds, union.seconds))
    build, (one, all_) = min(builds[1:]), min(judging[1:])

    parts = [part for batch in articles.given for part in batch]
    judge = validate.read_shapes(ROOT / "shapes" / "article.ttl")
    began = time.process_time()
    expected = [read_findings(judge.by_reference(part), part, "article") for part in parts]
    slow_one = time.process_time() - began
    same = expected == articles.function(parts)

    judge = validate.read_shapes(ROOT / "shapes" / "union.ttl")
    (whole,) = union.given
    default = [quad for quad in whole if not hasattr(quad.graph_name, "value")]
    began = time.process_time()
    expected_union = read_findings(judge.by_reference(default), (), "union")
    slow_all = time.process_time() - began
    same = same and expected_union == union.function(default)

    print(
        f"{result.read} articles, {len(parts)} graphs judged ({sum(map(len, parts))} triples), {len(default)} in the union"
    )
    print(f"{'':34}{'compiled':>12}{'pyshacl':>12}{'ratio':>9}")
    for name, fast, slow in (("each article", one, slow_one), ("the union", all_, slow_all)):
        per = 1000 / len(parts) if name == "each article" else 1000
        print(f"{name + ', ms':34}{fast * per:12.2f}{slow * per:12.1f}{slow / fast:8.0f}×")
    fast, slow = one + all_, slow_one + slow_all
    print(f"{'share of a build':34}{fast / build:12.1%}{slow / (build - fast + slow):12.1%}")
    print(f"the rest of the build: {(build - fast) * 1000 / len(parts):.1f} ms for each article")
    print("violations: the same" if same else "violations: DIFFERENT")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]] or list(DEFAULT)))
