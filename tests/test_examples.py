"""The example articles: their gold is sound, and the main job makes one graph of them, whatever the order."""

from __future__ import annotations

import importlib.util
import io
import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import kgculture

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "examples" / "articles"
GOLD = ROOT / "examples" / "gold"
SHARED = ROOT.parent / "shared"
FILES = sorted(path for path in ARTICLES.iterdir() if path.is_file())


def texts() -> dict[str, str]:
    """Identifier -> text, of every example article."""
    found = {}
    for path in FILES:
        if path.suffix == ".jsonl":
            found |= {record["id"]: record["text"] for record in map(json.loads, path.read_text("utf-8").splitlines())}
        else:
            found[path.stem] = path.read_text("utf-8")
    return found


def gold() -> dict[str, dict[str, Any]]:
    return {
        path.stem: yaml.safe_load(path.read_text("utf-8"))
        for path in sorted(GOLD.glob("*.yaml"))
        if path.stem != "groups"
    }


# ------------------------------------------------------------------------------------------------ the annotations


def test_every_english_and_russian_article_has_its_gold() -> None:
    assert set(gold()) == {name for name in texts() if not name.startswith("kk-")}
    assert len(texts()) >= 20


@pytest.mark.parametrize("name", sorted(gold()))
def test_gold_agrees_with_itself_and_with_its_article(name: str) -> None:
    facts, text = gold()[name], texts()[name]
    assert facts["id"] == name
    assert facts["language"] == name[:2]
    keys = set(facts["persons"])
    used = {key for meeting in facts["meetings"] for key in meeting["participants"]}
    used |= {key for agreement in facts["agreements"] for key in agreement["signatories"]}
    used |= {key for exhibition in facts["exhibitions"] for key in exhibition["attendees"]}
    assert used <= keys
    assert all(len(meeting["participants"]) + len(meeting["sides"]) >= 2 for meeting in facts["meetings"])
    for key, person in facts["persons"].items():
        # Russian names are inflected in the text: their first letters must be there
        for form in person["names"]:
            assert all(word[:3] in text for word in form.split()), f"{key}: {form} is not in the article"
    for happening in [*facts["exhibitions"], *facts["events"]]:
        if happening["title"]:
            assert all(word[:3].lower() in text.lower() for word in happening["title"].split())


def test_the_meetings_told_twice_are_in_the_gold() -> None:
    facts = gold()
    for group in yaml.safe_load((GOLD / "groups.yaml").read_text("utf-8")):
        told = [facts[name]["meetings"][index] for name, index in group]
        assert len({name for name, _ in group}) == len(group) >= 2
        assert set.intersection(*(set(meeting["participants"]) for meeting in told)), group


@pytest.mark.skipif(not (SHARED / "articles" / "seeds").is_dir(), reason="the articles to compare with are not here")
def test_no_example_repeats_a_real_article() -> None:
    def runs(text: str, length: int = 14) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}

    real = set().union(*(runs(path.read_text("utf-8")) for path in (SHARED / "articles" / "seeds").glob("*.txt")))
    assert real
    assert {name: run for name, text in texts().items() for run in runs(text) & real} == {}


# --------------------------------------------------------------------------------------------------- the main job


def quads(store: Path) -> list[bytes]:
    """All that is in a store, as sorted N-Quads."""
    out = io.BytesIO()
    kgculture.open(store).export(out, "nquads")
    return sorted(out.getvalue().splitlines())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All examples, built in one go from their folder."""
    path = tmp_path_factory.mktemp("examples") / "store"
    result = kgculture.build(ARTICLES, path)
    assert not result.skipped
    return path


def test_every_article_that_can_be_read_is_in_the_graph(store: Path) -> None:
    assert set(gold()) <= {article.id for article in kgculture.open(store).articles()} <= set(texts())


def test_nothing_of_the_examples_is_withheld(store: Path) -> None:
    graph = kgculture.open(store)
    assert graph.withheld() == []
    assert [found for found in graph.validate() if found.severity == "Violation"] == []


def test_outlets_of_three_languages_tell_one_meeting(store: Path) -> None:
    told = kgculture.open(store).meetings(person="Балаева", with_="Karimli")
    assert [sorted(source.article for source in meeting.sources) for meeting in told] == [
        ["en-01-baku-talks", "kk-01-baku", "ru-01-baku-peregovory"]
    ]


def test_one_by_one_is_the_same_as_in_one_go(tmp_path: Path) -> None:
    """Articles of three languages that share meetings, persons and events; any order and workers: see test_pipeline.py."""
    files = [path for path in FILES if re.match(r"(en-0[1235]|ru-0[125]|kk-0[12])-", path.name)]
    assert len(files) == 9
    kgculture.build(files, tmp_path / "whole")
    random.Random(3).shuffle(files)
    for path in files:
        kgculture.build(path, tmp_path / "grown")
    assert quads(tmp_path / "grown") == quads(tmp_path / "whole")


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ARTICLES, tmp_path / "examples" / "articles")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert "Aida Balayeva" in capsys.readouterr().out
    assert len(names["rows"]) > 1


def test_the_sparql_of_the_readme_finds_meetings(store: Path) -> None:
    (text,) = re.findall(r"```sparql\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    rows = kgculture.open(store).query(text)
    assert isinstance(rows, kgculture.Rows)
    assert {str(row["article"]).rpartition("/")[2] for row in rows} <= set(texts())
    assert len(rows) > 1


@pytest.mark.skipif(not (SHARED / "gold" / "score.py").is_file(), reason="the scorer is not here")
def test_the_facts_are_as_good_as_they_were(store: Path, tmp_path: Path) -> None:
    """Floors, to be raised with the rules and never lowered without a word in the changelog."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    graph = tmp_path / "examples.nq"
    graph.write_bytes(b"\n".join(quads(store)) + b"\n")
    rows, overall, errors, missing, count = scorer.score(graph, GOLD, (), GOLD / "groups.yaml")
    told = "\n".join(errors)
    assert missing == []
    assert count == len(gold())
    assert overall >= 0.80, told
    assert rows["meeting"][0] >= 0.90, told
    assert rows["same meeting (B3)"][2] >= 0.90, told
