"""A sentence as rules see it: small letters, with a placeholder for whatever is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kgculture.model import Passage

_PLACEHOLDER = re.compile(r"@([A-Z])(\d+)")


@dataclass(slots=True)
class Unit:
    """Something named: `refs` are the entities it stands for (several for "the ministers"), `value` the mention behind it."""

    kind: str
    start: int
    end: int
    refs: tuple[str, ...] = ()
    value: Any = None
    direct: bool = True  # False where it only refers back: a pronoun, "the minister"

    @property
    def passage(self) -> Passage:
        return Passage(self.start, self.end)


@dataclass(slots=True)
class Skeleton:
    """`text` is a row of tokens, each followed by a space; `offsets[k]` is where token k stands in the article.

    `bits` tell which rules the text may hold, once it was asked (see `needs.py`).
    """

    index: int
    span: Passage
    paragraph: int
    is_title: bool
    text: str
    units: list[Unit]
    offsets: list[tuple[int, int]]
    bits: int | None = field(default=None, init=False, compare=False, repr=False)

    def units_in(self, placeholder_text: str | None) -> list[Unit]:
        """The units named in a captured piece of the skeleton, in order."""
        if not placeholder_text:
            return []
        return [self.units[int(m.group(2))] for m in _PLACEHOLDER.finditer(placeholder_text)]

    def of_kind(self, kinds: str) -> Iterator[Unit]:
        return (u for u in self.units if u.kind in kinds)

    def reworded(self, tokens: list[str], units: list[Unit], offsets: list[tuple[int, int]]) -> Skeleton:
        """The same sentence with other tokens, the units that these name and where each token stands."""
        text = "".join(f"{token} " for token in tokens)
        return Skeleton(self.index, self.span, self.paragraph, self.is_title, text, units, offsets)

    def at(self, unit: Unit) -> int:
        """Where a unit's placeholder stands in `text`; its length for a unit that has none."""
        number = next(k for k, u in enumerate(self.units) if u is unit)
        found = self.text.find(f"@{unit.kind}{number} ")
        return found if found >= 0 else len(self.text)

    def source(self, start: int, end: int) -> Passage:
        """Where characters `start:end` of the skeleton stand in the article."""
        first = self.text.count(" ", 0, start)
        last = max(first, self.text.count(" ", 0, max(start, end - 1)))
        return Passage(self.offsets[first][0], self.offsets[min(last, len(self.offsets) - 1)][1])
