"""Help, `met` and `query`, called as a user calls them."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path

import pyoxigraph
import pytest

from conftest import NEWS
from kgculture import cli
from kgculture.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]


# ------------------------------------------------------------------------------------------------------------- help


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_that_ends_with_an_example(name: str, run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(name, "--help")
    assert code == 0 and err == ""
    text = out.partition("Options:")[0]
    assert re.search(rf"Examples?:\n +kgculture {name}", text)
    assert text.rstrip().splitlines()[-1].strip().startswith("kgculture ")


def test_short_help_in_the_table_is_the_first_line_of_the_help() -> None:
    """The table is there so that --help loads no command: it must not drift from what the commands say of themselves."""
    import click

    context = click.Context(cli.cli)
    for name, short in COMMANDS.items():
        command = cli.cli.get_command(context, name)
        assert command is not None and command.name == name
        assert short.endswith(".") and len(short) < 70


def test_reference_is_what_help_prints() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import generate_cli_docs
    finally:
        sys.path.pop(0)
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == generate_cli_docs.text()


def test_exit_codes_of_the_help_are_those_of_the_errors(run) -> None:  # type: ignore[no-untyped-def]
    from kgculture import errors

    told = set(map(int, re.findall(r"(?m)^    (\d)  ", run("--help")[1])))
    kinds = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.KgcultureError)]
    assert told == {0, 1, 2, 3, 4, 5, 6, 7}
    assert {kind.exit_code for kind in kinds} | {errors.OK, errors.INCOMPLETE} <= told


# --------------------------------------------------------------------------------------------------------------- met


def test_met(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("met", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["date"] for row in rows] == ["2024-05-02", "2024-06-11"]
    assert {rows[0]["who"], rows[0]["whom"]} == {"Alma Serikova", "Otabek Yuldashev"}
    assert rows[0]["place"] == "Samarkand" and rows[0]["articles"] == "north"
    assert rows[0]["offices"] == "Minister of Culture, KZ / Minister of Culture, UZ"


def test_met_as_a_table_names_the_posts_and_fits(run) -> None:  # type: ignore[no-untyped-def]
    lines = run("met")[1].splitlines()
    assert lines[0].split() == ["date", "who", "whom", "place", "articles"]
    text = " ".join(" ".join(lines).split())
    assert "Alma Serikova, Minister of Culture, KZ" in " ".join(line[12:40].strip() for line in lines)
    assert "Samarkand" in text and max(map(len, lines)) <= 100


def test_meetings_without_a_date_say_when_they_were_reported(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    text = NEWS["north"].replace("On May 2, Minister", "Minister")
    (tmp_path / "undated.txt").write_text(text, encoding="utf-8")
    place = str(tmp_path / "store")
    assert run("build", str(tmp_path / "undated.txt"), "--store", place)[0] == 0
    (row,) = csv.DictReader(io.StringIO(run("met", "--store", place, "-f", "csv")[1]))
    assert (row["date"], row["reported"]) == ("", "2024-05-03")
    assert "reported 2024-05-03" in run("met", "--store", place)[1]
    code, out, err = run("met", "--store", place, "--since", "2024")
    assert (code, out) == (0, "no rows\n") and err.startswith("1 meeting without a full date is left out")


@pytest.mark.parametrize(
    ("args", "articles"),
    [
        (["Серикова"], ["north", "south"]),
        (["yuldash"], ["north"]),
        (["Serikova", "--with", "mammad"], ["south"]),
        (["--country", "Uzbekistan"], ["north"]),
        (["--place", "Астана"], ["south"]),
        (["--since", "2024-06"], ["south"]),
        (["--until", "2024-05"], ["north"]),
        (["--since", "2025"], []),
    ],
)
def test_met_options(args: list[str], articles: list[str], run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("met", *args, "--format", "csv")
    assert code == 0, err
    assert [row["articles"] for row in csv.DictReader(io.StringIO(out))] == articles


def test_the_person_asked_for_stands_first(run) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("met", "Yuldashev", "--format", "csv")
    assert [row["who"] for row in csv.DictReader(io.StringIO(out))] == ["Otabek Yuldashev"]


def test_met_sources_quote_the_sentence(run) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("met", "Yuldashev", "--sources", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert row["article"] == "north" and "Alma Serikova met with Minister" in row["quote"]


def test_unknown_name_gets_the_nearest(run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("met", "Serikowna")
    assert (code, out) == (6, "")
    assert err.startswith("kgculture: Serikowna: no ") and "Alma Serikova" in err


def test_wrong_date(run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("met", "--since", "spring")
    assert (code, out) == (2, "") and "spring: not a date" in err


# ------------------------------------------------------------------------------------------------------------- query

SELECT = "SELECT ?who WHERE { ?who kgc:met $person } ORDER BY ?who"


def test_query_text_with_parameter_in_each_format(run) -> None:  # type: ignore[no-untyped-def]
    args = ("query", SELECT, "-p", "person=kgr:yuldashev-otabek", "--format")
    assert run(*args, "table")[1] == "who\n-------------\nAlma Serikova\n"
    assert run(*args, "csv")[1] == "who\r\nhttps://w3id.org/kgculture/id/serikova-alma\r\n"
    assert run(*args, "tsv")[1] == "?who\n<https://w3id.org/kgculture/id/serikova-alma>\n"
    found = json.loads(run(*args, "json")[1])["results"]["bindings"]
    assert found == [{"who": {"type": "uri", "value": "https://w3id.org/kgculture/id/serikova-alma"}}]
    assert "http://www.w3.org/2005/sparql-results#" in run(*args, "xml")[1]
    assert run("query", SELECT, "-p", "person=kgr:yuldashev-otabek", "--iris")[1].endswith("/id/serikova-alma\n")


def test_ask(run) -> None:  # type: ignore[no-untyped-def]
    assert run("query", "ASK { ?a kgc:met ?b }")[1] == "yes\n"
    assert json.loads(run("query", "ASK { ?a kgc:met kgr:nobody }", "-f", "json")[1])["boolean"] is False
    assert run("query", "have-met", "-p", "person=Serikova", "-p", "other=Yuldashev")[1] == "yes\n"


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("turtle", "ttl"),
        ("trig", "trig"),
        ("nquads", "nq"),
        ("ntriples", "nt"),
        ("jsonld", "jsonld"),
        ("rdfxml", "rdf"),
    ],
)
def test_graphs_in_each_format(name: str, extension: str, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / f"met.{extension}"
    assert run("query", "met-graph", "--format", name, "-o", str(target))[:2] == (0, "")
    form = pyoxigraph.RdfFormat.from_extension(extension)
    by_name = {(t.subject, t.predicate, t.object) for t in pyoxigraph.parse(path=str(target), format=form)}
    assert len([t for t in by_name if t[1].value.endswith("#met")]) == 4
    again = tmp_path / f"again.{extension}"
    assert run("query", "met-graph", "-o", str(again))[0] == 0
    assert again.read_bytes() == target.read_bytes()


def test_query_from_file_standard_input_and_folder(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    plain = tmp_path / "plain.rq"
    plain.write_text(SELECT, encoding="utf-8")
    typed = "# title: Mine\n# parameters:\n#   person: {type: person, doc: whom}\n" + SELECT
    (tmp_path / "mine.rq").write_text(typed, encoding="utf-8")
    expected = run("query", SELECT, "-p", "person=kgr:yuldashev-otabek")
    assert run("query", str(plain), "-p", "person=kgr:yuldashev-otabek") == expected
    assert run("query", str(tmp_path / "mine.rq"), "-p", "person=Юлдашев") == expected
    assert run("query", "mine", "--queries", str(tmp_path), "-p", "person=Yuldashev") == expected
    monkeypatch.setattr(sys, "stdin", io.StringIO(SELECT))
    assert run("query", "-", "-p", "person=kgr:yuldashev-otabek") == expected


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["query", "SELECT ?x WHERE {"], 6, "does not parse"),
        (["query", "who-meets-whom"], 6, "who-met-whom"),
        (["query", "q05", "-p", "ordinal=one"], 2, "not a whole number"),
        (["query", "q05", "-p", "ordinal"], 2, "name=value"),
        (["query", "nowhere.rq"], 4, "nowhere.rq: No such file"),
        (["query", "met-graph", "-f", "csv"], 2, "--format csv"),
        (["query", SELECT, "-p", "person=1", "-f", "turtle"], 2, "--format turtle"),
        (["query", "persons", "-o", "/nowhere/x.csv"], 4, "/nowhere/x.csv: cannot be written"),
        (["show", "Nobody Whatsoever"], 6, "no thing of this name"),
        (["ref", "Meetng"], 6, "did you mean kgc:Meeting"),
        (["met", "--store", "/nowhere"], 5, "no store here"),
        (["build", "/nowhere", "--store", "{tmp}/s", "--quiet"], 4, "/nowhere: no article could be read"),
        (["bild"], 2, "did you mean build?"),
        (["met", "--formt", "csv"], 2, "No such option"),
        (["export", "-f", "csv"], 2, "csv"),
    ],
)
def test_errors_are_one_line_and_a_hint(args: list[str], code: int, message: str, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found, out, err = run(*(arg.replace("{tmp}", str(tmp_path)) for arg in args))
    assert (found, out) == (code, ""), err
    lines = err.splitlines()
    assert lines[0].startswith("kgculture: ") and message in err
    assert len(lines) == 1 or (len(lines) == 2 and lines[1].startswith("  hint: "))


def test_queries_lists_and_describes(run) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("queries", "--format", "csv")
    assert {"q01", "q25", "who-met-whom"} <= {row["name"] for row in csv.DictReader(io.StringIO(out))}
    _, out, _ = run("queries", "q05")
    assert "ordinal (integer; default: 1): which session" in out and "Example: kgculture query q05" in out
    assert run("queries", "q05", "--text")[1].startswith("# title: ")
