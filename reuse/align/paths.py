"""Paths: which token stands for which in a match, as runs on diagonals of the plane of token positions.

What contains, overlaps or doubles another match is told by the pairs of tokens that they share, for the rectangles of
two matches may overlap although their words run elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.order import order_of
from reuse.arrays.ragged import bounds_of, spread
from reuse.arrays.records import RaggedColumns


@dataclass(frozen=True, slots=True)
class Paths(RaggedColumns):
    """The aligned tokens of matches; a run is a stretch in which one token after the other is aligned on both sides.

    Attributes:
        bounds: int64 (matches + 1,): where the runs of each match begin among all runs.
        a, b: int64 (runs,): token positions at which each run begins; within a match both ascend.
        size: int64 (runs,): pairs of tokens in it, at least 1.
    """

    ELEMENTS = ("a", "b", "size")

    bounds: NDArray[np.int64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    size: NDArray[np.int64]

    @classmethod
    def of_pairs(cls, match: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64], matches: int) -> Paths:
        """Paths of pairs of tokens.

        Args:
            match: int64 (pairs,), ascending: number of the match that aligns the pair.
            a: int64 (pairs,): its token on the one side, ascending within a match.
            b: int64 (pairs,): and on the other.
            matches: How many matches there are.
        """
        opens = differs(match)
        opens[1:] |= (np.diff(a) != 1) | (np.diff(b) != 1)
        first = np.flatnonzero(opens)
        size = np.diff(first, append=len(a))
        return cls(np.searchsorted(match[first], np.arange(matches + 1)), a[first], b[first], size)

    @classmethod
    def straight(cls, a: NDArray[np.int64], b: NDArray[np.int64], size: NDArray[np.int64]) -> Paths:
        """Paths of one run each, which begins at `a` and `b` and has so many pairs (int64, one a match)."""
        return cls(np.arange(len(a) + 1), a, b, size)

    def pairs(self) -> NDArray[np.int64]:
        """Pairs of tokens that each match aligns (int64, one a match)."""
        until = bounds_of(self.size)
        return until[self.bounds[1:]] - until[self.bounds[:-1]]

    def turned(self, rows: NDArray[np.bool_]) -> Paths:
        """The paths with the sides of some matches (bool, one a match) exchanged."""
        runs = np.repeat(rows, self.sizes())
        return Paths(self.bounds, np.where(runs, self.b, self.a), np.where(runs, self.a, self.b), self.size)

    def lengthened(self, before: NDArray[np.int64], behind: NDArray[np.int64]) -> Paths:
        """Paths whose first run begins so many pairs earlier, and whose last one ends so many later (one a match)."""
        a, b, size = self.a.copy(), self.b.copy(), self.size.copy()
        first, last = self.bounds[:-1], self.bounds[1:] - 1
        a[first] -= before
        b[first] -= before
        size[first] += before
        size[last] += behind
        return Paths(self.bounds, a, b, size)

    def crowded(self) -> Paths:
        """The same matches with those of their runs only that share a pair with another run of theirs or of others."""
        diagonal = self.b - self.a
        order = order_of(diagonal, self.a)
        # Lifting each diagonal above the one before it lets one running maximum serve all.
        start = ((diagonal - diagonal.min(initial=0)) * (1 + int((self.a + self.size).max(initial=0))) + self.a)[order]
        end = start + self.size[order]
        meets = np.zeros(len(order), dtype=bool)
        np.less(start[1:], np.maximum.accumulate(end)[:-1], out=meets[1:])
        meets[:-1] |= start[1:] < end[:-1]
        crowded = np.zeros(len(order), dtype=bool)
        crowded[order[meets]] = True
        return self.where(crowded)


def shared_pairs(one: Paths, other: Paths) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """How many pairs of tokens the matches of two lots have in common.

    Runs that share a pair lie on one diagonal and overlap there; cost follows their number, and that of the matches
    that align the same two stretches of text.

    Returns:
        int64, one for each two matches that share any: the row of the one, the row of the other, the pairs.
    """
    diagonal = [paths.b - paths.a for paths in (one, other)]
    order = order_of(diagonal[1], other.a)
    # Lifting each diagonal above the one before it lets one order and one running maximum serve all.
    lowest = min(int(part.min(initial=0)) for part in diagonal)
    stride = 1 + max(int((paths.a + paths.size).max(initial=0)) for paths in (one, other))
    starts = [(part - lowest) * stride + paths.a for part, paths in zip(diagonal, (one, other), strict=True)]
    ends = [start + paths.size for start, paths in zip(starts, (one, other), strict=True)]
    reach = np.maximum.accumulate(ends[1][order]) if len(order) else ends[1]
    low = np.searchsorted(reach, starts[0], side="right")
    high = np.searchsorted(starts[1][order], ends[0], side="left")
    count = np.maximum(high - low, 0)
    mine, number = spread(count)
    theirs = order[low[mine] + number]
    common = np.minimum(ends[0][mine], ends[1][theirs]) - np.maximum(starts[0][mine], starts[1][theirs])
    met = np.flatnonzero(common > 0)
    left, right, common = one.owners()[mine[met]], other.owners()[theirs[met]], common[met]
    order = order_of(left, right)
    left, right, common = left[order], right[order], common[order]
    first = np.flatnonzero(differs(left, right))
    return left[first], right[first], np.add.reduceat(common, first) if len(first) else common
