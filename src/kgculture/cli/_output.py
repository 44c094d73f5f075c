"""Writes answers: tables that fit the terminal, the SPARQL result formats, and RDF."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kgculture.cli import ReaderGone
from kgculture.cli._options import GRAPHS, TABLES
from kgculture.errors import InputError, UsageError
from kgculture.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NOT_STATED = "not stated"
#: width of a table that nobody looks at in a terminal
WIDTH = 100
#: a column is at least as wide as its longest word, or as this
WORD = 14
#: lines that one cell may take in a table, unless it is a list; the other formats always hold all
LINES = 8
#: stands between the items of a cell that is a list: each begins a line of its own in a table
BREAK = "\v"
_EXTENSIONS = {
    **{name: name for name in ("csv", "tsv", "json", "xml", "trig", "jsonld")},
    "srj": "json",
    "srx": "xml",
    "ttl": "turtle",
    "nq": "nquads",
    "nt": "ntriples",
    "rdf": "rdfxml",
}


@contextmanager
def destination(path: str | None) -> Iterator[BinaryIO]:
    """The stream for an answer: a file, or standard output. Raises InputError where it cannot be written."""
    try:
        if path is None:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        else:
            with Path(path).open("wb") as stream:
                yield stream
    except OSError as error:
        if path is None:
            # what is still in the buffer goes nowhere, instead of failing once more when the process ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise ReaderGone from error
        raise InputError(f"{path or 'standard output'}: cannot be written: {error.strerror or error}") from error


def choose(given: str | None, path: str | None, known: Sequence[str]) -> str:
    """The format asked for, else that of the file's ending, else the first of `known`. Raises UsageError if it does not fit."""
    ending = _EXTENSIONS.get(path.rpartition(".")[2].lower(), "") if path else ""
    chosen = given or (ending if ending in known else known[0])
    if chosen not in known:
        raise UsageError(f"--format {chosen}: this answer can be written as {', '.join(known)}")
    return chosen


def answer(result: Any, format_: str | None, path: str | None, store: Any, *, iris: bool = False) -> None:
    """Writes what `query.run` gave: SELECT and ASK in a format of tables, CONSTRUCT and DESCRIBE in one of graphs."""
    import pyoxigraph

    if isinstance(result, pyoxigraph.QueryTriples):
        graph(result, choose(format_, path, GRAPHS), path)
        return
    chosen = choose(format_, path, TABLES)
    if chosen != "table":
        native(result, chosen, path)
        return
    if isinstance(result, pyoxigraph.QueryBoolean):
        write("yes\n" if bool(result) else "no\n", path)
        return
    columns = [variable.value for variable in result.variables]
    labels: dict[str, str] = {}
    solutions = [tuple(solution) for solution in result]
    rows = [[shown(cell, store, labels, iris=iris) for cell in solution] for solution in solutions]
    if not iris:
        columns, rows = _once(columns, rows, solutions)
    table(columns, rows, path)


def _once(
    columns: list[str], rows: list[list[str]], solutions: list[tuple[Any, ...]]
) -> tuple[list[str], list[list[str]]]:
    """Without the columns of IRIs that, shown as labels, only repeat a column of strings."""
    if not rows:
        return columns, rows
    literal = [all(row[c] is None or hasattr(row[c], "datatype") for row in solutions) for c in range(len(columns))]
    told = {tuple(row[c] for row in rows) for c in range(len(columns)) if literal[c]}
    kept = [c for c in range(len(columns)) if literal[c] or tuple(row[c] for row in rows) not in told]
    return [columns[c] for c in kept], [[row[c] for c in kept] for row in rows]


