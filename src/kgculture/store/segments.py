"""Articles with their facts in files that are written once and shared between generations by hard links.

A segment is a run of compressed JSON texts; where each begins is in the records. A build writes one new segment, and
takes in with it those that are not larger, so that there are never many: what an article costs does not grow with the store.
"""

from __future__ import annotations

import os
import shutil
import zlib
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: (segment, first byte, number of bytes)
Span = tuple[int, int, int]


class Segments:
    """The segments of one generation: a folder of files named by number."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._open: dict[int, IO[bytes]] = {}
        self._new: tuple[int, IO[bytes]] | None = None

    def path(self, number: int) -> Path:
        return self._place / f"{number:06d}.seg"

    def read(self, span: Span) -> str:
        """Raises OSError, ValueError or zlib.error where the segment is gone or damaged."""
        return zlib.decompress(self.raw(span)).decode()

    def raw(self, span: Span) -> bytes:
        number, start, size = span
        if self._new is not None and self._new[0] == number:
            self._new[1].flush()
        file = self._open.get(number)
        if file is None:
            file = self._open[number] = self.path(number).open("rb")
        data = os.pread(file.fileno(), size, start)
        if len(data) != size:
            raise ValueError(f"{self.path(number).name} ends too early")
        return data

    def write(self, text: str) -> Span:
        """Adds a text to the segment that is being written."""
        return self.write_raw(zlib.compress(text.encode(), 3))

    def write_raw(self, data: bytes) -> Span:
        if self._new is None:
            number = max((int(p.stem) for p in self._place.glob("*.seg")), default=0) + 1
            self._new = number, self.path(number).open("ab")
        number, file = self._new
        start = file.tell()
        file.write(data)
        return number, start, len(data)

    def newest(self) -> int | None:
        """The segment that is being written."""
        return self._new[0] if self._new is not None else None

    def sizes(self) -> dict[int, int]:
        if self._new is not None:
            self._new[1].flush()
        return {int(p.stem): p.stat().st_size for p in self._place.glob("*.seg")}

    def remove(self, number: int) -> None:
        file = self._open.pop(number, None)
        if file is not None:
            file.close()
        self.path(number).unlink()

    def share(self, other: Path) -> None:
        """Takes over the segments of another generation: by hard links, or as copies where the disk has none."""
        for path in other.glob("*.seg"):
            try:
                os.link(path, self._place / path.name)
            except OSError:
                shutil.copyfile(path, self._place / path.name)

    def close(self) -> None:
        for file in self._open.values():
            file.close()
        if self._new is not None:
            self._new[1].close()
        self._open, self._new = {}, None
