"""What was found of a word, kept: words come back, sentence after sentence, and most say nothing to most questions."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
#: answers that are kept; a corpus has more words, and memory must not grow with it
KEPT = 50_000


class Kept(dict[K, V]):
    """`kept[word]` is what `find(word)` gives, asked once. `find` must be pure; once `KEPT` answers are there, all are forgotten."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[K], V]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: K) -> V:
        found = self._find(word)
        if len(self) >= KEPT:
            self.clear()
        self[word] = found
        return found
