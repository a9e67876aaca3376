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


def slices_of(sizes: NDArray[np.integer], most: int) -> Iterator[slice]:
    """Rows of these sizes in slices, each of so many elements together at most, or of one row."""
    ends = np.cumsum(sizes, dtype=np.int64)
    begin, done = 0, 0
    while begin < len(ends):
        end = max(begin + 1, int(np.searchsorted(ends, done + most, side="right")))
        yield slice(begin, end)
        begin, done = end, int(ends[end - 1])
