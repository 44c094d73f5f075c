"""One engine in one process: loads the data, answers each question several times, prints what it took as one JSON line.

    python -m storebench.engines ENGINE TASK.json

The task names the files and the questions. A question that takes long is asked once; one that exceeds the task's limit is given up.
"""

from __future__ import annotations

import json
import resource
import signal
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storebench.questions import PREFIXES

#: gives (a function that answers a query with plain rows, version); loading is done inside
Loaded = tuple[Callable[[str], list[tuple[Any, ...]]], str]
#: a question that took longer than this is not asked again
LONG = 10.0


class TooLong(Exception):
    """The limit has passed."""


def _prologue(text: str) -> str:
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items()) + text


def _version(package: str) -> str:
    from importlib.metadata import version

    return version(package)


def kgculture(task: dict[str, Any]) -> Loaded:
    import kgculture as ours

    graph = ours.open(task["store"])

    def ask(text: str) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in graph.query(text)]  # type: ignore[union-attr]

    return ask, ours.__version__


def _pyoxigraph(store: Any) -> Callable[[str], list[tuple[Any, ...]]]:
    def ask(text: str) -> list[tuple[Any, ...]]:
        # what somebody writes who knows the library: names of the variables, values of the terms
        found = store.query(text, prefixes=PREFIXES)
        names = [variable.value for variable in found.variables]
        rows = [{name: term and term.value for name, term in zip(names, row, strict=True)} for row in found]
        return [tuple(row.values()) for row in rows]

    return ask


def pyoxigraph_disk(task: dict[str, Any]) -> Loaded:
    import pyoxigraph

    return _pyoxigraph(pyoxigraph.Store.read_only(task["oxigraph"])), _version("pyoxigraph")


def pyoxigraph_memory(task: dict[str, Any]) -> Loaded:
    import pyoxigraph

    store = pyoxigraph.Store()
    store.load(path=task["nquads"], format=pyoxigraph.RdfFormat.N_QUADS)
    return _pyoxigraph(store), _version("pyoxigraph")


def _rdflib(graph: Any) -> Callable[[str], list[tuple[Any, ...]]]:
    def ask(text: str) -> list[tuple[Any, ...]]:
        return [tuple(None if term is None else str(term) for term in row) for row in graph.query(_prologue(text))]

    return ask


def rdflib(task: dict[str, Any]) -> Loaded:
    import rdflib as library

    dataset = library.Dataset()
    dataset.parse(task["nquads"], format="nquads")
    return _rdflib(dataset), library.__version__


def oxrdflib(task: dict[str, Any]) -> Loaded:
    import rdflib as library

    dataset = library.Dataset(store="Oxigraph")
    dataset.parse(task["nquads"], format="ox-nq", transactional=False)
    return _rdflib(dataset), _version("oxrdflib")


def kglab(task: dict[str, Any]) -> Loaded:
    import kglab as library  # type: ignore[import-not-found]

    graph = library.KnowledgeGraph(namespaces=PREFIXES)
    graph.load_rdf(task["ntriples"], format="nt")  # it has no named graphs: the default graph alone
    return _rdflib(graph.rdf_graph()), _version("kglab")


ENGINES: dict[str, Callable[[dict[str, Any]], Loaded]] = {
    "kgculture": kgculture,
    "pyoxigraph on disk": pyoxigraph_disk,
    "pyoxigraph in memory": pyoxigraph_memory,
    "rdflib": rdflib,
    "oxrdflib": oxrdflib,
    "kglab": kglab,
}


def limited(function: Callable[[], Any], seconds: float) -> Any:
    """What the function gives. Raises TooLong."""

    def stop(*ignored: Any) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def times(function: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """Medians of (processor seconds, seconds on the clock); one round where it takes long."""
    spent, wall = [], []
    for _ in range(rounds):
        began, clock = time.process_time(), time.perf_counter()
        function()
        spent.append(time.process_time() - began)
        wall.append(time.perf_counter() - clock)
        if wall[0] > LONG:
            break
    return statistics.median(spent), statistics.median(wall)


def run(engine: str, task: dict[str, Any]) -> dict[str, Any]:
    began, clock = time.process_time(), time.perf_counter()
    ask, version = ENGINES[engine](task)
    loaded = {"cpu": time.process_time() - began, "wall": time.perf_counter() - clock}
    answers: dict[str, Any] = {}
    for name, text in task["questions"].items():
        try:
            start = time.process_time()
            rows = limited(lambda text=text: ask(text), task["limit"])  # type: ignore[misc]
            first = time.process_time() - start
            answers[name] = {"rows": len(rows), "first": first}
            answers[name]["cpu"], answers[name]["wall"] = (
                (first, first) if first > LONG else times(lambda text=text: ask(text), task["rounds"])  # type: ignore[misc]
            )
        except TooLong:
            answers[name] = {"over": task["limit"]}
        except RecursionError:
            answers[name] = {"failed": "RecursionError"}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"version": version, "load": loaded, "answers": answers, "peak": peak}


def main() -> None:
    engine, path = sys.argv[1:]
    task = json.loads(Path(path).read_text(encoding="utf-8"))
    try:
        result = run(engine, task)
    except ImportError as error:
        result = {"missing": str(error)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