def native(result: Any, format_: str, path: str | None) -> None:
    """CSV, TSV, JSON or XML as SPARQL 1.1 defines them."""
    import pyoxigraph

    form = pyoxigraph.QueryResultsFormat.from_extension({"json": "srj", "xml": "srx"}.get(format_, format_))
    with destination(path) as stream:
        if isinstance(result, pyoxigraph.QueryBoolean) and format_ in ("csv", "tsv"):
            stream.write(b"true\n" if bool(result) else b"false\n")
        else:
            result.serialize(stream, form)
            if format_ == "json":
                stream.write(b"\n")


def graph(triples: Iterable[Any], format_: str, path: str | None) -> None:
    """Triples, sorted and each once, in one of the formats of RDF."""
    import pyoxigraph

    from kgculture.export import FORMATS, used_prefixes

    form = pyoxigraph.RdfFormat.from_extension(FORMATS[format_][0])
    found = sorted(set(triples), key=str)
    with destination(path) as stream:
        pyoxigraph.serialize(found, stream, form, prefixes=used_prefixes(found))


def records(
    columns: Sequence[str], rows: Iterable[Sequence[str | int | None]], format_: str | None, path: str | None
) -> None:
    """Rows of plain values in a format of tables; the machine's formats are those of SPARQL results."""
    chosen = choose(format_, path, TABLES)
    rows = list(rows)
    if chosen == "table":
        table(columns, [[NOT_STATED if cell is None else str(cell) for cell in row] for row in rows], path)
        return
    import pyoxigraph

    # a query whose answer is these rows: the engine then writes them as it writes any answer
    cells = ("(" + " ".join("UNDEF" if c is None else str(pyoxigraph.Literal(c)) for c in row) + ")" for row in rows)
    names = " ".join("?" + column.replace(" ", "_") for column in columns)
    text = f"SELECT {names} WHERE {{ VALUES ({names}) {{ {' '.join(cells)} }} }}"
    native(pyoxigraph.Store().query(text), chosen, path)


def shown(cell: Any, store: Any, labels: dict[str, str], *, iris: bool = False) -> str:
    """A term as a person reads it: a thing by its label, an article by its identifier, a term by its name."""
    if cell is None:
        return NOT_STATED
    value = str(getattr(cell, "value", cell))
    if iris or not hasattr(cell, "value") or hasattr(cell, "datatype"):
        return value
    if value not in labels:
        from kgculture.query.display import display

        labels[value] = display(store, value)
    return labels[value]


def write(text: str, path: str | None) -> None:
    """Text, in UTF-8."""
    with destination(path) as stream:
        stream.write(text.encode("utf-8", "surrogateescape"))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], path: str | None) -> None:
    """A table as wide as the terminal at most; of 100 columns (or $COLUMNS) where there is none."""
    room = width() if path is None else WIDTH
    if rows and (_room_for(columns, rows) > room or _would_cut(columns, rows, room)):
        write(blocks(columns, rows, room), path)
    elif path is None and sys.stdout.isatty():
        _rich(columns, rows)
    else:
        write(plain(columns, rows, room), path)


