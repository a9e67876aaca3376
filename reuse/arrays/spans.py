"""Ranges of token positions: what they cover, and how much of it when they overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges, slices_of
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # positions looked at at a time, so that temporaries stay in the cache


def covered(
    length: int, starts: NDArray[np.int64], ends: NDArray[np.int64], workers: Workers = ALONE
) -> NDArray[np.bool_]:
    """Which of `length` positions (bool) lie in one or more of the half-open ranges.

    Cost: a sort of the ranges, and what they cover.

    Args:
        length: Positions.
        starts: int64 (ranges,): where each begins.
        ends: int64 (ranges,): where it ends (half-open).
        workers: Have a place for columns.
    """
    found: NDArray[np.bool_] = workers.column(length, bool)
    order = np.argsort(starts, kind="stable")
    start, end = starts[order], ends[order]
    reach = np.maximum.accumulate(end)
    start[1:] = np.maximum(start[1:], reach[:-1])  # up to there it is covered already
    sizes = np.maximum(end - start, 0)
    for some in slices_of(sizes, _SLICE):
        found[ranges(start[some], sizes[some])] = True
    return found


NO_STRETCHES = np.zeros((0, 2), dtype=np.int64)
"""No stretch: stretches are rows of where each begins and ends (half-open), in order and apart from one another."""


@dataclass(frozen=True, slots=True)
class Union:
    """What some ranges cover: stretches of positions, these numbered through, so that no column has all others as well.

    Attributes:
        starts: int64 (stretches,), ascending: where each begins; there is a gap between two of them.
        bounds: int64 (stretches + 1,): number of the first position of each, and of all.
    """

    starts: NDArray[np.int64]
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Union:
        """That of half-open ranges. Cost: a sort of them."""
        order = np.argsort(starts, kind="stable")
        start, reach = starts[order], np.maximum.accumulate(ends[order])
        opens = np.flatnonzero(np.append(True, start[1:] > reach[:-1])[: len(start)])
        last = np.append(opens[1:], len(start))[: len(opens)] - 1
        return cls(start[opens], bounds_of(reach[last] - start[opens]))

    def __len__(self) -> int:
        return int(self.bounds[-1])

    def within(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many positions of each of some half-open ranges (int64) are covered."""
        return self._before(end) - self._before(start)

    def _before(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        if not len(self.starts):
            return np.zeros(len(at), dtype=np.int64)
        row = np.maximum(np.searchsorted(self.starts, at, side="right") - 1, 0)
        found: NDArray[np.int64] = np.clip(
            self.bounds[row] + at - self.starts[row], self.bounds[row], self.bounds[row + 1]
        )
        return found

    def stretches(self) -> NDArray[np.int64]:
        """Where each stretch begins and ends (int64 (stretches, 2))."""
        return np.column_stack((self.starts, self.starts + np.diff(self.bounds)))

    def positions(self) -> NDArray[np.int64]:
        """All positions (int64), ascending."""
        return ranges(self.starts, np.diff(self.bounds))

    def at(self, numbers: NDArray[np.integer]) -> NDArray[np.int64]:
        """The positions that have these numbers (int64)."""
        row = np.searchsorted(self.bounds, numbers, side="right") - 1
        return np.asarray(self.starts[row] + numbers - self.bounds[row], dtype=np.int64)

    def numbers(self, positions: NDArray[np.integer]) -> NDArray[np.int64]:
        """The number of each of some positions (int64); -1: it is not covered."""
        if not len(self.starts):
            return np.full(len(positions), -1)
        row = np.maximum(np.searchsorted(self.starts, positions, side="right") - 1, 0)
        number = self.bounds[row] + positions - self.starts[row]
        return np.where((positions >= self.starts[row]) & (number < self.bounds[row + 1]), number, -1)


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
