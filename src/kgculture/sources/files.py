"""Finds and reads what the user named: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from kgculture.errors import DuplicateArticle
from kgculture.model import Article, Skipped
from kgculture.sources import page
from kgculture.sources.decode import Undecodable, decode
from kgculture.sources.page import NotAnArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Largest file of one article and longest line of a JSONL file, in bytes. A JSONL file as a whole may have any size.
MAX_BYTES = 10_000_000
#: Largest HTML page: parsing takes a second or two per megabyte.
MAX_HTML_BYTES = 4_000_000
_TEXT, _HTML, _JSONL = (".txt",), (".html", ".htm", ".xhtml"), (".jsonl", ".ndjson")
_KNOWN = (*_TEXT, *_HTML, *_JSONL)
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)

Ids = Literal["stem", "path"]


@dataclass(slots=True)
class _Reader:
    ids: Ids
    stdin: BinaryIO | None
    #: identifier -> digest of its text, and where it came from
    known: dict[str, tuple[bytes, str, str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    folders: set[tuple[int, int]] = field(default_factory=set)

    # ------------------------------------------------------------------------------------------------------- finding

    def argument(self, path: str) -> Iterator[Article | Skipped]:
        if path == "-":
            yield from self.standard_input()
            return
        if "\0" in path or not _encodable(path):
            yield Skipped(_shown(path), "not a path")
        elif not os.path.lexists(path) and glob.has_magic(path):
            found = sorted(glob.glob(path, recursive=True))  # noqa: PTH207  the pattern may be absolute
            if not found:
                yield Skipped(_shown(path), "no file matches")
            for one in found:
                yield from self.path(one)
        else:
            yield from self.path(path)

    def path(self, path: str) -> Iterator[Article | Skipped]:
        shown = _shown(path)
        try:
            status = os.stat(path)  # noqa: PTH116  Path("") would be the working folder
        except FileNotFoundError:
            broken = Path(path).is_symlink() if path else False
            yield Skipped(shown, "a link to nothing" if broken else "no such file or folder")
            return
        except OSError as error:
            yield Skipped(shown, _reason(error))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self.folder(path, status)
            return
        if (special := next((what for test, what in _SPECIAL if test(status.st_mode)), None)) is not None:
            yield Skipped(shown, special)
            return
        absolute = str(Path(path).absolute())
        if absolute in self.files:
            return
        self.files.add(absolute)
        yield from self.file(path, status.st_size)

    def folder(self, path: str, status: os.stat_result) -> Iterator[Article | Skipped]:
        """All files of a folder and of those in it, sorted by name; hidden ones are left out, each folder is entered once."""
        shown = _shown(path)
        if (status.st_dev, status.st_ino) in self.folders:
            yield Skipped(shown, "a folder that was read already")
            return
        self.folders.add((status.st_dev, status.st_ino))
        try:
            names = sorted(one.name for one in Path(path).iterdir() if not one.name.startswith("."))
        except OSError as error:
            yield Skipped(shown, _reason(error))
            return
        if not names:
            yield Skipped(shown, "an empty folder")
        for name in names:
            yield from self.path(str(Path(path) / name))

    # ------------------------------------------------------------------------------------------------------- reading

    def file(self, path: str, size: int) -> Iterator[Article | Skipped]:
        shown, suffix = _shown(path), Path(path).suffix.lower()
        if suffix not in _KNOWN:
            kind = f"files of kind {_shown(suffix)}" if suffix else "files without an extension"
            yield Skipped(shown, f"{kind} are not read (but {', '.join(_KNOWN)})")
            return
        limit = MAX_HTML_BYTES if suffix in _HTML else MAX_BYTES
        if suffix not in _JSONL and size > limit:
            yield Skipped(shown, _too_large(size, limit))
            return
        try:
            with Path(path).open("rb") as stream:
                if suffix in _JSONL:
                    yield from self.records(stream, shown, self.name(path))
                    return
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            yield Skipped(shown, _reason(error))
            return
        yield from self.one(data, shown, self.name(path), html=suffix in _HTML)

    def standard_input(self) -> Iterator[Article | Skipped]:
        """Standard input: HTML or JSONL where it begins like that, else a text."""
        stream = self.stdin or sys.stdin.buffer
        try:
            data = stream.read(MAX_BYTES + 1)
            head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
            if head.startswith(b"{"):
                yield from self.records(_Rest(data, stream), "-", "stdin")
                return
        except (OSError, ValueError) as error:
            yield Skipped("-", _reason(error) if isinstance(error, OSError) else "standard input is closed")
            return
        yield from self.one(
            data, "-", "stdin", html=head.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body"))
        )

    def one(self, data: bytes, shown: str, identifier: str, *, html: bool) -> Iterator[Article | Skipped]:
        limit = MAX_HTML_BYTES if html else MAX_BYTES
        if len(data) > limit:
            yield Skipped(shown, _too_large(len(data), limit))
            return
        make = page.from_html if html else page.from_text
        yield from self.attempt(lambda: make(decode(data, html=html), identifier, shown), shown, shown)

    def records(self, stream: BinaryIO | _Rest, shown: str, stem: str) -> Iterator[Article | Skipped]:
        """One article a line. A line that gives none is skipped by its number, the others stand."""
        number = 0
        while True:
            try:
                raw = stream.readline(MAX_BYTES + 1)
            except OSError as error:
                yield Skipped(f"{shown}:{number + 1}", _reason(error))
                return
            if not raw:
                break
            number += 1
            where = f"{shown}:{number}"
            if len(raw) > MAX_BYTES:
                while raw and not raw.endswith(b"\n"):  # over the rest of the line, in pieces
                    raw = stream.readline(MAX_BYTES)
                yield Skipped(where, f"a line of more than {MAX_BYTES} bytes")
                continue
            if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            if number == 1 and raw[:1] in b"\x89\x1fP%\xff\xfe" and b"{" not in raw[:4]:
                try:
                    decode(raw)
                except Undecodable as error:
                    yield Skipped(shown, str(error))
                    return
            yield from self.attempt(partial(_record, raw, number, stem, where), where, shown)
        if not number:
            yield Skipped(shown, "empty")

    def attempt(self, make: Callable[[], Article], where: str, source: str) -> Iterator[Article | Skipped]:
        try:
            article = make()
        except (Undecodable, NotAnArticle) as error:
            yield Skipped(where, str(error))
            return
        except RecursionError:
            yield Skipped(where, "nested too deeply")
            return
        except MemoryError:
            yield Skipped(where, "too large for the memory of this machine")
            return
        digest = hashlib.sha256(article.text.encode()).digest()
        before = self.known.get(article.id)
        if before is None:
            self.known[article.id] = (digest, where, source)
            yield article
        elif before[0] != digest:
            if before[2] == source:  # --id path cannot tell two lines of one file apart
                yield Skipped(where, f"another text is called {article.id!r} already ({before[1]})")
                return
            raise DuplicateArticle(
                f"{where} and {before[1]}: two texts with one identifier, {article.id!r}",
                "give --id path: identifiers are then made of paths" if self.ids == "stem" else "rename one of them",
            )

    def name(self, path: str) -> str:
        """The identifier of a file: its stem, or its path as seen from the working folder."""
        if self.ids == "stem":
            return _shown(Path(path).stem)
        absolute = Path(path).absolute()
        try:
            relative = absolute.relative_to(Path.cwd())
        except (ValueError, OSError):  # elsewhere, or the working folder is gone
            relative = absolute.relative_to(absolute.anchor)
        return _shown(relative.as_posix())


@dataclass(slots=True)
class _Rest:
    """What was read of a stream already, and then the stream."""

    data: bytes
    stream: BinaryIO

    def readline(self, limit: int) -> bytes:
        if not self.data:
            return self.stream.readline(limit)
        stop = self.data.find(b"\n") + 1
        line, self.data = (
            (self.data[:stop], self.data[stop:]) if stop else (self.data + self.stream.readline(limit), b"")
        )
        return line


def _record(raw: bytes, number: int, stem: str, where: str) -> Article:
    return page.from_record(decode(raw).strip(), number, stem, where)


def _shown(path: str) -> str:
    """A path as it can be printed and stored: bytes that are no UTF-8 and control characters are escaped."""
    text = (
        path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        if _encodable(path)
        else ascii(path)[1:-1]
    )
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _encodable(path: str) -> bool:
    try:
        path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror or type(error).__name__).lower()


def _too_large(size: int, limit: int) -> str:
    return f"{size} bytes or more: too large for one article (at most {limit})"


def read(
    paths: Iterable[str | Path], *, ids: Ids = "stem", stdin: BinaryIO | None = None
) -> Iterator[Article | Skipped]:
    """Articles of files, folders, globs and `-` (standard input), in the order given, folders sorted by name.

    paths: `.txt`, `.html`, `.jsonl` files, folders of them, globs, `-`.
    ids: "stem" calls the article of a file by the file's name without extension; "path" by its path from the working folder
        (from the root for a file elsewhere). A record of a JSONL file has the identifier that it gives.
    stdin: what `-` reads; `sys.stdin.buffer` if None.

    Every input that gives no article comes as one `Skipped` with the reason. The same text under the same identifier comes once.
    Raises DuplicateArticle where two inputs give different texts one identifier.
    """
    reader = _Reader(ids, stdin)
    for path in paths:
        yield from reader.argument(os.fspath(path))
