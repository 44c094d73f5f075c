"""Spans of an article, asked what they enclose and what stands next to them, without a look at each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from kgculture.model import Passage


class Spans:
    """Spans in any order; more may be added."""

    def __init__(self, spans: Iterable[Passage] = ()) -> None:
        self._by_start: list[Passage] = []
        self._by_end: list[tuple[int, int]] = []  # end, start
        self._reach: list[int] | None = None  # the greatest end up to each span of `_by_start`
        for span in spans:
            self.add(span)

    def add(self, span: Passage) -> None:
        insort(self._by_start, span)
        insort(self._by_end, (span.end, span.start))
        self._reach = None

    def __len__(self) -> int:
        return len(self._by_start)

    def enclose(self, inner: Passage) -> bool:
        """Whether one of the spans encloses another one."""
        if self._reach is None:
            self._reach, reach = [], -1
            for span in self._by_start:
                reach = max(reach, span.end)
                self._reach.append(reach)
        last = bisect_right(self._by_start, inner.start, key=lambda s: s.start)
        return last > 0 and self._reach[last - 1] >= inner.end

    def any_within(self, outer: Passage) -> bool:
        """Whether one of the spans lies in another one."""
        first = bisect_left(self._by_start, outer.start, key=lambda s: s.start)
        for k in range(first, len(self._by_start)):
            span = self._by_start[k]
            if span.start > outer.end:
                break
            if span.end <= outer.end:
                return True
        return False

    def nearest(self, offset: int) -> Passage:
        """The span that ends last before an offset, else the first of all. Raises IndexError where there is none."""
        before = bisect_right(self._by_end, (offset, offset))
        if not before:
            return self._by_start[0]
        end, start = self._by_end[before - 1]
        return Passage(start, end)
