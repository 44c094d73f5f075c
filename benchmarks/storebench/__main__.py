"""Runs the benchmark of the store and writes its report: see the package's docstring."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from synthetic import known
from synthetic.stream import Archive, lines

from storebench import report
from storebench.engines import ENGINES
from storebench.make import SEED
from storebench.questions import QUESTIONS, about, fill

ROOT = Path(__file__).resolve().parents[2]
#: about so many triples one article gives
PER_ARTICLE = 116
SIZES = {"20k": 20_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
#: engines that keep all in Python's memory are left out above this many triples, and SHACL over the whole graph
IN_PYTHON = ("rdflib", "kglab")
LARGEST_IN_PYTHON = 2_000_000
#: articles read from their texts up to this many; above it their facts are taken as known, unless --read-all
READ = 10_000


def work(python: str, module: str, *arguments: str) -> dict[str, Any]:
    """What a worker measured. Raises SystemExit where it failed."""
    path = os.pathsep.join([str(ROOT / "benchmarks"), str(ROOT / "src")])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    command = [python, "-m", f"storebench.{module}", *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Size:
    """The data of one size, made when first asked for and kept in the work folder."""

    def __init__(self, name: str, given: argparse.Namespace) -> None:
        self.name, self.given = name, given
        self.articles = SIZES[name] // PER_ARTICLE
        self.face = "articles" if self.articles <= READ or given.read_all else "stated"
        self.store = given.work / name
        self.made = given.work / f"{name}.made.json"
        self.task_file = given.work / f"{name}.task.json"

    def make(self) -> dict[str, Any]:
        stamp = [SEED, self.articles, self.face]
        if self.made.is_file():
            before: dict[str, Any] = json.loads(self.made.read_text(encoding="utf-8"))
            if before.get("stamp") == stamp and not self.given.anew:
                return before
        shutil.rmtree(self.store, ignore_errors=True)
        found = {"stamp": stamp, **work(self.given.python, "make", str(self.store), str(self.articles), self.face)}
        self.made.write_text(json.dumps(found), encoding="utf-8")
        return found

    def task(self) -> dict[str, Any]:
        from pyoxigraph import DefaultGraph, RdfFormat

        from kgculture.store import Store

        base = self.given.work / self.name
        task: dict[str, Any] = {"store": str(self.store), "nquads": f"{base}.nq", "ntriples": f"{base}.nt"}
        with Store.open(self.store) as opened:
            opened.triples.dump(task["nquads"], RdfFormat.N_QUADS)
            opened.triples.dump(task["ntriples"], RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
            chosen = about(opened.triples)
            task |= {"oxigraph": str(opened.place / "oxigraph"), "about": chosen}
        task["questions"] = {name: fill(text, chosen) for name, (_, text) in QUESTIONS.items()}
        task |= {"rounds": self.given.rounds, "limit": self.given.limit, "articles": 100}
        self.task_file.write_text(json.dumps(task, ensure_ascii=False), encoding="utf-8")
        return task

    def correct(self) -> dict[str, Any]:
        """The graph beside the known facts."""
        from kgculture.store import Store

        told = (line for facts, _ in lines(Archive(SEED), self.articles) for line in facts.split("\n"))
        with Store.open(self.store) as opened:
            scores = known.compare(opened.triples, told)
        return {"table": known.table(scores), "recall": {kind: score.recall for kind, score in scores.items()}}

    def measure(self) -> dict[str, Any]:
        python, file = self.given.python, str(self.task_file)
        say(f"{self.name}: making a store of {self.articles:,} articles")
        found: dict[str, Any] = {"build": self.make(), "face": self.face}
        self.task()
        say(f"{self.name}: the known facts")
        found["correct"] = self.correct()
        say(f"{self.name}: bulk load")
        found["load"] = {which: work(python, "load", file, which) for which in ("kgculture", "pyoxigraph")}
        found["engines"] = {}
        for engine in ENGINES:
            if engine in IN_PYTHON and found["build"]["triples"] > LARGEST_IN_PYTHON:
                found["engines"][engine] = {"missing": "too large for it on this machine"}
                continue
            say(f"{self.name}: {engine}")
            found["engines"][engine] = work(python, "engines", engine, file)
        same_rows(found["engines"])
        say(f"{self.name}: ours beside raw pyoxigraph")
        found["side"] = work(python, "side", file)
        found["command"] = work(python, "command", file)
        if found["build"]["triples"] <= LARGEST_IN_PYTHON // 10 or self.given.all_shapes:
            say(f"{self.name}: SHACL")
            found["shapes"] = work(python, "shapes", file)
        return found


def same_rows(engines: dict[str, Any]) -> None:
    """Raises AssertionError where two engines give different numbers of rows."""
    for name in QUESTIONS:
        rows = {
            e: f["answers"][name]["rows"] for e, f in engines.items() if "rows" in f.get("answers", {}).get(name, {})
        }
        assert len(set(rows.values())) == 1, f"{name}: {rows}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="storebench", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--sizes", default="100k,1m", metavar="LIST", help=f"of {', '.join(SIZES)}")
    parser.add_argument("--python", default=sys.executable, help="the Python that has oxrdflib and kglab")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench-store", help="where the data are kept")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks-store.md", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=30.0, help="seconds after which a question is given up")
    parser.add_argument("--anew", action="store_true", help="build all stores again")
    parser.add_argument("--read-all", action="store_true", help="read the texts at every size")
    parser.add_argument(
        "--all-shapes", action="store_true", help="SHACL at every size: pyshacl takes hours at the largest"
    )
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = {
        "machine": f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "sizes": {},
    }
    for name in given.sizes.split(","):
        results["sizes"][name] = Size(name, given).measure()
        (given.work / "results.json").write_text(json.dumps(results), encoding="utf-8")
        report.write(results, given.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
