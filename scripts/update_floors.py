"""Raises the floors of tests/eval_floors.yaml to what is measured now; lowers them only with a reason, which the file then holds.

    python scripts/update_floors.py                       raise what rose
    python scripts/update_floors.py --lower "REASON"      also lower what fell, and record why
    python scripts/update_floors.py --check               measure and compare, write nothing

Sets: `examples`, and `seeds` and `dev` where ../shared holds their articles and gold facts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "tests" / "eval_floors.yaml"
SHARED = ROOT.parent / "shared"


def sets() -> dict[str, tuple[Path, Path]]:
    """Name -> (articles, gold), of the sets that are here."""
    known = {"examples": (ROOT / "examples" / "articles", ROOT / "examples" / "gold")}
    known |= {name: (SHARED / "articles" / name, SHARED / "gold" / name) for name in ("seeds", "dev")}
    return {name: both for name, both in known.items() if all(folder.is_dir() for folder in both)}


def measure(articles: Path, gold: Path) -> Any:
    """The figures by group, without intervals."""
    from kgculture import api, pipeline
    from kgculture.evaluate import evaluate

    with tempfile.TemporaryDirectory() as folder:
        pipeline.build(articles, folder)
        with api.open(folder) as graph:
            return evaluate(graph.store.triples, gold, samples=0).figures


def main() -> int:
    from kgculture.evaluate.floors import Breach, breaches, lowered, raised, read_floors, write_floors

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lower", metavar="REASON", help="also lower floors that are not reached, and record why")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if a floor is not reached")
    given = parser.parse_args()
    if given.lower is not None and not given.lower.strip():
        parser.error("--lower needs a reason")
    held = read_floors(FLOORS)
    low: list[tuple[str, Breach]] = []
    for name, (articles, gold) in sets().items():
        figures = measure(articles, gold)
        floors = held["floors"].get(name, {})
        low += [(name, breach) for breach in breaches(figures, floors)]
        if given.lower:
            floors, told = lowered(name, figures, floors, held["allowance"], given.lower.strip())
            held["lowered"] += told
        held["floors"][name] = raised(figures, floors, held["allowance"])
        print(name, *(f"{group} {told.overall:.3f}" for group, told in figures.items()))
    for name, breach in low:
        print(f"{name}, {breach}", file=sys.stderr)
    if not given.check:
        write_floors(FLOORS, held)
    if low and not given.lower:
        print("floors are not reached; they stay. To lower them: --lower REASON", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
