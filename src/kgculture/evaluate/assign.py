"""The best pairing of two lists: the assignment problem, by shortest augmenting paths (Jonker and Volgenant, as Crouse writes it)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def align(gold: Sequence[A], got: Sequence[B], score: Callable[[A, B], float]) -> list[tuple[int, int]]:
    """Pairs of indices, each index once at most, whose scores have the greatest sum; pairs without any score are left out."""
    if not gold or not got:
        return []
    scores = [[float(score(a, b)) for b in got] for a in gold]
    return [(i, j) for i, j in assign([[-s for s in row] for row in scores]) if scores[i][j] > 0]


def assign(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of least cost, by row; as many as the shorter side has. Ties fall as scipy's do."""
    if not costs or not costs[0]:
        return []
    if len(costs[0]) < len(costs):
        turned = assign([list(column) for column in zip(*costs, strict=True)])
        return sorted((i, j) for j, i in turned)
    rows, columns = len(costs), len(costs[0])
    u, v = [0.0] * rows, [0.0] * columns
    column_of, row_of = [-1] * rows, [-1] * columns
    for row in range(rows):
        sink, least, shortest, path, seen_rows, seen_columns = _path(costs, u, v, row_of, row)
        u[row] += least
        for i in seen_rows - {row}:
            u[i] += least - shortest[column_of[i]]
        for j in seen_columns:
            v[j] -= least - shortest[j]
        j = sink
        while True:
            i = path[j]
            row_of[j] = i
            column_of[i], j = j, column_of[i]
            if i == row:
                break
    return list(enumerate(column_of))


def _path(
    costs: Sequence[Sequence[float]], u: list[float], v: list[float], row_of: list[int], row: int
) -> tuple[int, float, list[float], list[int], set[int], set[int]]:
    """The cheapest way from a free row to a free column over rows and columns that are already paired."""
    columns = len(v)
    shortest, path = [inf] * columns, [-1] * columns
    remaining = list(range(columns - 1, -1, -1))
    seen_rows: set[int] = set()
    seen_columns: set[int] = set()
    least, i = 0.0, row
    while True:
        seen_rows.add(i)
        lowest, index = inf, -1
        for place, j in enumerate(remaining):
            reach = least + costs[i][j] - u[i] - v[j]
            if reach < shortest[j]:
                shortest[j], path[j] = reach, i
            # of several equal ways one that ends here is best
            if shortest[j] < lowest or (shortest[j] == lowest and row_of[j] == -1):
                lowest, index = shortest[j], place
        least = lowest
        j = remaining[index]
        seen_columns.add(j)
        if row_of[j] == -1:
            return j, least, shortest, path, seen_rows, seen_columns
        i = row_of[j]
        remaining[index] = remaining[-1]
        remaining.pop()
