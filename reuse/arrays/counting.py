"""Counts in long columns, slice by slice, so that no temporary is as long as the column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SLICE = 1 << 18  # rows looked at at a time, so that temporaries stay in the cache


def counted_up_to(marked: NDArray[np.bool_], into: NDArray[np.int32]) -> NDArray[np.int32]:
    """How many rows are marked up to each, itself included.

    Args:
        marked: bool (n,): the marks.
        into: int32 (n,): where the counts are put; it is returned.
    """
    count = 0
    for start in range(0, len(marked), _SLICE):
        here = into[start : start + _SLICE]
        np.cumsum(marked[start : start + _SLICE], dtype=np.int32, out=here)
        here += np.int32(count)
        count = int(here[-1])
    return into


def occurrences(numbers: NDArray[np.integer], count: int, chosen: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """How often each of the numbers from 0 to `count` − 1 stands in a column (int64, count).

    Args:
        numbers: int (n,): the column.
        count: How many numbers there are.
        chosen: bool (n,): rows that are counted; None: all.
    """
    counts = np.zeros(count, dtype=np.int64)
    step = max(_SLICE, count)  # so that adding up costs less than counting
    for start in range(0, len(numbers), step):
        here = numbers[start : start + step]
        counts += np.bincount(here if chosen is None else here[chosen[start : start + step]], minlength=count)
    return counts
