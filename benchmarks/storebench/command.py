"""`kgculture met NAME` as a whole, beside the raw query and the start of a process: python -m storebench.command TASK.json

The bar: the command takes at most twice the raw query and one start-up. Start-up is a process that loads what the command loads
(click, pyoxigraph, sqlite3), opens the store and asks nothing. Seconds are those of the processor, in the process and its start.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

START = (
    "import sys, click, sqlite3, pyoxigraph\n"
    "store = pyoxigraph.Store.read_only(sys.argv[1])\n"
    "bool(store.query('ASK {}'))\n"
)
RAW = (
    "import sys, json, pyoxigraph\n"
    "from storebench.side import raw_meetings\n"
    "store = pyoxigraph.Store.read_only(sys.argv[1])\n"
    "print(len(raw_meetings(store, f'?m kgc:participant <{sys.argv[2]}> .')))\n"
)


def timed(command: list[str]) -> tuple[float, str]:
    """Processor seconds of a whole process, and what it wrote."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def run(task: dict[str, Any]) -> dict[str, Any]:
    python, about = sys.executable, task["about"]
    commands = {
        "start": [python, "-c", START, task["oxigraph"]],
        "raw": [python, "-c", RAW, task["oxigraph"], about["who"]],
        "met": [python, "-m", "kgculture", "met", about["name"], "--store", task["store"], "-f", "csv"],
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    rows: dict[str, int] = {}
    for _ in range(task["rounds"]):
        for name, command in commands.items():
            seconds, told = timed(command)
            spent[name].append(seconds)
            rows[name] = int(told or 0) if name != "met" else told.count("\n") - 1
    assert rows["met"] == rows["raw"], rows
    medians = {name: statistics.median(values) for name, values in spent.items()}
    # the raw process starts too: what it takes beyond that is the query
    query = max(medians["raw"] - medians["start"], 0.0)
    return {**medians, "rows": rows["met"], "query": query, "allowed": 2 * query + medians["start"]}


if __name__ == "__main__":
    print(json.dumps(run(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
