"""The 25 questions, asked of a store built from the seed articles and judged by the judge that comes with them."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold"
NAMES = [f"q{number:02d}" for number in range(1, 26)]

pytestmark = pytest.mark.skipif(
    not (GOLD / "judge.py").is_file() or not (SHARED / "articles" / "seeds").is_dir(),
    reason="the questions and the seed articles are not beside this checkout",
)


@pytest.fixture(scope="module")
def judge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", GOLD / "judge.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["judge"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def entries(judge: ModuleType) -> dict[str, Any]:
    found: dict[str, Any] = judge.load(GOLD / "questions.yaml")
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kgculture import pipeline

    place = tmp_path_factory.mktemp("questions") / "store"
    pipeline.build([SHARED / "articles" / "seeds"], place)
    return place


def test_the_questions_are_25(entries: dict[str, Any]) -> None:
    assert sorted(entries) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_question(name: str, judge: ModuleType, entries: dict[str, Any], store: Path, tmp_path: Path) -> None:
    from kgculture.cli import main

    answer = tmp_path / "answer.json"
    assert main(["query", name, "--store", str(store), "--format", "json", "--output", str(answer)]) == 0
    assert judge.judge(entries[name], json.loads(answer.read_text(encoding="utf-8"))) == []
