"""The other commands, builds, what breaks, and tables, called as a user calls them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from conftest import NEWS
from kgculture import pipeline

ROOT = Path(__file__).resolve().parents[1]


# ----------------------------------------------------------------------------------------------- the other commands


@pytest.mark.parametrize(
    "name", ["Serikova", "серикова", "kgr:serikova-alma", "https://w3id.org/kgculture/id/serikova-alma"]
)
def test_show(name: str, run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("show", name)
    assert code == 0, err
    assert out.startswith("Alma Serikova (minister)\n  https://w3id.org/kgculture/id/serikova-alma\n")
    assert [line for line in out.splitlines() if line.isupper()] == ["OFFICES", "MEETINGS", "PASSAGES"]
    assert out.count("Otabek Yuldashev") == 1 + out.partition("PASSAGES")[2].count("Otabek Yuldashev")
    assert "Minister of Culture, KZ" in out and "Alma Serikova met with" in " ".join(out.split())


def test_show_a_meeting_place_country_and_article(run) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("show", "Serikova", "-f", "csv")
    meetings = [row for row in csv.DictReader(io.StringIO(out)) if row["group"] == "meetings"]
    assert [row["who"] for row in meetings] == ["Otabek Yuldashev", "Rauf Mammadli"]
    _, out, _ = run("show", meetings[0]["iri"])
    assert out.startswith("meeting of Alma Serikova and Otabek Yuldashev, Samarkand, 2024-05-02 (meeting)\n")
    assert "Otabek Yuldashev, Minister of Culture, UZ (for Uzbekistan)" in " ".join(out.split())
    assert "chair" not in out and "PASSAGES" in out
    assert "Otabek Yuldashev" in run("show", "Samarkand")[1]
    assert "represented" in run("show", "Uzbekistan")[1]
    _, out, _ = run("show", "north")
    assert out.startswith("north (article)\n") and "Ministers meet in Samarkand" in out and "2024-05-02" in out


def test_show_triples_and_iris(run) -> None:  # type: ignore[no-untyped-def]
    rows = list(csv.DictReader(io.StringIO(run("show", "Serikova", "--triples", "-f", "csv")[1])))
    assert ["kgr:serikova-alma", "kgc:met", "kgr:yuldashev-otabek"] in [list(row.values()) for row in rows]
    assert "kgr:meeting-" in run("show", "Serikova", "--iris")[1] and "kgr:meeting-" not in run("show", "Serikova")[1]


def test_show_as_data_and_as_graph(run) -> None:  # type: ignore[no-untyped-def]
    rows = list(csv.DictReader(io.StringIO(run("show", "Serikova", "-f", "csv")[1])))
    assert {"label", "class", "name", "offices", "meetings", "passage"} == {row["group"] for row in rows}
    turtle = run("show", "Serikova", "-f", "turtle")[1]
    found = list(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))
    assert any(triple.predicate.value.endswith("#quote") for triple in found)


def test_export_by_ending_and_to_standard_output(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "graph.nq"
    assert run("export", "-o", str(target))[:2] == (0, "")
    assert run("export", "--format", "nquads")[1] == target.read_text(encoding="utf-8")
    assert run("export")[1].startswith("@prefix")


def test_stats(run) -> None:  # type: ignore[no-untyped-def]
    rows = {row["what"]: int(row["count"]) for row in csv.DictReader(io.StringIO(run("stats", "-f", "csv")[1]))}
    assert rows["Article"] == 2 and rows["Meeting"] == 2 and rows["withheld"] == 0


def test_validate_store_and_files(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("validate", "--format", "json")[0] == 0
    assert run("validate", "--withheld")[:2] == (0, "no rows\n")
    good, bad = tmp_path / "good.trig", tmp_path / "bad.trig"
    run("export", "-o", str(good))
    assert run("validate", str(good), "-f", "text")[0] == 0
    text = good.read_text(encoding="utf-8")
    bad.write_text(re.sub(r"\tkgc:participant [^;]+;\n", "", text), encoding="utf-8")
    code, out, err = run("validate", str(bad), "--format", "json")
    assert code == 7 and "violation" in err
    assert any(v["severity"] == "Violation" and v["message"] for v in json.loads(out))
    code, out, _ = run("validate", str(bad), "--format", "turtle")
    report = list(pyoxigraph.parse(out, format=pyoxigraph.RdfFormat.TURTLE))
    assert code == 7 and any(t.predicate.value.endswith("#conforms") and t.object.value == "false" for t in report)
    (tmp_path / "broken.ttl").write_text("<a> <b", encoding="utf-8")
    assert run("validate", str(tmp_path / "broken.ttl"))[0] == 4


def test_validate_against_shapes_of_ones_own(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    prefixes = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    (tmp_path / "data.ttl").write_text(f"{prefixes}ex:a ex:p 1 ; a ex:T .")
    (tmp_path / "own.ttl").write_text(
        f"{prefixes}ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:maxCount 0 ; sh:message 'none' ] .\n"
        "ex:Ten sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:minCount 10 ] ."  # goes to pyshacl
    )
    code, out, _ = run("validate", str(tmp_path / "data.ttl"), "--shapes", str(tmp_path / "own.ttl"), "-f", "json")
    assert code == 7
    assert sorted(v["message"] for v in json.loads(out)) == [
        "Less than 10 values on <http://example.org/a>->ex:p",
        "none",
    ]
    assert run("validate", "--shapes", str(tmp_path / "own.ttl"))[0] == 0, "the store has no ex:T"
    assert run("validate", "--shapes", str(tmp_path / "own.ttl"), "--withheld")[0] == 2
    (tmp_path / "bad.ttl").write_text(f"{prefixes}ex:S sh:targetClass ex:T ; sh:minCount 1 .")
    code, _, err = run("validate", str(tmp_path / "data.ttl"), "--shapes", str(tmp_path / "bad.ttl"))
    assert code == 1
    assert "Traceback" not in err and "pyshacl cannot judge this graph: ConstraintLoadError" in err.splitlines()[-1]


def test_ref(run) -> None:  # type: ignore[no-untyped-def]
    assert "kgc:Meeting" in run("ref", "-f", "csv")[1]
    for text in ("Meeting", "встреча"):
        out = run("ref", text)[1]
        assert out.startswith("kgc:Meeting (class)") and "kgc:participant" in out


@pytest.mark.parametrize(("shell", "word"), [("bash", "complete"), ("zsh", "#compdef"), ("fish", "complete")])
def test_completion(shell: str, word: str, run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("completion", shell)
    assert code == 0 and word in out and "_KGCULTURE_COMPLETE" in out


def test_completion_of_commands_and_saved_queries() -> None:
    def complete(words: str, number: int) -> str:
        environment = {
            **os.environ, "_KGCULTURE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)
        }  # fmt: skip
        code = "import sys; from kgculture.cli import main; sys.exit(main([]))"
        return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True).stdout

    assert "plain,met" in complete("kgculture me", 1)
    assert "plain,who-met-whom" in complete("kgculture query who", 2)


# ------------------------------------------------------------------------------------------------------------- build


def test_build_says_what_it_did_on_standard_error_and_ends_with_3(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "good.txt").write_text(NEWS["north"], encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    place = str(tmp_path / "store")
    code, out, err = run("build", str(tmp_path / "good.txt"), str(tmp_path / "empty.txt"), "--store", place)
    assert (code, out) == (3, "")
    assert re.search(r"(?m)^skipped   .*empty\.txt: ", err)
    assert "1 articles (1 new, 0 changed, 0 unchanged), 1 skipped" in err
    code, out, err = run("build", str(tmp_path / "good.txt"), "--store", place, "--quiet")
    assert (code, out, err) == (0, "", "")


def test_one_identifier_with_two_texts_names_both(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for number, name in enumerate(NEWS):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "same.txt").write_text(NEWS[name], encoding="utf-8")
    files = [str(tmp_path / "0" / "same.txt"), str(tmp_path / "1" / "same.txt")]
    code, _, err = run("build", *files, "--store", str(tmp_path / "store"))
    assert code == 4 and all(file in err for file in files)
    assert run("build", *files, "--store", str(tmp_path / "store"), "--id", "path")[0] == 0


def test_build_needs_a_path_or_refresh(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("build", "--store", str(tmp_path / "store"))
    assert code == 2
    assert "missing PATH…, or --refresh" in err
    assert run("build", "--refresh", "--store", str(tmp_path / "store"))[0] == 5


def test_refresh_reads_again_what_older_rules_read(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    place = str(tmp_path / "store")
    for name, text in NEWS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("build", str(tmp_path / "north.txt"), str(tmp_path / "south.txt"), "--store", place)[0] == 0
    before = run("export", "--store", place, "--format", "nquads")[1]
    real = pipeline.stages()
    monkeypatch.setattr(pipeline, "stages", lambda: replace(real, extractor="newer"))
    (tmp_path / "south.txt").unlink()
    code, out, err = run("build", str(tmp_path / "north.txt"), "--store", place)
    assert (code, out) == (0, "")
    assert "1 unchanged, 1 read again by newer rules)" in err
    assert f"stale     1 articles were read by older rules: kgculture build --refresh --store {place}" in err
    code, out, err = run("build", "--refresh", "--store", place)
    assert (code, out) == (0, "")
    assert "0 articles (0 new, 0 changed, 0 unchanged, 1 read again by newer rules)" in err
    assert "stale" not in err
    assert run("export", "--store", place, "--format", "nquads")[1] == before


def test_forget(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    place = str(tmp_path / "store")
    for name, text in NEWS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("build", str(tmp_path / "north.txt"), "--store", place)[0] == 0
    alone = run("export", "--store", place, "--format", "nquads")[1]
    assert run("build", str(tmp_path / "south.txt"), "--store", place)[0] == 0
    assert run("export", "--store", place, "--format", "nquads")[1] != alone
    code, out, err = run("forget", "south", "nobody", "--store", place)
    assert (code, out) == (4, "")
    assert "nobody: no such article in the store" in err
    code, out, err = run("forget", "south", "--store", place)
    assert (code, out) == (0, "")
    assert f"{place}: 1 articles forgotten" in err
    assert run("export", "--store", place, "--format", "nquads")[1] == alone
    assert run("forget", "north", "--store", place, "--quiet") == (0, "", "")
    assert run("forget", "north", "--store", str(tmp_path / "none"))[0] == 5
    assert run("forget", "--store", place)[0] == 2


# ------------------------------------------------------------------------------------------------- when things break


def test_an_unexpected_error_is_one_line_unless_debugged(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def broken(path: str) -> None:
        raise ZeroDivisionError("by\nnought")

    monkeypatch.setattr("kgculture.api.open", broken)
    code, out, err = run("stats")
    assert (code, out) == (1, "") and err.startswith("kgculture: unexpected ZeroDivisionError: by nought\n")
    with pytest.raises(ZeroDivisionError):
        run("--debug", "stats")


def test_interrupt(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def interrupted(path: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kgculture.api.open", interrupted)
    code, out, err = run("stats")
    assert (code, out) == (1, "") and err.strip() == "kgculture: interrupted"


def test_a_reader_that_goes_away_is_no_error(store: str) -> None:
    command = f"{sys.executable} -m kgculture export --store {store} --format ntriples"
    shown = subprocess.run(
        f"{command} | head -n 1; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
    )
    assert (shown.returncode, shown.stderr) == (0, "") and len(shown.stdout.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told_in_one_line(store: str) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "kgculture", "met", "--store", store]
        shown = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert shown.returncode == 4
    assert shown.stderr == "kgculture: standard output: cannot be written: No space left on device\n"


# ------------------------------------------------------------------------------------------------------------ tables


def test_tables_fit_and_lose_no_word() -> None:
    from kgculture.cli import _output

    columns = ["date", "who", "whom"]
    rows = [["2024", "Alma Serikova of Astana and a long title besides", "Otabek"], ["not stated", "x" * 90, "y"]]
    for width in (40, 60, 100, 200):
        lines = _output.plain(columns, rows, width).splitlines()
        assert max(map(len, lines)) <= width
        assert lines[0].split() == columns
    assert " ".join(_output.plain(columns, rows, 60).split()).count("Serikova") == 1


def test_more_columns_than_fit_become_blocks() -> None:
    from kgculture.cli import _output

    columns = [f"column{n}" for n in range(12)]
    text = _output.blocks(columns, [["a long enough cell"] * 12] * 2, 50)
    assert text.count("column7") == 2 and max(map(len, text.splitlines())) <= 50


def test_width_follows_columns_where_there_is_no_terminal(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    for width in (70, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        assert max(map(len, run("met", "--sources")[1].splitlines())) <= width


def test_on_a_terminal_rich_draws_and_fits(store: str) -> None:
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 90, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")} | {"TERM": "xterm"}
    command = [sys.executable, "-m", "kgculture", "met", "--store", store]
    subprocess.run(command, stdout=follower, env=environment, check=True)
    os.close(follower)
    shown = b""
    try:
        while chunk := os.read(leader, 65536):
            shown += chunk
    except OSError:  # the other end is closed: all was read
        pass
    os.close(leader)
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode())
    assert "2 rows" in text and "Serikova" in text
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 90
