"""A folder of all kinds of bad input beside good articles, built as a user does it: what is told, what is kept, how it ends."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kgculture
from kgculture.cli import main
from test_sources_bad import BAD, GOOD, RU

NEWS = """2024-05-03

Ministers meet in Samarkand

SAMARKAND – On May 2, Minister of Culture of Kazakhstan Alma Serikova met with Minister of Culture of Uzbekistan Otabek
Yuldashev in Samarkand. The ministers discussed cooperation between museums of the two countries.
""".replace("Otabek\n", "Otabek ")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """in/NN-kind/bad.… for each kind, a good article in each of these folders and at both ends."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "in"
    place.mkdir()
    for number, (kind, ((make, _), _)) in enumerate(BAD.items()):
        inner = place / (f"{number:02}-" + re.sub(r"\W+", "-", kind))
        inner.mkdir()
        make(inner)
        (inner / f"good-{number:02}.txt").write_text(f"{GOOD} It was number {number}.\n", encoding="utf-8")
    (place / "00-first.txt").write_text(NEWS, encoding="utf-8")
    (place / "zz-last.txt").write_text(RU, encoding="utf-8")
    lines = [json.dumps({"id": "line-1", "text": GOOD}), "{", json.dumps({"id": "line-3", "text": RU}), "", "7"]
    (place / "mixed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (place / "closed.txt").write_text(GOOD, encoding="utf-8")
    (place / "locked").mkdir()
    (place / "locked" / "within.txt").write_text(GOOD, encoding="utf-8")
    real_open, real_list = Path.open, Path.iterdir

    def deny_open(self: Path, *args: Any, **kwargs: Any) -> object:
        if self.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return real_open(self, *args, **kwargs)

    def deny_list(self: Path) -> Iterator[Path]:
        if self.name == "locked":
            raise PermissionError(13, "Permission denied", str(self))
        return real_list(self)

    monkeypatch.setattr(Path, "open", deny_open)  # tests may run as root, whom no file mode stops
    monkeypatch.setattr(Path, "iterdir", deny_list)
    return Path("in")


def test_every_bad_input_is_named_in_a_line_and_every_good_one_is_kept(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert len(BAD) + 4 >= 30
    code = main(["build", "in", "--store", "store"])
    out, err = capfd.readouterr()
    assert (code, out) == (3, "") and "Traceback" not in err
    *told, summary = err.splitlines()
    number = len(BAD) + 4
    assert re.fullmatch(rf"store: {len(BAD) + 4} articles \(.*\), {number} skipped, 0 facts withheld", summary)
    assert len(told) == number
    for number, (kind, (_, reason)) in enumerate(BAD.items()):
        about = [line for line in told if f"in/{number:02}-{kind[0]}" in line]
        assert len(about) == 1, (kind, about)
        assert re.match(r"skipped   in/\d\d-\S+: ", about[0]) and re.search(reason, about[0]), (kind, about)
    assert {line.split(": ")[0] for line in told if "mixed" in line} == {
        "skipped   in/mixed.jsonl:2", "skipped   in/mixed.jsonl:5"
    }  # fmt: skip
    assert sum("no permission" in line for line in told) == 2
    assert all(len(line) < 300 and line.isprintable() for line in told)
    with kgculture.open("store") as graph:
        found = {article.id for article in graph.articles()}
        assert found == {"00-first", "zz-last", "line-1", "line-3", *(f"good-{n:02}" for n in range(len(BAD)))}
        assert [meeting.date for meeting in graph.meetings("Serikova")] == ["2024-05-02"]


def test_nothing_but_bad_input_ends_with_4_and_leaves_the_store(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "in/00-first.txt", "--store", "store", "--quiet"]) == 0
    before = {path: path.stat().st_mtime_ns for path in Path("store").rglob("*") if path.is_file()}
    (folder / "void.txt").touch()
    assert main(["build", "in/void.txt", "in/gone.txt", "in/*.none", "--store", "store"]) == 4
    assert "no article could be read" in capfd.readouterr().err
    with kgculture.open("store") as graph:
        assert [article.id for article in graph.articles()] == ["00-first"]
    assert {p: p.stat().st_mtime_ns for p in before if p.exists()} == before


def test_a_place_where_no_store_can_be(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("x", encoding="utf-8")
    for place in ("file", "file/store", os.devnull):
        code = main(["build", "in/00-first.txt", "--store", place])
        err = capfd.readouterr().err
        assert code in (4, 5) and err.startswith("kgculture: ") and place in err and "Traceback" not in err