def _would_cut(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> bool:
    """Whether a cell side by side with the others is longer than the lines that it may take: a passage in a narrow column."""
    wanted = [max(map(_length, column)) for column in zip(columns, *rows, strict=True)]
    sizes = _fit(_least(columns, rows), wanted, room - 2 * (len(columns) - 1))
    cells = (pair for row in rows for pair in zip(row, sizes, strict=True))
    # only a cell that is longer than so many lines with every line two thirds full can need more
    return any(
        len(cell) > LINES * size * 2 // 3 and BREAK not in cell and len(_lines(" ".join(cell.split()), size)) > LINES
        for cell, size in cells
    )


def _room_for(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The width below which columns side by side cannot be read any more."""
    return sum(_least(columns, rows)) + 2 * (len(columns) - 1)


def _least(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """For each column its longest word, or 14."""
    together = zip(columns, *rows, strict=True)
    return [min(WORD, max(len(word) for cell in column for word in cell.split() or [""])) for column in together]


def blocks(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> str:
    """A row as a block of lines `column  value`: for more columns than fit side by side."""
    from textwrap import fill

    names = max(map(len, columns)) + 2
    indent = " " * names
    text = []
    for row in rows:
        lines = [
            fill(
                " ".join(cell.replace(BREAK, "; ").split()),
                room,
                initial_indent=column.ljust(names),
                subsequent_indent=indent,
            )
            for column, cell in zip(columns, row, strict=True)
            if cell.strip()
        ]
        text.append("\n".join(lines) + "\n")
    return "\n".join(text)


def width() -> int:
    """Columns of the terminal; without one $COLUMNS, else 100."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    try:
        return max(40, int(os.environ["COLUMNS"]))
    except (KeyError, ValueError):
        return WIDTH


def _rich(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    wanted = [max(map(_length, column)) for column in zip(columns, *rows, strict=True)]
    sizes = _fit(_least(columns, rows), wanted, width() - 3 * len(columns))
    for column, size in zip(columns, sizes, strict=True):
        drawn.add_column(column, overflow="fold", width=size)
    for row in rows:
        cells = (
            "\n".join(_lines(cell, size)) if BREAK in cell else cell for cell, size in zip(row, sizes, strict=True)
        )
        drawn.add_row(*(Text(cell, style="dim" if cell == NOT_STATED else "") for cell in cells))
    console = Console(width=width())
    if rows:
        console.print(drawn)
    console.print(Text(_count(len(rows)), style="dim"))


def _count(number: int) -> str:
    return "no rows" if number == 0 else f"{number} row{'s' if number != 1 else ''}"


def plain(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> str:
    """Columns side by side, two blanks apart, long cells wrapped; a heading and a line under it."""
    if not rows:
        return "no rows\n"
    cells = [[BREAK.join(" ".join(part.split()) for part in cell.split(BREAK)) for cell in row] for row in rows]
    wanted = [max(map(_length, column)) for column in zip(columns, *cells, strict=True)]
    widths = _fit(_least(columns, cells), wanted, room - 2 * (len(columns) - 1))
    lines = []
    for number, row in enumerate([list(columns), ["-" * w for w in widths], *cells]):
        wrapped = [_lines(cell, w) for cell, w in zip(row, widths, strict=True)]
        if number > 1:
            wrapped = [
                part if len(part) <= LINES or BREAK in cell else [*part[: LINES - 1], "…"]
                for part, cell in zip(wrapped, row, strict=True)
            ]
        for line in range(max(map(len, wrapped))):
            parts = (part[line] if line < len(part) else "" for part in wrapped)
            lines.append("  ".join(part.ljust(w) for part, w in zip(parts, widths, strict=True)).rstrip())
    return "\n".join(lines) + "\n"


def _lines(cell: str, size: int) -> list[str]:
    """A cell in lines of at most `size`; what goes on below the first line of an item of a list is set in."""
    from textwrap import wrap

    indent = "  " if BREAK in cell else ""
    return [line for part in cell.split(BREAK) for line in wrap(part, size, subsequent_indent=indent)] or [""]


def _length(cell: str) -> int:
    """The length of a cell, or of the longest item of one that is a list."""
    return max(map(len, cell.split(BREAK)))


def _fit(least: list[int], wanted: list[int], room: int) -> list[int]:
    """Widths whose sum is at most `room`: to each column its longest word if there is room for all, then what it wants.

    What is left goes in equal parts to the columns that want more, those that want little first.
    """
    widths = least if sum(least) <= room else [0] * len(wanted)
    left, todo = room - sum(widths), sorted(range(len(wanted)), key=lambda c: wanted[c] - widths[c])
    grown = list(widths)
    while todo:
        column = todo.pop(0)
        more = min(wanted[column] - widths[column], max(left, 0) // (len(todo) + 1))
        grown[column] = max(widths[column] + more, 4)
        left -= more
    return grown


def short(iri: str) -> str:
    """An IRI with a prefix where it has one."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri
