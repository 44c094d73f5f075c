"""What earlier layers call the records of one article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kgculture.resolve.context import country_of, is_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgculture.model import Ref
    from kgculture.resolve.database import Database


class Upstream:
    """Names by ref; of persons and bodies also what events need. Places mean the same in every article."""

    def __init__(self, db: Database, source: int, kinds: Sequence[str]) -> None:
        marks = ",".join("?" * len(kinds))
        rows = db.run(
            "SELECT m.ref, t.name, t.info, m.kind FROM mention m JOIN unit u ON u.id = m.unit JOIN thing t ON t.id = u.thing "
            f"WHERE m.source = ? AND m.kind IN ({marks})",
            (source, *kinds),
        )
        self._names: dict[Ref, str] = {}
        self._infos: dict[Ref, str] = {}
        for ref, name, info, kind in rows:
            self._names[ref] = name
            if kind in ("person", "leaf", "body"):
                self._infos[ref] = info

    def name(self, ref: Ref) -> str:
        """Raises KeyError for a record that no earlier layer knows."""
        return ref if is_place(ref) else self._names[ref]

    def known(self, ref: Ref) -> str | None:
        return self._names.get(ref)

    def surname(self, ref: Ref) -> str:
        """What stands for somebody in the names of events: a surname, the code of a country, the name of a body."""
        if is_place(ref):
            return ref.removeprefix("country-").lower()
        found = json.loads(self._infos[ref])["surname"] if ref in self._infos else None
        return found or self.name(ref).lower()

    def countries(self, ref: Ref) -> tuple[Ref, ...]:
        """The country of a place or body, the countries of a person's offices."""
        if is_place(ref):
            country = country_of(ref)
            return (country,) if country else ()
        return tuple(json.loads(self._infos[ref])["countries"]) if ref in self._infos else ()
