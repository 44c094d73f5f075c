"""One person and one meeting over articles and languages: pairs of records that are one thing, found and not invented.

`tests/data/pairs` holds short articles in three languages with namesakes and two meetings of one pair; every pair of records of two
articles counts, as one thing or as two.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from kgculture.extract import extract
from kgculture.model import Article, ArticleFacts, Resolution
from kgculture.resolve import resolve
from kgculture.sources import read

DATA = Path(__file__).parent / "data" / "pairs"
#: what the issue asks for
PRECISION, RECALL, LEAST_PAIRS = 0.99, 0.90, 60


@pytest.fixture(scope="module")
def records() -> dict[str, list[tuple[str, str, str | None]]]:
    """kind -> (article, true id, canonical name or None where the record was not found)."""
    truth: dict[str, Any] = yaml.safe_load((DATA / "identities.yaml").read_text(encoding="utf-8"))
    facts = [extract(a) for a in read([DATA / "articles"]) if isinstance(a, Article)]
    resolution = resolve(facts)
    found: dict[str, list[tuple[str, str, str | None]]] = {"person": [], "meeting": []}
    for article in facts:
        expected = truth[article.article.id]
        names = {name: _person(article, resolution, name) for name in expected["persons"]}
        of_id = {identity: names[name] for name, identity in expected["persons"].items()}
        found["person"] += [(article.article.id, i, names[n]) for n, i in expected["persons"].items()]
        for meeting, sides in expected["meetings"].items():
            found["meeting"].append(
                (article.article.id, meeting, _meeting(article, resolution, {of_id[s] for s in sides}))
            )
    return found


def _person(facts: ArticleFacts, resolution: Resolution, name: str) -> str | None:
    refs = [p.id for p in facts.persons if name in p.names]
    return resolution.name(facts.article.id, refs[0]) if refs else None


def _meeting(facts: ArticleFacts, resolution: Resolution, sides: set[str | None]) -> str | None:
    for meeting in facts.meetings:
        if {resolution.name(facts.article.id, r) for r in meeting.participants} == sides:
            return resolution.name(facts.article.id, meeting.id)
    return None


@pytest.mark.parametrize("kind", ["person", "meeting"])
def test_pairs_over_articles(records: dict[str, list[tuple[str, str, str | None]]], kind: str) -> None:
    same = found = right = 0
    wrong: list[str] = []
    for (a, i, x), (b, j, y) in combinations(records[kind], 2):
        if a == b:
            continue
        same += i == j
        if x is not None and x == y:
            found += 1
            right += i == j
            if i != j:
                wrong.append(f"{a} {i} = {b} {j} ({x})")
        elif i == j:
            wrong.append(f"{a} {i}: {x} is not {b}: {y}")
    assert right >= PRECISION * found, wrong
    assert right >= RECALL * same, wrong


def test_there_are_enough_pairs_in_three_languages(records: dict[str, list[tuple[str, str, str | None]]]) -> None:
    rows = [r for kind in records.values() for r in kind]
    pairs = [(a, b) for kind in records.values() for (a, i, _), (b, j, _) in combinations(kind, 2) if a != b and i == j]
    assert len(pairs) >= LEAST_PAIRS
    assert {a[:2] for a, _, _ in rows} == {"en", "ru", "kk"}
