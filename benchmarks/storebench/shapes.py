"""SHACL: ours beside plain pyshacl on rdflib, on the same articles, some of them broken: python -m storebench.shapes TASK.json

Both must find the same: counted are (focus, component) pairs. One JSON line.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any


def cpu(function: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    found = function()
    return time.process_time() - began, found


def _plain(graphs: list[Any], shapes: Any) -> list[Any]:
    from kgculture.validate import reference

    return [reference.findings(graph, shapes) for graph in graphs]


def run(task: dict[str, Any]) -> dict[str, Any]:
    from kgculture.resources import folder
    from kgculture.store import Store
    from kgculture.validate import default_part, read_shapes, reference
    from kgculture.validate.files import article_parts, parse_file

    with Store.open(task["store"]) as store:
        parts = [list(part) for part in islice(article_parts(store.triples, {}), task["articles"])]
        # every fifth article loses the rules of its Reports, which a shape asks for
        for part in parts[::5]:
            part[:] = [quad for quad in part if not quad.predicate.value.endswith("#rule")]
        union = list(default_part(store.triples))
    found: dict[str, Any] = {}
    for name, graphs in (("article", parts), ("union", [union])):
        path = folder("shapes") / f"{name}.ttl"
        judge = read_shapes(path)
        judge.parts(graphs[:1])  # the shapes are read and compiled
        ours, told = cpu(partial(judge.parts, graphs))
        shapes = reference.shapes_graph(*parse_file(path))
        theirs, others = cpu(partial(_plain, graphs, shapes))
        same = [sorted((f.focus, f.component) for f in one) for one in told]
        assert same == [sorted((f.focus, f.component) for f in one) for one in others], name
        quads = sum(map(len, graphs))
        found[name] = {
            "graphs": len(graphs),
            "quads": quads,
            "found": sum(map(len, same)),
            "ours": ours,
            "pyshacl": theirs,
        }
    return found


if __name__ == "__main__":
    print(json.dumps(run(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
