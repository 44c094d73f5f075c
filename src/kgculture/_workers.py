"""Work shared among processes: results in the order of the items, one bad item never takes the others with it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
A = TypeVar("A")
R = TypeVar("R")


class Died:
    """Stands for the result of an item whose process ended without one."""


@dataclass(slots=True)
class _Waiting(Generic[T, A, R]):
    item: T
    argument: A | None
    future: Future[R] | None


class Workers:
    """`count` processes, started when first needed; with one, the work is done in this process."""

    def __init__(self, count: int, close: tuple[int, ...] = ()) -> None:
        self._count = count
        self._close = close
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *ignored: object) -> None:
        self._stop()

    @property
    def alone(self) -> bool:
        """Whether all work is done in this process."""
        return self._count <= 1

    def map(
        self, function: Callable[[A], R], items: Iterable[T], argument: Callable[[T], A | None]
    ) -> Iterator[tuple[T, R | Died | None]]:
        """(item, function(argument(item))) in the order of the items; None where the argument is None.

        `function` must be importable; what it raises is raised here. No more items are taken ahead than keep the
        processes busy, so memory does not grow with their number.
        """
        if self.alone:
            for item in items:
                one = argument(item)
                yield item, None if one is None else function(one)
            return
        waiting: deque[_Waiting[T, A, R]] = deque()
        for item in items:
            one = argument(item)
            waiting.append(_Waiting(item, one, None if one is None else self._submit(function, one)))
            if len(waiting) >= 4 * self._count:
                yield from self._next(function, waiting)
        while waiting:
            yield from self._next(function, waiting)

    def _next(
        self, function: Callable[[A], R], waiting: deque[_Waiting[T, A, R]]
    ) -> Iterator[tuple[T, R | Died | None]]:
        first = waiting.popleft()
        try:
            yield first.item, None if first.future is None else first.future.result()
        except BrokenProcessPool:
            # one of those under way ended its process, nobody knows which: each is tried again alone
            again = [first, *waiting]
            waiting.clear()
            for one in again:
                self._stop()
                try:
                    yield one.item, None if one.argument is None else self._submit(function, one.argument).result()
                except BrokenProcessPool:
                    yield one.item, Died()
            self._stop()

    def _submit(self, function: Callable[[A], R], item: A) -> Future[R]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._count, _context(), _begin, (self._close,))
        try:
            return self._pool.submit(function, item)
        except BrokenProcessPool:  # broken by an item before this one; `_next` will meet that one
            self._pool = None
            return self._submit(function, item)

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _context() -> Any:
    # fork asks nothing of the calling script; spawn imports it again, and one without a __main__ guard would start over
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")


def _begin(close: tuple[int, ...]) -> None:
    """In a new process: lets go of the store's lock, which only the parent holds, and ends when the parent does."""
    if multiprocessing.get_start_method(allow_none=True) != "spawn":
        for handle in close:
            try:
                os.close(handle)
            except OSError:  # not inherited
                continue
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
