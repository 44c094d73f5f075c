"""Every fact proves itself: its passages are spans of its article and together mention every argument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kgculture.extract import extract
from kgculture.model import Article, ArticleFacts, Fact, Passage
from kgculture.sources import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "articles"
FOLDERS = [ROOT / "examples" / "articles", SHARED / "seeds", SHARED / "dev"]
#: fields of facts that hold ids of other facts, not entities
OF_FACTS = {"id", "part_of", "occasion", "signed_during", "discussed_at", "proposes", "proposed_at", "capacity"}
ENTITY = ("person-", "org-", "work-", "country-", "city-", "region-")


@cache
def facts_of(folder: Path) -> tuple[ArticleFacts, ...]:
    return tuple(extract(a) for a in read([folder]) if isinstance(a, Article))


def arguments(fact: Fact) -> Iterator[str]:
    for field in fields(fact):
        if field.name in OF_FACTS:
            continue
        value: Any = getattr(fact, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, str) and item.startswith(ENTITY):
                yield item


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_passages_mention_every_argument(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not there")
    wrong: list[str] = []
    count = 0
    for facts in facts_of(folder):
        spans: dict[str, tuple[Passage, ...]] = {
            e.id: e.mentions for e in (*facts.persons, *facts.organizations, *facts.places, *facts.works)
        }
        for fact in facts.facts:
            count += 1
            assert fact.passages, (facts.article.id, fact.id)
            for passage in fact.passages:
                assert 0 <= passage.start < passage.end <= len(facts.article.text)
                assert passage.of(facts.article.text).strip() == passage.of(facts.article.text)
            wrong += [
                f"{facts.article.id} {fact.id} ({fact.rule}): {ref}"
                for ref in arguments(fact)
                if not any(p.start <= s.start and s.end <= p.end for p in fact.passages for s in spans.get(ref, ()))
            ]
    assert count > 20
    assert not wrong


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_furniture_states_nothing(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not there")
    for facts in facts_of(folder):
        for fact in facts.facts:
            for passage in fact.passages:
                assert not any(m.start < passage.end and passage.start < m.end for m in facts.article.masks), fact


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_extraction_is_a_function_of_the_article(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not there")
    for facts in facts_of(folder)[:6]:
        assert extract(facts.article) == facts
