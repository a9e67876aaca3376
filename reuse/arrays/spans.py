"""Ranges of token positions: what they cover, and how much of it when they overlap."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import ranges


def covered(length: int, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of `length` positions (bool) lie in one or more of the half-open ranges.

    Cost: a sort of the ranges, and what they cover.
    """
    found = np.zeros(length, dtype=bool)
    order = np.argsort(starts, kind="stable")
    start, end = starts[order], ends[order]
    reach = np.maximum.accumulate(end)
    start[1:] = np.maximum(start[1:], reach[:-1])  # up to there it is covered already
    found[ranges(start, np.maximum(end - start, 0))] = True
    return found


def union_lengths(
    groups: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Length of the union of the ranges of each of `count` groups (int64, count).

    Args:
        groups: int64 (ranges,): group of each range, from 0 to count - 1.
        starts: int64 (ranges,): where each begins.
        ends: int64 (ranges,): where it ends (half-open).
        count: Number of groups.
    """
    if not len(groups):
        return np.zeros(count, dtype=np.int64)
    # Groups are kept apart by a shift, so that one running maximum tells what is already covered in all of them.
    width = int(ends.max()) + 1
    order = np.argsort(groups * width + starts, kind="stable")
    group, start, end = groups[order], starts[order], ends[order]
    reach = np.maximum.accumulate(end + group * width)
    before = np.concatenate([[0], reach[:-1]]) - group * width
    fresh = np.maximum(end - np.maximum(start, before), 0)
    return np.bincount(group, fresh, minlength=count).astype(np.int64)
