"""The wheel: made from the sdist, complete, and at work in an environment that has nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ("en-01-baku-talks.txt", "ru-02-podkomissiya.txt")

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command without anything of this environment that could lend it our source; both outputs are text."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "COV_"))}
    # A pipe has no width: wide enough for a table's rows to stay whole.
    env |= {"PYTHONUTF8": "1", "COLUMNS": "200"}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist of the checkout and the wheel made from that sdist, not from the checkout."""
    for module in ("build", "hatchling"):
        pytest.importorskip(module)
    out = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (path,) = dist.glob("kgculture-*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an empty environment into which the wheel and what it declares to need were installed."""
    home = tmp_path_factory.mktemp("empty")
    done = run(sys.executable, "-m", "venv", home / "venv", cwd=home)
    assert done.returncode == 0, done.stderr
    interpreter = home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = run(interpreter, "-m", "pip", "install", "--quiet", wheel, cwd=home)
    if done.returncode and "Temporary failure in name resolution" in done.stderr:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    return interpreter


def test_the_wheel_carries_all_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"kgculture/_data/{inside}/{path.relative_to(folder).as_posix()}"
        for inside, folder in (
            ("ontology", ROOT / "ontology"),
            ("shapes", ROOT / "shapes"),
            ("queries", ROOT / "examples" / "queries"),
        )
        for path in folder.rglob("*")
        if path.is_file()
    }
    package = ROOT / "src" / "kgculture"
    wanted |= {
        f"kgculture/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".so"}
    }
    for kind in ("ontology/", "shapes/", "queries/", "lexicon/en/", "lexicon/ru/", "py.typed"):
        assert any(kind in name for name in wanted), f"nothing to carry for {kind}"
    assert sorted(wanted - names) == []
    # the terms of the data that the lexicon holds travel with it
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}
    assert [name for name in names if not name.startswith(("kgculture/", "kgculture-"))] == []


def test_the_sdist_can_be_worked_with(dist: Path) -> None:
    (path,) = dist.glob("kgculture-*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in (
        "pyproject.toml",
        "Makefile",
        "LICENSE",
        "NOTICE",
        "README.md",
        "tests/test_packaging.py",
        "examples/articles/en-01-baku-talks.txt",
    ):
        assert name in names
    assert [name for name in names if name.startswith((".venv", "store/"))] == []


def test_an_empty_environment_builds_a_graph(python: Path, tmp_path: Path) -> None:
    for name in ARTICLES:
        shutil.copy(ROOT / "examples" / "articles" / name, tmp_path / name)
    kgculture = python.with_name("kgculture")

    built = run(kgculture, "build", *ARTICLES, "--store", "graph", cwd=tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr

    met = run(kgculture, "met", "Balayeva", "--store", "graph", "--format", "json", cwd=tmp_path)
    assert met.returncode == 0, met.stderr
    rows = json.dumps(json.loads(met.stdout), ensure_ascii=False)
    # one partner from each article, so both languages work
    assert "Hajiyev" in rows
    assert "Любимова" in rows or "Lyubimova" in rows

    checked = run(kgculture, "validate", "--store", "graph", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr

    where = run(python, "-c", "import kgculture; print(kgculture.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(python.parents[1]), "the checkout was imported, not the wheel"
