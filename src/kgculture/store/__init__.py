"""A store on disk: triples (pyoxigraph) and records (SQLite) in generations, of which readers see whole ones only."""

from __future__ import annotations

import shutil
from itertools import islice
from typing import IO, TYPE_CHECKING

from kgculture.errors import ResourceError, StoreError
from kgculture.store.folder import Folder
from kgculture.store.records import FORMAT, Entry, Records
from kgculture.store.upgrade import upgraded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    import pyoxigraph

__all__ = ["FORMAT", "Entry", "Folder", "Records", "Store", "Writer", "missing", "upgraded"]

#: quads loaded at once: larger chunks cost memory, smaller ones time
CHUNK = 150_000
#: so few quads are added in a transaction
FEW = 5_000


def missing(path: Path) -> StoreError:
    """What to raise where a store is asked for and there is none."""
    return StoreError(f"{path}: no store here", f"make one with: kgculture build PATH… --store {path}")


class Store:
    """One generation of a store, opened to read. It stays as it is while others build; `close` lets it be cleared away."""

    def __init__(self, path: Path, generation: str, mark: IO[str], triples: pyoxigraph.Store, records: Records) -> None:
        self.path = path
        self.generation = generation
        self.triples = triples
        self.records = records
        self._mark = mark

    @property
    def place(self) -> Path:
        """The folder of the generation."""
        return Folder(self.path).at(self.generation)

    @classmethod
    def open(cls, path: str | Path) -> Store:
        """Raises StoreError for a store that is damaged or of another format, ResourceError where there is none."""
        folder = Folder(path)
        for attempt in range(5):  # builds that end meanwhile may clear away what CURRENT named a moment ago
            name = folder.current()
            if name is None:
                raise missing(folder.path)
            try:
                return cls._open(folder, name)
            except FileNotFoundError as error:
                if attempt == 4 or folder.current() == name:
                    raise StoreError(
                        f"{folder.at(name)}: the store is damaged: the generation is missing or incomplete",
                        "build it anew from the articles",
                    ) from error
        raise ResourceError(f"{path}: cannot be opened")  # pragma: no cover

    @classmethod
    def _open(cls, folder: Folder, name: str) -> Store:
        import pyoxigraph

        mark = folder.reading(name)
        try:
            place = folder.at(name)
            for part in ("records.sqlite", "oxigraph/CURRENT"):
                if not (place / part).is_file():
                    raise FileNotFoundError(part)
            records = Records.open(place / "records.sqlite")
            try:
                triples = pyoxigraph.Store.read_only(str(place / "oxigraph"))
            except (OSError, RuntimeError, ValueError) as error:
                line = " ".join(str(error).split())
                raise StoreError(f"{place}: the store is damaged: {line}", "build it anew from the articles") from error
        except BaseException:
            mark.close()
            raise
        return cls(folder.path, name, mark, triples, records)

    def close(self) -> None:
        """Lets go of the generation."""
        self.records.close()
        self._mark.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Writer:
    """A new generation being written. Nothing of it can be seen before `commit`.

    It begins empty, or, given the generation that stands, as a copy of that, which costs little: what is never changed in place
    (triples, articles) is shared by hard links.
    """

    def __init__(self, folder: Folder, old: Store | None = None) -> None:
        import pyoxigraph

        self._folder = folder
        self._part = folder.begin()
        try:
            if old is None:
                self.records = Records.create(self._part / "records.sqlite")
            else:
                old.triples.backup(str(self._part / "oxigraph"))
                self.records = Records.grow(self._part / "records.sqlite", old.place / "records.sqlite")
            self._triples: pyoxigraph.Store | None = pyoxigraph.Store(str(self._part / "oxigraph"))
        except BaseException:
            shutil.rmtree(self._part, ignore_errors=True)
            raise

    @property
    def triples(self) -> pyoxigraph.Store:
        """The triples written so far. Raises ValueError after `commit`."""
        if self._triples is None:
            raise ValueError("the generation is closed")
        return self._triples

    @property
    def place(self) -> Path:
        """The folder of the generation: files put there come and go with it."""
        return self._part

    def load(self, quads: Iterable[pyoxigraph.Quad]) -> None:
        """Adds quads, in chunks: memory does not grow with their number."""
        import pyoxigraph

        todo = iter(quads)
        while chunk := list(islice(todo, CHUNK)):
            if len(chunk) < FEW:  # a load in bulk makes files of its own, and many small ones make reading slow
                self.triples.extend(chunk)
                continue
            # N-Quads through bulk_load is several times faster than adding quads one by one
            data = pyoxigraph.serialize(chunk, format=pyoxigraph.RdfFormat.N_QUADS)
            self.triples.bulk_load(data, pyoxigraph.RdfFormat.N_QUADS, lenient=True)

    def abort(self) -> None:
        """Throws the generation away."""
        self._triples = None
        self.records.close()
        shutil.rmtree(self._part, ignore_errors=True)

    def commit(self) -> str:
        """Makes the generation the current one and gives its name."""
        self.triples.flush()
        self._triples = None  # closes the database: its files are whole and locked by nobody
        self.records.tidy()
        self.records.close()
        return self._folder.finish(self._part)
