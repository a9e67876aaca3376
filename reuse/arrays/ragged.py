"""Ragged columns: rows of different lengths laid end to end, with the bounds between them.

Row r of a ragged column owns the elements bounds[r] to bounds[r + 1] (half-open) of a flat column: a document its
tokens, a formula its occurrences, a group its members.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def bounds_of(sizes: NDArray[np.integer] | NDArray[np.bool_]) -> NDArray[np.int64]:
    """int64 (rows + 1,): where each of the rows of these sizes begins and ends when they stand end to end."""
    bounds = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=bounds[1:])
    return bounds


def owners_of(bounds: NDArray[np.int64], elements: NDArray[np.integer]) -> NDArray[np.int64]:
    """The rows (int64, the elements' shape) that own these elements; empty rows own none.

    An element before the first bound belongs to row −1, one behind the last to a row that there is not.
    """
    return np.searchsorted(bounds, elements, side="right") - 1


def row_of_each(bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """int64 (elements,): the row of every element."""
    return np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))


def spread(sizes: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For rows of these sizes laid end to end: the row of each element, and its place in the row (int64 both)."""
    rows = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(len(rows))
    within -= bounds_of(sizes)[rows]
    return rows, within


def ranges(starts: NDArray[np.int64], sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Runs of consecutive numbers (int64, sum of sizes) end to end, each so long and from its start on."""
    bounds = bounds_of(sizes)
    numbers = np.repeat(starts - bounds[:-1], sizes)
    numbers += np.arange(len(numbers))
    return numbers


def places_in_rows(
    column: NDArray[np.integer],
    bounds: NDArray[np.int64],
    rows: NDArray[np.integer],
    wanted: NDArray[np.integer],
    *,
    right: bool = False,
) -> NDArray[np.int64]:
    """Where numbers would stand in rows of a ragged column that ascend (int64, one a number): `np.searchsorted` by row.

    Args:
        column: int: all rows end to end; of a mapped one only what is looked at is read.
        bounds: int64 (rows + 1,).
        rows: The row in which each number is looked for.
        wanted: The numbers.
        right: Whether a number stands behind those that equal it, instead of before them.
    """
    low: NDArray[np.int64] = bounds[rows]
    high = bounds[rows + 1]
    while (between := low < high).any():
        middle = (low + high) // 2
        values = column[middle[between]]
        before = np.zeros(len(low), dtype=bool)
        before[between] = values <= wanted[between] if right else values < wanted[between]
        low = np.where(before, middle + 1, low)
        high = np.where(between & ~before, middle, high)
    return low


def slices_of(sizes: NDArray[np.integer], most: int) -> Iterator[slice]:
    """Rows of these sizes in slices, each of so many elements together at most, or of one row."""
    ends = np.cumsum(sizes, dtype=np.int64)
    begin, done = 0, 0
    while begin < len(ends):
        end = max(begin + 1, int(np.searchsorted(ends, done + most, side="right")))
        yield slice(begin, end)
        begin, done = end, int(ends[end - 1])
