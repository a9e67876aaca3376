"""Ranges of token positions: what they cover, and how much of it when they overlap."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def covered(length: int, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of `length` positions (bool) lie in one or more of the half-open ranges."""
    return depth(length, starts, ends) > 0


def depth(length: int, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """In how many of the half-open ranges each of `length` positions lies (int64)."""
    steps = np.bincount(starts, minlength=length + 1) - np.bincount(ends, minlength=length + 1)
    return np.cumsum(steps[:length])


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
