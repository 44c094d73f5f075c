"""The folder of generations: one pointer, one lock for writers, and nothing visible before it is whole.

    graph.kg/
        CURRENT                   the number of the generation that readers see
        LOCK                      held by the one writer
        generations/000003/       oxigraph/ (the triples), records.sqlite, READERS (held, shared, by who reads it)
        generations/000004.part/  what a build is writing; the next build clears away what a killed one left

A build writes a `.part` folder, renames it, and then replaces CURRENT, each in one step of the file system: whatever moment
it is killed at, CURRENT names a whole generation.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kgculture.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"\d{6,}")


class Folder:
    """The paths of a store and the steps that change it."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.generations = self.path / "generations"

    def current(self) -> str | None:
        """The generation that readers see; None where nothing was built yet. Raises StoreError for a damaged pointer."""
        pointer = self.path / "CURRENT"
        try:
            name = pointer.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{pointer}: cannot be read: {error}") from error
        if not _NAME.fullmatch(name):
            raise StoreError(f"{pointer}: names no generation: {name[:40]!r}", "build the store anew from the articles")
        return name

    def at(self, name: str) -> Path:
        return self.generations / name

    def check_place(self) -> None:
        """Raises StoreError where a store cannot be made: a file stands there, or a folder that holds something else."""
        if self.path.exists() and not self.path.is_dir():
            raise StoreError(f"{self.path}: is a file, not a store", "give another place with --store")
        strange = self.path.is_dir() and not self.generations.is_dir() and any(self.path.iterdir())
        if strange and not (self.path / "LOCK").exists():
            raise StoreError(
                f"{self.path}: is a folder with other things in it, not a store", "give another place with --store"
            )

    @contextlib.contextmanager
    def writing(self) -> Iterator[int]:
        """Holds the writers' lock and gives its file descriptor.

        Raises StoreError where another build holds it or the folder cannot be written."""
        self.check_place()
        try:
            self.generations.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "LOCK").open("a")
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written: {error.strerror}") from error
        with lock:
            if not _take(lock):
                raise StoreError(
                    f"{self.path}: another build is writing this store", "wait for it to end, or give another --store"
                )
            self._clear_parts()
            yield lock.fileno()

    def _clear_parts(self) -> None:
        for left in self.generations.glob("*.part"):
            shutil.rmtree(left, ignore_errors=True)
        (self.path / "CURRENT.part").unlink(missing_ok=True)
        current, found = self.current(), self._all()
        if (
            current is None and found
        ):  # the very first build was killed between its last two steps, or CURRENT was deleted
            self._point(found[-1].name)
        for place in found:
            if current is not None and int(place.name) > int(current):  # written whole, never made current
                _remove(place)

    def _all(self) -> list[Path]:
        return sorted((p for p in self.generations.iterdir() if _NAME.fullmatch(p.name)), key=lambda p: int(p.name))

    def begin(self) -> Path:
        """An empty folder for the next generation."""
        part = self.generations / f"{int(self.current() or 0) + 1:06d}.part"
        part.mkdir()
        (part / "READERS").touch()
        return part

    def finish(self, part: Path) -> str:
        """Makes a written generation the current one; gives its name. Those before the previous one go, if nobody reads them."""
        name = part.name.removesuffix(".part")
        for path in part.rglob("*"):
            _sync(path)
        _sync(part)
        previous = self.current()
        part.rename(self.at(name))
        _sync(self.generations)
        self._point(name)
        for place in self._all():
            if place.name not in (name, previous) and not _is_read(place):
                _remove(place)
        return name

    def _point(self, name: str) -> None:
        pointer = self.path / "CURRENT.part"
        pointer.write_text(f"{name}\n", encoding="ascii")
        _sync(pointer)
        pointer.replace(self.path / "CURRENT")
        _sync(self.path)

    def reading(self, name: str) -> IO[str]:
        """Marks a generation as read until the file that it gives is closed. Raises FileNotFoundError if it is gone."""
        mark = (self.at(name) / "READERS").open()
        fcntl.flock(mark, fcntl.LOCK_SH)
        if not (self.at(name) / "READERS").exists():
            mark.close()
            raise FileNotFoundError(name)
        return mark


def _take(lock: IO[str]) -> bool:
    """Takes the lock, if need be on a second look: workers of a build that was killed hold it for a moment longer."""
    for wait in (0.05, 0.15, 0.3, 0):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            time.sleep(wait)
    return False


def _is_read(place: Path) -> bool:
    try:
        with (place / "READERS").open() as mark:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _remove(place: Path) -> None:
    """Removes a generation; first out of sight, so that a half-removed one is never taken for a whole."""
    away = place.with_name(f"{place.name}.part")
    with contextlib.suppress(OSError):
        place.rename(away)
        shutil.rmtree(away, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
