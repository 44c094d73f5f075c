"""Writes articles and their known facts: python -m synthetic COUNT --articles FILE --known FILE [--seed N]"""

from __future__ import annotations

import argparse
from pathlib import Path

from synthetic.stream import Archive, lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="synthetic", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("count", type=int, help="how many articles")
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--known", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with given.articles.open("w", encoding="utf-8") as articles, given.known.open("w", encoding="utf-8") as known:
        for facts, told in lines(Archive(given.seed), given.count):
            known.write(facts + "\n")
            articles.writelines(line + "\n" for line in told)


if __name__ == "__main__":
    main()
