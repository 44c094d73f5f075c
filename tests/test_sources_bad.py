"""No input ends in a traceback, none hangs, and none loses the good article beside it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kgculture.model import Article, Skipped
from kgculture.sources import files, read

GOOD = "The two ministers met in the capital on Monday and signed a plan for museums and archives."
RU = "Министры культуры двух стран встретились в столице и обсудили музеи."

Make = Callable[[Path], object]


def data(name: str, content: bytes) -> tuple[Make, str]:
    return (lambda folder: (folder / name).write_bytes(content)), name


def socket_at(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("bad.txt")
    finally:
        os.chdir(here)


def loop(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "bad").symlink_to(folder, target_is_directory=True)


ENTITIES = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))
BOMB = f"<!DOCTYPE html [<!ENTITY a0 'ha'>{ENTITIES}]><html><body><p>&a11;</p></body></html>"
ARABIC = "<html lang=ar><body><p>التقى وزير الثقافة نظيره في العاصمة ووقعا خطة للمتاحف</p></body></html>"
NO_TEXT = b"<html><head><title>x</title></head><body><script>var a;</script></body></html>"

#: kind -> (what makes it, a file of that name), pattern of the reason
BAD: dict[str, tuple[tuple[Make, str], str]] = {
    "empty": (data("bad.txt", b""), "empty"),
    "byte order mark alone": (data("bad.txt", b"\xef\xbb\xbf"), "empty"),
    "white space": (data("bad.txt", b" \n\t \r\n \xc2\xa0\n"), "only white space"),
    "NUL bytes": (data("bad.txt", b"text\x00\x00\x01\x02text" * 20), "binary"),
    "PNG named txt": (data("bad.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "a PNG image"),
    "JPEG named html": (data("bad.html", b"\xff\xd8\xff\xe0" + bytes(range(256))), "a JPEG image"),
    "PDF named txt": (data("bad.txt", b"%PDF-1.7\n..."), "a PDF document"),
    "office document named txt": (data("bad.txt", b"PK\x03\x04" + bytes(100)), "ZIP"),
    "gzip named jsonl": (data("bad.jsonl", b"\x1f\x8b\x08" + bytes(range(100))), "gzip"),
    "random bytes": (data("bad.txt", bytes(range(1, 256)) * 8), "binary|neither"),
    "control characters": (data("bad.txt", b"\x01\x02\x03\x04 plan \x05\x06" * 30), "binary"),
    "UTF-8 cut off": (data("bad.txt", RU.encode()[:-2]), "cut off"),
    "UTF-8 damaged": (data("bad.txt", RU.encode()[:30] + b"\xff\xfe" + RU.encode()[32:]), "damaged UTF-8 at byte 29"),
    "UTF-16 cut off": (data("bad.txt", RU.encode("utf-16")[:-1]), "damaged UTF-16"),
    "lost characters": (data("bad.txt", ("\ufffd" * 40 + "text").encode()), "damaged"),
    "20 MB of one line": (data("bad.txt", b"word " * 4_000_000), "too large"),
    "6 MB of one line": (data("bad.txt", b"the word " * 700_000), "too long for one article"),
    "one word of 400 kB": (data("bad.txt", b"a" * 400_000), "not recognised"),
    "signs alone": (data("bad.txt", b"!?.-" * 50_000), "not recognised"),
    "numbers alone": (data("bad.txt", b"1 204\n" * 1000), "not recognised"),
    "French": (data("bad.txt", "Le ministre de la Culture a rencontré son homologue dans la capitale.".encode()), "French"),
    "French in latin-1": (data("bad.txt", "Le ministre a été reçu dans la capitale par les élèves.".encode("latin-1")), "French"),
    "German": (data("bad.txt", "Der Minister hat die Ausstellung im Museum mit seinem Gast eröffnet.".encode()), "German"),
    "Turkish": (data("bad.txt", "Kültür Bakanı, mevkidaşı ile başkentte bir araya geldi ve sergi açıldı.".encode()), "Turkish"),
    "Ukrainian": (data("bad.txt", "Міністри культури двох країн зустрілися в столиці та обговорили музеї.".encode()), "Ukrainian"),
    "Kyrgyz": (data("bad.txt", "Маданият министри өлкөнүн элчиси менен жолугушту жана көргөзмө ачты.".encode()), "Kyrgyz"),
    "Chinese": (data("bad.txt", "文化部长在首都会见了客人，双方签署了计划。".encode()), "not recognised"),
    "Arabic in HTML": (data("bad.html", ARABIC.encode()), "not recognised|without text"),
    "HTML without text": (data("bad.html", NO_TEXT), "HTML without text"),
    "empty HTML": (data("bad.htm", b""), "empty"),
    "HTML that is none": (data("bad.html", b"<<<>>><a<b<c"), "without text|not recognised|cannot be read"),
    "HTML nested deeply": (data("bad.html", b"<div>" * 50_000 + GOOD.encode()), "nested deeper"),
    "HTML of 5 MB": (data("bad.html", b"<p>word</p>" * 500_000), "too large"),
    "HTML entity bomb": (data("bad.html", BOMB.encode()), "not recognised|without text"),
    "malformed JSONL": (data("bad.jsonl", b'{"id": "a", "text": \n'), "malformed JSON"),
    "nested JSON": (data("bad.jsonl", b"[" * 200_000 + b"\n"), "nested too deeply"),
    "nested JSON objects": (data("bad.jsonl", b'{"a":' * 100_000 + b"\n"), "nested too deeply"),
    "a list": (data("bad.jsonl", b"[1, 2]\n"), "a JSON list, not an object"),
    "a number": (data("bad.jsonl", b"3\n"), "a JSON number, not an object"),
    "a string": (data("bad.jsonl", b'"text"\n'), "a JSON string, not an object"),
    "text null": (data("bad.jsonl", b'{"id": "a", "text": null}\n'), "without text"),
    "text a list": (data("bad.jsonl", b'{"id": "a", "text": ["x"]}\n'), "whose text is a list"),
    "text empty": (data("bad.jsonl", b'{"id": "a", "text": ""}\n'), "empty"),
    "identifier a truth value": (data("bad.jsonl", json.dumps({"id": True, "text": GOOD}).encode()), "an identifier that is"),
    "identifier empty": (data("bad.jsonl", json.dumps({"id": " ", "text": GOOD}).encode()), "an empty identifier"),
    "identifier with control characters": (data("bad.jsonl", json.dumps({"id": "a\x07b", "text": GOOD}).encode()), "control characters"),
    "identifier of half a pair": (data("bad.jsonl", json.dumps({"id": "a\ud800", "text": GOOD}).encode()), "control characters"),
    "identifier without end": (data("bad.jsonl", json.dumps({"id": "a" * 5000, "text": GOOD}).encode()), "5000 characters"),
    "number without end": (data("bad.jsonl", b'{"text": "x", "n": ' + b"9" * 10_000 + b"}\n"), "malformed JSON"),
    "JSONL line of 12 MB": (data("bad.jsonl", b'{"text": "' + b"a" * 12_000_000 + b'"}\n'), "a line of more than"),
    "empty JSONL": (data("bad.jsonl", b""), "empty"),
    "unknown kind": (data("bad.docx", b"text"), r"files of kind \.docx are not read"),
    "no extension": (data("bad", b"text"), "files without an extension"),
    "named pipe": ((lambda folder: os.mkfifo(folder / "bad.txt"), "bad.txt"), "a named pipe"),
    "socket": ((socket_at, "bad.txt"), "a socket"),
    "link to nothing": ((lambda folder: (folder / "bad.txt").symlink_to(folder / "gone.txt"), "bad.txt"), "a link to nothing"),
    "link to itself": ((lambda folder: (folder / "bad.txt").symlink_to(folder / "bad.txt"), "bad.txt"), "symbolic links"),
    "link to a device": ((lambda folder: (folder / "bad.txt").symlink_to("/dev/zero"), "bad.txt"), "a device"),
    "loop of folders": ((loop, "inner/bad"), "read already"),
    "empty folder": ((lambda folder: (folder / "bad").mkdir(), "bad"), "an empty folder"),
    "folder named txt": ((lambda folder: (folder / "bad.txt").mkdir(), "bad.txt"), "an empty folder"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    yield Path("in")
    with contextlib.suppress(OSError):  # what hinders the removal of the folder
        (tmp_path / "in" / "bad.txt").unlink()


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_named_and_the_good_stays(kind: str, folder: Path) -> None:
    (make, name), reason = BAD[kind]
    (folder / "another.txt").write_text(GOOD, "utf-8")
    make(folder.absolute())
    (folder / "zebra.txt").write_text(RU, "utf-8")
    begin = time.perf_counter()
    found = list(read([folder]))
    assert time.perf_counter() - begin < 10
    assert [one.id for one in found if isinstance(one, Article)] == ["another", "zebra"]
    (skipped,) = (one for one in found if isinstance(one, Skipped))
    assert re.search(reason, skipped.reason), skipped
    assert "\n" not in skipped.reason + skipped.path
    assert len(skipped.reason) < 200
    assert skipped.path.split(":")[0] == str(folder / name)


def test_there_are_enough_kinds() -> None:
    assert len(BAD) >= 30


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        ("gone.txt", "no such file or folder"),
        ("", "no such file or folder"),
        ("gone/*.txt", "no file matches"),
        ("**/gone-*", "no file matches"),
        ("x\x00y.txt", "not a path"),
        ("a" * 5000, "name too long"),
        ("/dev/null", "a device"),
        ("good.txt/x.txt", "not a directory"),
    ],
)
def test_bad_arguments(argument: str, reason: str, folder: Path) -> None:
    Path("good.txt").write_text(GOOD, "utf-8")
    first, second = read([argument, "good.txt"])
    assert isinstance(first, Skipped)
    assert reason in first.reason
    assert first.path.isprintable()
    assert isinstance(second, Article)


def test_all_kinds_at_once(folder: Path) -> None:
    (folder / "good.txt").write_text(GOOD, "utf-8")
    for number, (kind, ((make, _), _)) in enumerate(BAD.items()):
        if "MB" in kind or kind == "loop of folders":
            continue  # each has its own test; here they would only take time
        inner = folder / f"{number:02}"
        inner.mkdir()
        make(inner.absolute())
        (inner / f"good-{number}.txt").write_text(f"{GOOD} {number}", "utf-8")
    found = list(read([folder]))
    good = [one for one in found if isinstance(one, Article)]
    assert len(good) == len([k for k in BAD if "MB" not in k and k != "loop of folders"]) + 1
    for inner in folder.iterdir():  # pipes and sockets
        if inner.is_dir() and (inner / "bad.txt").is_socket():
            (inner / "bad.txt").unlink()


def test_no_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed.txt").write_text(GOOD, "utf-8")
    (folder / "open.txt").write_text(RU, "utf-8")
    (folder / "secret").mkdir()
    real_open, real_list = Path.open, Path.iterdir

    def deny_open(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return real_open(self, *args, **kwargs)  # type: ignore[call-overload]

    def deny_list(self: Path) -> Iterator[Path]:
        if self.name == "secret":
            raise PermissionError(13, "Permission denied", str(self))
        return real_list(self)

    monkeypatch.setattr(Path, "open", deny_open)  # tests may run as root, whom no file mode stops
    monkeypatch.setattr(Path, "iterdir", deny_list)
    found = list(read([folder]))
    assert [one.id for one in found if isinstance(one, Article)] == ["open"]
    assert [(Path(one.path).name, one.reason) for one in found if isinstance(one, Skipped)] == [
        ("closed.txt", "no permission to read it"),
        ("secret", "no permission to read it"),
    ]


def test_a_file_that_vanishes_or_fails_while_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_text(GOOD, "utf-8")
    (folder / "b.txt").write_text(RU, "utf-8")
    real = Path.open

    def fail(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise OSError(5, "Input/output error")
        return real(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", fail)
    first, second = read([folder])
    assert isinstance(first, Skipped)
    assert first.reason == "input/output error"
    assert isinstance(second, Article)


def test_a_parser_that_trips(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def trip(*args: object, **kwargs: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(trafilatura, "bare_extraction", trip)
    (folder / "a.html").write_text(f"<html><body><p>{GOOD}</p></body></html>", "utf-8")
    (folder / "b.txt").write_text(RU, "utf-8")
    first, second = read([folder])
    assert first == Skipped("in/a.html", "HTML that cannot be read: RuntimeError")
    assert isinstance(second, Article)


def test_good_lines_of_a_bad_jsonl_stay(folder: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": GOOD}),
        "{bad",
        "",
        "[]",
        json.dumps({"id": "b", "text": RU}),
        '{"text": 3}',
    ]
    (folder / "mixed.jsonl").write_text("\n".join(lines), "utf-8")
    found = list(read([folder]))
    assert [one.id for one in found if isinstance(one, Article)] == ["a", "b"]
    assert [one.path for one in found if isinstance(one, Skipped)] == [f"in/mixed.jsonl:{n}" for n in (2, 4, 6)]


def test_the_rest_of_a_long_line_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    long = json.dumps({"id": "long", "text": "a" * 5500})
    (folder / "a.jsonl").write_text(f"{long}\n{json.dumps({'id': 'b', 'text': GOOD})}\n{long}", "utf-8")
    found = list(read([folder]))
    assert [type(one).__name__ for one in found] == ["Skipped", "Article", "Skipped"]
    assert found[2].path == "in/a.jsonl:3"
