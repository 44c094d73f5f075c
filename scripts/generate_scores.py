"""Writes the figures in README.md, between its marks: how well the facts of annotated articles are found.

    python scripts/generate_scores.py

Builds the graphs of the sets below and measures them as `kgculture evaluate` does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- scores:begin -->\n", "<!-- scores:end -->"
SETS = {
    "`examples`, with which the rules were written": ("examples/articles", "examples/gold"),
    "`tests/heldout`, learned from after a first measurement": ("tests/heldout/articles", "tests/heldout/gold"),
    "`tests/untouched`, which no rule was written with": ("tests/untouched/articles", "tests/untouched/gold"),
    "`tests/modelled`, after real pages, which no rule was written with": (
        "tests/modelled/articles",
        "tests/modelled/gold",
    ),
}
ROWS = ("person", "office", "meeting", "participant", "agreement", "exhibition", "event", "overall")
LANGUAGES = {"en": "English", "ru": "Russian", "kk": "Kazakh"}


def figures(articles: str, gold: str) -> dict[str, Any]:
    """What `kgculture evaluate` says of a set, as its JSON."""
    command = [sys.executable, "-m", "kgculture", "evaluate", articles, gold]
    options = ["--show", "none", "--samples", "0", "--format", "json"]
    shown = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


def table() -> str:
    lines = [
        "F1 per kind of fact; in brackets how many facts the annotation holds.",
        "",
        "| articles | " + " | ".join(ROWS) + " |",
        "|---" * (len(ROWS) + 1) + "|",
    ]
    for name, paths in SETS.items():
        for group, found in figures(*paths)["figures"].items():
            if group in LANGUAGES:
                rows = {row["name"]: row for row in found["rows"]}
                rows["overall"] = {"f1": found["overall"]}
                cells = [cell(rows.get(row)) for row in ROWS]
                lines.append(f"| {LANGUAGES[group]}: {name} ({found['articles']}) | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def cell(row: dict[str, Any] | None) -> str:
    if row is None or row["f1"] is None:
        return ""
    number = row["tp"] + row["fn"] if "tp" in row else None
    return "–" if number == 0 else f"{row['f1']:.2f}" + (f" ({number})" if number is not None else "")


if __name__ == "__main__":
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    readme.write_text(before + BEGIN + table() + END + rest.partition(END)[2], encoding="utf-8")
