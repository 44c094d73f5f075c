"""Reading: kinds of files, encodings, identifiers, order."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kgculture.errors import DuplicateArticle
from kgculture.model import Article, Skipped
from kgculture.sources import read

EN = "The two ministers met in the capital on Monday and signed a plan for museums and archives."
RU = "Министры культуры двух стран встретились в столице и обсудили музеи."
KK = "Екі елдің мәдениет министрлері кездесіп, ынтымақтастықты талқылады."

HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Museum opens show | Example News</title>
<meta property="og:title" content="Museum opens show of carpets"><meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"><link rel="canonical" href="https://example.org/a/1"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Museum opens show of carpets</h1>
<p>STRELSAU – An exhibition of carpets has opened at the National Museum in the capital, the ministry said on Tuesday.</p>
<p>The two ministers of culture attended the opening and signed a roadmap for the years to come, which includes archives.</p>
<p>Photo: press service of the museum</p></article><footer>© 2024 Example</footer></body></html>"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def one(*paths: str | Path, **kwargs: object) -> Article:
    (article,) = read(paths, **kwargs)  # type: ignore[arg-type]
    assert isinstance(article, Article), article
    return article


def put(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# ------------------------------------------------------------------------------------------------------------------ text


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866", "mac-cyrillic"],
)
def test_russian_in_every_encoding(encoding: str) -> None:
    article = one(put("a.txt", RU.encode(encoding)))
    assert article.text == RU
    assert article.language == "ru"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "kz1048"])
def test_kazakh(encoding: str) -> None:
    article = one(put("a.txt", KK.encode(encoding)))
    assert (article.text, article.language) == (KK, "kk")


def test_english_with_typographic_quotes_in_cp1252() -> None:
    text = "“The plan is signed,” said Laine Jänes – and the guests of the minister rose."
    assert one(put("a.txt", text.encode("cp1252"))).text == text


def test_line_breaks_and_control_characters() -> None:
    text = one(put("a.txt", f"\ufeff{EN}\r\n\r\n{EN}\r{EN}\u2028{EN}\x0c{EN}\x07{EN}".encode())).text
    assert text == f"{EN}\n\n{EN}\n{EN}\n{EN}\n{EN} {EN}"


def test_marker_headline_and_masks() -> None:
    article = one(
        put(
            "a.txt",
            f" date 2025-10-11 Ministers meet in the capital\n\n{EN}\n\nPhoto credit: Ministry\n\nRead also\nSnow expected\n",
        )
    )
    assert article.published == "2025-10-11"
    assert article.headline == "Ministers meet in the capital"
    assert [mask.of(article.text) for mask in article.masks] == [
        " date 2025-10-11 ",
        "Photo credit: Ministry",
        "Read also",
        "Snow expected",
    ]
    assert article.path == "a.txt"


def test_language_is_that_of_the_text_not_of_the_furniture() -> None:
    text = f"{EN}\n\nПопулярное\n" + "\n".join(f"Снег идёт уже {n} дней" for n in range(2, 60))
    assert one(put("a.txt", text)).language == "en"


# ------------------------------------------------------------------------------------------------------------------ HTML


def test_html() -> None:
    article = one(put("page.html", HTML))
    assert article.headline == "Museum opens show of carpets"
    assert article.text.startswith("Museum opens show of carpets\n")
    assert (article.published, article.language) == ("2024-03-05", "en")
    assert (article.url, article.publisher) == ("https://example.org/a/1", "Example News")
    assert "STRELSAU – An exhibition" in article.text
    assert "Home" not in article.text
    assert "Photo: press service of the museum" in [mask.of(article.text) for mask in article.masks]


def test_html_in_a_declared_encoding() -> None:
    head = '<head><meta charset="windows-1251"><title>Встреча</title></head>'
    page = f"<html>{head}<body><article><p>{RU}</p><p>{RU}</p></article></body></html>"
    article = one(put("page.htm", page.encode("cp1251")))
    assert RU in article.text
    assert article.language == "ru"


def test_html_without_a_day_has_none() -> None:
    page = HTML.replace('<meta property="article:published_time" content="2024-03-05T10:00:00Z">', "")
    assert one(put("page.html", page)).published is None


# ----------------------------------------------------------------------------------------------------------------- JSONL


def test_jsonl_with_either_names_of_fields() -> None:
    records = [
        {
            "id": "a",
            "text": EN,
            "title": "Ministers meet",
            "published": "2024-03-05T10:00:00Z",
            "language": "en",
            "url": "https://example.org/1",
            "publisher": "Example",
        },
        {
            "identifier": 7,
            "body": RU,
            "headline": "Встреча",
            "date": "5 марта 2024",
            "lang": "ru",
            "source": {"name": "Пример"},
        },
        {"text": KK},
    ]
    put("news.jsonl", "\n".join(json.dumps(r) for r in records) + "\n")
    first, second, third = read(["news.jsonl"])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(third, Article)
    assert (first.id, first.headline, first.published, first.url, first.publisher) == (
        "a",
        "Ministers meet",
        "2024-03-05",
        "https://example.org/1",
        "Example",
    )
    assert first.text == f"Ministers meet\n\n{EN}"
    assert (second.id, second.headline, second.published, second.publisher) == ("7", "Встреча", "2024-03-05", "Пример")
    assert (third.id, third.language, third.published, third.url) == ("news-3", "kk", None, None)


def test_a_headline_that_the_text_has_is_not_put_above_it() -> None:
    put("n.jsonl", json.dumps({"text": f"Ministers meet\n\n{EN}", "title": "Ministers  meet"}))
    article = one("n.jsonl")
    assert article.text == f"Ministers meet\n\n{EN}"
    assert article.headline == "Ministers meet"


def test_declared_language_only_where_the_text_does_not_tell() -> None:
    put(
        "n.jsonl",
        "\n".join(
            json.dumps(r)
            for r in [{"text": RU, "lang": "en"}, {"text": "Kazakhstan, France sign memorandum", "lang": "en-GB"}]
        ),
    )
    first, second = read(["n.jsonl"])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.language, second.language) == ("ru", "en")


def test_unusable_metadata_are_left_out() -> None:
    put(
        "n.jsonl",
        json.dumps(
            {"text": EN, "url": "javascript:alert(1)", "published": "05/06/2024", "title": 3, "publisher": ["x"]}
        ),
    )
    article = one("n.jsonl")
    assert (article.url, article.published, article.title, article.publisher) == (None, None, None, None)


def test_half_of_a_surrogate_pair_can_be_stored() -> None:
    put("n.jsonl", '{"text": "The \\ud800 ministers met in the capital and signed a plan."}')
    assert one("n.jsonl").text.encode().decode().startswith("The \ufffd ministers")


# --------------------------------------------------------------------------------------------------- folders, globs, stdin


def test_folders_are_sorted_and_hidden_files_left_out() -> None:
    for name in ("in/b.txt", "in/a/z.txt", "in/c.TXT", "in/.hidden.txt", "in/.git/x.txt"):
        put(name, f"{EN} {name}")
    assert [a.path for a in read(["in"])] == ["in/a/z.txt", "in/b.txt", "in/c.TXT"]


def test_order_of_arguments_and_each_file_once() -> None:
    for name in ("x/1.txt", "x/2.txt", "y/3.txt"):
        put(name, f"{EN} {name}")
    assert [a.path for a in read(["y/3.txt", "x/*.txt", "x", Path("x/1.txt")])] == ["y/3.txt", "x/1.txt", "x/2.txt"]


def test_glob_over_folders() -> None:
    for name in ("in/b.txt", "in/a/z.txt", "in/a/y.md"):
        put(name, f"{EN} {name}")
    assert [a.path for a in read(["in/**/*.txt"])] == ["in/a/z.txt", "in/b.txt"]


def test_a_file_whose_name_looks_like_a_glob() -> None:
    assert one(put("a[1].txt", EN)).id == "a[1]"


def test_names_with_odd_bytes() -> None:
    Path(os.fsdecode(b"caf\xe9\n.txt")).write_text(EN, "utf-8")
    article = one(".")
    assert article.id == "caf\\xe9\\n"
    assert article.path is not None
    assert article.path.isprintable()


@pytest.mark.parametrize(
    ("data", "headline"),
    [
        (EN.encode(), None),
        (HTML.encode(), "Museum opens show of carpets"),
        (json.dumps({"text": EN, "title": "Meeting"}).encode(), "Meeting"),
    ],
    ids=["text", "html", "jsonl"],
)
def test_standard_input(data: bytes, headline: str | None) -> None:
    article = one("-", stdin=io.BytesIO(data))
    assert article.headline == headline
    assert article.id in ("stdin", "stdin-1")


def test_standard_input_of_many_records() -> None:
    lines = b"".join(json.dumps({"text": f"{EN} {n}"}).encode() + b"\n" for n in range(300))
    assert [a.id for a in read(["-"], stdin=io.BytesIO(lines)) if isinstance(a, Article)] == [
        f"stdin-{n}" for n in range(1, 301)
    ]


def test_closed_or_empty_standard_input() -> None:
    stream = io.BytesIO()
    assert list(read(["-"], stdin=stream)) == [Skipped("-", "empty")]
    stream.close()
    assert list(read(["-"], stdin=stream)) == [Skipped("-", "standard input is closed")]


# ------------------------------------------------------------------------------------------------------------ identifiers


def test_one_identifier_for_two_texts() -> None:
    put("x/a.txt", EN)
    put("y/a.txt", RU)
    with pytest.raises(DuplicateArticle) as error:
        list(read(["x", "y"]))
    assert "x/a.txt" in error.value.message
    assert "y/a.txt" in error.value.message
    assert "--id path" in (error.value.hint or "")
    assert [a.id for a in read(["x", "y"], ids="path") if isinstance(a, Article)] == ["x/a.txt", "y/a.txt"]


def test_one_identifier_for_one_text_twice() -> None:
    put("x/a.txt", EN)
    put("y/a.txt", EN)
    assert one("x", "y").path == "x/a.txt"


def test_one_identifier_twice_in_one_file() -> None:
    put("n.jsonl", "\n".join(json.dumps({"id": "a", "text": t}) for t in (EN, RU, EN)))
    first, second = read(["n.jsonl"])
    assert isinstance(first, Article)
    assert second == Skipped("n.jsonl:2", "another text is called 'a' already (n.jsonl:1)")


def test_path_identifiers_do_not_depend_on_how_the_path_is_given(tmp_path: Path) -> None:
    put("x/a.txt", EN)
    given: list[str | Path] = ["x/a.txt", "x", "./x", tmp_path / "x", "x/*.txt"]
    assert {one(path, ids="path").id for path in given} == {"x/a.txt"}


def test_the_library_prints_nothing_and_loads_trafilatura_for_html_only() -> None:
    put("a.txt", EN)
    code = "import sys; from kgculture.sources import read; list(read(['a.txt'])); sys.exit('lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
